"""Figures with their uncertainty: percentiles, shares, counts, slopes, word errors."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

Limits = tuple[float, float]
"""The lower and the upper 95 % limit."""

DRAWS = 2000
"""Samples drawn anew for limits: the limits themselves then vary by some percent of their width."""


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` percent lie, between two values in proportion; NaN of none."""
    return float(np.percentile(np.asarray(values, float), share)) if len(values) else math.nan


def limits(values: Sequence[float], share: float) -> Limits:
    """Limits of a percentile by the bootstrap (Efron 1979); always the same for the same values."""
    return _bootstrap([values], lambda drawn: np.percentile(drawn[0], share, axis=1))


def ratio(above: Sequence[float], below: Sequence[float], share: float = 50) -> float:
    """How many times the percentile of `above` is that of `below`."""
    under = percentile(below, share)
    return percentile(above, share) / under if under else math.nan


def ratio_limits(above: Sequence[float], below: Sequence[float], share: float = 50) -> Limits:
    """Limits of `ratio` by the bootstrap."""

    def divided(drawn: list[np.ndarray]) -> np.ndarray:
        top, under = (np.percentile(one, share, axis=1) for one in drawn)
        return np.asarray(top / np.maximum(under, 1e-9))

    return _bootstrap([above, below], divided)


def wilson(hits: int, of: int) -> Limits:
    """Limits of a share, 0..1 (Wilson 1927)."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, hits / of
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    low, high = (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)
    return max(low, 0.0), min(high, 1.0)


def poisson(events: int) -> Limits:
    """Limits of a count (exact, Garwood 1936), by bisection."""

    def below(mean: float, most: int) -> float:
        return sum(
            math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(most + 1)
        )

    def solve(target: float, most: int) -> float:
        low, high = 1e-12, events + 10 * math.sqrt(events + 1) + 10
        for _ in range(100):
            middle = (low + high) / 2
            low, high = (middle, high) if below(middle, most) > target else (low, middle)
        return low

    return (solve(0.975, events - 1) if events else 0.0), solve(0.025, events)


def share(hits: int, of: int) -> str:
    """As words: 97.4 % (151 of 155, 93.5 to 98.9)."""
    if not of:
        return "none to count"
    low, high = wilson(hits, of)
    return f"{100 * hits / of:.1f} % ({hits} of {of}, {100 * low:.1f} to {100 * high:.1f})"


def slope(values: Sequence[float]) -> float:
    """Growth from one value to the next by least squares; 0 of fewer than two."""
    if len(values) < 2:
        return 0.0
    return float(np.polyfit(np.arange(len(values)), np.asarray(values, float), 1)[0])


def word_errors(said: str, read: str) -> int:
    """Fewest words put in, left out or changed that make `read` of `said`, marks and case apart."""
    a, b = plain(said).split(), plain(read).split()
    row = list(range(len(b) + 1))
    for i, word in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (word != other))
    return row[-1]


def plain(text: str) -> str:
    """Lower case, words apart by one blank, no marks but apostrophes and points inside numbers."""
    kept = "".join(sign if sign.isalnum() or sign in "'.:" else " " for sign in text.lower())
    return " ".join(word for word in (one.strip(".:'") for one in kept.split()) if word)


def _bootstrap(
    groups: list[Sequence[float]], figure: Callable[[list[np.ndarray]], np.ndarray]
) -> Limits:
    if not all(len(values) for values in groups):
        return math.nan, math.nan
    dice = np.random.default_rng(1)
    drawn = [
        dice.choice(np.asarray(values, float), (DRAWS, len(values)), replace=True)
        for values in groups
    ]
    low, high = np.percentile(figure(drawn), [2.5, 97.5])
    return float(low), float(high)
