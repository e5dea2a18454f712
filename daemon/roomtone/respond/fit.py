"""What of an answer is fit to be heard: plain words, few sentences, nothing twice."""

from __future__ import annotations

import copy
import re

from roomtone.respond.scrub import is_data, scrubbed
from roomtone.respond.settings import AnswerSettings

MOST_WORDS = 60
"""Words of one answer; at 150 words a minute that is 24 s."""

NOTHING = "Sorry, I have no answer to that."
"""Said when nothing of an answer was fit to be heard."""

_THINKS = re.compile(r"<\s*(?:think|thinking|thought|reasoning|reflection)\s*>", re.IGNORECASE)
_THOUGHT = re.compile(r"<\s*/\s*(?:think|thinking|thought|reasoning|reflection)\s*>", re.IGNORECASE)
_FENCE = re.compile(r"```|~~~")
_SOMEBODY_ELSE = re.compile(r"^\W*(?:user|human|q|question|customer|person)\W*:", re.IGNORECASE)
_FILLER = re.compile(
    r"(?:sure(?: thing)?|certainly|of course|absolutely|definitely|okay|ok|alright|all right|"
    r"no problem|happy to help|i'd be happy to help|(?:that's|what) an? (?:great|good|interesting|"
    r"excellent) question|(?:great|good|interesting|excellent) question|let me (?:think|see)|"
    r"thanks? (?:you )?for (?:asking|your question)|i understand|got it)\W*",
    re.IGNORECASE,
)
"""What says nothing before an answer, and may still be a whole one."""


class Fit:
    """Takes the sentences of one answer in turn."""

    def __init__(self, settings: AnswerSettings) -> None:
        self._most = settings.max_sentences
        self._heard: list[str] = []
        self._words = 0
        self._in_code = False
        self._in_thought = False
        self._depth = 0
        self._filler = ""
        self.full = False
        """True once nothing more of this answer will be spoken."""

    def take(self, sentence: str) -> str | None:
        """Return the sentence as it may be spoken; None when nothing of it may."""
        plain = None if self.full else self._plain(sentence)
        if plain is None:
            return None
        if not self._heard and _FILLER.fullmatch(plain):
            self._filler = plain
            return None
        if self._repeats(plain):
            self.full = True
            return None
        words = len(plain.split())
        if self._heard and self._words + words > MOST_WORDS:
            self.full = True
            return None
        self._heard.append(_bare(plain))
        self._words += words
        self.full = len(self._heard) >= self._most or self._words >= MOST_WORDS
        return plain

    def keeps(self, beginning: str) -> bool:
        """Whether a next sentence that began so would be spoken as it stands, so far."""
        return copy.deepcopy(self).take(beginning) == beginning

    def finish(self) -> str | None:
        """Return an apology when the answer is over and nothing was said.

        A mere "Sure!" is said after all when it was the whole answer.
        """
        self.full = True
        return None if self._heard else self._filler or NOTHING

    def _plain(self, sentence: str) -> str | None:
        """Take off what cannot be said; None when nothing is left, or somebody else would speak."""
        sentence = self._without_thoughts(sentence)
        if self._is_code(sentence) or self._is_data(sentence):
            return None
        if _SOMEBODY_ELSE.match(sentence):
            self.full = bool(self._heard)
            return None
        text = scrubbed(sentence)
        return _shortened(_looped(text)) if text else None

    def _without_thoughts(self, sentence: str) -> str:
        """Leave out what the model tells itself, over as many sentences as that takes."""
        kept = ""
        while sentence:
            if self._in_thought or _THOUGHT.search(sentence):
                end = _THOUGHT.search(sentence)
                begin = _THINKS.search(sentence)
                if begin and end and begin.start() < end.start() and not self._in_thought:
                    kept += sentence[: begin.start()]
                self._in_thought = end is None
                sentence = sentence[end.end() :] if end else ""
            else:
                begin = _THINKS.search(sentence)
                self._in_thought = begin is not None
                return kept + (sentence[: begin.start()] if begin else sentence)
        return kept

    def _is_code(self, sentence: str) -> bool:
        fences = len(_FENCE.findall(sentence))
        was_code = self._in_code
        self._in_code = was_code ^ bool(fences % 2)
        return was_code or bool(fences)

    def _is_data(self, sentence: str) -> bool:
        """Whether it is data for a machine, or goes on with such that a sentence before began."""
        if not self._depth and not is_data(sentence):
            return False
        opened = sum(sentence.count(mark) for mark in "{[")
        self._depth = max(0, self._depth + opened - sum(sentence.count(mark) for mark in "}]"))
        return True

    def _repeats(self, sentence: str) -> bool:
        return _bare(sentence) in self._heard


def _bare(sentence: str) -> str:
    return " ".join(re.findall(r"\w+", sentence.lower()))


def _looped(text: str) -> str:
    """Cut where one to eight words are said three times in a row."""
    words = text.split()
    for size in range(1, 9):
        for at in range(len(words) - 3 * size + 1):
            first = words[at : at + size]
            if size == 1 and not first[0].strip(".,!?").isalpha():
                continue
            if first == words[at + size : at + 2 * size] == words[at + 2 * size : at + 3 * size]:
                return " ".join(words[: at + size]).rstrip(",;:") + "."
    return text


def _shortened(text: str) -> str:
    """Cut a sentence of more than MOST_WORDS at its last clause within them."""
    words = text.split()
    if len(words) <= MOST_WORDS:
        return text
    head = " ".join(words[:MOST_WORDS])
    clause = max(head.rfind(mark) for mark in ",;:")
    return (head[:clause] if clause > len(head) // 2 else head).rstrip(",;: ") + "."
