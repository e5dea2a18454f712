"""Names of people that nobody has listed, by what stands beside them; famous ones stay readable.

A guess, tuned to hide too much rather than too little beside words like "my wife" or "call".
"""

from __future__ import annotations

from roomtone.respond.redact.digits import digits
from roomtone.respond.redact.found import Found
from roomtone.respond.redact.known import FAMOUS, FIRST_NAMES, WORLD
from roomtone.respond.redact.reading import Reading, Word
from roomtone.respond.redact.vocabulary import COMMON, MONTHS, is_common

RELATIONS = frozenset(
    (
        *("wife", "husband", "son", "daughter", "brother", "sister", "mother", "father", "mom", "mum"),
        *("dad", "friend", "boyfriend", "girlfriend", "partner", "fiance", "fiancee", "neighbor", "boss"),
        *("neighbour", "colleague", "coworker", "roommate", "flatmate", "uncle", "aunt", "auntie", "cousin"),
        *("grandma", "grandpa", "grandmother", "grandfather", "granny", "nephew", "niece", "landlord"),
        *("landlady", "teacher", "therapist", "dentist", "lawyer", "accountant", "nanny", "babysitter"),
        *("cleaner", "plumber", "gardener", "stepson", "stepdaughter", "stepmother", "stepfather", "ex"),
        *("godson", "goddaughter", "twin", "kid", "child", "baby", "classmate", "client", "manager", "cat"),
        *("dog", "pet", "puppy", "kitten", "hamster", "horse", "tenant", "mate", "buddy", "coach", "tutor"),
        *("frau", "mann", "sohn", "tochter", "bruder", "schwester", "mutter", "vater", "freund", "freundin"),
        *("nachbar", "nachbarin", "chef", "chefin", "onkel", "tante", "oma", "opa", "kollege", "kollegin"),
        *("femme", "mari", "fils", "fille", "frere", "soeur", "mere", "pere", "ami", "amie", "voisin"),
        *("esposa", "marido", "hijo", "hija", "hermano", "hermana", "madre", "padre", "amigo", "amiga"),
        *("moglie", "marito", "figlio", "figlia", "fratello", "sorella", "amico", "amica", "vicino"),
        *("vrouw", "man", "zoon", "dochter", "broer", "zus", "moeder", "vriend", "vriendin", "buurman"),
        *("fru", "son", "dotter", "bror", "syster", "mor", "far", "van", "kone", "datter", "soster"),
        *("wife's", "husband's", "grandson", "granddaughter", "grandchild", "bestie", "doctor", "nurse"),
    )
)
_TITLES = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "dr", "doctor", "prof", "professor", "herr", "frau", "madame"),
        *("monsieur", "mme", "mlle", "senor", "senora", "senorita", "signor", "signora", "signore"),
        *("mevrouw", "meneer", "mister", "missus", "sir", "madam", "uncle", "aunt", "auntie", "onkel"),
        *("tante", "oma", "opa", "tia", "tio", "zia", "zio", "nanny", "granny", "grandma", "grandpa"),
        *("pastor", "reverend", "nurse", "officer", "coach", "herrn", "dona", "mademoiselle", "fraulein"),
        *("don", "dott", "dottor", "avvocato", "ingeniero", "cousin", "nana", "sergeant", "father"),
    )
)
_LEADS = frozenset(
    (
        *("call", "text", "phone", "ring", "message", "email", "mail", "invite", "ask", "tell", "meet"),
        *("thank", "dear", "hi", "hello", "hey", "hallo", "liebe", "lieber", "cher", "chere", "querido"),
        *("querida", "caro", "cara", "beste", "bonjour", "hola", "ciao", "named", "remind", "visit", "facetime"),
        *("congratulate", "signed", "regards", "love", "hug", "contact", "between", "met", "pick", "married"),
        *("marrying", "dating", "calling", "texting", "whatsapp", "sincerely", "cheers", "rufe", "appelle"),
    )
)
"""A name may follow them at once, capital or not."""
_WEAK_LEADS = frozenset(("to", "for", "with", "from", "and", "about", "by", "of", "at", "an", "fur", "mit"))
"""A name may follow them; only a capital or a first name makes it one."""
_SELVES = (
    *(("name", "is"), ("name", "was"), ("i", "am"), ("call", "me"), ("name's",), ("i'm",), ("names",)),
    *(("ich", "heisse"), ("ich", "bin"), ("name", "ist"), ("m'appelle",), ("je", "suis"), ("me", "llamo")),
    *(("mi", "chiamo"), ("ik", "heet"), ("jag", "heter"), ("jeg", "hedder"), ("jeg", "heter"), ("soy",)),
    *(("by", "the", "name", "of"), ("nombre", "es"), ("nom", "est"), ("this", "is"), ("named",)),
    *(("is", "called"), ("she's", "called"), ("he's", "called"), ("who", "is", "called"), ("naam", "is")),
    *(("last", "name"), ("first", "name"), ("surname", "is"), ("surname",), ("nickname", "is")),
)
_PUBLIC = frozenset(
    (
        *("who", "invented", "wrote", "painted", "composed", "discovered", "president", "king", "queen"),
        *("actor", "actress", "singer", "band", "movie", "film", "song", "album", "book", "author", "novel"),
        *("emperor", "scientist", "painter", "composer", "philosopher", "minister", "pope", "prince"),
        *("famous", "history", "historical", "theory", "theorem", "poem", "quote", "biography", "directed"),
        *("starring", "play", "opera", "symphony", "painting", "player", "champion", "sang", "die", "died"),
    )
)
_PARTICLES = frozenset(("von", "van", "der", "den", "de", "del", "della", "di", "da", "la", "le", "mc", "o", "ter", "ten", "bin", "al"))
_NO_NAMES = frozenset(
    ("is", "was", "has", "here", "god", "siri", "alexa", "jarvis", "roomtone", "google", "everyone", "sorry")
)
_MOST = 4
"""Words of one name at most."""


