"""SOUND OUT. Receives sentences as a person would write them.

Emits the words for the ear, their sound (mono s16le at the voice's rate) and the cues.
Runs on Piper (ONNX Runtime, espeak-ng), in the voice process; the player in the ear.
"""
