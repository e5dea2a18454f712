"""The words that two readings in a row agree on: they are no longer taken back.

LocalAgreement-2: Liu, Spanakis and Niehues, "Low-latency sequence-to-sequence speech recognition
and translation by partial hypothesis selection" (2020). Pure.
"""

from __future__ import annotations


class Agreed:
    """The beginning of one utterance, as far as it is settled."""

    def __init__(self) -> None:
        self.text = ""
        """What is agreed on so far."""
        self._last: list[str] = []

    def feed(self, reading: str) -> bool:
        """Take the next reading of the utterance so far; True when more is agreed on now.

        What was agreed on once stays when a later reading contradicts it.
        """
        words = reading.split()
        pairs = enumerate(zip(self._last, words, strict=False))
        shorter = min(len(self._last), len(words))
        common = next((at for at, (one, other) in pairs if _bare(one) != _bare(other)), shorter)
        self._last = words
        if common <= len(self.text.split()):
            return False
        self.text = " ".join(words[:common])
        return True


def _bare(word: str) -> str:
    return word.casefold().strip(".,;:!?\u2026")
