"""ANSWER. Receives a transcript and what is known of the room. Emits sentences fit to be spoken.

Skills run in the core; the language model runs in the thinker, a child process of its own.
"""
