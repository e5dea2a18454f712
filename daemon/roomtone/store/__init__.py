"""MEMORY. Receives finished turns, notes, timers, choices, what left the house. Emits them again.

Runs in the core: one encrypted database, one thread that writes.
"""
