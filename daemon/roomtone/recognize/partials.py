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
        self._asked = False

    def due(self, seconds: float, *, stopped: bool = False) -> bool:
        """Say whether to ask for a partial over `seconds` of sound now; it then counts as asked.

        Where somebody has perhaps `stopped`, a third of the usual distance is enough.
        """
        wait = self._next - (2 * self._every / 3 if stopped and self._asked else 0.0)
        if seconds < wait - 1e-6:
            return False
        self._asked = True
        self._next = seconds + max(self._every, WIDER * seconds)
        return True
