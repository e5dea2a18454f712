"""Secrets that somebody has judged: "is hunter2 a strong password", "is 4711 a good pin"."""

from __future__ import annotations

import re

from roomtone.respond.redact.found import Found
from roomtone.respond.redact.reading import Reading
from roomtone.respond.redact.vocabulary import is_common

_JUDGED = re.compile(
    r"\b(?:is|are|isn't|would|does|ist|est|es|use|take|try|set|enter|type)\s+(?:my\s+)?(?P<said>\S.{0,70}?)\s+"
    r"(?:be\s+|make\s+|count\s+|really\s+|still\s+|not\s+|enough\s+)*(?:as\s+)?"
    r"(?:a|an|the|my|our|your|ein|eine|un|une|una|as|for|correct|right)\s+(?:\w+\s+){0,3}?"
    r"(?:pas+\s?w\w{2,4}|pass(?:phrase|code)|pin|code|iban|login|bank\s+code|wi-?fi\s+key"
    r"|username)\b"
)
_USED = re.compile(
    r"\b(?:i|we|to)\s+(?:\w+\s+)?(?:use|used|using|type|enter)\s+(?P<said>\S.{0,60}?)\s+"
    r"(?:for\s+(?:everything|all|every\w*)|everywhere"
    r"|(?:on|at)\s+the\s+(?:door|keypad|gate|lock))"
)
_TELLS = re.compile(r"pas|pin\\b|code|iban|login|username|fi key")
_PLAIN = re.compile(
    r"(?:it|this|that|there|the|a|an|my|your|what|which|how|having|using|he|she|they|you|we)\b"
)


def judged(reading: Reading) -> list[Found]:
    """What stands between "is" and "a strong password"."""
    used = []
    if "every" in reading.low or " all" in reading.low or " the " in reading.low:
        used = [Found(*match.span("said"), "PASSWORD") for match in _USED.finditer(reading.low)]
    if not _TELLS.search(reading.low):
        return used
    return used + [
        Found(*match.span("said"), "PASSWORD")
        for match in _JUDGED.finditer(reading.low)
        if not _PLAIN.match(match["said"])
        or any(not is_common(part) for part in re.findall(r"\w+", match["said"]))
    ]
