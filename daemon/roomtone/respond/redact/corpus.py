"""Made-up private items in made-up sentences, and whether any of one has leaked.

Everything comes out of our own generators, with a seed: no recording, nobody's data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random
from types import ModuleType

import msgspec

from roomtone.respond.redact.digits import TIMES, digits, values
from roomtone.respond.redact.found import KINDS
from roomtone.respond.redact.made import (
    first_contact,
    first_secret,
    fourth_contact,
    fourth_secret,
    second_contact,
    second_secret,
    third_contact,
    third_secret,
)
from roomtone.respond.redact.made.pieces import Made
from roomtone.respond.redact.reading import Reading

LEAST_DIGITS = 4
"""Digits in a row, with whatever between them, that tell something of a secret number."""

LEAST_LETTERS = 4
"""Letters in a row that tell something of a secret text."""

_ISSUED = re.compile(rf"\b(?:{'|'.join(KINDS)})_\d+")
_SPOKEN = {"dot": ".", "at": "@", "underscore": "_", "dash": "-", "hyphen": "-"}


def _makers(contact: ModuleType, secret: ModuleType) -> dict[str, Callable[[Random], Made]]:
    """Kind -> its maker."""
    numbers = ("card", "account", "identity", "birthday", "password", "network", "token")
    return {
        **{kind: getattr(contact, kind) for kind in ("phone", "email", "address", "handle")},
        **{kind: getattr(secret, kind) for kind in numbers},
        "listed name": contact.listed,
    }


GENERATIONS = (
    _makers(first_contact, first_secret),
    _makers(second_contact, second_secret),
    _makers(third_contact, third_secret),
    _makers(fourth_contact, fourth_secret),
)
KINDS_MADE = tuple(GENERATIONS[0])
"""Kinds of items that are made."""


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
    """`count` items, all kinds in turn; of one generation (0..3), or of all in turn."""
    random = Random(seed)  # noqa: S311
    for number in range(count):
        turn, chosen = (
            (number, generation) if generation is not None else divmod(number, len(GENERATIONS))
        )
        kind = KINDS_MADE[turn % len(KINDS_MADE)]
        text, secret, parts, names = GENERATIONS[chosen][kind](random)
        yield Item(kind, text, secret, tuple(parts), tuple(names))


def leaks(item: Item, sent: str) -> bool:
    """Whether the secret, a part of it or `LEAST_DIGITS` of its digits in a row are in `sent`."""
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
    said = [value or "" for value in values([word.low for word in words])]
    return "".join(
        value * (TIMES.get(words[at - 1].low, 1) if at else 1) for at, value in enumerate(said)
    )


def _letters(text: str) -> str:
    """All letters and digits of a text, spoken signs of e-mail as signs, nothing between them."""
    words = [_SPOKEN.get(word.low, word.low) for word in Reading(text).words]
    return "".join(re.findall(r"[^\W_]", "".join(digits(word) or word for word in words)))
