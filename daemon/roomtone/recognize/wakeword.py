"""Takes the wake word off the front of a transcript, also when it was misheard or cut."""

from __future__ import annotations

import re

ENOUGH = 0.76
"""Likeness from which the front of the transcript is the wake word."""

ENOUGH_AFTER_CALL = 0.5
"""The same where a call ("hey") has already announced a name."""

ENOUGH_LETTERS = 0.5
"""A cut wake word must also look like its half: short ones sound like too many others."""

CALLS = frozenset({"hey", "hi", "hello", "ok", "okay", "hay"})
"""What wake phrases open with."""

_FILLERS = frozenset({"um", "uh", "so", "and", "oh", "well", "a", "the", "er", "ah"} | CALLS)

_SPOKEN = """
what what's what're who who's whose when when's where where's why how how's which is are am was were
do does did can could will would shall should has have had may might set start stop pause resume
cancel begin end turn switch dim brighten put take make let let's play skip next repeat say tell
give show read call add remove delete clear remind remember wake open close lock unlock raise lower
increase decrease change check find look search spell define translate convert calculate count flip
roll pick choose mute unmute volume louder quieter help good thanks thank please never nothing yes
complete the
no yeah nope it it's i i'm i'd i'll my me you your there there's this that these those in on off at
for from to with of one two three four five six seven eight nine ten tomorrow today tonight
"""
_COMMANDS = frozenset(_SPOKEN.split())
"""Words that commands are made of: the wake word never begins with one, nor swallows one."""

_SOUNDS = (
    (r"[^a-z]", ""),
    (r"^kn", "n"),
    (r"^wr", "r"),
    (r"(?<=[^aeiouy])e$", ""),
    (r"gh(?=t|$)", ""),
    (r"[td]r|ch|dge|d?j|g(?=[ei])", "J"),
    (r"x", "KS"),
    (r"qu?|c(?=[^eiyh]|$)|ck|k|g", "K"),
    (r"c|s[hc]?|z", "S"),
    (r"ph|f|v", "F"),
    (r"b|p", "P"),
    (r"d|th?", "T"),
    (r"m|n", "N"),
    (r"wh?|h", ""),
    (r"[aeiouy]+", "A"),
    (r"r", "R"),
    (r"l", "L"),
    (r"(.)\1+", r"\1"),
)
"""Letters to sounds that recognizers confuse with one another; vowels are all alike."""


def strip_wake(text: str, phrase: str) -> str:
    """`text` without the wake word at its front; unchanged when there is none, "" when that is all.

    `phrase` is the wake word in lower case, its words separated by spaces or underscores.
    """
    wake = [_letters(word) for word in phrase.replace("_", " ").split()]
    spans = list(re.finditer(r"[^\s,.!?;:]+", text))
    words = [_letters(span[0]) for span in spans]
    if not wake or not words:
        return text.strip()
    begin = _after_early_call(words, wake)
    while (length := _front(words[begin:], wake)) > 0:
        begin += length
    if begin == len(words):
        return ""
    return text[spans[begin].start() :].strip() if begin else text.strip()


def _after_early_call(words: list[str], wake: list[str]) -> int:
    """Index behind a whole wake phrase of several words that other talk precedes, else 0."""
    size = len(wake)
    if size < 2:
        return 0
    for start in range(1, min(9, len(words) - size + 1)):
        if words[start : start + size] == wake:
            return start + size
    return 0


def _front(words: list[str], wake: list[str]) -> int:
    """How many of the first words are the wake word, 0 for none."""
    skipped = 0
    while skipped < min(2, len(words)) and words[skipped] in _FILLERS:
        skipped += 1
    _, length = max(_whole(words, wake), _name(words, skipped, wake))
    return length or int(bool(words) and _called(words[0], wake[0]))


def _whole(words: list[str], wake: list[str]) -> tuple[float, int]:
    """Best likeness of the first words to the whole phrase, and how many words that takes."""
    return _best(words, 0, "".join(wake), ENOUGH)


def _name(words: list[str], skipped: int, wake: list[str]) -> tuple[float, int]:
    """The same for the end of the phrase, after fillers or a call."""
    called = bool(skipped) and words[skipped - 1] in CALLS and wake[0] in CALLS
    found = (0.0, 0)
    for cut in range(0 if skipped else 1, len(wake)):
        part = "".join(wake[cut:])
        enough = ENOUGH_AFTER_CALL if called else ENOUGH
        likeness, length = _best(words, skipped, part, enough)
        heard = "".join(words[skipped:length])
        if called or not length or _alike(heard, part) >= ENOUGH_LETTERS:
            found = max(found, (likeness, length))
    return found


def _best(words: list[str], begin: int, wanted: str, enough: float) -> tuple[float, int]:
    found = (0.0, 0)
    for end in range(begin + 1, min(begin + 5, len(words)) + 1):
        heard = "".join(words[begin:end])
        if words[end - 1] in _COMMANDS and not wanted.startswith(heard):
            break
        likeness = _alike(_sound(heard), _sound(wanted))
        if likeness >= enough and likeness > found[0]:
            found = (likeness, end)
    return found


def _called(word: str, call: str) -> bool:
    """Say whether `word` is the call that the phrase opens with; its name was lost."""
    return call in CALLS and (word == call or {word, call} in ({"hey", "hay"}, {"ok", "okay"}))


def _letters(word: str) -> str:
    return re.sub(r"[^a-z0-9']", "", word.lower().replace("\u2019", "'"))


def _sound(letters: str) -> str:
    for pattern, sound in _SOUNDS:
        letters = re.sub(pattern, sound, letters)
    return letters


def _alike(heard: str, wanted: str) -> float:
    """1 for equal, 0 for nothing in common: edit distance over the longer length."""
    row = list(range(len(wanted) + 1))
    for i, a in enumerate(heard, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(wanted, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return 1.0 - row[-1] / max(len(heard), len(wanted), 1)
