"""The index of what was heard and said: which turns hold which words."""

from __future__ import annotations

import functools
import unicodedata
from typing import Any

import apsw

from roomtone.store.database import Database


def add(database: Database, turn: int) -> None:
    """Take the words of a turn that was just written into the index."""
    database.write(
        "INSERT INTO words (rowid, heard, reply, spoken) "
        "SELECT id, heard, reply, spoken FROM said WHERE id = ?",
        (turn,),
    )


def renew(database: Database) -> None:
    """Write the index anew from the turns that are left.

    Taking single words out is not enough: FTS5 leaves beginnings of deleted words in its table of
    pages, also with `secure-delete`.
    """
    database.write("INSERT INTO words (words) VALUES ('rebuild')")


def query(words: str) -> str:
    """Words of any kind as a question to the index; empty when no letter or digit is among them.

    All words must be there; of the last one the beginning will do.
    """
    found = [f'"{word}"' for word in tokens(words)]
    return f"{' '.join(found)}*" if found else ""


def tokens(text: str) -> list[str]:
    """The words of a text as the index has them: small letters without accents."""
    said = text.encode(errors="replace")
    cut = _tokenizer()(said, apsw.FTS5_TOKENIZE_QUERY, None, include_offsets=False)
    return [word for found in cut for word in found]


def folded(text: str) -> str:
    """A text as it is compared letter by letter: without case, accents and ligatures."""
    if text.isascii():
        return text.casefold()
    small = unicodedata.normalize("NFKD", text).casefold()
    apart = unicodedata.normalize("NFKD", small)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def holds(wanted: str, *said: str) -> bool:
    """Whether one of these texts holds `wanted`; nothing holds an empty one."""
    letters = folded(wanted.strip())
    return bool(letters) and any(letters in folded(one) for one in said)


@functools.cache
def _tokenizer() -> Any:
    """The one that the index was made with, see `migrations`."""
    return apsw.Connection(":memory:").fts5_tokenizer("unicode61", ["remove_diacritics", "2"])
