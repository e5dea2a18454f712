"""What was heard and what will be said."""

from __future__ import annotations

import msgspec


class Transcript(msgspec.Struct, frozen=True, kw_only=True):
    """One utterance as text; empty text means that nobody spoke."""

    text: str
    """Private. As the recognizer wrote it, without the wake word."""
    confidence: float
    """0..1: geometric mean of the token probabilities."""
    seconds: float
    """Length of the sound that was read."""
    compute_ms: int = 0
    """Wall time the recognizer needed."""
    full_length: bool = False
    """True when a second pass in a longer window was made because the first one was unsure."""


class Exchanged(msgspec.Struct, frozen=True, kw_only=True):
    """One earlier turn of this conversation, as the language model sees it. Private."""

    user: str
    assistant: str
    by: str = ""
    """Who answered; what a skill said may hold notes, which never leave the house."""
