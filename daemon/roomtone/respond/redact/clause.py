"""What is announced and then said: "the password is ...", "my handle is ...", "my pin, ..."."""

from __future__ import annotations

import re

from roomtone.respond.redact.found import Found
from roomtone.respond.redact.reading import Reading, Word
from roomtone.respond.redact.secret_word import GOES_ON, MISSPELT, PAIRS, SECONDS, SECRETS
from roomtone.respond.redact.vocabulary import COMMON, is_common
from roomtone.respond.redact.word_list import words as word_list

_COPULAS = word_list(
    """
    : = a ar are as auf be becomes been being c'est called colon e en equals er era es est goes
    heisst in is ist it's its lautet luidt naar namely namlich now password's reads says sein should
    sono til till to used var war was will word would zu
    """
)
_BRIDGING = word_list(
    """
    ' 's , - account alarm am amazon and app apple at bank banking called card code computer credit
    current das de debit del della dem den der die discord door du el email facebook fi for fur
    garage gate github google guest handle her here his home i i'm il in instagram internet it's key
    la laptop le locker login mail me mein meine microsoft my name netflix network new number of old
    on online our para per phone plate pour router safe server sim site steam tablet that the there
    this tiktok til till to twitter user van vault vom voor website wi wifi with work your
    """
) | frozenset(('"',))
_WHAT_FOR = frozenset(("at", "de", "del", "des", "for", "from", "fur", "of", "on", "to", "vom"))
_EQUALS = frozenset(("is", "was", ":", "=", "ist", "est", "es", "reads", "now"))
_PASSWORDS = ("passwort", "kennwort", "losenord", "wachtwoord")
_QUESTIONS = word_list(
    """
    a are can change comment could cual did do does forgot forgotten generate good has how if is
    quel quelle reset should strong suggest was wat welches what what's whats when where which who
    why wie
    """
)
_STOP = re.compile(
    r"[.!?\u2026]+[\"')\]]*\s+(?=(?:can|could|what|how|is|do|does|please|would|will"
    r"|should|who|where|when|why|and|i|"
    r"the|my|it|he|she|we|they|that|this|you|so|now|thanks|thank|tell|remind|remember"
    r"|write|send|also|don't|have|"
    r"ok|okay|if|which|are|but|there|let|set|add|make|find|explain|help|draft|just"
    r"|kannst|bitte|was|wie|peux|puedes|"
    r"puoi|kun|kan|save|store|note|keep|please|did|was|any|any|got|change|give|say"
    r"|repeat|read|check|for|to)\b)"
    r"|,?\s+(?:and|but|so|then)\s+(?:i\b|my\b|what|how|can\b|could|please|tell|is\b"
    r"|it\b|we\b|when|where|who|why|the\b|"
    r"then|remind|write|send|he\b|she\b|they\b|that|you|also|don't|need|want|give"
    r"|draft|should|would|do\b|remember|save)"
    r"|,\s*(?:her|his|their|our|can|could|what|how|is|do|does|please|would|will|should|who|where|when"
    r"|why|remember|right|okay|ok|thanks|"
    r"write|send|tell|remind|but|kannst|bitte|draft|which|because|so|add|save|store"
    r"|note|the|my|i)\b"
    r"|\s+(?:please|can you|could you|would you|will you|what is|what's|how do"
    r"|how can|how far|how long|do you|is it|"
    r"is that|should i|tell me|remind me|because|kannst du|could we|what are|what do"
    r"|which is|is my|is the|is our|is where|"
    r"is what|is not|isn't|doesn't|does not|ist mein|ist das|ist unser|est mon|es mi"
    r"|but|when i|when we|where i|"
    r"if you|if i|in case|so that|bitte|thank you|thanks|write it|save it|note it"
    r"|what time|how many|how much)\b"
    r"|\n\s*\n|;\s"
)
_DIGIT = re.compile(r"\d")
LONGEST = 120
"""Characters of one announced value."""


def clauses(reading: Reading) -> list[Found]:
    """Announced values to hide."""
    words = reading.words
    found = []
    for at, word in enumerate(words):
        kind = _kind(words, at, word.low)
        if kind:
            found += _behind(reading, at, kind)
            found += _before(reading, at, kind)
    return found


def _kind(words: list[Word], at: int, low: str) -> str | None:
    """What a word announces; None when it announces nothing."""
    kind = SECRETS.get(low) or (SECRETS.get(low[:-2]) if low.endswith("'s") else None)
    if kind is None and low in SECONDS and at:
        kind = PAIRS.get((words[at - 1].low, low))
    if kind or len(low) < 5:
        return kind
    if low == "passe" and "mot" in (word.low for word in words[max(0, at - 2) : at]):
        return "PASSWORD"
    if low.endswith(_PASSWORDS) or (low[0] == "p" and MISSPELT.fullmatch(low)):
        return "PASSWORD"
    return None


