"""Settings of the sound devices."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec


class SoundSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Which microphone and which loudspeaker; `roomtone devices` lists them."""

    input: Annotated[
        str,
        msgspec.Meta(
            min_length=1,
            description="The microphone: `default`, a name of `roomtone devices`, or part of it.",
        ),
    ] = "default"
    output: Annotated[
        str,
        msgspec.Meta(
            min_length=1,
            description="The loudspeaker: `default`, a name of `roomtone devices`, or part of it.",
        ),
    ] = "default"
    echo: Annotated[
        Literal["auto", "off"],
        msgspec.Meta(
            description="`auto` takes the loudspeaker's sound out of the microphone's; `off` "
            "leaves it in, and only wake words and stop words count over an answer.",
        ),
    ] = "auto"
