"""What the owner may set about speaking and cues."""

from __future__ import annotations

from typing import Annotated

import msgspec


class VoiceSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[voice]`."""

    speed: Annotated[
        float,
        msgspec.Meta(ge=0.5, le=2.0, description="1 is the voice's own pace, 2 twice as fast."),
    ] = 1.0
    level_db: Annotated[
        float,
        msgspec.Meta(ge=-40.0, le=-12.0, description="Loudness of speech: RMS, dB of full scale."),
    ] = -20.0
    threads: Annotated[
        int, msgspec.Meta(ge=0, le=64, description="Processor threads; 0 takes up to three.")
    ] = 0


class CueSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[cues]`."""

    enabled: Annotated[
        bool, msgspec.Meta(description="Short sounds when woken, understood and failed.")
    ] = True
