"""What the language model is shown: the persona, earlier turns, the moment's facts, the question.

Facts change from turn to turn (the time, notes). Where they stand decides how much of the prompt
can be kept from turn to turn, so a model says by its file where it was trained to expect them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from roomtone.base.words import Exchanged

Chat = list[dict[str, str]]
"""Messages with `role` ("system", "user" or "assistant") and `content`, oldest first."""

Place = Literal["late", "question", "system"]
"""Where facts stand. late: in a system message of their own before the question. question: at its
head, for templates that know system messages only at the front. Both keep all before it valid from
turn to turn. system: at the end of the first system message."""

STEP = 4
"""Turns that are dropped at once."""

_MARKERS = re.compile(r"<\|[^|<>]{0,40}\|>|</?s>|<(?:start|end)_of_turn>|\[/?INST\]|<<?/?SYS>>?")


def chat(
    system: str,
    history: Sequence[Exchanged],
    question: str | None = None,
    facts: Sequence[str] = (),
    place: Place = "late",
) -> Chat:
    """Put the messages together. Without a question they end with the last answer.

    `facts` holds what was known at each turn and last at the question; missing ones are empty.
    Markers of turns are taken out of every text, so that nobody's words can pose as a turn.
    """
    known = [*facts, *[""] * (len(history) + 1 - len(facts))]
    first = _joined(system, known[-1]) if place == "system" else system
    messages = [_message("system", first)] if first else []
    for turn, at_turn in zip(history, known, strict=False):
        messages += [*_asked(turn.user, at_turn, place), _message("assistant", turn.assistant)]
    if question is not None:
        messages += _asked(question, known[-1], place)
    return messages


def recent(
    history: Sequence[Exchanged], count: Callable[[Sequence[Exchanged]], int], limit: int
) -> Sequence[Exchanged]:
    """Drop the oldest turns, `STEP` at a time, until `count` of the rest is at most `limit` tokens.

    The beginning of the prompt then stays the same for some turns before it must be read anew.
    """
    return next(
        (
            history[dropped:]
            for dropped in range(0, len(history), STEP)
            if count(history[dropped:]) <= limit
        ),
        [],
    )


def _asked(question: str, facts: str, place: Place) -> Chat:
    if place == "late" and facts:
        return [_message("system", facts), _message("user", question)]
    return [_message("user", _joined(facts, question) if place == "question" else question)]


def _joined(above: str, below: str) -> str:
    return "\n".join(filter(None, (above, below)))


def _message(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": _MARKERS.sub("", content).strip()}
