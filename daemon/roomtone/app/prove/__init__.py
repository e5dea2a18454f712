"""The promises about privacy, tried on this very machine: one promise in each file."""
