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

Place = Literal["question", "system"]
"""Where facts stand. question: before the question, so that all before it is kept from turn to
turn. system: at the end of the system message, where small models find them more easily."""

_MARKERS = re.compile(r"<\|[^|<>]{0,40}\|>|</?s>|<(?:start|end)_of_turn>|\[/?INST\]|<<?/?SYS>>?")


def chat(
    system: str,
    history: Sequence[Exchanged],
    question: str | None = None,
    facts: str = "",
    place: Place = "question",
) -> Chat:
    """Put the messages together. Without a question they end with the last answer.

    Markers of turns are taken out of every text, so that nobody's words can pose as a turn.
    """
    first = _with(system, facts) if place == "system" else system
    messages = [_message("system", first)] if first else []
    for turn in history:
        messages += [_message("user", turn.user), _message("assistant", turn.assistant)]
    if question is not None:
        asked = _with(facts, question) if place == "question" else question
        messages.append(_message("user", asked))
    return messages


def recent(
    history: Sequence[Exchanged], count: Callable[[Sequence[Exchanged]], int], limit: int
) -> list[Exchanged]:
    """Drop whole turns, the oldest first, until `count` of the rest is at most `limit` tokens.

    Turns go in steps that leave a quarter of `limit` free, so that the prompt's beginning stays
    the same for some turns before it must be read anew.
    """
    kept = list(history)
    if count(kept) <= limit:
        return kept
    while kept and count(kept) > limit * 3 // 4:
        kept.pop(0)
    return kept


def _with(above: str, below: str) -> str:
    return "\n".join(filter(None, (above, below)))


def _message(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": _MARKERS.sub("", content).strip()}
