"""Domains, web addresses and network addresses, written and spoken."""

from __future__ import annotations

import re

from roomtone.respond.redact.digits import digits
from roomtone.respond.redact.found import Found
from roomtone.respond.redact.known import FIRST_NAMES
from roomtone.respond.redact.reading import Reading, Word
from roomtone.respond.redact.secret_word import GOES_ON
from roomtone.respond.redact.vocabulary import is_everyday
from roomtone.respond.redact.word_list import words as word_list

DOTS = frozenset(
    (".", "dot", "punkt", "punto", "punt", "point", "period", "ponto", "prick", "dots")
)
HYPHENS = frozenset(
    (
        "-",
        "dash",
        "hyphen",
        "minus",
        "bindestrich",
        "tiret",
        "guion",
        "trattino",
        "streepje",
        "strich",
    )
)
ENDINGS = word_list(
    """
    academy ae agency ai al app at au az ba bayern be berlin bg biz blog bo br by ca ch cloud club
    cn co com cr cu cy cz de dev digital dk ec edu ee eg email es eu example family fi fm fr ge gh
    gl gov gr gt hamburg hk home hr hu ie il in info internal io ir is it jp ke koeln kr kz lan lb
    li life link live lk local london lt lu lv ly ma mail md me mk mt museum mx name net network ng
    nl no nz onion online org pa page paris pe ph pk pl pro pt py qa ro rs ru sa se sg shop si site
    sk space store tech test th tn to tr tv tw ua uk us uy uz ve vn wien world xyz za
    """
)
_FIRM = word_list(
    """
    co com de edu fr gov info io net nl org uk
    """
)
"""Endings that are no words of a sentence, so that a space may stand before them."""
_PUBLIC = word_list(
    """
    airbnb amazon apple bbc booking cnn ebay facebook github google imdb instagram linkedin
    microsoft mozilla nasa netflix nytimes openai python reddit spotify twitter whatsapp wikipedia
    youtube
    """
)
_SCHEME = re.compile(
    r"\b(?:https?|ftps?|sftp|ssh|rtsps?|mqtts?|wss?|smb|nfs|mailto|tel|sip|geo|postgres(?:ql)?|mysql"
    r"|mongodb|redis|amqp|file|git|vnc|rdp|bitcoin|otpauth|magnet|data)\s?(?::|%3a)\s?/?/?[^\s\"<>]+"
)
_BARE = re.compile(r"(?<![\w@.])(?:[\w-]{1,63}\.){1,6}[^\W\d_]{2,24}(?:[:/?#][^\s\"<>]*)?")
_PATHS = re.compile(
    r"(?<![\w])(?:/home/|/users/|[a-z]:\\users\\|~/)[^\s\"<>]+|///[^\s.]+\.[^\s.]+\.\w+"
)
_THREE_WORDS = re.compile(r"(?<![\w.])[a-z]{3,24}\.[a-z]{3,24}\.[a-z]{3,24}(?![\w.])")
"""A spot on the globe as a map of words names it."""
_FOUR = re.compile(r"(?<![\d.])\d{1,3}(?:\s?\.\s?\d{1,3}){3}(?:[:/]\d{1,5})?(?!\d)")
_SIX = re.compile(r"(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:%\w+|/\d{1,3})?(?![\w:])")
_HARDWARE = re.compile(
    r"\b[0-9a-f]{2}(?:([:.\- ])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}\b"
    r"|\b[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}\b"
)

_SAID_HARDWARE = re.compile(
    r"\b(?:[0-9a-f]{2},? ?(?:dash|hyphen|colon|dot|strich|doppelpunkt|space),? ?){5}[0-9a-f]{2}\b"
)
_AROUND = word_list(
    """
    a about and at buy called can check do does for from go how i in is ist it's my of on open our
    page please see site so that's the to use visit was website what what's with
    """
)


def dot_at(words: list[Word], place: int, *, sure: bool) -> bool:
    """Whether the word is a dot between two labels of a domain."""
    if place + 1 >= len(words) or words[place].low not in DOTS:
        return False
    word, following = words[place], words[place + 1]
    if following.low == "," and place + 2 < len(words):
        following = words[place + 2]
    low = following.low
    if not (low[0].isalnum() or low == "_"):
        return False
    if word.low == ".":
        if following.start == word.end:
            return True
        return low in _FIRM if sure else low in ("com", "net", "org", "uk", "info")
    return sure or low in ENDINGS or low in DOTS or _dotted_later(words, place) or len(low) == 1


def _dotted_later(words: list[Word], place: int) -> bool:
    """Whether another spoken dot follows with an ending behind it ("x dot co dot uk")."""
    for later in range(place + 2, min(place + 8, len(words) - 1)):
        if words[later].low in DOTS and words[later + 1].low in ENDINGS:
            return True
    return False


