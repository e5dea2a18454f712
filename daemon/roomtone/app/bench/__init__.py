"""What Roomtone needs and how well it does, measured on this machine beside stock packages."""
