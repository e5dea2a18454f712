"""Whether an answer is off its question, told from words alone, and only when that is plain.

A question that leans on an earlier one, small talk, and answers without a subject of their own
are never called off.
"""

from __future__ import annotations

import re

from roomtone.respond.plain import plain
from roomtone.respond.unsure import admits

MOST_BARE = 2
"""Words with a meaning that an answer may have beside the names, and still be bare."""

_EMPTY = frozenset(
    re.findall(
        r"\w+",
        """
        a an the and or but if so then than as at by for from in into of off on out over to up with
        about is are was were be been being am do does did have has had can could will would shall
        should may might must not no yes what who whom whose which when where why how there here
        that this these those it its they them their he him his she her i me my we us our you your
        one ones some any all each every more most much many very also just only please tell know
        say give name explain call called like get got make makes made go let kind thing things
        exactly again really often usually well first other same
        """,
    )
)
"""Words that say nothing of what is talked about."""
_LEANS = re.compile(
    r"^(?:then )?(?:and|also|or|but|what about|how about|what of|what else|next)\b|"
    r"\b(?:it|its|he|him|his|she|her|they|them|their|there|here|that|this|these|those|1|ones|same|"
    r"else|other|another|today|tomorrow|yesterday|tonight|now)\b"
)
"""A question that cannot be understood alone."""
_OPENING = re.compile(
    r"(?:(?:\w+ ){0,3}?(?:tell|remind|explain to|give|let) (?:me|us)(?: ask you)?|"
    r"i (?:need|want|wonder|forgot|always forget)(?: to know)?|"
    r"(?:can|could|would|do|will) you (?:know|name|explain|say)|"
    r"(?:\w+ ){0,3}?(?:question|homework asks)|i (?:would like to know|was wondering|"
    r"am looking for|am not sure|can not remember)|any idea|listen|we were wondering|you know|"
    r"let me know)(?: (?:if|please|again|for|of|about|is))*(?= )"
)
_PERSONAL = re.compile(r"\b(?:you|your|yours|yourself|i|me|my|mine|we|us|our|am)\b")
_KINDS = re.compile(
    r"\b(?:(?P<number>how (?:many|much|old|far|big|large|long|high|tall|deep|fast|hot|cold|heavy|"
    r"wide|often)|when|(?:what|which) (?:year|temperature|age|distance|number))"
    r"|(?P<person>who|whom|whose)|(?P<place>where)"
    r"|(?P<reason>why|how|what (?:makes|causes|happens)|explain|describe)"
    r"|(?P<choice>(?:what|which) (?!an?\b|the\b|is|are|was|were|do|does|did|has|have|can)(?=\w))"
    r"|(?P<other>what|which|is|are|was|were|does|do|did|has|have|name|define|capital|symbol))\b"
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|"
    r"fifty|hundred|thousand|million|billion|half|dozen|century|years?|always|never|none|many)\b"
)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w'-]+")
"""A word with a capital that does not begin a sentence."""
_NAMES = re.compile(r"\b[A-Z][\w'-]+")
_NO_SUBJECT = re.compile(
    r"(?:yes|no|i|i'm|i'd|it|its|that|this|they|he|she|we|there|about|around|roughly|nearly|over|"
    r"in|on|at|by|from|after|before|until|during|since|for|with|as|to|because|some|most|many|put|"
    r"blot|try|use|take|add|\d)\b|\w+, \w+,? (?:\w+,? )*(?:and|or) \w+|\w+, \w+, |"
    r".*\b(?:it|them)\b|.*\?$",
    re.IGNORECASE,
)
"""An answer that relies on the question to say what it is about."""
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|cannot|do|does|did|will|would|may|might|wrote|won|"
    r"became|went|began|made|built|came|led|fell|sank|gave|took|says?|means?|comes?|makes?|takes?|"
    r"lives?|eats?|uses?|lets?|goes|gets?|gives?|bends?|bark|purr|freezes?|boils?|\w{3,}(?:ed|ates?|izes?|ows?))\b"
)
"""One of these makes a sentence of it; a fragment relies on its question."""
_OF_ITS_OWN = re.compile(r"(?:An?|The) \w+(?: \w+)? (?:is|are|has|have|says?|eats?|lives?)\b")
"""A sentence that says what it is about, and something of it."""
_ALIKE = {
    alike: words.split()[0]
    for words in (
        *("earth world globe", "big larg huge great giant", "small tini tiny littl minia"),
        *("count state natio land", "sea ocean", "fast quick speed", "begin start began"),
        *("end finis over", "inven creat built build desig devel", "plane airpl aircr flyin fly"),
        *("plane fligh flew", "write wrote writt autho", "live born died die death birth dates"),
        *("film movie", "child kid baby", "cat kitte kitti", "dog puppy puppi", "color colou"),
        *("phone telep", "money curre", "speak spoke langu", "eat food diet", "tall high heigh"),
        *("engla brita kingd", "ameri unite usa", "paint drew drawn", "find found disco"),
    )
    for alike in words.split()
}
"""Stem -> the stem that stands for it and its like."""


def is_off(question: str, answer: str) -> bool:
    """Whether `answer` speaks of something else than `question` asks for.

    `question` is as the recognizer wrote it, `answer` the sentence or two that were written.
    """
    asked, form = _asked(question)
    if not asked:
        return False
    if _NO_SUBJECT.match(answer) or not _VERB.search(answer) or admits(answer):
        return False
    wanted, told = _stems(asked), _stems(plain(answer))
    if not wanted or len(told) < MOST_BARE or _touch(wanted, told):
        return False
    return _strays(str(form and form.lastgroup), answer, told)


def stays(question: str, beginning: str) -> bool:
    """Whether no answer that begins so can be off its question, however it goes on."""
    asked, _ = _asked(question)
    if not asked or _NO_SUBJECT.match(beginning):
        return True
    wanted = _stems(asked)
    told = {stem for stem in _stems(plain(beginning)) if stem.isalpha()}  # numbers may grow
    return not wanted or _touch(wanted, frozenset(told))


def _asked(question: str) -> tuple[str, re.Match[str] | None]:
    """(What is asked, and its form); nothing when no answer could be told to be off it."""
    asked = _OPENING.sub("", plain(question), count=1)
    form = _KINDS.search(asked)
    formless = form is None and asked == plain(question)
    if formless or _LEANS.search(asked) or _PERSONAL.search(asked):
        return "", None
    return asked, form


def _strays(kind: str, answer: str, told: frozenset[str]) -> bool:
    """Whether an answer without a word of its question cannot be of the kind that was asked for."""
    names = _stems(" ".join(_NAMES.findall(answer)).lower())
    things = {stem for stem in told - names if not stem.isdigit()}
    named, counted = bool(_NAME.search(answer)), bool(_NUMBER.search(answer.lower()))
    if kind == "number":
        return not counted or named
    if kind in ("person", "place"):
        return not names or len(things) >= MOST_BARE
    if kind == "choice" and len(things) <= MOST_BARE:
        return False
    return named or bool(re.search(r"\d", answer) or _OF_ITS_OWN.match(answer))


def _stems(text: str) -> frozenset[str]:
    words = (word.removesuffix("'s").strip("'") for word in re.findall(r"[\w']+", text))
    return frozenset(_stem(word) for word in words if word not in _EMPTY and len(word) > 1)


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return _ALIKE.get(word[:5], word[:5])


def _touch(wanted: frozenset[str], told: frozenset[str]) -> bool:
    return any(
        one == other
        or (min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one)))
        for one in wanted
        for other in told
    )
