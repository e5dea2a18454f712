"""ATTENTION. Receives 20 ms blocks of 16 kHz mono s16le and the core's wish (`Attend`).

Emits wake words, and segments of speech with their begin, sound and end.
Runs in the ear; numpy and ONNX Runtime only.
"""
