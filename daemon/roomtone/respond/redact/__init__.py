"""REDACTION. Receives a text that may leave the house; emits it with placeholders for what is private.

A map that stays here puts the private items back into the answer. Pure.
"""
