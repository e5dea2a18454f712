"""How Roomtone answers."""

from __future__ import annotations

from typing import Annotated

import msgspec

PERSONA = (
    "You are {name}, a friendly voice assistant in a home. "
    "Answer in one or two short spoken sentences. If you do not know, say so."
)


class AnswerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The section `[answer]` of the configuration."""

    name: Annotated[str, msgspec.Meta(min_length=1, description="What Roomtone is called.")] = (
        "Roomtone"
    )
    persona: Annotated[
        str,
        msgspec.Meta(description="Instruction to the language model; {name} is replaced."),
    ] = PERSONA
    max_sentences: Annotated[
        int, msgspec.Meta(ge=1, le=20, description="Sentences of an answer that are spoken.")
    ] = 3
    max_tokens: Annotated[
        int, msgspec.Meta(ge=8, le=1024, description="Tokens the language model may write.")
    ] = 96
    temperature: Annotated[
        float, msgspec.Meta(ge=0, le=2, description="0 always gives the likeliest answer.")
    ] = 0.0
    context: Annotated[
        int,
        msgspec.Meta(ge=256, le=32_768, description="Tokens the model sees: prompt and answer."),
    ] = 2048
    threads: Annotated[
        int, msgspec.Meta(ge=0, le=64, description="Threads for the language model; 0 chooses.")
    ] = 0
    history_turns: Annotated[
        int, msgspec.Meta(ge=0, le=50, description="Earlier turns that the model sees.")
    ] = 4
    history_minutes: Annotated[
        float, msgspec.Meta(ge=0, le=1440, description="After this the conversation is a new one.")
    ] = 5.0

    @property
    def system(self) -> str:
        """The persona with the name filled in."""
        return self.persona.replace("{name}", self.name)
