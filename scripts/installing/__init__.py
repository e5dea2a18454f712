"""What scripts/install, scripts/bundle and scripts/build-deb are made of."""