def people(reading: Reading) -> list[Found]:
    """Names of people in the text, as far as can be told."""
    words = reading.words
    public = any(word.low in _PUBLIC for word in words) and not _is_personal(words)
    shouted = reading.plain.isupper()
    found: list[Found] = []
    at = 0
    while at < len(words):
        last = _name(words, at, public=public, shouted=shouted)
        if last is None:
            at += 1
            continue
        found.append(_found(words, at, last))
        at = last + 1
    return found


def _is_personal(words: list[Word]) -> bool:
    return any(word.low in ("my", "our", "i", "i'm", "us", "mein", "meine", "mon", "ma", "mi") for word in words)


def _found(words: list[Word], first: int, last: int) -> Found:
    end = words[last].end
    low = words[last].low
    if low.endswith("'s"):
        end -= 2
    elif low.endswith("'"):
        end -= 1
    return Found(words[first].start, end, "NAME")


def _name(words: list[Word], at: int, *, public: bool, shouted: bool) -> int | None:
    """The last word of the name that begins at `at`; None when none does."""
    word = words[at]
    stem = word.low.split("'")[0]
    if not word.low[0].isalpha() or len(stem) < 2 or stem in _NO_NAMES:
        return None
    lead = _lead(words, at)
    capital = word.capital and not shouted
    everyday = is_common(stem) or stem in MONTHS or digits(stem) is not None
    if lead == "sure":
        is_name = not everyday or (capital and stem not in _FUNCTION)
    elif lead == "near":
        is_name = not everyday and stem not in WORLD and (capital or stem in FIRST_NAMES or not is_common(word.low))
    elif lead == "weak":
        is_name = not everyday and (stem in FIRST_NAMES or (capital and _has_last_name(words, at)))
        is_name = is_name and not public and stem not in WORLD
    else:
        is_name = stem in FIRST_NAMES and stem not in WORLD and not public and not everyday
    if not is_name:
        return None
    last = _last(words, at)
    if lead not in ("sure", "near") or lead == "near":
        said = {words[i].low.split("'")[0] for i in range(at, last + 1)}
        if said & FAMOUS and (last > at or stem not in FIRST_NAMES) and lead != "sure":
            return None
    return last


