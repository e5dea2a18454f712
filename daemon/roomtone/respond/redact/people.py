"""Names of people that nobody has listed, by what stands beside them; famous ones stay readable.

A guess, tuned to hide too much rather than too little beside words like "my wife" or "call".
"""

from __future__ import annotations

from roomtone.respond.redact.digits import digits
from roomtone.respond.redact.found import Found
from roomtone.respond.redact.known import FAMOUS, FIRST_NAMES, WORLD
from roomtone.respond.redact.measures import MONTHS
from roomtone.respond.redact.reading import Reading, Word
from roomtone.respond.redact.vocabulary import COMMON, KNOWN_LETTERS, is_common
from roomtone.respond.redact.word_list import words as word_list

RELATIONS = word_list(
    """
    accountant ami amica amico amie amiga amigo aunt auntie baby babysitter bestie boss
    boyfriend broer bror brother bruder buddy buurman cat chef chefin child classmate cleaner
    client coach colleague cousin coworker dad datter daughter dentist dochter doctor dog dotter
    esposa ex father femme fiance fiancee figlia figlio fille fils flatmate fratello frau frere
    freund freundin friend fru gardener girlfriend goddaughter godson grandchild granddaughter
    grandfather grandma grandmother grandpa grandson granny hamster hermana hermano hija hijo
    horse husband husband's kid kitten kollege kollegin kone landlady landlord lawyer madre
    manager mann mari marido marito mate mere moeder moglie mom mother mum mutter nachbar
    nachbarin nanny neighbor neighbour nephew niece nurse oma onkel opa padre partner pere pet
    plumber puppy roommate schwester sister soeur sohn son sorella soster stepdaughter
    stepfather stepmother stepson syster tante teacher tenant therapist tochter tutor twin uncle
    vater vicino voisin vriend vriendin vrouw wife wife's zoon zus
    """
)
_TITLES = word_list(
    """
    aunt auntie avvocato coach cousin doctor don dona dott dottor dr father frau fraulein
    grandma grandpa granny herr herrn ingeniero madam madame mademoiselle meneer mevrouw miss
    missus mister mlle mme monsieur mr mrs ms nana nanny nurse officer oma onkel opa pastor prof
    professor reverend senor senora senorita sergeant signor signora signore sir tante tia tio
    uncle zia zio
    """
)
_EVERYDAY_TITLES = frozenset(("don", "sir", "father", "miss", "doctor", "nurse", "coach"))
_LEADS = word_list(
    """
    appelle ask beste between bonjour call calling cara caro cheers cher chere ciao congratulate
    contact dating dear email facetime hallo hello hey hi hola hug invite liebe lieber love mail
    married marrying meet message met named phone pick querida querido regards remind ring rufe
    signed sincerely tell text texting thank visit whatsapp
    """
)
"""A name may follow them at once, capital or not."""
_WEAK_LEADS = word_list(
    """
    about an and at by for from fur mit of to with
    """
)
"""A name may follow them; only a capital or a first name makes it one."""
_SELVES = (
    *(
        ("name", "is"),
        ("name", "was"),
        ("i", "am"),
        ("call", "me"),
        ("name's",),
        ("i'm",),
        ("names",),
    ),
    *(
        ("ich", "heisse"),
        ("ich", "bin"),
        ("name", "ist"),
        ("m'appelle",),
        ("je", "suis"),
        ("me", "llamo"),
    ),
    *(
        ("mi", "chiamo"),
        ("ik", "heet"),
        ("jag", "heter"),
        ("jeg", "hedder"),
        ("jeg", "heter"),
        ("soy",),
    ),
    *(("by", "the", "name", "of"), ("nombre", "es"), ("nom", "est"), ("this", "is"), ("named",)),
    *(
        ("is", "called"),
        ("she's", "called"),
        ("he's", "called"),
        ("who", "is", "called"),
        ("naam", "is"),
    ),
    *(("last", "name"), ("first", "name"), ("surname", "is"), ("surname",), ("nickname", "is")),
)
_SELVES_BY_LAST: dict[str, list[tuple[str, ...]]] = {}
for _phrase in _SELVES:
    _SELVES_BY_LAST.setdefault(_phrase[-1], []).append(_phrase)
_PUBLIC = word_list(
    """
    actor actress album author band biography book champion composed composer die died directed
    discovered emperor famous film historical history invented king minister movie novel opera
    painted painter painting philosopher play player poem pope president prince queen quote sang
    scientist singer song starring symphony theorem theory who wrote
    """
)
_PARTICLES = word_list(
    """
    al bin da de del della den der di la le mc o ten ter van von
    """
)
_NO_NAMES = word_list(
    """
    alexa everyone god google has here is jarvis roomtone siri sorry was
    """
)
_MOST = 4
"""Words of one name at most."""


def people(reading: Reading) -> list[Found]:
    """Names of people in the text, as far as can be told."""
    words = reading.words
    personal = _is_personal(words)
    public = not personal and any(word.low in _PUBLIC for word in words)
    shouted = reading.plain.isupper()
    found: list[Found] = []
    at = 0
    while at < len(words):
        if not words[at].capital and words[at].low in COMMON:
            at += 1
            continue
        last = _name(words, at, public=public, personal=personal, shouted=shouted)
        if last is None:
            at += 1
            continue
        found.append(_found(words, at, last))
        at = last + 1
    return found


