"""Nothing that is said stands in a log: not at the level of debugging, not after a crash."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from roomtone.app.config import Config
from roomtone.app.doctor.service import ask, present
from roomtone.app.prove.household import Household
from roomtone.app.prove.proof import Trial, broken, holds, untried
from roomtone.app.prove.rehearsal import Rehearsal
from roomtone.app.prove.scratch import Scratch
from roomtone.app.prove.service import Service
from roomtone.base.error import RoomtoneError

SAYS = "What you say stands in no log"

CANARIES = (
    "tell me about quillwort marmalade",
    "set a timer for nine minutes called wolfram pudding",
    "what is forty one times three hundred and seven",
)
"""Asked in writing of a daemon of its own; words that no program says by itself."""

RUN = 3
"""Words in a row that are no accident; a single one may stand in any log ("stop", "timer")."""

RARE = frozenset({"quillwort", "marmalade", "wolfram", "pudding"})
"""Words that are enough alone."""


def prove(
    config: Config, models: Path, visit: Rehearsal, running: Service, workshop: Scratch
) -> Iterator[Trial]:
    """The visit's log, that of a daemon that is asked and then crashes, the journal."""
    if visit.problem:
        yield untried("visit", visit.problem, visit.mend)
    else:
        yield judged("visit", visit.log, (*visit.heard, *visit.replies))
    yield from _asked(config, models, workshop)
    yield _journal(running)


def leaked(log: bytes, said: Iterable[str]) -> list[str]:
    """Which of the words that were said stand in the log."""
    text = " ".join(_words(log.decode(errors="replace")))
    found = []
    for one in said:
        words = _words(one)
        runs = [" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))]
        runs = [run for run in runs if len(words) >= RUN]
        runs += [word for word in words if word in RARE]
        found += [run for run in runs if f" {run} " in f" {text} "]
    return list(dict.fromkeys(found))


def judged(trial: str, log: bytes, said: tuple[str, ...], where: str = "its log") -> Trial:
    """The verdict on a log."""
    lines = log.count(b"\n")
    if found := leaked(log, said):
        return broken(trial, f"{where} holds {len(found)} of the things that were said")
    sought = [one for one in said if _tellable(one)]
    if not sought or not all(leaked(one.encode(), [one]) for one in sought):
        return untried(trial, "the search is blind: it misses words put there on purpose")
    return holds(trial, f"{lines} lines of {where}, {len(said)} things said: not one of them in it")


def _tellable(text: str) -> bool:
    words = _words(text)
    return len(words) >= RUN or not RARE.isdisjoint(words)


def _asked(config: Config, models: Path, workshop: Scratch) -> Iterator[Trial]:
    """Ask a daemon of its own, then kill it in a way that makes it tell all that it knows."""
    try:
        with Household(config, models, workshop, "asked") as house:
            replies = tuple(house.ask(question) for question in CANARIES)
            said = (*CANARIES, *replies)
            yield judged("debug", house.log(), said, "the log of a daemon that is asked, debugging")
            house.process.send_signal(signal.SIGABRT)
            house.process.wait(10)
            time.sleep(0.2)
            log = house.log()
            if b"Fatal Python error" not in log:
                yield untried("crash", "the crash left no account of itself")
            else:
                yield judged("crash", log, said, "its account of a crash")
    except RoomtoneError as problem:
        yield untried("debug", str(problem), "`roomtone doctor`")


def _journal(running: Service) -> Trial:
    """What the journal holds of what the service kept; the text itself is told to nobody."""
    if running.missing or running.client is None:
        return untried("journal", running.missing, running.mend)
    if not running.unit or not present():
        return untried("journal", "the daemon that runs does not write to the journal")
    turns = running.client.history(100)
    said = tuple(
        str(turn[name]) for turn in turns for name in ("heard", "reply") if _tellable(turn[name])
    )
    if not said:
        return untried("journal", "no conversation is kept to look for", "say something to it")
    journal = ask(["journalctl", "-u", "roomtone", "-o", "export", "--no-pager", "-n", "20000"])
    if not journal:
        return untried("journal", "the journal is closed to you", "`sudo roomtone prove`")
    return judged("journal", journal.encode(), said, "the journal of the service")


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("'", ""))
