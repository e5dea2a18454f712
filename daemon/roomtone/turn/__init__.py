"""THE RULES of conversation: pure, no I/O, no clock of its own."""
