"""Set phrases whose sound is there before anybody asks for it."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 8 * 2**20
"""Bytes of sound; three minutes of an ordinary voice."""


class Repertoire:
    """The sound of set phrases, in memory only, of one voice at one level.

    It lives as long as the voice: what is said of somebody must not be in it.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._sounds: dict[str, tuple[bytes, ...]] = {}
        self._size = 0

    def sound(self, phrase: str) -> tuple[bytes, ...]:
        """The pieces of its sound; none when it is not known."""
        return self._sounds.get(phrase, ())

    def learn(self, phrase: str, pieces: Sequence[bytes]) -> bool:
        """Keep the sound of `phrase`; False when there is no room for it."""
        size = sum(map(len, pieces))
        if phrase not in self._sounds:
            if self._size + size > self._most:
                return False
            self._sounds[phrase] = tuple(pieces)
            self._size += size
        return True
