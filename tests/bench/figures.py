"""Rates with their uncertainty, and recordings to measure on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from roomtone.capture.wav import FileSource

SOUND = {".flac", ".wav", ".ogg", ".mp3"}


def recordings(places: list[Path]) -> Iterator[tuple[Path, np.ndarray]]:
    """Every sound file in or under `places`, with its samples at 16 kHz."""
    for place in places:
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for path in files:
            if path.suffix in SOUND:
                source = FileSource(str(path))
                blocks = []
                while not source.ended:
                    blocks.append(source.read())
                yield path, np.concatenate(blocks)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """95 % limits of a share (Wilson 1927)."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, hits / of
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)


def poisson(events: int) -> tuple[float, float]:
    """95 % limits of a count (exact, Garwood 1936), by bisection."""

    def cumulative(mean: float, most: int) -> float:
        return sum(math.exp(-mean) * mean**n / math.factorial(n) for n in range(most + 1))

    def solve(target: float, most: int) -> float:
        low, high = 0.0, events + 10 * math.sqrt(events + 1) + 10
        for _ in range(100):
            middle = (low + high) / 2
            low, high = (middle, high) if cumulative(middle, most) > target else (low, middle)
        return low

    return (solve(0.975, events - 1) if events else 0.0), solve(0.025, events)


def share(hits: int, of: int) -> str:
    """As a line: 97.4 % (151 of 155, 93.5 to 99.0)."""
    low, high = wilson(hits, of)
    return f"{100 * hits / max(of, 1):.1f} % ({hits} of {of}, {100 * low:.1f} to {100 * high:.1f})"
