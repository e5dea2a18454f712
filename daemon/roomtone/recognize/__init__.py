"""HEARING. Receives one utterance's sound (mono s16le, 16 kHz), whole or so far.

Emits its words with a confidence, or nothing and the reason why.
Runs on faster-whisper (CTranslate2), in the transcriber process.
"""
