"""Expand small grammars and roughen text the way speech recognisers do.

Grammar: (a|b) one of, [x] optional, {slot} a filler. Nothing here knows about facts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

GROUP = re.compile(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)")
SLOT = re.compile(r"\{([\w']+)\}")
SOUNDS = {
    "is": "as",
    "of": "off",
    "the": "a",
    "to": "two",
    "for": "four",
    "wrote": "rode",
    "there": "their",
    "are": "our",
    "how": "who",
    "do": "to",
    "does": "dose",
    "who": "how",
    "what": "was",
    "what's": "was",
    "where": "were",
    "know": "now",
    "which": "witch",
    "sun": "son",
    "sea": "see",
    "our": "are",
    "whole": "hole",
    "a": "the",
    "in": "and",
    "when": "win",
    "long": "wrong",
    "far": "for",
    "made": "maid",
    "by": "buy",
    "was": "is",
    "did": "that",
    "can": "could",
    "have": "half",
    "many": "any",
    "capital": "capitol",
}
DROPPED = frozenset("the of a an is are to in do does what was did it".split())
SYLLABLES = (
    "ba be bi bo bra ca co cra da de di do dra el en fa fe fi flo ga gi go gra ha he hi jo ka ke "
    "ki kor la le li lo lu ma me mi mo mar na ne ni no or pa pe pi po pra qua ra re ri ro ru sa se "
    "si so sta ta te ti to tra u va ve vi vo wa we wi xa ya yo za ze zi zo zan mir dor fen lin ton"
).split()


def expand(text: str, rng: random.Random, fill: Callable[[str], str] | None = None) -> str:
    """Choose one sentence of a grammar; fill gives the text of a slot."""
    while match := GROUP.search(text):
        if match[1] is not None:
            new = rng.choice(match[1].split("|")) if rng.random() < 0.5 else ""
        else:
            new = rng.choice(match[2].split("|"))
        text = text[: match.start()] + new + text[match.end() :]
    if fill is not None:
        text = SLOT.sub(lambda m: fill(m[1]), text)
    return re.sub(r"\s+", " ", text).strip()


def made_up(rng: random.Random) -> str:
    """Return a word that means nothing, of two to four syllables."""
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4)))


def garble(word: str, rng: random.Random) -> str:
    """Drop, double or swap one letter of a word."""
    if len(word) < 4:
        return word
    at = rng.randrange(1, len(word) - 1)
    how = rng.random()
    if how < 0.4:
        return word[:at] + word[at + 1 :]
    if how < 0.7:
        return word[:at] + word[at] + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def slip(text: str, rng: random.Random) -> str:
    """Make one recogniser slip in a sentence."""
    words = text.split()
    if len(words) < 4:
        return text
    small = [i for i, w in enumerate(words) if w in DROPPED]
    alike = [i for i, w in enumerate(words) if w in SOUNDS]
    how = rng.random()
    if how < 0.45 and small:
        words.pop(rng.choice(small))
    elif how < 0.7 and alike:
        at = rng.choice(alike)
        words[at] = SOUNDS[words[at]]
    elif how < 0.85:
        at = rng.randrange(len(words))
        words[at] = garble(words[at], rng)
    else:
        words.insert(rng.randrange(len(words)), rng.choice(["uh", "um", "the", "a", "and", "so"]))
    return " ".join(words)


def written(text: str, proper: set[str], rng: random.Random) -> str:
    """Write a spoken sentence with capitals and a closing mark."""
    named = proper | {"i", "i'm"}
    words = [w.capitalize() if w in named else w for w in text.split()]
    if not words:
        return text
    words[0] = words[0][:1].upper() + words[0][1:]
    asks = re.match(r"(wh|how|is|are|can|do|did|could|in|by|at)", text)
    end = "?" if asks else rng.choice([".", "", "!"])
    return " ".join(words) + end


def plain(text: str) -> str:
    """Reduce a question to lower-case words, to compare it with held-out ones."""
    return " ".join(re.sub(r"[^a-z0-9' ]", " ", text.lower()).split())
