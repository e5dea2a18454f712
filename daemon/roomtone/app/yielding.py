"""Our own sound gives way to a voice: it pauses, and goes on when nobody meant us. Pure."""

from __future__ import annotations

from typing import Protocol

PATIENCE = 2.5
"""Seconds after the end of the words for which the core may weigh them."""

LONGEST = 6.5
"""Seconds of talk for which an answer waits; who talks longer than that talks to somebody else."""

IN_VAIN = 2
"""Pauses for nothing after which the rest of an answer is spoken through: a television talks."""


class Paused(Protocol):
    """The queue of sound."""

    @property
    def queued(self) -> float:
        """Seconds still to be played."""
        ...

    @property
    def paused(self) -> bool:
        """True from a pause on, until it goes on or is hushed."""
        ...

    def pause(self) -> None:
        """Be silent, and keep what is queued."""
        ...

    def resume(self) -> None:
        """Go on."""
        ...


class Yielding:
    """Pauses `player` for voices, and lets it go on in time by itself. Times are seconds."""

    def __init__(self, player: Paused) -> None:
        self._player = player
        self._until = 0.0
        self._in_vain = 0

    @property
    def gives_way(self) -> bool:
        """Whether it still pauses for voices."""
        return self._in_vain < IN_VAIN

    def began(self, t: float) -> None:
        """Somebody speaks over our sound, since about `t`."""
        if self._player.queued > 0 and self.gives_way:
            self._player.pause()
            self._until = t + LONGEST

    def ended(self, t: float) -> None:
        """The words ended at `t`; the core weighs them now."""
        self._until = min(self._until, t + PATIENCE)

    def resume(self) -> None:
        """Nobody meant us."""
        if self._player.paused:
            self._in_vain += 1
            self._player.resume()

    def over(self) -> None:
        """The answer is over, or another begins: nobody waits for this voice any more."""
        self._in_vain = 0
        if self._player.paused:
            self._player.resume()

    def step(self, t: float) -> None:
        """Time goes on; a core that says nothing is not waited for."""
        if self._player.paused and t >= self._until:
            self.resume()
        if self._player.queued <= 0:
            self._in_vain = 0