def _is_personal(words: list[Word]) -> bool:
    return any(
        word.low in ("my", "our", "i", "i'm", "us", "mein", "meine", "mon", "ma", "mi")
        for word in words
    )


def _found(words: list[Word], first: int, last: int) -> Found:
    end = words[last].end
    low = words[last].low
    if low.endswith("'s"):
        end -= 2
    elif low.endswith("'"):
        end -= 1
    return Found(words[first].start, end, "NAME")


def _name(words: list[Word], at: int, *, public: bool, personal: bool, shouted: bool) -> int | None:
    """The last word of the name that begins at `at`; None when none does."""
    word = words[at]
    stem = word.low.split("'")[0]
    if not word.low[0].isalpha() or len(stem) < 2 or stem in _NO_NAMES or stem in KNOWN_LETTERS:
        return None
    capital = word.capital and not shouted
    if not capital and stem in COMMON:
        return None
    lead = _lead(words, at)
    everyday = is_common(stem) or stem in MONTHS or digits(stem) is not None
    if lead == "sure":
        is_name = not everyday or (capital and stem not in _FUNCTION)
    elif lead == "near":
        is_name = (
            not everyday
            and stem not in WORLD
            and (capital or stem in FIRST_NAMES or not is_common(word.low))
        )
    elif lead == "weak":
        is_name = not everyday and (
            stem in FIRST_NAMES or (capital and (personal or _has_last_name(words, at)))
        )
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


_FUNCTION = word_list(
    """
    a american an and are at british but can christmas do does dutch easter english for french
    friday german god he his how i if in is it italian monday my not on or please saturday she
    so spanish sunday that the they thursday to tuesday was we wednesday what when where which
    who why will with would you your
    """
)


def _has_last_name(words: list[Word], at: int) -> bool:
    if at + 1 >= len(words):
        return False
    following = words[at + 1]
    return (
        following.capital
        and following.low.split("'")[0] not in COMMON
        and following.low not in WORLD
    )


def _lead(words: list[Word], at: int) -> str:
    """How surely what stands before a word announces a name: "sure", "near", "weak" or ""."""
    before = at - 1
    while before >= 0 and words[before].low in (".", ",", ":", '"', "'", "-") and at - before < 3:
        before -= 1
    if before < 0:
        return ""
    low = words[before].low
    is_title = low in _TITLES and (words[at].capital or low not in _EVERYDAY_TITLES)
    if is_title or (before and low in RELATIONS and words[before - 1].low in _OWNERS):
        return "sure"
    if (
        low in ("is", "called", "named", "ist", "heisst")
        and before > 1
        and words[before - 1].low.removesuffix("'s") in RELATIONS | {"name"}
    ):
        return "sure" if words[at].low not in COMMON else "near"
    if low in _LEADS or low in RELATIONS or _presents(words, before):
        return "near"
    return "weak" if low in _WEAK_LEADS else ""


def _presents(words: list[Word], last: int) -> bool:
    """Whether a phrase such as "my name is" ends at a word."""
    return any(
        last + 1 >= len(phrase)
        and all(words[last + 1 - len(phrase) + i].low == part for i, part in enumerate(phrase))
        for phrase in _SELVES_BY_LAST.get(words[last].low, ())
    )


_OWNERS = word_list(
    """
    baby best big close dear dein deine eldest ex good grand great her his ihr ihre late little
    ma mein meine meinem meinen meiner mi mia mijn min mio mitt mon my new notre old older
    oldest onze our sein seine their twin unser unsere younger youngest your
    """
)


def _last(words: list[Word], at: int) -> int:
    """The last word of a name: last names and what stands between them."""
    last = at
    while last + 1 < len(words) and last - at < _MOST and not words[last].low.endswith("'s"):
        following = words[last + 1]
        low = following.low.split("'")[0]
        gap = following.start - words[last].end
        if (
            following.low == "-"
            and gap == 0
            and last + 2 < len(words)
            and words[last + 2].low[0].isalpha()
        ):
            last += 2
            continue
        if following.low == "." and len(words[last].low) == 1 and last + 2 < len(words):
            last += 1
            continue
        if not low[0].isalpha() or gap > 1:
            break
        particle = (
            low in _PARTICLES
            and last + 2 < len(words)
            and (words[last + 2].capital or words[last + 2].low not in COMMON)
        )
        initial = len(low) == 1 and following.capital and low != "i"
        capital = following.capital and low not in _FUNCTION and low not in MONTHS
        unknown = not is_common(low) and low not in MONTHS | WORLD and digits(low) is None
        unknown = (
            unknown and not words[at].capital and (last == at or words[last].low in _PARTICLES)
        )
        if not (
            particle
            or initial
            or (capital and (unknown or words[at].capital))
            or (unknown and len(low) > 2)
        ):
            break
        last += 1
    while last > at and words[last].low in _PARTICLES | {"."}:
        last -= 1
    return last
