"""Whether an answer ends in mid-sentence."""

from __future__ import annotations

import re

FEW = 4
"""Words of an answer that may do without a full stop: "Paris", "About ten kilometers"."""

_ENDED = re.compile("[.!?\u3002\uff01\uff1f][\"'\u201d\u2019\u00bb)\\]*_]*$")
_TRAILING = re.compile("(?:\\.\\.\\.|\u2026)[\"'\u201d\u2019)]*$")
_DANGLING = re.compile(
    r"\b(?:a|an|the|and|or|but|nor|so|because|that|which|who|whose|when|while|if|than|as|of|to|in|on|"
    r"at|by|for|from|with|into|about|between|through|is|are|was|were|be|been|has|have|had|can|could|"
    r"will|would|should|may|might|must|its|his|her|their|our|my|your|this|these|those|such|like|"
    r"called|very|also|including|e\.g|i\.e)$",
    re.IGNORECASE,
)
_OPEN_END = re.compile("[,;:(\\[{\u2013\u2014&+=/-]$|\\b\\w+-$")


def is_cut(answer: str) -> bool:
    """Whether the finished `answer` stops before its last sentence does."""
    text = answer.rstrip()
    if not text:
        return False
    if _TRAILING.search(text) or text.count("(") > text.count(")"):
        return True
    if _ENDED.search(text):
        return False
    last = re.split(r"[.!?]\s+", text)[-1]
    dangles = bool(_OPEN_END.search(text) or _DANGLING.search(text))
    return dangles or len(last.split()) > FEW or last != text
