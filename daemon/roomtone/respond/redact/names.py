"""Names of the household, as its owner has listed them, in any spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence

from roomtone.respond.redact.digits import TIMES
from roomtone.respond.redact.found import Found
from roomtone.respond.redact.people import RELATIONS
from roomtone.respond.redact.reading import Reading, Word, fold
from roomtone.respond.redact.vocabulary import COMMON, MONTHS, NATO

_PARTICLES = frozenset(("von", "van", "der", "den", "de", "del", "della", "di", "da", "la", "le", "zu"))
_EVERYDAY = MONTHS | frozenset(
    (
        *("will", "mark", "may", "rose", "grace", "hope", "faith", "joy", "art", "bill", "rob", "sue"),
        *("pat", "jack", "frank", "dawn", "summer", "autumn", "daisy", "lily", "ivy", "ruby", "pearl"),
        *("olive", "hazel", "heather", "iris", "jade", "amber", "penny", "robin", "jay", "drew", "chase"),
        *("grant", "miles", "dean", "earl", "duke", "king", "guy", "sky", "sunny", "star", "violet"),
        *("brown", "green", "white", "black", "young", "long", "short", "cook", "baker", "smith", "page"),
        *("wood", "woods", "field", "fields", "bush", "stone", "hill", "rice", "park", "bell", "case"),
        *("chance", "christian", "angel", "melody", "harmony", "destiny", "rich", "nick", "don", "gene"),
        *("ray", "rod", "ted", "tom", "bob", "al", "ben", "max", "an", "so", "in", "do", "he", "my", "you"),
    )
)
_FOLLOWS_A_VERB = frozenset(
    (
        *("it", "you", "the", "i", "we", "they", "he", "she", "there", "this", "that", "my", "your", "be"),
        *("a", "an", "our", "his", "her", "its", "these", "those", "all", "any", "anyone", "someone"),
        *("not", "have", "do", "go", "get", "come", "tomorrow", "people", "as", "down", "up", "everything"),
    )
)
_BEFORE = RELATIONS | frozenset(
    (
        *("call", "text", "tell", "ask", "email", "phone", "ring", "message", "with", "for", "to", "from"),
        *("and", "hi", "hello", "hey", "dear", "about", "mr", "mrs", "ms", "dr", "invite", "remind", "meet"),
        *("visit", "is", "named", "name", "i'm", "am", "uncle", "aunt", "miss", "when", "where", "does", "did"),
        *("has", "thank", "love", "loves", "by", "or", "or", "that", "without", "like", "help", "let", "of"),
    )
)
_TAIL = r"(?:'?s|s'|es|ies)?(?![^\W\d_])"
_SEPARATOR = r"[\W_]{0,3}"


class Names:
    """Finds the listed names."""

    def __init__(self, names: Sequence[str]) -> None:
        whole = [_words(name) for name in names]
        parts = {part for name in whole for part in name if len(name) == 1 or part not in _PARTICLES}
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
            Found(word.start, word.end, "NAME")
            for word in words
            if len(word.low) > 4
            and (word.low.startswith(self._rooted) or word.low.endswith(self._rooted))
            and word.low not in COMMON
        ]

    def _spelled(self, words: list[Word]) -> list[Found]:
        """A name letter by letter: "a n n a", "A. N. N. A.", "a double n a", "alpha november"."""
        found: list[Found] = []
        run: list[tuple[str, Word]] = []
        at = 0
        while at <= len(words):
            word = words[at] if at < len(words) else None
            letter = _letter(words, at) if word else None
            if word and letter:
                twice = TIMES.get(words[at - 1].low, 1) if at else 1
                run += [(letter, word)] * twice
            elif run and word and word.low in "-.,/'\"" or (word and word.low in TIMES):
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


def _letter(words: list[Word], at: int) -> str | None:
    low = words[at].low
    if len(low) == 1 and low.isalpha():
        return low
    return NATO.get(low)


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
    return last in _BEFORE and following not in _FOLLOWS_A_VERB
