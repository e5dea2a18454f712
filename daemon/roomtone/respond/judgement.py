"""What is wrong with an answer, if anything, and what is said when it cannot be mended."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from roomtone.respond.cut import is_cut
from roomtone.respond.fit import NOTHING, Fit
from roomtone.respond.plain import plain
from roomtone.respond.relevance import is_off, stays
from roomtone.respond.sentence import Splitter
from roomtone.respond.settings import AnswerSettings

Kind = Literal["fit", "empty", "unfit", "repeated", "off_question", "cut_off"]

SAID: dict[Kind, str] = {
    "empty": NOTHING,
    "unfit": "Sorry, I have no answer that can be said aloud.",
    "repeated": "I can only say what I said before. Please ask me in other words.",
    "off_question": "I'm not sure that I understood. Please ask me in other words.",
    "cut_off": "Sorry, I did not get to the end of that.",
}
"""What an honest assistant says instead of such an answer; after one that is cut off, behind it."""

_LEAKED = re.compile(
    r"\byou are \w+, an? (?:\w+ )?(?:voice )?assistant\b|\bspoken sentences\b|"
    r"\bif you do not know,? say so\b|\bsystem prompt\b|\bstands? for private details\b",
    re.IGNORECASE,
)
"""Words of the instructions to the model."""
_MAY_LEAK = re.compile(r"\b(?:you are|spoken|if you|system|stands? for)\b", re.IGNORECASE)
"""Words that may go on to be some."""
_LATIN_LAST = 0x24F
"""The last Latin letter of the first blocks of Unicode."""
_LETTERS_MOST = 0.5
"""Share of other letters than Latin ones from which our voice cannot read it."""


class Verdict(msgspec.Struct, frozen=True):
    """What was found of an answer, and what of it is fit to be heard."""

    kind: Kind
    text: str = ""
    """Private. Fit to be spoken, also when the verdict is that it should not be."""


def judge(
    question: str,
    answer: str,
    settings: AnswerSettings,
    *,
    earlier: tuple[str, str] = ("", ""),
    finished: bool = True,
) -> Verdict:
    """Judge an answer as the model wrote it, or the first sentence of one that is not `finished`.

    `earlier` is the question and the answer of the turn before.
    """
    text, whole = _heard(answer, settings)
    if not text:
        return Verdict("unfit" if re.search(r"\w", answer) else "empty")
    if _is_unfit(question, text):
        return Verdict("unfit", text)
    if _is_repeated(question, text, earlier):
        return Verdict("repeated", text)
    if is_off(question, text):
        return Verdict("off_question", text)
    if finished and whole and is_cut(answer):
        return Verdict("cut_off", text)
    return Verdict("fit", text)


def leads(question: str, beginning: str, *, earlier: tuple[str, str] = ("", "")) -> bool:
    """Whether an answer that begins so is surely fit, however its first sentence goes on.

    What could still turn out to be somebody's instructions, another tongue, a repetition or off the
    question is not; see `judge`.
    """
    said, asked = plain(beginning), plain(question)
    return not (
        _MAY_LEAK.search(beginning)
        or any(ord(letter) > _LATIN_LAST for letter in beginning if letter.isalpha())
        or asked.startswith(said)
        or (plain(earlier[1]).startswith(said) and asked != plain(earlier[0]))
    ) and stays(question, beginning)


def _heard(answer: str, settings: AnswerSettings) -> tuple[str, bool]:
    """Return what is spoken of it, and whether that goes to its end."""
    splitter, fit = Splitter(), Fit(settings)
    sentences = [*splitter.feed(answer), *splitter.flush()]
    said = [spoken for sentence in sentences if (spoken := fit.take(sentence))]
    whole = not fit.full
    if (last := fit.finish()) and last != NOTHING:
        said.append(last)
    return " ".join(said), whole


def _is_unfit(question: str, text: str) -> bool:
    return bool(_LEAKED.search(text)) or (_is_foreign(text) and not _is_foreign(question))


def _is_foreign(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    others = sum(ord(letter) > _LATIN_LAST for letter in letters)
    return others > _LETTERS_MOST * len(letters)


def _is_repeated(question: str, text: str, earlier: tuple[str, str]) -> bool:
    """Whether it is the question again, or what was answered to another question.

    Short answers ("Yes.") may well be right twice.
    """
    said, asked = plain(text), plain(question)
    if len(said.split()) < 3:
        return False
    return said == asked or (said == plain(earlier[1]) and asked != plain(earlier[0]))
