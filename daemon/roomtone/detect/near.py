"""Whether somebody speaks over our own sound.

A recurrent network of our own (`models/starter/near`) reads what the echo canceller leaves, 20 ms
at a time, with how voiced that is, and carries what it has learned of the room.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from roomtone.detect.network import open_network

SURE = 6.0
"""Log odds from which somebody speaks."""

PERHAPS = 2.0
"""Log odds from which somebody may."""

NOBODY = -2.0
"""Log odds below which nobody speaks: what was learned of the room until then is kept."""

_UNITS = 32

Floats = npt.NDArray[np.float32]


class Alone:
    """Without the network, or without a canceller: over our own sound nobody is known."""

    begins = perhaps = False

    def __init__(self, complaint: str = "") -> None:
        self.complaint = complaint
        self.clear = True

    def heard(self, residue: Sequence[Floats], *, alone: bool) -> None:  # noqa: ARG002 - as Near
        """Whether nothing of ours is in the next block is all that counts."""
        self.clear = alone

    def feed(self, voice: float) -> None:
        """Nothing is weighed."""


class Near:
    """Figures of each 20 ms in, while our own sound is in the room; whose voice it is out."""

    complaint = ""

    def __init__(self, path: str) -> None:
        """Raises OwnerError when there is no network at `path`."""
        self._network = open_network(path)
        self._state = self._calm = np.zeros((1, _UNITS), np.float32)
        self._residue: Sequence[Floats] = ()
        self._alone = True
        self._odds = -np.inf

    def heard(self, residue: Sequence[Floats], *, alone: bool) -> None:
        """Figures of `capture.residue` for the next block, or that nothing of ours is in it."""
        self._residue, self._alone = residue, alone
        if alone:  # whoever spoke at the end of an answer does not speak over the next
            self._state = self._calm
        self._odds = -np.inf

    def feed(self, voice: float) -> None:
        """Weigh them, with the probability of voice in what is left, 0..1."""
        for residue in self._residue:
            given = {"figures": figures(residue, voice)[None], "state": self._state}
            odds, self._state = self._network.run(None, given)
            self._odds = float(odds[0, 0])
            if self._odds < NOBODY:
                self._calm = self._state

    @property
    def clear(self) -> bool:
        """Whether a voice is surely somebody's."""
        return self._alone or self.begins

    @property
    def begins(self) -> bool:
        """Whether somebody speaks over us."""
        return self._odds >= SURE and not self._alone

    @property
    def perhaps(self) -> bool:
        """Whether somebody may."""
        return self._odds >= PERHAPS and not self._alone


def figures(residue: Floats, voice: float) -> Floats:
    """What the network reads of one block: the residue, and the log odds of voice by three."""
    odds = np.log((voice + 1e-3) / (1 - voice + 1e-3)) / 3
    return np.append(residue, np.float32(odds))
