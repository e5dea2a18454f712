"""What is asked of the cloud: what the terms allow, with nothing in it that the veil can find."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from roomtone.app.consents import Permit
from roomtone.base.clock import Clock
from roomtone.base.error import PartError
from roomtone.base.message.cloud import FAILURES, Ask, Line, Sending
from roomtone.base.words import Exchanged
from roomtone.respond.redact.veil import Veil
from roomtone.turn.ledger import Entry

WHOLE = 20.0
"""Seconds in which an answer must be over."""

LONGEST = 4_000
"""Characters of one text that may be sent."""

BESIDE = (
    " Words such as NAME_1 or PHONE_1 stand for private details; use them as they are. "
    "Answer in plain spoken words, without lists, links or markup."
)
"""Added to the persona: the provider does not know what the placeholders mean."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be asked. Private; it is redacted before it leaves."""

    system: str
    history: list[Exchanged]
    text: str
    max_tokens: int
    temperature: float
    reason: str
    """Why the cloud is asked, for the ledger."""
    current: Callable[[], bool] = lambda: True
    """False once the conversation has been forgotten: then nothing more may leave."""
    turn: int = 0
    """Number of the turn of the conversation; 0 when it was asked in writing."""


class CloudError(PartError):
    """The cloud gave no answer, or not all of it; `kind` is a word of `FAILURES`, or denied."""

    def __init__(self, failure: str) -> None:
        super().__init__("cloud", FAILURES.get(failure, "the owner has denied it"), kind=failure)


def made(permit: Permit, question: Question, veil: Veil, patience: float) -> Ask:
    """Only what the terms allow, and nothing that the veil can find."""
    history = question.history[-permit.terms.context :] if permit.terms.context else []
    lines = [Line(role="system", content=veil.hide(question.system) + BESIDE)]
    for turn in history:
        lines.append(Line(role="user", content=_hidden(veil, turn.user)))
        lines.append(Line(role="assistant", content=_hidden(veil, turn.assistant)))
    lines.append(Line(role="user", content=_hidden(veil, question.text)))
    return Ask(
        provider=permit.terms.provider,
        model=permit.terms.model,
        messages=lines,
        max_tokens=question.max_tokens,
        temperature=question.temperature,
        first_s=patience,
        whole_s=WHOLE,
    )


def noted(clock: Clock, ask: Ask, sending: Sending, question: Question) -> Entry:
    """What is about to leave. Raises CloudError when it is not what was asked for."""
    if (sending.provider, sending.model) != (ask.provider, ask.model):
        raise CloudError("locked")
    return Entry(
        at=clock.now(),
        by="cloud",
        provider=sending.provider,
        model=sending.model,
        reason=question.reason,
        bytes=len(sending.body),
        text=sending.body.decode("utf-8", "replace"),
    )


def _hidden(veil: Veil, text: str) -> str:
    """Hide first and cut then: what is cut in its middle is not found."""
    return veil.hide(text[: 2 * LONGEST])[:LONGEST]
