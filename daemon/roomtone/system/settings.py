"""Settings of the box: which models, which folders, which doors."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec


class ModelSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Which models are used: a name that `roomtone models list` shows, or a path."""

    speech: Annotated[
        str, msgspec.Meta(min_length=1, description="Reads what you said (faster-whisper).")
    ] = "starter-speech"
    language: Annotated[
        str, msgspec.Meta(min_length=1, description="Writes the answers (llama.cpp, a GGUF file).")
    ] = "starter-language"
    voice: Annotated[
        str, msgspec.Meta(min_length=1, description="Speaks the answers (Piper, an ONNX file).")
    ] = "starter-voice"


class PathSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Where Roomtone keeps its files; empty means the usual place."""

    state: Annotated[
        str,
        msgspec.Meta(
            description="Database and key. Usually /var/lib/roomtone or ~/.local/state/roomtone."
        ),
    ] = ""
    models: Annotated[
        str,
        msgspec.Meta(
            description="Pulled models. Usually /var/lib/roomtone/models or "
            "~/.local/share/roomtone/models."
        ),
    ] = ""


class LogSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What is written to the journal; never what was said."""

    level: Annotated[
        Literal["debug", "info", "warning", "error"],
        msgspec.Meta(description="The least that is worth a line."),
    ] = "info"


class CloudSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What may leave the house."""

    policy: Annotated[Literal["local"], msgspec.Meta(description='"local": nothing, ever.')] = (
        "local"
    )