_FUNCTION = frozenset(
    (
        *("the", "a", "an", "is", "was", "who", "that", "and", "or", "to", "in", "on", "at", "for", "with"),
        *("i", "you", "he", "she", "it", "we", "they", "not", "can", "will", "would", "my", "your", "his"),
        *("what", "how", "when", "where", "why", "which", "if", "but", "so", "please", "monday", "tuesday"),
        *("wednesday", "thursday", "friday", "saturday", "sunday", "german", "english", "french", "italian"),
        *("spanish", "dutch", "british", "american", "god", "christmas", "easter", "do", "does", "are"),
    )
)


def _has_last_name(words: list[Word], at: int) -> bool:
    if at + 1 >= len(words):
        return False
    following = words[at + 1]
    return following.capital and following.low.split("'")[0] not in COMMON and following.low not in WORLD


def _lead(words: list[Word], at: int) -> str:
    """How surely what stands before a word announces a name: "sure", "near", "weak" or ""."""
    before = at - 1
    while before >= 0 and words[before].low in (".", ",", ":", "\"", "'", "-") and at - before < 3:
        before -= 1
    if before < 0:
        return ""
    low = words[before].low
    if low in _TITLES and not (low in ("don", "sir", "father", "miss", "doctor", "nurse", "coach") and not words[at].capital):
        return "sure"
    if before and low in RELATIONS and words[before - 1].low in _OWNERS:
        return "sure"
    if low in ("is", "called", "named", "ist", "heisst") and before > 1 and words[before - 1].low.removesuffix("'s") in RELATIONS | {"name"}:
        return "sure" if words[at].low not in COMMON else "near"
    tail = tuple(word.low for word in words[max(0, before - 3) : before + 1])
    if any(tail[-len(self_) :] == self_ for self_ in _SELVES):
        return "near"
    if low in _LEADS or low in RELATIONS:
        return "near"
    return "weak" if low in _WEAK_LEADS else ""


_OWNERS = frozenset(
    (
        *("my", "our", "his", "her", "their", "your", "mein", "meine", "meinen", "meiner", "meinem", "mon"),
        *("ma", "mi", "mia", "mio", "mijn", "onze", "min", "mitt", "unser", "unsere", "notre", "best", "old"),
        *("little", "older", "younger", "big", "eldest", "youngest", "oldest", "late", "new", "ex", "dear"),
        *("good", "close", "deine", "dein", "ihr", "ihre", "sein", "seine", "grand", "great", "twin", "baby"),
    )
)


def _last(words: list[Word], at: int) -> int:
    """The last word of a name: last names and what stands between them."""
    last = at
    while last + 1 < len(words) and last - at < _MOST and not words[last].low.endswith("'s"):
        following = words[last + 1]
        low = following.low.split("'")[0]
        gap = following.start - words[last].end
        if following.low == "-" and gap == 0 and last + 2 < len(words) and words[last + 2].low[0].isalpha():
            last += 2
            continue
        if following.low == "." and len(words[last].low) == 1 and last + 2 < len(words):
            last += 1
            continue
        if not low[0].isalpha() or gap > 1:
            break
        particle = low in _PARTICLES and last + 2 < len(words) and (
            words[last + 2].capital or words[last + 2].low not in COMMON
        )
        initial = len(low) == 1 and following.capital and low != "i"
        capital = following.capital and low not in _FUNCTION and low not in MONTHS
        unknown = not is_common(low) and low not in MONTHS | WORLD and digits(low) is None
        unknown = unknown and not words[at].capital and last == at
        if not (particle or initial or (capital and (unknown or words[at].capital)) or (unknown and len(low) > 2)):
            break
        last += 1
    while last > at and words[last].low in _PARTICLES | {"."}:
        last -= 1
    return last
