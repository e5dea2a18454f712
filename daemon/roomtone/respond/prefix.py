"""What a language model has made of the beginning of every prompt, kept from start to start.

It holds the system message and nothing of what anybody said. A file is the SHA-256 of the rest, and
the state as llama.cpp gives it; its name says which model, library, settings and words it is of.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

KEPT = 2
"""Files that are kept, the newest ones."""

LARGEST = 64 * 1024 * 1024
"""Bytes of a state that is worth a file: reading it takes less time than making it anew."""

_SAMPLE = 1024 * 1024
"""Bytes at the beginning and the end of a model's file by which it is told apart."""

_DIGEST = 32


class Prefixes:
    """The states in `folder`, which is private; an empty path keeps none. Never raises."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder) if folder else None

    def find(self, name: str) -> bytes | None:
        """The state called `name`; None when there is none. A damaged one is removed."""
        if self._folder is None:
            return None
        file = self._folder / name
        with contextlib.suppress(OSError):
            if file.stat().st_size <= LARGEST + _DIGEST:
                raw = file.read_bytes()
                if hashlib.sha256(raw[_DIGEST:]).digest() == raw[:_DIGEST]:
                    return raw[_DIGEST:]
            file.unlink()
        return None

    def keep(self, name: str, state: bytes) -> None:
        """Keep it in the place of the oldest; what cannot be written is made anew next time."""
        if self._folder is None or len(state) > LARGEST:
            return
        half = self._folder / f"{name}.half"
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            half.unlink(missing_ok=True)
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
                to.write(hashlib.sha256(state).digest() + state)
            half.replace(self._folder / name)
            self._make_room()

    def _make_room(self) -> None:
        assert self._folder is not None  # noqa: S101 - told to mypy
        files = sorted(self._folder.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
        for old in files[KEPT:]:
            old.unlink()


def named(model: Path, tokens: Sequence[int], context: int, library: str) -> str:
    """Name what `library` makes of `tokens` with this model and context."""
    told = hashlib.sha256()
    with model.open("rb") as file:
        told.update(file.read(_SAMPLE))
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _SAMPLE))
        told.update(file.read(_SAMPLE))
    told.update(f"{size} {context} {library} {list(tokens)}".encode())
    return told.hexdigest()[:32]
