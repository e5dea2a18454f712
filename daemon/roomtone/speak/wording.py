"""Text as it is written to text as it is said."""

from __future__ import annotations


def wording(text: str, language: str = "en") -> str:
    """The words of `text` for the ear."""
    return text
