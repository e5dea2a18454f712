"""What scripts/setup is made of."""
