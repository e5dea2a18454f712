"""Text that came from elsewhere, made harmless before it is spoken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from roomtone.respond.plain import request
from roomtone.respond.stop_words import OVER_VOICE

MARKERS = re.compile(
    r"<\|[^|<>]{0,40}\|>|</?s>|</?(?:start|end)_of_turn>|\[/?INST\]|<<?/?SYS>>?|"
    r"</?(?:system|user|assistant|developer|tool|tools|tool_call|function|notes?)\b[^<>]{0,40}>",
    re.IGNORECASE,
)
"""What language models take for the edge of a turn."""

_INVISIBLE = frozenset(("Cc", "Cf", "Co", "Cs", "Cn"))
_LINE = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_ALIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u03bf\u03b1\u03bd\u03b9"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0408\u0405\u0391\u0399",
    "aeopcyxijshdoaviABEKMHOPCTXIJSAI",
)
"""Cyrillic and Greek letters that pass for Latin ones."""
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^.!?;\u2026]*(?:[.!?;\u2026]+(?=\s|$)|[.!?;\u2026]|$)")
_CALL = r"(?:(?:hey|hi|hello|ok|okay|hay)\W+)?"
_ORDERS = (
    r"(?:please|set|turn|switch|play|stop|start|add|call|remind|cancel|delete|forget|mute|unmute|"
    r"open|close|lock|unlock|wake|what|when|who|how|send|say|tell|yes|no|confirm)"
)
_ROUNDS = 8
"""Times that what is left is looked through again: taking a phrase out may put one together."""


def tame(text: str, wake_phrases: Sequence[str] = ()) -> str:
    """Take out what a loudspeaker should not say: calls to ourselves, stop on its own, marks.

    `wake_phrases` are in lower case, their words separated by spaces or underscores. May leave
    nothing of the text.
    """
    text = bare(text)
    calls = [_call(phrase) for phrase in wake_phrases if _WORD.search(phrase)]
    for _ in range(_ROUNDS):
        before = text
        for call in calls:
            text = call.sub(" ", text)
        if text == before:
            break
    pieces = _SENTENCE.findall(text)
    kept = [piece for piece in pieces if not OVER_VOICE.fullmatch(request(piece))]
    return " ".join("".join(kept).split()).lstrip(" ,;:!?.")


def calls(text: str, wake_phrases: Sequence[str]) -> bool:
    """Whether one of the phrases that wake is anywhere in `text`."""
    words = f" {' '.join(_WORD.findall(bare(text).lower()))} "
    phrases = (" ".join(_WORD.findall(phrase.replace("_", " "))) for phrase in wake_phrases)
    return any(phrase and f" {phrase} " in words for phrase in phrases)


def bare(text: str) -> str:
    """Leave what can be seen: no control signs, no marks of direction, none of a turn's edges."""
    for _ in range(_ROUNDS):
        before = text
        text = _LINE.sub(" ", MARKERS.sub(" ", text))
        text = "".join(map(_plain_letter, text))
        if text == before:
            break
    words = re.sub(r"\w+", lambda word: _latin(word[0]), unicodedata.normalize("NFC", text))
    return " ".join(words.split())


def _plain_letter(letter: str) -> str:
    """Spell a wide or ornate letter as itself; nothing for one that cannot be seen."""
    if letter.isascii() and letter.isprintable():
        return letter
    if unicodedata.category(letter) in _INVISIBLE:
        return ""
    simple = unicodedata.normalize("NFKC", letter)
    return simple if simple.isascii() and simple.isalnum() and len(simple) == 1 else letter


def _latin(word: str) -> str:
    """Spell a word that mixes Latin letters with their doubles in Latin letters only."""
    if word.isascii() or not re.search("[A-Za-z]", word):
        return word
    return word.translate(_ALIKE)


def _call(phrase: str) -> re.Pattern[str]:
    """Return the pattern that finds the phrase spoken as a call.

    A phrase of one word may be a word of the language: it is a call only between pauses, or at
    the head of a sentence before an order.
    """
    words = [re.escape(word) for word in re.findall(r"[^\W_]+", phrase)]
    spoken = r"[\W_]*".join(words)
    if len(words) > 1:
        return re.compile(rf"(?<!\w){spoken}(?!\w)[ ,.!?:;]*", re.IGNORECASE)
    head = r"(?:(?<=^)|(?<=[.!?,;:\"']\s)|(?<=[.!?,;:\"']))"
    tail = rf"(?:\s*[,.!?:;]+\s*|\s*$|\s+(?={_ORDERS}\b))"
    return re.compile(
        rf"{head}\s*{_CALL}{spoken}{tail}|(?<!\w)(?:hey|hi|okay|ok)\W+{spoken}(?!\w)", re.IGNORECASE
    )
