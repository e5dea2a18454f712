"""Throws out what nobody said: silence, circles, and phrases that Whisper invents on noise."""

from __future__ import annotations

import re

from roomtone.recognize.reading import Reading, loops

SILENT = 0.6
"""From this no-speech probability on, only a confident text counts (Whisper's own limit)."""

SURE = 0.5
"""A confident text: mean token probability, against Whisper's own 0.37 (-1.0 as a logarithm)."""

WEAK_DB = -45.0
"""Speech whose loudest 20 ms lie below this comes from another room, or is none."""

_PHANTOMS = frozenset(
    {
        "amen",
        "blank audio",
        "bye",
        "bye bye",
        "applause",
        "foreign",
        "i'll see you next time",
        "i'll see you in the next video",
        "laughter",
        "music",
        "music playing",
        "oh",
        "ok",
        "okay",
        "please subscribe",
        "please subscribe to my channel",
        "see you next time",
        "see you in the next video",
        "silence",
        "so",
        "thank you",
        "thank you bye",
        "thank you for watching",
        "thank you so much",
        "thank you so much for watching",
        "thank you very much",
        "thanks",
        "thanks for listening",
        "thanks for watching",
        "the",
        "the end",
        "to be continued",
        "you",
    }
)
"""What Whisper writes when it hears nothing: the tails of the videos that it learned from."""

_ALWAYS = re.compile(
    r"^(subtitles?|captions?|transcri(bed|ption)|translat(ed|ion)) (by|provided by)\b"
    r"|\bamara\.? ?org\b|^copyright\b|^(thank you|thanks) for watching\b|\bsubscribe\b.*\bchannel\b"
)
"""Nobody says these to a room, however clearly they were read."""

_BRACKETED = re.compile(r"^\s*([\[(*♪].*[\])*♪]|♪+)\s*$")


def screen(reading: Reading, level_db: float) -> str:
    """Why the reading is thrown out, or an empty string when it counts.

    `level_db` is the RMS of the loudest 20 ms of its sound. The reasons: `nothing`, `noise_word`,
    `loop`, `silence`, `phantom`.
    """
    plain = _plain(reading.text)
    silent = reading.no_speech >= SILENT
    unsure = reading.confidence < SURE
    weak = silent or unsure or level_db < WEAK_DB
    reasons = {
        "noise_word": bool(_BRACKETED.match(reading.text)),
        "nothing": not plain,
        "loop": loops(reading.text),
        "silence": silent and unsure,
        "phantom": bool(_ALWAYS.search(plain)) or (weak and plain in _PHANTOMS),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w' .]", " ", text.lower().replace("\u2019", "'")).split()).strip(
        ". "
    )
