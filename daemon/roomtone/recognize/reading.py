"""One pass of the recognizer over a sound, and whether to doubt it."""

from __future__ import annotations

import zlib

import msgspec


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one pass made of the sound."""

    text: str
    """Private."""
    confidence: float
    """0..1: geometric mean of the token probabilities, the end token included."""
    no_speech: float
    """0..1: probability that the sound holds no speech, as the model sees it."""
    cut: bool = False
    """True when the text ran into its length limit instead of ending."""


def doubt(reading: Reading, retry_confidence: float) -> str:
    """Why the reading deserves a second pass (`unsure`, `loop`, `endless`); empty when it does not.

    A reading without words is not doubted: the short window does not lose speech.
    """
    if not reading.text:
        return ""
    if loops(reading.text):
        return "loop"
    if reading.cut:
        return "endless"
    return "unsure" if reading.confidence < retry_confidence else ""


def better(short: Reading, full: Reading) -> Reading:
    """The reading to trust after a second pass."""
    bad = [bool(loops(reading.text)) or reading.cut for reading in (short, full)]
    if bad[0] != bad[1]:
        return full if bad[0] else short
    return full if full.confidence >= short.confidence else short


def loops(text: str) -> bool:
    """True when `text` runs in a circle, as Whisper does when it has lost the thread.

    That is one to six words said four times in a row (three times from three words on), or text of
    80 characters and more that compresses better than 2.4 : 1 (the limit in Whisper's own decoder).
    """
    words = text.lower().split()
    for size in range(1, 7):
        wanted = size * (3 if size < 3 else 2)
        run = 0
        for here in range(size, len(words)):
            run = run + 1 if words[here] == words[here - size] else 0
            if run >= wanted:
                return not _is_count(words[here - size + 1 : here + 1])
    raw = text.encode()
    return len(raw) >= 80 and len(raw) / len(zlib.compress(raw)) > 2.4


_DIGITS_TEXT = "oh zero one two three four five six seven eight nine"
_DIGITS = frozenset(_DIGITS_TEXT.split())


def _is_count(words: list[str]) -> bool:
    """Digits may repeat: a telephone number holds "zero zero zero zero"."""
    return all(word in _DIGITS or word.isdigit() for word in words)