def domains(reading: Reading) -> list[Found]:
    """Web addresses that could tell who somebody is, and addresses of machines."""
    low = reading.low
    found = []
    if ":" in low or "%3a" in low:
        found += [Found(*m.span(), "URL") for m in _SCHEME.finditer(low) if not _is_public(m[0])]
        found += [Found(*m.span(), "NETWORK") for m in _SIX.finditer(low) if _is_six(m[0])]
    if "." in low:
        found += [Found(*m.span(), "URL") for m in _BARE.finditer(low) if _is_private(m[0])]
        found += [Found(*m.span(), "NETWORK") for m in _FOUR.finditer(low)]
        found += [Found(*m.span(), "COORDINATES") for m in _THREE_WORDS.finditer(low)]
    if "/" in low or "\\" in low:
        found += [Found(*m.span(), "URL") for m in _PATHS.finditer(low)]
    found += [Found(*m.span(), "NETWORK") for m in _SAID_HARDWARE.finditer(low)]
    found += [Found(*m.span(), "NETWORK") for m in _HARDWARE.finditer(low)]
    return found + _spoken(reading)


def _is_six(text: str) -> bool:
    return (
        text.count(":") >= 3
        or ("::" in text and len(text) > 3)
        or (text.count(":") >= 2 and any(c in "abcdef" for c in text))
    )


def _is_public(address: str) -> bool:
    """Whether it is nothing but the front door of a site that everybody knows."""
    bare = re.sub(r"^\w+\s?:\s?/?/?(?:www\.)?", "", address).rstrip("/.,!?")
    return bool(re.fullmatch(r"[a-z]+\.[a-z.]{2,6}", bare)) and bare.split(".")[0] in _PUBLIC


def _is_private(domain: str) -> bool:
    host = re.split(r"[:/?#]", domain)[0]
    if host.rsplit(".", 1)[1] not in ENDINGS:
        return "/" in domain or (":" in domain and len(host) > 6) or not host.isascii()
    labels = host.split(".")
    if len(max(labels, key=len)) <= 1:
        return False
    return host != domain.rstrip("/") or not (set(labels) & _PUBLIC and len(labels) <= 3)


def _spoken(reading: Reading) -> list[Found]:
    """Spoken ones: "example dot com slash anna", "one ninety two dot one sixty eight dot ..."."""
    words = reading.words
    found: list[Found] = []
    until = 0
    for at, word in enumerate(words):
        if at > until and word.low in DOTS and len(word.low) > 1 and at + 1 < len(words):
            following = words[at + 1].low
            if following in ENDINGS and following not in ("in", "is", "it", "at", "to", "no", "me"):
                found += _address(words, at)
                until = at + 1
            elif digits(following) is not None and digits(words[at - 1].low) is not None:
                numbers, until = _numbers(words, at)
                found += numbers
    return found


def _address(words: list[Word], dot: int) -> list[Found]:
    first, last = dot - 1, dot + 1
    while first >= 2 and words[first - 1].low in DOTS | HYPHENS | {"slash", "underscore", "/", ":"}:
        first -= 2
    while first and (
        len(words[first - 1].low) == 1 or words[first - 1].low in ("www", "https", "colon", "slash")
    ):
        first -= 1
    while last + 2 < len(words) and words[last + 1].low in DOTS | HYPHENS | {
        "slash",
        "/",
        "underscore",
        "question",
        "equals",
    }:
        last += 2
        while (
            last + 1 < len(words)
            and len(words[last + 1].low) == 1
            and words[last + 1].low.isalnum()
        ):
            last += 1
    if any(words[place].low in ("slash", "/") for place in range(dot, last)):
        spoken_on = last
        while (
            last + 1 < len(words)
            and last - spoken_on < 2
            and (
                _is_strange(words[last + 1].low)
                or (
                    (words[last].low in FIRST_NAMES or _is_strange(words[last].low))
                    and words[last + 1].low[0].isalpha()
                    and words[last + 1].low not in GOES_ON
                )
            )
        ):
            last += 1
    taken = 0
    while (
        first
        and taken < 3
        and words[first - 1].low.isalpha()
        and words[first - 1].low not in _AROUND
    ):
        first -= 1
        taken += 1
    public = words[dot - 1].low in _PUBLIC and last == dot + 1
    return [] if public else [Found(words[first].start, words[last].end, "URL")]


def _is_strange(low: str) -> bool:
    return (
        len(low) > 2 and low.replace("'", "").isalpha() and not is_everyday(low) and low not in DOTS
    )


def _numbers(words: list[Word], dot: int) -> tuple[list[Found], int]:
    """A stretch of numbers, found when it has three dots or more; and its last word."""
    last, dots = dot, 0
    while last < len(words) and (
        words[last].low in DOTS or digits(words[last].low) is not None or words[last].low == "and"
    ):
        dots += words[last].low in DOTS
        last += 1
    first = dot
    while first and digits(words[first - 1].low) is not None:
        first -= 1
    found = [Found(words[first].start, words[last - 1].end, "NETWORK")] if dots >= 3 else []
    return found, last - 1
