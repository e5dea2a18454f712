"""What of an answer is fit to be heard: plain words, few sentences, nothing twice."""

from __future__ import annotations

import re

from roomtone.respond.settings import AnswerSettings

MOST_WORDS = 60
"""Words of one answer; at 150 words a minute that is 24 s."""

NOTHING = "Sorry, I have no answer to that."
"""Said when nothing of an answer was fit to be heard."""

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ADDRESS = re.compile(r"\(?\b(?:https?://|www\.)\S+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MARKUP = re.compile(r"(?<!\w)[*_~]{1,3}(?=\S)|(?<=\S)[*_~]{1,3}(?!\w)|`+|^\s*#{1,6}\s+|^\s*>\s+")
_BULLET = re.compile(r"^\s*(?:[-*+\u2022\u2013]|\d{1,2}[.)])\s+")
_ROLE = re.compile(r"^\s*(?:assistant|user|system|roomtone)\s*:\s*", re.IGNORECASE)
_SYMBOL = re.compile(
    "[\u2190-\u21ff\u2300-\u27bf\u2900-\u2bff\ufe0f\u200d\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
_WORD = re.compile(r"\w")


class Fit:
    """Takes the sentences of one answer in turn."""

    def __init__(self, settings: AnswerSettings) -> None:
        self._most = settings.max_sentences
        self._heard: list[str] = []
        self._words = 0
        self._in_code = False
        self.full = False
        """True once nothing more of this answer will be spoken."""

    def take(self, sentence: str) -> str | None:
        """Return the sentence as it may be spoken; None when nothing of it may."""
        plain = None if self.full else self._plain(sentence)
        if plain is None:
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

    def finish(self) -> str | None:
        """Return an apology when the answer is over and nothing was said."""
        self.full = True
        return None if self._heard else NOTHING

    def _plain(self, sentence: str) -> str | None:
        """Take markup off; None when it is code or holds no words."""
        fences = sentence.count("```")
        was_code = self._in_code
        self._in_code = was_code ^ bool(fences % 2)
        if was_code or fences:
            return None
        text = _ADDRESS.sub("", _LINK.sub(r"\1", sentence))
        text = _BULLET.sub("", _TAG.sub("", text))
        text = _ROLE.sub("", _SYMBOL.sub("", _MARKUP.sub("", text)))
        text = re.sub(r"\s*\|\s*", ", ", text.strip(" |")) if "|" in text else text
        text = re.sub(r"\s+([.,!?])", r"\1", " ".join(text.split()))
        if not _WORD.search(text):
            return None
        return _shortened(_looped(text))

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
