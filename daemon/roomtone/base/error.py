"""The few exceptions, named by who must act; no message holds what was said."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator


class RoomtoneError(Exception):
    """The base of all; `str()` is one line for a person, `kind` as `event.Fault.kind`."""

    def __init__(self, message: str, *, kind: str = "") -> None:
        super().__init__(message)
        self.kind = kind


class OwnerError(RoomtoneError):
    """The owner can mend it: a missing file, a wrong setting, an absent device. Exit code 1."""


class PartError(RoomtoneError):
    """A part failed or went away; the turn is lost, the daemon goes on.

    `part` is its name (`ear`, `transcriber`, `thinker`, `voice`, `store`).
    """

    def __init__(self, part: str, message: str, *, kind: str = "") -> None:
        super().__init__(f"{part}: {message}", kind=kind)
        self.part = part


class LostError(PartError):
    """A part went away with the job it was doing; the next start of it may do the job."""


@contextlib.contextmanager
def first_of_group() -> Iterator[None]:
    """Let the first of ours out of a group of nothing else.

    What is raised in an `except*` comes in a group again before Python 3.11.4, Debian 12's own.
    """
    try:
        yield
    except ExceptionGroup as group:
        ours, others = group.split(RoomtoneError)
        if ours is None or others is not None:
            raise
        first: Exception = ours
        while isinstance(first, ExceptionGroup):
            first = first.exceptions[0]
        raise first from None
