"""MADE-UP ITEMS. Each maker receives a random source; emits a text, its secret and its parts.

One generation, two files; `corpus` puts them together. Pure.
"""
