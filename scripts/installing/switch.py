"""One version takes the place of another: whole, or not at all.

A note on the disk says which one takes whose place from before the first change until the new one
hears. Whatever interrupts it, the next run reads the note and finishes or goes back.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from subprocess import SubprocessError

from installing import keep, service, tree
from installing.places import CURRENT, PREFIX, PREVIOUS, UNDERWAY
from installing.told import doing, say
from setting_up.step import SetupError


@dataclass(frozen=True)
class Underway:
    """One version on its way to the place of another."""

    before: str
    """The folder's name of the version that ran; empty at the first installation."""
    after: str
    kept: bool = False
    """Whether the state, as `before` left it, is kept."""


def running() -> str:
    """The name of the version in use; empty without one."""
    return CURRENT.resolve().name if CURRENT.exists() else ""


def switch(after: str, patience: float) -> None:
    """Have the version `after` run in the place of the one that runs, or keep that one.

    Raises SetupError when the new one does not hear; the old one runs again then, with the state as
    it was.
    """
    note, heard = Underway(before=running(), after=after), service.hears()
    with _through():
        try:
            _over(note)
            why = doing("waiting until it hears", lambda: service.deaf(patience, heard=heard))
        except (SetupError, OSError, SubprocessError, KeyboardInterrupt) as problem:
            why = str(problem) or "stopped"
        if not why:
            return _done(note)
        if note.before:
            words = service.last_words()
            _back(note)
            say("", f"The last words of {after}:", words)
            raise SetupError(
                f"{after} was not taken: {why}. {note.before} runs again, with everything it knew"
            )
        say("", service.last_words())
        raise SetupError(
            f"{after} is installed, but: {why}. `sudo roomtone doctor` says what to do; then run "
            "this again"
        )


def resume(patience: float) -> None:
    """Finish or undo what an earlier run was interrupted in."""
    try:
        note = Underway(**json.loads(UNDERWAY.read_text()))
    except FileNotFoundError:
        return
    with _through():
        say(f"An earlier run was interrupted while {note.after} took over.")
        up = running() == note.after and service.shown()["ActiveState"] in ("active", "activating")
        if up and not service.deaf(patience):
            _done(note)
        elif note.before:
            _back(note)
        else:
            UNDERWAY.unlink()


def _over(note: Underway) -> None:
    here, there = _label(note.before), _label(note.after)
    _write(note)
    if note.before:
        doing("stopping the old version", service.stop)
        keep.save(note.before)
        _write(replace(note, kept=True))
    if here and there and there.schema < here.schema:
        keep.put_back(note.after)
    service.place_units(PREFIX / note.after)
    _point(CURRENT, note.after)
    service.start()


def _back(note: Underway) -> None:
    say(f"Going back to {note.before}.")
    service.stop()
    with contextlib.suppress(OSError, ValueError):
        note = Underway(**json.loads(UNDERWAY.read_text()))
    if note.kept:
        keep.put_back(note.before)
    service.place_units(PREFIX / note.before)
    _point(CURRENT, note.before)
    service.start()
    if why := doing("waiting until it hears again", service.deaf):
        say(f"{note.before} is back in its place, but {why}; `sudo roomtone doctor` says more.")
    UNDERWAY.unlink(missing_ok=True)


def _done(note: Underway) -> None:
    if note.before and note.before != note.after:
        _point(PREVIOUS, note.before)
    UNDERWAY.unlink(missing_ok=True)
    tree.prune()
    stay = {one.name for _tree, one in tree.versions()}
    here, there = _label(note.before), _label(note.after)
    if here and there and here.schema == there.schema:
        stay.discard(note.before)
    keep.forget(but=stay)


def _label(name: str) -> tree.Label | None:
    return tree.label(PREFIX / name) if name else None


def _point(link: Path, name: str) -> None:
    """Have `link` lead to a version: at any moment to the old one or to the new one."""
    part = link.with_name(f".{link.name}")
    part.unlink(missing_ok=True)
    part.symlink_to(name)
    part.replace(link)
    _sync()


def _write(note: Underway) -> None:
    part = UNDERWAY.with_suffix(".part")
    part.write_text(json.dumps(asdict(note)))
    part.replace(UNDERWAY)
    os.sync()


def _sync() -> None:
    handle = os.open(PREFIX, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _through() -> Iterator[None]:
    """A terminal that is closed half-way, and a request to end, wait until this is over."""
    before = {one: signal.signal(one, signal.SIG_IGN) for one in (signal.SIGHUP, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
