"""What the owner may set about hearing."""

from __future__ import annotations

from typing import Annotated

import msgspec


class HearingSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[hearing]`."""

    language: Annotated[
        str,
        msgspec.Meta(
            pattern="^[a-z]{2,3}$",
            description="Language spoken, as Whisper names it.",
            extra={"wanted": 'two or three small letters, as in "en"'},
        ),
    ] = "en"
    threads: Annotated[
        int, msgspec.Meta(ge=0, le=64, description="Processor threads; 0 takes all cores.")
    ] = 0
    beam_size: Annotated[
        int, msgspec.Meta(ge=1, le=10, description="Readings kept while decoding the final text.")
    ] = 5
    min_confidence: Annotated[
        float,
        msgspec.Meta(ge=0, le=1, description="Below it Roomtone asks the speaker to repeat."),
    ] = 0.58
    retry_confidence: Annotated[
        float,
        msgspec.Meta(
            ge=0, le=1, description="Below it the sound is read again, in a longer window."
        ),
    ] = 0.37
    hotwords: Annotated[
        tuple[str, ...],
        msgspec.Meta(max_length=30, description="Names and words of this household."),
    ] = ()
    partials: Annotated[
        bool, msgspec.Meta(description="Read along while the user still speaks.")
    ] = True
