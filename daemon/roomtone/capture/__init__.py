"""SOUND IN. Receives the room through a device, or a file. Emits 20 ms blocks of 16 kHz mono s16le.

Also carries blocks the other way, to the loudspeaker or a file: one process owns both directions.
Runs in the ear, a child process of its own.
"""
