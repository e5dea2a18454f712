"""When to read along."""

from __future__ import annotations

WIDER = 0.1
"""Share of the sound so far that is new in a partial, at least: each reads all of it again, so that
at an even pace a long utterance would cost its length squared."""


class PartialPace:
    """Decides when the next partial is asked for, by the length of the sound so far."""

    def __init__(self, *, first: float = 0.5, every: float = 0.3) -> None:
        """`first`: seconds of sound before the first one; `every`: fewest new ones between two."""
        self._every = every
        self._next = first
        self._over = False

    def due(self, seconds: float, *, busy: bool) -> bool:
        """Say whether to ask for a partial over `seconds` of sound now; it then counts as asked.

        A transcriber that is `busy` is not asked: the next partial covers the sound in between.
        """
        if busy or self._over or seconds < self._next - 1e-6:
            return False
        self._next = seconds + max(self._every, WIDER * seconds)
        return True

    def end(self) -> None:
        """The utterance is over: no partial from now on."""
        self._over = True
