"""What follows "I live at", "my address is" and their like."""

from __future__ import annotations

from bisect import bisect_right

from roomtone.respond.redact.area import speaks
from roomtone.respond.redact.clause import end_of
from roomtone.respond.redact.context import Cue
from roomtone.respond.redact.digits import digits
from roomtone.respond.redact.found import Found
from roomtone.respond.redact.reading import Reading, Word
from roomtone.respond.redact.vocabulary import is_common
from roomtone.respond.redact.word_list import words as word_list


def homes(reading: Reading, announced: list[Cue]) -> list[Found]:
    """What follows "I live at", "my address is", if it holds a number or a name."""
    words, found = reading.words, []
    for cue in announced:
        if cue.kind != "ADDRESS":
            continue
        start = _value_start(reading, cue.at)
        if start is None:
            continue
        end = _cut(words, start, end_of(reading, start))
        if _is_mail(reading, start) or reading.low.startswith("or ", start):
            continue
        if _tells(words[cue.at : cue.at + 60], start, end):
            found.append(Found(start, end, "ADDRESS"))
    return found


_LEADS = word_list(
    """
    , - : = a abito address adres adresse an anschrift at au billing bor code deliver delivered
    delivery der die direccion e email en es est exact flowers food for from full habite home
    house i ich in indirizzo into is ist it it's lautet live lives living located mailing moved
    my near new now number of on op order our pa package parcel pizza postal postcode right ship
    shipping the them this to und vivo was wir wohne woon work zip
    """
)


def _value_start(reading: Reading, at: int) -> int | None:
    words = reading.words
    place = at + 1
    while place < len(words) and words[place].low in _LEADS and place - at < 8:
        place += 1
    return words[place].start if place < len(words) else None


def _is_plain(low: str) -> bool:
    return is_common(low) or low in _SETTLED


_SETTLED = word_list("city cottage country flat house suburb town village")
"""They tell in what kind of place somebody lives, and not where."""

_ASKING = word_list("how what when where which who whom whose why")

_WHEN = frozenset(("today", "tomorrow", "tonight", "yesterday"))


MOST = 60
"""Words among which an address ends."""


def _cut(words: list[Word], start: int, end: int) -> int:
    """The end, or where before it a question begins, somebody speaks or a day is told."""
    first = bisect_right(words, start, key=lambda word: word.start)
    for at, word in enumerate(words[first : first + MOST], first):
        if word.start >= end:
            break
        if word.low in _WHEN or speaks(words, at) or _asks(words, at):
            return word.start
    return end


def _asks(words: list[Word], at: int) -> bool:
    return words[at].low == "," and at + 1 < len(words) and words[at + 1].low in _ASKING


def _is_mail(reading: Reading, start: int) -> bool:
    """Whether the address is one of e-mail, written in one piece."""
    return "@" in reading.low[start:].split(maxsplit=1)[0]


def _tells(words: list[Word], start: int, end: int) -> bool:
    inside = [word for word in words if start <= word.start < end]
    return any(
        digits(word.low) is not None
        or (word.low[0].isalpha() and len(word.low) > 2 and not _is_plain(word.low))
        for word in inside
    )
