"""Made-up private items in made-up sentences, and whether any of one has leaked.

Everything comes out of our own generators, with a seed: no recording, nobody's data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import msgspec

from roomtone.respond.redact import corpus_first, corpus_second, corpus_third
from roomtone.respond.redact.digits import TIMES, digits
from roomtone.respond.redact.found import KINDS
from roomtone.respond.redact.reading import Reading

LEAST_DIGITS = 4
"""Digits in a row, with whatever between them, that tell something of a secret number."""

LEAST_LETTERS = 4
"""Letters in a row that tell something of a secret text."""

GENERATIONS = (corpus_first, corpus_second, corpus_third)
_ISSUED = re.compile(rf"\b(?:{'|'.join(KINDS)})_\d+")
_SPOKEN = {"dot": ".", "at": "@", "underscore": "_", "dash": "-", "hyphen": "-"}


class Item(msgspec.Struct, frozen=True):
    """One private item and the sentence that it stands in."""

    kind: str
    text: str
    secret: str
    """What must not be sent, in any spelling."""
    parts: tuple[str, ...] = ()
    """Pieces of it that must not be sent either."""
    names: tuple[str, ...] = ()
    """Names that the owner must have listed for it to be hidden."""


def items(seed: int, count: int, generation: int | None = None) -> Iterator[Item]:
    """`count` items, all kinds in turn; of one generation (0..2), or of all in turn."""
    random = Random(seed)  # noqa: S311 - made-up text, no secret of anybody
    for number in range(count):
        chosen = number % len(GENERATIONS) if generation is None else generation
        makers = GENERATIONS[chosen].MAKERS
        kind = KINDS_MADE[(number // (len(GENERATIONS) if generation is None else 1)) % len(KINDS_MADE)]
        text, secret, parts, names = makers[kind](random)
        yield Item(kind, text, secret, tuple(parts), tuple(names))


KINDS_MADE = tuple(corpus_first.MAKERS)
"""Kinds of items that are made."""


def leaks(item: Item, sent: str) -> bool:
    """Whether the secret, a part of it, or `LEAST_DIGITS` of its digits in a row stand in `sent`."""
    bare = _ISSUED.sub(" ; ", sent)
    numbers, letters = _numbers(bare), _letters(bare)
    for piece in (item.secret, *item.parts):
        value, word = _numbers(piece), _letters(piece)
        if any(
            value[at : at + LEAST_DIGITS] in numbers
            for at in range(len(value) - LEAST_DIGITS + 1)
            if len(value) >= LEAST_DIGITS
        ):
            return True
        if len(re.sub(r"\d", "", word)) >= LEAST_LETTERS and word in letters:
            return True
        if piece and re.search(rf"(?<!\w){re.escape(piece.casefold())}(?!\w)", bare.casefold()):
            return True
    return False


def _numbers(text: str) -> str:
    """All digits of a text in its order, spoken ones too."""
    words = Reading(text).words
    said = [digits(word.low) or "" for word in words]
    return "".join(
        value * (TIMES.get(words[at - 1].low, 1) if at else 1) for at, value in enumerate(said)
    )


def _letters(text: str) -> str:
    """All letters and digits of a text, spoken signs of e-mail as signs, nothing between them."""
    words = [_SPOKEN.get(word.low, word.low) for word in Reading(text).words]
    return "".join(re.findall(r"[^\W_]", "".join(digits(word) or word for word in words)))
