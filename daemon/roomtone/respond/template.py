"""Sentence templates in hassil's notation, turned into patterns that match a whole utterance.

    set [a|an] {name} timer (for|of) {duration}

hassil reads the notation; matching is one regular expression per template, so that an utterance
is tried against all of them in well under a millisecond. {slots} are patterns from a table.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from hassil.expression import Alternative, Expression, Group, ListReference, TextChunk
from hassil.parse_expression import parse_sentence

from roomtone.respond.plain import plain

Slots = Mapping[str, str]
"""What the slots of a template matched, by name; slots of untaken branches are absent."""


class Template:
    """One template. Raises ValueError for a slot that is not in `patterns`."""

    def __init__(self, text: str, patterns: Mapping[str, str]) -> None:
        self._patterns = patterns
        self._slots = 0
        self._pattern = re.compile(self._written(parse_sentence(text).expression))

    def match(self, text: str) -> Slots | None:
        """Return the slots when the template matches the whole plain `text`."""
        found = self._pattern.fullmatch(text)
        if found is None:
            return None
        return {
            name.partition("__")[0]: heard
            for name, heard in found.groupdict().items()
            if heard is not None
        }

    def _written(self, part: Expression) -> str:
        if isinstance(part, TextChunk):
            return _chunk(part.text)
        if isinstance(part, ListReference):
            if part.list_name not in self._patterns:
                raise ValueError(f"no slot {{{part.list_name}}}")
            self._slots += 1
            return f"(?P<{part.slot_name}__{self._slots}>{self._patterns[part.list_name]})"
        if isinstance(part, Group):
            pieces = [self._written(item) for item in part.items]
            return f"(?:{'|'.join(pieces)})" if isinstance(part, Alternative) else "".join(pieces)
        raise ValueError(f"{type(part).__name__} is not used in our templates")


@functools.cache
def _chunk(text: str) -> str:
    """Words in plain spelling; a space also matches nothing, but only between words."""
    inner = text.strip()
    if not inner:
        return r" *\b" if text else ""
    written = r" *\b".join(re.escape(word) for word in plain(inner).split())
    before = r" *\b" if text[0] == " " else ""
    after = r" *\b" if text[-1] == " " else ""
    return before + written + after
