"""A kept turn as plain JSON data, as the doors give it out."""

from __future__ import annotations

from typing import Any

import msgspec

from roomtone.base.clock import local
from roomtone.turn.record import Turn


def as_json(fact: msgspec.Struct) -> dict[str, Any]:
    """A fact as plain JSON data; paths become text."""
    return dict(msgspec.to_builtins(fact, enc_hook=str))


def as_data(turn: Turn) -> dict[str, Any]:
    """Every field of a turn, and its time as a person reads it in `at`. Holds private text."""
    data: dict[str, Any] = msgspec.to_builtins(turn)
    return data | {"at": local(turn.started).isoformat(timespec="seconds")}
