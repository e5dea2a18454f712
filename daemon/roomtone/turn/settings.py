"""Settings of the conversation's rules."""

from __future__ import annotations

from typing import Annotated

import msgspec


class FollowUpSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Listening on after an answer, without the wake word."""

    seconds: Annotated[
        float,
        msgspec.Meta(ge=0, le=30, description="Seconds to wait for the next question; 0 is off."),
    ] = 6.0


class TimerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Timers."""

    ring_seconds: Annotated[
        int,
        msgspec.Meta(ge=1, le=600, description="Seconds a timer rings when nobody says stop."),
    ] = 60
