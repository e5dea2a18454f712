"""What was said, in one plain spelling: lower case, no punctuation, digits, no politeness."""

from __future__ import annotations

import re
import unicodedata

from roomtone.respond.number import with_digits

_SIGNS = (
    (r"[\u2018\u2019\u02bc`]", "'"),
    (r"(?<=\d),(?=\d{3}(?!\d))", ""),
    (r"\b([ap])\.\s?m\b\.?", r"\1m"),
    (r"%", " percent "),
    (r"°\s*c\b", " degrees celsius "),
    (r"°\s*f\b", " degrees fahrenheit "),
    (r"°", " degrees "),
    (r"&", " and "),
    (r"\+", " plus "),
    (r"[\u00d7*]", " times "),
    (r"(?<=\d)\s*x\s*(?=\d)", " times "),
    (r"(?<=\d)\s*[\u00f7/]\s*(?=\d)", " divided by "),
    (r"(?<=\d)\s+[-\u2212\u2013]\s+(?=\d)", " minus "),
    (r"(?<![\w.])[-\u2212](?=\d)", " minus "),
    (r"(?<=\d)(?=(?:min|mins|s|sec|secs|h|hr|hrs|m|km|kg|g|cm|mm|ml|l|lbs|mph|am|pm)\b)", " "),
)
_CONTRACTIONS = (
    (r"\b(what|who|where|when|how|that|it|there|here|he|she)'s\b", r"\1 is"),
    (r"\bwhats\b", "what is"),
    (r"\b(what|who|where|how|you|we|they)'re\b", r"\1 are"),
    (r"\bi'm\b", "i am"),
    (r"\b(i|you|we|they)'ve\b", r"\1 have"),
    (r"\b(i|you|we|they|it|that)'ll\b", r"\1 will"),
    (r"\b(i|you|we|they)'d\b", r"\1 would"),
    (r"\blet's\b", "let us"),
    (r"\bcan't\b|\bcannot\b", "can not"),
    (r"\bwon't\b", "will not"),
    (r"\b(do|does|did|is|are|was|would|could|should|has|have)n't\b", r"\1 not"),
    (r"\bgonna\b", "going to"),
    (r"\bokay\b|\bo k\b", "ok"),
    (r"\bnevermind\b", "never mind"),
)
_SIGNS_COMPILED = tuple((re.compile(old), new) for old, new in _SIGNS)
_CONTRACTIONS_COMPILED = tuple((re.compile(old), new) for old, new in _CONTRACTIONS)
_FILLER = re.compile(r"\b(?:u+m+|u+h+m*|e+r+m*|hm+)\b")
_NOISE = re.compile(r"[^\w'.:]+|(?<!\d)[.:]|[.:](?!\d)|(?<!\w)'|'(?!\w)|_")
_BEFORE = re.compile(
    r"(?:(?:hey|hi|ok|well|so|and please|now|please|kindly|just|go ahead and|sorry|"
    r"(?:can|could|would|will) you(?: please| just| kindly)?|would you mind|"
    r"i (?:want|need|would like) you to|i would like to|you can|you could)(?: |$))+"
)
_AFTER = re.compile(
    r"(?: (?:please|now|right now|for me|for me please|thanks|thank you|ok|will you|would you|"
    r"can you|could you|then))+$"
)

_NAMES = r"roomtone|room tone|jarvis|mycroft|alexa|computer|rhasspy"
"""Wake words, should the recognizer have left one in front."""


def plain(text: str) -> str:
    """Spell the utterance plainly: numbers as digits, contractions written out."""
    text = unicodedata.normalize("NFC", text).lower()
    for old, new in _SIGNS_COMPILED:
        text = old.sub(new, text)
    text = _FILLER.sub(" ", _NOISE.sub(" ", text.replace("-", " ")))
    for old, new in _CONTRACTIONS_COMPILED:
        text = old.sub(new, text)
    return " ".join(with_digits(text.split()))


def request(text: str, name: str = "") -> str:
    """Spell plainly, and take off politeness and our own name in front.

    What would be nothing but politeness ("thank you") stays as it is.
    """
    text = plain(text)
    names = rf"{re.escape(plain(name))}|{_NAMES}" if name else _NAMES
    text = re.sub(rf"^(?:(?:hey|hi|ok) )?(?:{names}) (?=\w)", "", text)
    bare = _AFTER.sub("", text)
    bare = _BEFORE.sub("", bare, count=1) if _BEFORE.match(bare) else bare
    return bare or text
