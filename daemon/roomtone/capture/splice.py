"""Where one stream of a microphone goes on in another one of it. Pure.

Clocks tell it to a few milliseconds; then the sound itself does, for both hold the same samples.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

REACH = 0.03
"""Seconds by which the clocks may be wrong."""

ALIKE = 0.1
"""Share of the energy in which two stretches of the same sound may differ."""


def joint(
    tail: npt.NDArray[np.generic],
    there: npt.NDArray[np.generic],
    expected: float,
    rate: float,
) -> int | None:
    """Index in `there` of the sample behind `tail`; None while `there` begins too late.

    `tail` is what was read last of the old stream, `there` what the new one holds, one channel
    each; `expected` is the index by the clocks. It may lie behind the end of `there`.
    """
    place, reach = round(expected), round(REACH * rate)
    begin = place - len(tail) - reach
    if begin < 0:
        return None
    if place > len(there):
        return place
    last = tail.astype(np.float64)
    window = there[begin : place + reach].astype(np.float64)
    energy = float(last @ last)
    if not energy:
        return place
    sums = np.concatenate([[0.0], np.cumsum(window**2)])
    powers = sums[len(last) :] - sums[: -len(last)]
    differences = powers - 2 * np.correlate(window, last, "valid") + energy
    best = int(differences.argmin())
    return begin + best + len(last) if differences[best] < ALIKE * energy else place
