"""Whether an answer only admits that it has none: it does not know, may not, has no access."""

from __future__ import annotations

import re

_I = r"\bi(?: really| honestly| unfortunately| actually| currently| just| simply| still)?"
_NOT = rf"{_I} (?:do not|don't|did not|didn't)(?: (?:yet|quite|really|currently|actually|even))?"
_UNABLE = (
    rf"(?:{_I} (?:can not|can't|cannot|could not|couldn't|am not able to|'m not able to|"
    r"am unable to|was not able to|wasn't able to|was unable to|may not|must not|will not|won't)|"
    r"\bi'm (?:unable|not able|not allowed|not permitted) to)"
    r"(?: (?:yet|currently|really|directly|actually|reliably|even|possibly))*"
)
_LACKED = (
    r"(?:(?:any|the|that|this|such|enough|sufficient|access|more|real|live|current|up to date|"
    r"specific|reliable|further|time|a|an|your|those|these)[ -])*"
    r"(?:access|answers?|information|info|data|details?|knowledge|idea|clue|records?|context|"
    r"way|means|ability|capability|capabilities|connection|memory|notes?|camera|"
    r"tools?|functionality|permission|sources?)\b"
)
_DEED = (
    r"(?:answer|help (?!but\b)|help$|say|tell|find|provide|access|check|look|browse|see (?!why\b)|"
    r"confirm|verify|determine|control|play|give|be (?:sure|certain)|do|assist|predict|set|make|"
    r"keep|order|open|call|send|search|retrieve|recall|offer|comply|discuss|share|generate|"
    r"remember|fetch|connect|know|guess|remind|understand|hear|recogni[sz]e|speak|show|read|"
    r"translate|think of|come up|respond|reply|engage|continue|take|perform|complete|support)"
)
_MODEL = r"(?:an? )?(?:large )?(?:ai|a\.i\.|artificial intelligence|language model)"
_PLACE = r"(?:search engine|app|website|web site|online|weather service|reliable source|internet)"
_ADMITS = re.compile(
    rf"{_NOT} (?:know|understand|recall|remember|recogni[sz]e|find|follow|catch|"
    rf"(?:have|possess) {_LACKED})"
    rf"|{_UNABLE} {_DEED}"
    rf"|{_I} (?:have|had|got|see|find|found|know of) (?:no|not enough|insufficient) {_LACKED}"
    r"|\bi have(?:n't| not) (?:been able|found|heard|learned|got)"
    r"|\b(?:i'm|i am) (?:(?:really|quite|still) )?(?:not |un)(?:(?:really|quite|entirely|exactly|"
    r"completely|at all|too|very) )?(?:sure|certain|aware of|familiar|able|allowed|equipped|"
    r"designed|programmed|connected|trained)"
    r"|\b(?:unknown|not known|unclear|impossible) (?:to|for) me\b"
    r"|\b(?:there is|there's|there was|i found) no (?:information|data|record|answer|mention)"
    r"|^(?:(?:hm+|well|oh|sorry)\W+)*no (?:idea|clue)\b|^no (?:information|data|answer)\b.{0,20}"
    r"\b(?:available|found|about|on)\b|\bavailable to me\b|\bi wish i knew\b|\bi lack\b"
    r"|\b(?:have|need) to look (?:that|it|this) up\b|\bhard for me to (?:say|tell)\b"
    r"|\b(?:beyond|outside|past) (?:of )?(?:my|what i)\b"
    r"|\bmy (?:knowledge|training|information|data|memory)\b.{0,40}\b(?:cut-? ?off|not|limited|"
    r"ends?|only|stops?)\b"
    rf"|\bas {_MODEL}\b|\bi(?:'m| am) (?:just |only )+{_MODEL}"
    r"|\b(?:rather not|won't|will not|only be|would be|not) guess(?:ing)?\b"
    rf"|\b(?:check|try|use|consult|visit) (?:a|an|your|the|another|with a) (?:\w+ )?{_PLACE}\b"
    r"|^(?:(?:please|could you|can you|would you|i need you to) )+(?:repeat|rephrase|clarify|"
    r"specify|provide|give me more|be more|ask me again|say that again|explain what)"
    r"|^(?:could|can) you (?:tell me|say) (?:more|what you mean)"
    r"|\bneed (?:a (?:bit|little) )?more (?:information|context|details?)\b"
    r"|\b(?:unable|not able|failed) to (?:answer|help|find|access|provide|process)\b"
)
_ONLY_SORRY = re.compile(
    r"(?:(?:oh|hm|i'm|i am|we are|so|very|really|my|many|deepest|please|i|do|must|sincerely) )*"
    r"(?:sorry|apologies|apologi[sz]e|afraid not|afraid so|excuse me|forgive me|pardon)"
    r"(?: (?:about|for) (?:that|this|the inconvenience|any inconvenience|the confusion))?"
)
_TURN = re.compile(
    "(?:[,;:.\u2013\u2014-] ?| )(?:but|however|though|still|yet|nevertheless),? (.+)$"
)
_OFFER = re.compile(
    r"(?:i(?: can| could|'d|'ll| am| would| will|'m|'ve| have)|you(?: can| could| may| might|'d)|"
    r"let me|let us|feel free|if you|please|try|perhaps you|maybe you|ask|it (?:may|might) be|"
    r"here)\b"
)


def admits(sentence: str) -> bool:
    """Whether the first sentence of an answer gives none.

    What is said after a "but" counts as an answer, unless it only offers something else.
    """
    text = " ".join(re.sub(r"[^\w'.,;:\u2013\u2014-]+", " ", _plain(sentence)).split())
    if _ONLY_SORRY.fullmatch(text.strip(" .,;:-")):
        return True
    turn = _TURN.search(text)
    if turn and len(turn[1].split()) >= 3 and not _OFFER.match(turn[1]) and not _says_no(turn[1]):
        return False
    return _says_no(text)


def _says_no(text: str) -> bool:
    return bool(_ADMITS.search(text))


def _plain(sentence: str) -> str:
    return re.sub("[\u2018\u2019\u02bc`]", "'", sentence).lower().strip()
