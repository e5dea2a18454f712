"""Settings of the store."""

from __future__ import annotations

from typing import Annotated

import msgspec


class KeepSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How long conversations are remembered."""

    days: Annotated[
        int,
        msgspec.Meta(
            ge=0,
            le=3650,
            description="Days that the text of a conversation is kept; 0 keeps nothing.",
        ),
    ] = 30
    megabytes: Annotated[
        int,
        msgspec.Meta(
            ge=1,
            le=100_000,
            description="Size of the memory beyond which the oldest conversations are forgotten.",
        ),
    ] = 256
