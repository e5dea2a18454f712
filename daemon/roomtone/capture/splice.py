"""Where one stream of a microphone goes on in another one of it. Pure.

Clocks tell it to a few milliseconds; then the sound itself does, for both hold the same samples.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

REACH = 0.25
"""Seconds by which the clocks may be wrong: long blocks come later than they are whole."""

ALIKE = 0.01
"""Share of the energy in which two stretches of the same sound may differ; two periods of a voice
differ in more."""


def joint(
    tail: npt.NDArray[np.generic],
    there: npt.NDArray[np.generic],
    expected: float,
    rate: float,
    *,
    sure: bool,
) -> int | None:
    """Index in `there` of the sample behind `tail`.

    With `sure` None while `there` begins too late, or while the sound does not bear it out; else
    the clocks have the last word.

    `tail` is what was read last of the old stream, `there` what the new one holds, one channel
    each; `expected` is the index by the clocks. It may lie behind the end of `there`.
    """
    place, reach = round(expected), round(REACH * rate)
    begin = max(place - len(tail) - reach, 0)
    if place < len(tail):
        return None if sure else max(place, 0)
    if place > len(there):
        return place
    last = tail.astype(np.float64)
    window = there[begin : place + reach].astype(np.float64)
    energy = float(last @ last)
    if not energy:
        return None if sure and window.any() else place
    sums = np.concatenate([[0.0], np.cumsum(window**2)])
    powers = sums[len(last) :] - sums[: -len(last)]
    differences = powers - 2 * np.correlate(window, last, "valid") + energy
    best = int(differences.argmin())
    if differences[best] < ALIKE * energy:
        return begin + best + len(last)
    return None if sure else place
