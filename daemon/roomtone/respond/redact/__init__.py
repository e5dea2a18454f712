"""REDACTION. Receives text that may leave the house; emits it with placeholders for private items.

A map that stays here puts the private items back into the answer. Pure.
"""
