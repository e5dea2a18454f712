"""E-mail addresses and handles, written and spoken ("anna dot smith at example dot org")."""

from __future__ import annotations

from roomtone.respond.redact.domain import DOTS, ENDINGS, HYPHENS, dot_at
from roomtone.respond.redact.found import Found
from roomtone.respond.redact.reading import Reading, Word
from roomtone.respond.redact.vocabulary import is_common
from roomtone.respond.redact.word_list import words as word_list

_AT = word_list(
    """
    @ aet alfakrol apenstaartje apestaart arobas arobase arroba at atsign chiocciola commat
    kanelbulle klammeraffe kringle snabel snabela
    """
)
_PROVIDERS = word_list(
    """
    aol bigpond btinternet example fastmail freenet gmail gmx googlemail hey hotmail icloud
    kpnmail laposte libero live mac mailbox me msn orange outlook posteo proton protonmail
    rediffmail telia tutanota wanadoo web yahoo ymail ziggo zoho
    """
)
_JOINTS = (
    DOTS | HYPHENS | {"_", "+", "plus", "underscore", "unterstrich", "underline", "mas", "piu"}
)
_STOPS = word_list(
    """
    a aan about account ad address adresse an and are as ask bcc be because by can cc contact
    correo could courriel did do does draft e e-mail email emails es est for forward from has
    have her here's him his how i'm if in invite is ist it's its lautet login ma mail mails me
    mein meine message mi mia mio mon my naar of on or our please posta reach regarding send
    should tell that that's the their them this til till to under us use via was what what's
    when where whether which who why with would write your
    """
)
_COPULAS = frozenset((":", "is", "ist", "est", "es"))
_ANNOUNCING = frozenset(("account", "address", "adresse", "email", "login", "mail"))
_WRAPS = frozenset("[](){}<>\"',:;- ")
_GLUED = 254
"""Characters of an address at most."""
_LONGEST = 14
"""Words of the part before the "at", and of the domain."""


def mails(reading: Reading) -> list[Found]:
    """Addresses and handles to hide."""
    words = reading.words
    found: list[Found] = []
    for at, word in enumerate(words):
        if (
            word.low in _AT
            and not (found and word.start < found[-1].end)
            and (item := _mail(reading, at))
        ):
            found.append(item)
    return found


def _mail(reading: Reading, at: int) -> Found | None:
    words = reading.words
    sign = words[at].low == "@"
    after = at + 1
    while after < len(words) and (words[after].low in _WRAPS or words[after].low == "sign"):
        after += 1
    last = _domain(words, after, sure=words[at].low != "at")
    if last is None:
        if sign and after < len(words) and words[after].start == words[at].end:
            return Found(words[at].start, _glued_right(reading, words[after].end), "USER")
        return None
    first = _local(words, at)
    if first is None and not sign:
        return None
    start = words[at if first is None else first].start
    end = words[last].end
    if last and words[last - 1].end == words[last].start:
        end = _glued_right(reading, end)
    return Found(_glued_left(reading, start), end, "EMAIL")


def _domain(words: list[Word], at: int, *, sure: bool) -> int | None:
    """The last word of the domain that begins at `at`; `sure` when an "at" can be nothing else."""
    if at >= len(words):
        return None
    last = None
    for place in range(at, min(at + _LONGEST, len(words) - 1)):
        low = words[place].low
        if low == "@" or (last is None and place > at + 1 and len(low) > 1 and low in _STOPS):
            break
        if low in ".!?," and place > at and last is None and not dot_at(words, place, sure=sure):
            if low != ",":
                break
            continue
        if place > at and low in DOTS and dot_at(words, place, sure=sure):
            last = _ending(words, place)
        elif last is not None and place > last:
            break
    if last is None and words[at].low in _PROVIDERS:
        following = words[at + 1].low if at + 1 < len(words) else ""
        return at + 1 if following in ENDINGS and following not in ("is", "it", "at", "in") else at
    if last is None and sure and words[at].low != "@" and at + 1 < len(words):
        return at + 1 if words[at + 1].low in ENDINGS and words[at + 1].low == "com" else None
    return last


def _ending(words: list[Word], dot: int) -> int:
    """The word behind a dot, with letters that were spelled ("d e")."""
    last = dot + 1
    while last < len(words) - 1 and words[last].low in ",- ":
        last += 1
    if len(words[last].low) == 1 and last + 1 < len(words) and len(words[last + 1].low) == 1:
        last += words[last + 1].low.isalpha()
    return last


def _local(words: list[Word], at: int) -> int | None:
    """The first word of the part before the "at"; None when there is none.

    Everyday language does not go on with an address that is written rather than spoken.
    """
    first = None
    place = at - 1
    joint = True
    written = words[at].low == "@" and at > 0 and words[at - 1].end == words[at].start
    while place >= 0 and at - place <= 2 * _LONGEST:
        word = words[place]
        gap = words[place + 1].start - word.end
        low = word.low
        if low in _JOINTS and (gap == 0 or len(low) > 1 or first is not None):
            joint = True
        elif low in _WRAPS:
            if low in ":;" or (low in "," and first is not None and len(words[place + 1].low) > 12):
                break
        elif (
            not (low[0].isalnum() or gap == 0)
            or low in ".!?"
            or (low in _STOPS and not joint and gap)
            or (low in _STOPS and joint and first is None and gap)
            or (
                not joint
                and gap
                and (at - place > _LONGEST or (written and _is_language(words, place)))
            )
        ):
            break
        else:
            first, joint = place, False
        place -= 1
    return first


def _is_language(words: list[Word], at: int) -> bool:
    """Whether a word is everyday language, and no piece of what follows "my mail is"."""
    if not is_common(words[at].low):
        return False
    told = next(
        (place for place in range(at - 1, max(0, at - 4), -1) if words[place].low in _COPULAS), 0
    )
    return not told or words[told - 1].low not in _ANNOUNCING


def _glued_right(reading: Reading, end: int) -> int:
    plain = reading.plain
    limit = min(len(plain), end + _GLUED)
    while end < limit and not plain[end].isspace() and plain[end] not in ",;\"'<>()[]?!":
        end += 1
    return end


def _glued_left(reading: Reading, start: int) -> int:
    plain = reading.plain
    limit = max(0, start - _GLUED)
    while (
        start > limit and not plain[start - 1].isspace() and plain[start - 1] not in ",;:\"'<>()[]"
    ):
        start -= 1
    return start
