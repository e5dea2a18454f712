"""What somebody announces and then says: "the password is ...", "I live at ...", "my handle is ..."."""

from __future__ import annotations

import re

from roomtone.respond.redact.found import Found
from roomtone.respond.redact.reading import Reading, Word
from roomtone.respond.redact.vocabulary import COMMON

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
    **dict.fromkeys(("username", "usernames", "benutzername", "nutzername", "gebruikersnaam"), "USER"),
    **dict.fromkeys(("handle", "gamertag", "nickname", "nick", "login", "instagram", "insta"), "USER"),
    **dict.fromkeys(("twitter", "tiktok", "snapchat", "telegram", "discord", "skype", "mastodon"), "USER"),
    **dict.fromkeys(("bluesky", "usuario", "utente", "pseudo", "identifiant", "userid"), "USER"),
    **dict.fromkeys(("anvandarnamn", "brukernavn", "brugernavn", "userid", "screenname"), "USER"),
    **dict.fromkeys(("pin", "combination", "otp", "puk", "pincode", "tan", "geheimzahl"), "CODE"),
    **dict.fromkeys(("passport", "ssn", "iban", "reisepass"), "ID"),
}
_PAIRS = {
    ("user", "name"): "USER",
    ("user", "id"): "USER",
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
_COPULAS = frozenset(
    (
        *("is", "was", "are", "be", "ist", "lautet", "war", "est", "es", "e", "era", "ar", "er", "var"),
        *(":", "=", "becomes", "equals", "reads", "now", "to", "as", "colon", "luidt", "heisst", "c'est"),
        *("it's", "its", "called", "says", "goes", "zu", "auf", "in", "a", "til", "till", "naar", "en"),
        *("will", "would", "should", "sein", "word", "password's", "being", "namely", "namlich", "sono"),
    )
)
_BRIDGING = frozenset(
    (
        *("for", "to", "of", "the", "my", "our", "on", "at", "your", "his", "her", "wifi", "wi", "fi"),
        *("network", "account", "router", "bank", "banking", "email", "mail", "netflix", "guest", "new"),
        *("current", "old", "home", "work", "laptop", "computer", "phone", "safe", "website", "site"),
        *("here", "there", "and", "in", "number", "code", "key", "name", "-", ",", "fur", "das", "vom"),
        *("den", "der", "die", "dem", "de", "du", "del", "della", "la", "le", "il", "el", "mein", "meine"),
        *("internet", "tablet", "server", "garage", "door", "gate", "alarm", "vault", "locker", "app"),
        *("google", "amazon", "apple", "microsoft", "online", "card", "this", "that", "user", "login"),
        *("facebook", "instagram", "twitter", "\"", "'", "'s", "van", "voor", "till", "til", "pour", "para"),
        *("per", "handle", "sim", "debit", "credit", "tiktok", "discord", "steam", "github", "with", "plate"),
    )
)
_QUESTIONS = frozenset(
    (
        *("what", "what's", "whats", "how", "which", "when", "where", "who", "why", "was", "wie", "quel"),
        *("cual", "wat", "is", "does", "do", "did", "can", "could", "should", "are", "has", "forgot", "forgotten"),
        *("change", "reset", "if", "a", "good", "strong", "generate", "suggest", "quelle", "comment", "welches"),
    )
)
_STOP = re.compile(
    r"[.!?\u2026]+[\"')\]]*\s+(?=(?:can|could|what|how|is|do|does|please|would|will|should|who|where|when|why|and|i|"
    r"the|my|it|he|she|we|they|that|this|you|so|now|thanks|thank|tell|remind|remember|write|send|also|don't|have|"
    r"ok|okay|if|which|are|but|there|let|set|add|make|find|explain|help|draft|just|kannst|bitte|was|wie|peux|puedes|"
    r"puoi|kun|kan|save|store|note|keep|please|did|was|any|any|got|change|give|say|repeat|read|check|for|to)\b)"
    r"|,?\s+(?:and|but|so|then)\s+(?:i\b|my\b|what|how|can\b|could|please|tell|is\b|it\b|we\b|when|where|who|why|the\b|"
    r"then|remind|write|send|he\b|she\b|they\b|that|you|also|don't|need|want|give|draft|should|would|do\b|remember|save)"
    r"|,\s*(?:can|could|what|how|is|do|does|please|would|will|should|who|where|when|why|remember|right|okay|ok|thanks|"
    r"write|send|tell|remind|but|kannst|bitte|draft|which|because|so|add|save|store|note|the|my|i)\b"
    r"|\s+(?:please|can you|could you|would you|will you|what is|what's|how do|how can|how far|how long|do you|is it|"
    r"is that|should i|tell me|remind me|because|kannst du|could we|what are|what do|which is|is my|is the|is our|is where|"
    r"is what|is not|isn't|doesn't|does not|ist mein|ist das|ist unser|est mon|es mi|but|when i|when we|where i|"
    r"if you|if i|in case|so that|bitte|thank you|thanks|write it|save it|note it|what time|how many|how much)\b"
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
        if kind is None and len(word.low) > 9 and word.low.endswith(("passwort", "kennwort", "losenord", "wachtwoord")):
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
    place, copula = at + 1, words[at].low.endswith("'s")
    while place < len(words) and place - at < 9:
        low = words[place].low
        if low in _COPULAS and not (low in ("to", "in", "as", "a", "e", "en", "es") and _goes_on(words, place)):
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
    if copula and not (asked and value.low in COMMON and kind != "PASSWORD"):
        if kind in ("USER", "ID", "NAME", "CODE") and value.low in _IDLE:
            return []
        return [Found(value.start, end_of(reading, value.start), kind)]
    if value.low not in COMMON and value.low[0].isalnum():
        return [Found(value.start, end_of(reading, value.start), kind)]
    return []


_STARTS = frozenset(("for", "of", "on", "again", "and", "or", "so", "too", "please", "is", "not", "that"))
_IDLE = frozenset(("a", "an", "the", "not", "too", "very", "so", "down", "easy", "full", "broken", "on", "lost"))


def _goes_on(words: list[Word], place: int) -> bool:
    """Whether "to", "in" and their like only lead on to the thing that is unlocked."""
    following = words[place + 1].low if place + 1 < len(words) else ""
    return following in _BRIDGING and any(
        word.low in ("is", "was", ":", "=", "ist", "est", "es") for word in words[place + 1 : place + 7]
    )


def _before(reading: Reading, at: int, kind: str) -> list[Found]:
    """The value before the word: "hunter2 is the password", "use hunter2 as my pin"."""
    words = reading.words
    for place in range(at - 1, max(-1, at - 7), -1):
        low = words[place].low
        if low in ("is", "as", "was", "ist", "est", "als", "es", "are", "comme", "como"):
            break
        if low not in _BRIDGING and low not in ("a", "an", "is", "as", "secret", "front", "back", "access", "two"):
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
    if all(word.low in COMMON for word in said) and low in ("is", "was") and kind not in ("PASSWORD", "CODE"):
        return []
    return [Found(words[first].start, words[place - 1].end, kind)]


_LIMITS = frozenset(
    (
        *("use", "using", "with", "that", "remember", "enter", "type", "the", "save", "store", "set", "note"),
        *("what", "what's", "who", "how", "where", "when", "why", "which", "if", "think", "believe", "says"),
        *("try", "put", "keep", "know", "say", "and", "but", "because"),
    )
)
