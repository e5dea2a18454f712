"""MEMORY. Receives finished turns, timers and choices. Emits them again, after any restart.

Runs in the core: one encrypted database, one thread that writes.
"""
