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
    """Who answers, and what may leave the house; nothing does before `roomtone cloud allow`."""

    policy: Annotated[
        Literal["local", "local-first", "cloud-first", "race"],
        msgspec.Meta(
            description='"local": nothing leaves, ever. "local-first": the cloud when the local '
            'model is unsure, lacks a tool or is not loaded. "cloud-first": the local model when '
            'the cloud is away or slow. "race": both, whichever speaks first.'
        ),
    ] = "local"
    base_url: Annotated[
        str,
        msgspec.Meta(
            pattern=r"^https?://[^\s/@?#]+[^\s@?#]*$",
            description="OpenAI, or any server that speaks its protocol.",
            extra={
                "wanted": 'an address as in "https://api.openai.com/v1" (http:// or https://, '
                "without a space, @, ? or #)"
            },
        ),
    ] = "https://api.openai.com/v1"
    model: Annotated[str, msgspec.Meta(min_length=1, description="The provider's model.")] = (
        "gpt-4o-mini"
    )
    key_file: Annotated[
        str,
        msgspec.Meta(
            description="File with the provider's key; empty: the credential `cloud-key` of the "
            "service, else $OPENAI_API_KEY."
        ),
    ] = ""
    context: Annotated[
        int, msgspec.Meta(ge=0, le=10, description="Earlier turns that are sent along, redacted.")
    ] = 0
    names: Annotated[
        tuple[str, ...],
        msgspec.Meta(description="Names of the household, which never leave it."),
    ] = ()
    cue: Annotated[
        bool, msgspec.Meta(description="A soft sound before an answer that came from the cloud.")
    ] = True
    join_after: Annotated[
        float,
        msgspec.Meta(ge=0, le=10, description='Seconds after which the cloud joins a "race".'),
    ] = 0.5
    slow_after: Annotated[
        float,
        msgspec.Meta(
            ge=0.2, le=20, description='Seconds after which "cloud-first" has the local model join.'
        ),
    ] = 1.5
    patience: Annotated[
        float,
        msgspec.Meta(ge=0.5, le=30, description="Seconds for the cloud's first words, at most."),
    ] = 4.0
