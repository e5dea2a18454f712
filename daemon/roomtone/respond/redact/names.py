"""Names of the household, as its owner has listed them, in any spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence

from roomtone.respond.redact.digits import TIMES
from roomtone.respond.redact.found import Found
from roomtone.respond.redact.measures import MONTHS
from roomtone.respond.redact.people import RELATIONS
from roomtone.respond.redact.reading import Reading, Word, fold
from roomtone.respond.redact.vocabulary import COMMON, NATO
from roomtone.respond.redact.word_list import words as word_list

_PARTICLES = word_list(
    """
    da de del della den der di la le van von zu
    """
)
_EVERYDAY = MONTHS | word_list(
    """
    al amber an angel art autumn baker bell ben bill black bob brown bush case chance chase
    christian cook daisy dawn dean destiny do don drew duke earl faith field fields frank gene
    grace grant green guy harmony hazel he heather hill hope in iris ivy jack jade jay joy king
    lily long mark max may melody miles my nick olive page park pat pearl penny ray rice rich
    rob robin rod rose ruby short sky smith so star stone sue summer sunny ted tom violet white
    will wood woods you young
    """
)
_FOLLOWS_A_VERB = word_list(
    """
    a all an any anyone as be come do down everything get go have he her his i it its my not our
    people she someone that the there these they this those tomorrow up we you your
    """
)
_BEFORE = RELATIONS | word_list(
    """
    about am and ask aunt by call dear did does dr email for from has hello help hey hi i'm
    invite is let like love loves meet message miss mr mrs ms name named of or phone remind ring
    tell text thank that to uncle visit when where with without
    """
)
_TAIL = r"(?:'?s|s'|es|ies)?(?![^\W\d_])"
_SEPARATOR = r"[\W_]{0,3}"


class Names:
    """Finds the listed names."""

    def __init__(self, names: Sequence[str]) -> None:
        whole = [_words(name) for name in names]
        parts = {
            part for name in whole for part in name if len(name) == 1 or part not in _PARTICLES
        }
        parts = {part for part in parts if len(part) > 1 or not part.isascii()}
        more = {variant for part in parts for variant in _variants(part)}
        self._parts = more
        self._everyday = frozenset(part for part in more if part in _EVERYDAY or part in COMMON)
        joined = {_SEPARATOR.join(map(_pattern, name)) for name in whole if len(name) > 1}
        single = {_pattern(part) for part in more if part.isascii() or part.isalpha()}
        ordered = [*sorted(joined, key=len, reverse=True), *sorted(single, key=len, reverse=True)]
        self._listed = (
            re.compile(rf"(?<![^\W\d_])(?:{'|'.join(ordered)}){_TAIL}") if ordered else None
        )
        self._dense = [part for part in more if not part.isascii() and not part.islower()]
        self._rooted = tuple(
            part for part in more - self._everyday if len(part) >= 4 and part.isalpha()
        )

    def find(self, reading: Reading) -> list[Found]:
        """Listed names in the text."""
        if self._listed is None:
            return []
        found = []
        for match in self._listed.finditer(reading.low):
            core = _bare(match[0])
            if core in self._everyday and not _is_name(reading, *match.span()):
                continue
            possessive = re.search(r"'s?$", match[0])
            end = match.start() + possessive.start() if possessive else match.end()
            found.append(Found(match.start(), end, "NAME"))
        for part in self._dense:
            found += [Found(*m.span(), "NAME") for m in re.finditer(re.escape(part), reading.low)]
        if self._rooted:
            found += self._within(reading.words)
        return found + self._spelled(reading.words)

    def _within(self, words: list[Word]) -> list[Found]:
        """A name with more letters before or behind it: "annasmith"."""
        return [
            Found(word.start, word.start + len(bare), "NAME")
            for word, bare in ((word, _bare(word.low)) for word in words)
            if len(bare) > 4
            and (bare.startswith(self._rooted) or bare.endswith(self._rooted))
            and bare not in COMMON
        ]

    def _spelled(self, words: list[Word]) -> list[Found]:
        """A name letter by letter: "a n n a", "A. N. N. A.", "a double n a", "alpha november"."""
        found: list[Found] = []
        run: list[tuple[str, Word]] = []
        at = next((i for i, w in enumerate(words) if len(w.low) == 1 or w.low in NATO), len(words))
        at = max(0, at - 1)
        while at <= len(words):
            word = words[at] if at < len(words) else None
            low = word.low if word else ""
            letter = (low if len(low) == 1 and low.isalpha() else NATO.get(low)) if low else None
            if word and letter:
                twice = TIMES.get(words[at - 1].low, 1) if at else 1
                run += [(letter, word)] * twice
            elif (run and word and word.low in "-.,/'\"") or (word and word.low in TIMES):
                pass
            elif run and word and word.low in ("as", "wie", "like", "for", "comme", "then"):
                at += 1 + (at + 1 < len(words) and words[at + 1].low in ("in", "dans"))
            elif run:
                found += self._in_run(run)
                run = []
            at += 1
        return found

    def _in_run(self, run: list[tuple[str, Word]]) -> list[Found]:
        text = "".join(letter for letter, _ in run)
        if len(text) < 2 or not any(part in text for part in self._parts if len(part) > 1):
            return []
        return [Found(run[0][1].start, run[-1][1].end, "NAME")]


def _words(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+", fold(name)))


def _variants(part: str) -> set[str]:
    """Spellings of one name; German vowels may be written with an e."""
    return {part, part.replace("'", "")}


def _pattern(part: str) -> str:
    """A name's pattern: an umlaut may be written out, an apostrophe may be missing."""
    pattern = re.escape(part).replace("'", r"[\W_]?")
    return re.sub("([aou])e?", r"\1e?", pattern)


def _bare(text: str) -> str:
    return re.sub(r"(?:'s?|s')$", "", text)


def _is_name(reading: Reading, start: int, end: int) -> bool:
    """Whether an everyday word is meant as a name here."""
    before = reading.low[:start].rstrip()
    following = reading.low[end:].lstrip().split(" ", 1)[0].strip(",.?!")
    capital = reading.plain[start].isupper()
    opens = not before or before[-1] in ".?!:\n"
    if reading.low[start:end].endswith("'s"):
        return True
    if capital and not opens:
        return True
    if capital and opens:
        return following not in _FOLLOWS_A_VERB
    last = before.split()[-1].strip(",") if before else ""
    if not last:
        return following in ("is", "has", "says", "said", "wants", "needs", "called", "and")
    if last in (
        "call",
        "text",
        "tell",
        "ask",
        "email",
        "phone",
        "remind",
        "message",
        "invite",
        "dear",
    ):
        return True
    return last in _BEFORE and following not in _FOLLOWS_A_VERB