def end_of(reading: Reading, start: int) -> int:
    """Where what is said from a place on ends."""
    limit = min(len(reading.low), start + LONGEST)
    stop = _STOP.search(reading.low, start, limit)
    if stop:
        return stop.start()
    if limit < len(reading.low):
        space = reading.low.rfind(" ", start, limit)
        return space if space > start else limit
    return limit


def _behind(reading: Reading, at: int, kind: str) -> list[Found]:
    """The value after the word: behind "is" and its like, or at once."""
    words = reading.words
    place, copula = at + 1, words[at].low.endswith("'s") or words[at].low == ":"
    if place < len(words) and words[place].low in _WHAT_FOR:
        place = _copula_later(words, place)
    while place < len(words) and place - at < 9:
        low = words[place].low
        if (
            low in _COPULAS
            and _is_apart(words, place)
            and not (low in ("to", "in", "as", "a", "e", "en", "es") and _goes_on(words, place))
        ):
            copula = True
        elif low not in _BRIDGING or not _is_apart(words, place) or (copula and low not in "-,\"'"):
            break
        place += 1
    if place >= len(words) or place - at >= 9:
        return []
    value = words[place]
    asked = at and any(w.low in _QUESTIONS for w in words[max(0, at - 5) : at])
    if value.low in ".?!" or (value.low in _STARTS and asked and _is_apart(words, place)):
        return []
    end = end_of(reading, value.start)
    item = [Found(value.start, end, kind)]
    if kind == "PASSWORD":
        told = (
            copula or _is_wild(reading, value) or bool(_DIGIT.search(reading.low, value.start, end))
        )
    else:
        idle = value.low in _IDLE and not _is_telling(words[place : place + 60], value.start, end)
        told = copula and not (asked and value.low in COMMON)
        item = [] if told and idle else item
    unknown = value.low not in COMMON and value.low[0].isalnum()
    phrase = kind == "PASSWORD" and place == at + 1 and value.low not in GOES_ON
    return item if told or unknown or phrase else []


def _copula_later(words: list[Word], at: int) -> int:
    """Place of the "is" behind "for the printer" and its like; `at` when there is none."""
    for place in range(at + 2, min(at + 6, len(words) - 1)):
        if words[place].low in _EQUALS:
            return place
        if words[place].low in ".?!,":
            break
    return at


def _is_apart(words: list[Word], place: int) -> bool:
    """Whether a word is no piece of the value: no letter or sign touches its end."""
    low = words[place].low
    if not low[0].isalpha() or place + 1 >= len(words):
        return True
    following = words[place + 1]
    return following.start > words[place].end or following.low in ":,=.'\""


def _is_telling(words: list[Word], start: int, end: int) -> bool:
    """Whether a clause holds a number or a word that is not everyday language."""
    return any(
        start <= word.start < end and len(word.low) > 2 and not is_common(word.low)
        for word in words
    )


def _is_wild(reading: Reading, value: Word) -> bool:
    """Whether digits or signs stand in the word, as they do in a password."""
    end = value.start
    while end < len(reading.low) and not reading.low[end].isspace():
        end += 1
    return bool(re.search(r"\d|[^\w\s'.,?!-]|[.,?!-]\w|\w[!?]{2}", reading.low[value.start : end]))


_STARTS = word_list(
    """
    again and for is not of on or please so that too
    """
)
_IDLE = word_list(
    """
    a an broken down easy full lost not on so the too very
    """
)


def _goes_on(words: list[Word], place: int) -> bool:
    """Whether "to", "in" and their like only lead on to the thing that is unlocked."""
    following = words[place + 1].low if place + 1 < len(words) else ""
    return following in _BRIDGING and any(
        word.low in ("is", "was", ":", "=", "ist", "est", "es")
        for word in words[place + 1 : place + 7]
    )


def _before(reading: Reading, at: int, kind: str) -> list[Found]:
    """The value before the word: "hunter2 is the password", "use hunter2 as my pin"."""
    words = reading.words
    for place in range(at - 1, max(-1, at - 7), -1):
        low = words[place].low
        if low in ("is", "as", "was", "ist", "est", "als", "es", "are", "comme", "como"):
            break
        if low not in _BRIDGING and low not in (
            "a",
            "an",
            "is",
            "as",
            "secret",
            "front",
            "back",
            "access",
            "two",
        ):
            return []
    else:
        return []
    first = place
    while first and place - first < 12 and words[first - 1].low not in _LIMITS:
        if (
            first < place
            and words[first - 1].low in ".?!"
            and words[first].start > words[first - 1].end
        ):
            break
        first -= 1
    if first == place or words[first].low in _QUESTIONS:
        return []
    said = [word for word in words[first:place] if word.low[0].isalnum()]
    if (
        all(word.low in COMMON for word in said)
        and low in ("is", "was")
        and kind not in ("PASSWORD", "CODE")
    ):
        return []
    return [Found(words[first].start, words[place - 1].end, kind)]


_LIMITS = word_list(
    """
    and because believe but enter how if keep know note put remember save say says set store that
    the think try type use using what what's when where which who why with
    """
)
