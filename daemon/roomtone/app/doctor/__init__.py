"""What may be wrong with the house's Roomtone, one theme in each file, and what mends it."""
