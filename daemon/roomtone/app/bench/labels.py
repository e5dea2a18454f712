"""Where the word ends in a recording: a table of all, or a note beside each sound."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePath

from roomtone.base.error import OwnerError

ABOUT = """\
Where the word ends may be told, in seconds: beside `word.wav` by `word.txt`, whose first line is
the end alone or begin, end and text (a label track of Audacity); or for all recordings by --labels,
lines of `word.wav,1.32` or JSON, `{"word.wav": 1.32}`. Else the last voice in it is taken.
"""

HEADER = ("file", "end")
"""What the first line of a table may be."""

Ends = Mapping[Path, float]


def ends_of(files: Sequence[Path], table: Path | None) -> Ends:
    """The labelled ends of recordings, seconds. Raises OwnerError where a label makes no sense.

    What `table` does not name may have a note beside it.
    """
    beside = ((path, _beside(path.with_suffix(".txt"))) for path in files)
    ends = {path: end for path, end in beside if end is not None}
    for name, end in _table(table) if table else ():
        parts = PurePath(name).parts
        named = [path for path in files if path.parts[-len(parts) :] == parts] if parts else []
        if not named:
            raise OwnerError(
                f"{table}: none of the recordings is called {name!r}; give its file name, or leave"
                " the line out"
            )
        ends.update((path, end) for path in named)
    return ends


def _beside(note: Path) -> float | None:
    if not note.is_file():
        return None
    lines = _read(note).strip().splitlines()
    words = lines[0].split() if lines else []
    end = _seconds(words[1] if len(words) > 1 else words[0]) if words else None
    if end is None or (len(words) > 1 and not end > (_seconds(words[0]) or 0.0)):
        raise OwnerError(
            f"{note}: its first line has to be the second at which the word ends, as in 1.32, or"
            " begin, end and text; correct it, or take it away and the last voice counts"
        )
    return end


def _table(path: Path) -> Iterable[tuple[str, float]]:
    text = _read(path)
    rows: Iterable[tuple[object, str]]
    if text.lstrip().startswith("{"):
        try:
            found = json.loads(text)
        except ValueError as problem:
            raise OwnerError(f"{path}: this is no JSON ({problem})") from None
        rows = ((end, name) for name, end in found.items())
    else:
        lines = [line for line in csv.reader(text.splitlines()) if line]
        if lines and tuple(word.strip().lower() for word in lines[0][:2]) == HEADER:
            del lines[0]
        rows = ((line[1] if len(line) > 1 else None, line[0].strip()) for line in lines)
    told = [(name, _seconds(end)) for end, name in rows]
    if not told:
        raise OwnerError(f"{path}: no label is in it; write one a line, as in word.wav,1.32")
    for name, end in told:
        if end is None:
            raise OwnerError(
                f"{path}: {name!r} has no end in seconds; write it as in word.wav,1.32"
            )
        yield name, end


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else "this is no text"
        raise OwnerError(f"{path}: the labels cannot be read ({why})") from problem


def _seconds(told: object) -> float | None:
    """A number above 0, or None."""
    if isinstance(told, bool) or not isinstance(told, (str, int, float)):
        return None
    try:
        found = float(told)
    except ValueError:
        return None
    return found if math.isfinite(found) and found > 0 else None
