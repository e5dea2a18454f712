"""What every part says, whatever it does."""

from __future__ import annotations

import msgspec


class Message(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The base of all messages; the class name travels as the tag."""


class Ready(Message, frozen=True, kw_only=True):
    """The part has loaded and works. `detail` is for `status` ("USB Audio, 48000 Hz")."""

    detail: dict[str, str | int | float | bool] = {}


class Complaint(Message, frozen=True, kw_only=True):
    """Something is wrong that the part survives; see `event.Fault`."""

    fault: str
    action: str
    kind: str = ""
    """One word of `event.Fault.kind`; a fault that can be mended has one."""


class Mended(Message, frozen=True, kw_only=True):
    """What `Complaint` told under `kind` is over, `after_ms` after it began."""

    kind: str
    after_ms: int


class Beat(Message, frozen=True, kw_only=True):
    """The part is alive: sent by the thread that does the work, never by a timer beside it.

    About once a second while it waits for work, and between two pieces of work.
    """

    steps: int
    """Pieces of work done since the start: it grows, or the part waits."""
    busy: bool


class Unable(Message, frozen=True, kw_only=True):
    """The part cannot start: the owner must act. `advice` is one line that says how."""

    advice: str


class Cancel(Message, frozen=True, kw_only=True):
    """Give up job `job`; its `Done` still follows."""

    job: int


class Done(Message, frozen=True, kw_only=True):
    """(child -> core) Job `job` is over. `error` is empty when all went well."""

    job: int
    error: str = ""
