"""When to ask a provider again; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

TRIES = 3
"""Requests for one question, at most: each of them leaves the house."""

FIRST = 0.25
"""Seconds before the second request; twice as long before each one after."""

WORTH = 0.3
"""Seconds that must be left for an answer, or waiting is in vain."""


def pause(tries: int, after: float | None, left: float, draw: float) -> float | None:
    """Seconds to wait before the next request, or None when there is none to make.

    `tries` were made, `after` is what the provider asks for, `left` seconds are there for the
    first words, `draw` is in [0, 1): half of the wait is left to chance (full jitter would hammer).
    """
    if tries >= TRIES:
        return None
    usual = FIRST * 2 ** (tries - 1) * (0.5 + 0.5 * draw)
    wait = usual if after is None else max(after, usual)
    return wait if wait + WORTH <= left else None


def asked_to_wait(headers: Mapping[str, str], now: dt.datetime) -> float | None:
    """Seconds of Retry-After (RFC 9110, 10.2.3) or of OpenAI's retry-after-ms; None without."""
    if (precise := _number(headers.get("retry-after-ms"))) is not None:
        return precise / 1000
    text = headers.get("retry-after", "")
    if (seconds := _number(text)) is not None:
        return seconds
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - now).total_seconds())


def _number(text: str | None) -> float | None:
    plain = text is not None and len(text) < 12 and text.replace(".", "", 1).isdecimal()
    return float(text) if text is not None and plain and text.isascii() else None
