"""SOUND IN. Receives the room, or a file. Emits 20 ms blocks of 16 kHz mono s16le.

Runs in the ear, a child process of its own.
"""
