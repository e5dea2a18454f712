"""What is announced and then said: "the password is ...", "my handle is ...", "my pin, ..."."""

from __future__ import annotations

import re

from roomtone.respond.redact.found import Found
from roomtone.respond.redact.reading import Reading, Word
from roomtone.respond.redact.vocabulary import COMMON, is_common
from roomtone.respond.redact.word_list import words as word_list

_SECRETS = {
    **dict.fromkeys(
        (
            *("password", "passwords", "passwort", "kennwort", "passphrase", "passwd", "pw", "pwd"),
            *("wachtwoord", "contrasena", "losenord", "adgangskode", "passord", "parola", "losen"),
            *("passkey", "wlan-passwort", "passwortes", "kodeord", "kodord", "passworte", "psk"),
            *("wifi-passwort", "wlanpasswort", "wachtwoorden", "senha", "mnemonic", "motdepasse"),
            *("passcode", "wpa", "wlan", "keyphrase", "codeword", "masterpasswort", "losenordet"),
        ),
        "PASSWORD",
    ),
    **dict.fromkeys(
        ("username", "usernames", "benutzername", "nutzername", "gebruikersnaam"), "USER"
    ),
    **dict.fromkeys(
        ("handle", "gamertag", "nickname", "nick", "login", "instagram", "insta"), "USER"
    ),
    **dict.fromkeys(
        ("twitter", "tiktok", "snapchat", "telegram", "discord", "skype", "mastodon"), "USER"
    ),
    **dict.fromkeys(("bluesky", "usuario", "utente", "pseudo", "identifiant", "userid"), "USER"),
    **dict.fromkeys(("anvandarnamn", "brukernavn", "brugernavn", "userid", "screenname"), "USER"),
    **dict.fromkeys(("pin", "combination", "otp", "puk", "pincode", "tan", "geheimzahl"), "CODE"),
    **dict.fromkeys(("passport", "ssn", "iban", "reisepass"), "ID"),
}
_PAIRS = {
    ("user", "name"): "USER",
    ("user", "id"): "USER",
    ("user", ":"): "USER",
    ("username", ":"): "USER",
    ("mot", "passe"): "PASSWORD",
    ("pass", "word"): "PASSWORD",
    ("pass", "phrase"): "PASSWORD",
    ("pass", "code"): "CODE",
    ("wifi", "key"): "PASSWORD",
    ("fi", "key"): "PASSWORD",
    ("network", "key"): "PASSWORD",
    ("security", "key"): "PASSWORD",
    ("wifi", "code"): "PASSWORD",
    ("recovery", "phrase"): "PASSWORD",
    ("seed", "phrase"): "PASSWORD",
    ("recovery", "key"): "PASSWORD",
    ("safe", "word"): "PASSWORD",
    ("secret", "word"): "PASSWORD",
    ("code", "word"): "PASSWORD",
    ("secret", "key"): "TOKEN",
    ("api", "key"): "TOKEN",
    ("access", "key"): "TOKEN",
    ("private", "key"): "TOKEN",
    ("licence", "key"): "TOKEN",
    ("license", "key"): "TOKEN",
    ("product", "key"): "TOKEN",
    ("api", "token"): "TOKEN",
    ("access", "token"): "TOKEN",
    ("bearer", "token"): "TOKEN",
    ("maiden", "name"): "NAME",
    ("security", "answer"): "PASSWORD",
    ("security", "question"): "PASSWORD",
    ("number", "plate"): "ID",
    ("license", "plate"): "ID",
    ("licence", "plate"): "ID",
    ("registration", "plate"): "ID",
    ("door", "code"): "CODE",
    ("gate", "code"): "CODE",
    ("alarm", "code"): "CODE",
    ("unlock", "pattern"): "CODE",
}
_COPULAS = word_list(
    """
    : = a ar are as auf be becomes been being c'est called colon e en equals er era es est goes
    heisst in is ist it's its lautet luidt naar namely namlich now password's reads says sein
    should sono til till to used var war was will word would zu
    """
)
_BRIDGING = word_list(
    """
    ' 's , - account alarm am amazon and app apple at bank banking called card code computer
    credit current das de debit del della dem den der die discord door du el email facebook fi
    for fur garage gate github google guest handle her here his home i i'm il in instagram
    internet it's key la laptop le locker login mail me mein meine microsoft my name netflix
    network new number of old on online our para per phone plate pour router safe server sim
    site steam tablet that the there this tiktok til till to twitter user van vault vom voor
    website wi wifi with work your
    """
) | frozenset(('"',))
_QUESTIONS = word_list(
    """
    a are can change comment could cual did do does forgot forgotten generate good has how if is
    quel quelle reset should strong suggest was wat welches what what's whats when where which
    who why wie
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
LONGEST = 120
"""Characters of one announced value."""


def clauses(reading: Reading) -> list[Found]:
    """Announced values to hide."""
    words = reading.words
    found = []
    for at, word in enumerate(words):
        kind = _SECRETS.get(word.low.removesuffix("'s"))
        if kind is None and at:
            kind = _PAIRS.get((words[at - 1].low, word.low))
            if kind is None and at > 1 and word.low == "passe" and words[at - 2].low == "mot":
                kind = "PASSWORD"
        if (
            kind is None
            and len(word.low) > 9
            and word.low.endswith(("passwort", "kennwort", "losenord", "wachtwoord"))
        ):
            kind = "PASSWORD"
        if kind:
            found += _behind(reading, at, kind)
            found += _before(reading, at, kind)
    return found


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
    while place < len(words) and place - at < 9:
        low = words[place].low
        if low in _COPULAS and not (
            low in ("to", "in", "as", "a", "e", "en", "es") and _goes_on(words, place)
        ):
            copula = True
        elif low not in _BRIDGING or (copula and low not in "-,\"'"):
            break
        place += 1
    if place >= len(words) or place - at >= 9:
        return []
    value = words[place]
    asked = at and any(w.low in _QUESTIONS for w in words[max(0, at - 5) : at])
    if value.low in ".?!" or (value.low in _STARTS and asked):
        return []
    end = end_of(reading, value.start)
    item = [Found(value.start, end, kind)]
    if kind == "PASSWORD":
        told = copula or _is_wild(reading, value)
    else:
        idle = value.low in _IDLE and not _is_telling(words[place : place + 60], value.start, end)
        told = copula and not (asked and value.low in COMMON)
        item = [] if told and idle else item
    unknown = value.low not in COMMON and value.low[0].isalnum()
    return item if told or unknown else []


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
    return bool(re.search(r"\d|[^\w\s'.,?!-]|[.,?!-]\w", reading.low[value.start : end]))


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
        if words[first - 1].low in ".?!" and words[first].start > words[first - 1].end:
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
    and because believe but enter how if keep know note put remember save say says set store
    that the think try type use using what what's when where which who why with
    """
)
