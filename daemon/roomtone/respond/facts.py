"""What the language model may know of the moment: the day, the hour, notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from roomtone.respond.slot import MONTHS, WEEKDAYS


def facts(now: dt.datetime, notes: Sequence[str] = ()) -> str:
    """Write them as lines for `message.Think.facts`; `now` is local time."""
    day = f"{WEEKDAYS[now.weekday()].title()}, {now.day} {MONTHS[now.month - 1].title()} {now.year}"
    lines = [f"Facts: It is {day}, {now:%H:%M}."]
    if notes:
        lines.append("Notes: " + " ".join(note.rstrip(" .") + "." for note in notes))
    return "\n".join(lines)
