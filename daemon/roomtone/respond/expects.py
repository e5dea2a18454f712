"""Whether the words so far want more: said whole, probably whole, left hanging, or none. Pure."""

from __future__ import annotations

import re
from typing import Literal

from roomtone.respond.plain import plain, request
from roomtone.respond.whole import is_whole

Expected = Literal["complete", "likely", "open", "unknown"]

_HANGING = re.compile(
    r"(?:^|.* )(?:"
    r"and|or|but|because|if|than|which|whose|when|while|until|plus|minus|times|divided"
    r"|a|an|the|my|your|his|our|their|these|those|some|any|every|each|another"
    r"|for|to|of|with|at|in|from|by|about|into|between|without|per|as|like|called|named|except"
    r"|is|are|was|were|am|will|would|could|should|can|shall|may|might|does|did|has|have|had"
    r"|i|we|they|he|she|set|add|tell|give|make|put|play|remind|wake|write|want|need|very|really"
    r")"
)
"""Words after which English goes on."""

_COMPLETE_ANYWAY = re.compile(
    r".*\b(?:what|where|who|how|when)\b.* (?:is|are|was|were|am|do|does|did|can|could|should|would)"
    r" (?:he|she|we|they|i|it|you|this|that)(?: like| for| from| about| with| to| in)?"
    r"|.* (?:i am|you are|it is|they are|we are|i can|i will|i did|i have)"
    r"|.*\b(?:what|who|where)\b.* (?:from|for|about|with|like|to|in|called|named)"
    r"|.* (?:made|think|thought|kind|sort) of"
    r"|.*\b(?:what|which|who|where|how|when|why)\b.* (?:do|does|did|can|could|would|should|will)"
    r" .*\b(?:have|need|want|add|set|give|make|put|play|write)"
)
"""Ends of questions and answers that only look as if they hung."""

_HALF = re.compile(
    r"(?:set|start|make|create)(?: me)? (?:a|an|the|my) (?:timer|alarm|reminder)"
    r"|(?:set|start)(?: me)? .*\b(?:timer|alarm)(?: for| of)? \d+"
    r"|.*\bhow (?:much|many|long|old|far|tall|big)|.*\bwhat (?:kind|sort)"
    r"|who|what|where|how|why"
    r"|remind me|take a note|make a note|tell me|.*\bdivided|i would|i would like|i want"
)
"""Requests that lack what they are about."""

_HESITATING = re.compile(r"(?i).*\b(?:u+m+|u+h+m*|e+r+m*|hm+)[\s.,\u2026-]*|.*(?:\.\.\.|\u2026)\s*")


_QUESTION = re.compile(
    r"(?:(?:and|so|but) )?(?:"
    r"(?:in |at |for |on |to )?(?:what|who|where|when|why|how|which|whose)(?: \S+){2,}"
    r"|(?:is|are|was|were|do|does|did|has|have|will|would|should)(?: \S+){3,})"
)
"""What asks for something and has a verb and what it is about."""

_ASKS_ON = re.compile(
    r"(?:what|how much) (?:is|are) [\d.,]+"
    r"|(?:what|who|where|why|how|when) (?:is|are|was|were) (?:the |an? |my |your )?\S+"
    r"|(?:why|how|when|where) (?:do|does|did) (?:the |an? |my |your )?\S+"
    r"|how (?:much|many) \S+ (?:do|does|did|is|are) (?:the |an? |my |your )?\S+"
)
"""Beginnings of questions that could end here but for the most part do not."""


def expects(text: str, *, known: bool = False) -> Expected:
    """What `text`, as the recognizer wrote it up to a pause, wants after it.

    complete: a command that is rarely gone on from. likely: a question that has all that it needs,
    or what a skill answers as it is (`known`). open: the words ask for more ("set a timer for"), or
    somebody is looking for them ("um"). unknown: the words do not tell.
    """
    if _HESITATING.fullmatch(text.strip()):
        return "open"
    if is_whole(text):
        return "complete"
    words = plain(text)
    if _HALF.fullmatch(request(text)):
        return "open"
    if _HANGING.fullmatch(words) and not _COMPLETE_ANYWAY.fullmatch(words):
        return "open"
    asked = _QUESTION.fullmatch(words) and not _ASKS_ON.fullmatch(words)
    return "likely" if known or asked else "unknown"
