"""One version takes the place of another: whole, or not at all.

A note on the disk says which one takes whose place from before the first change until the new one
hears. Whatever interrupts it, the next run reads the note and finishes or goes back.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
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
    since: float = 0.0
    """Unix time at which `after` took the place; 0 before."""


def running() -> str:
    """The name of the version in use; empty without one."""
    return CURRENT.resolve().name if CURRENT.exists() else ""


def switch(after: str, patience: float) -> None:
    """Have the version `after` run in the place of the one that runs, or keep that one.

    Raises SetupError when the new one does not hear, and the old one runs again then; and before
    any change when the new one could not read the memory.
    """
    note, heard = Underway(before=running(), after=after), service.hears()
    _readable(note)
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
    if not (note := _read()):
        return
    with _through():
        say(f"An earlier run was interrupted while {note.after} took over.")
        up = running() == note.after and service.shown()["ActiveState"] in ("active", "activating")
        if up and not service.deaf(patience):
            _done(note)
        elif _learned(note, patience):
            say(f"{note.after} has run since; it stays, with what it learned.")
            _done(note)
        elif _label(note.before) and running() in (note.before, note.after):
            _back(note)
        else:
            say("There is nothing to go back to; what is in its place stays.")
            UNDERWAY.unlink()


def _readable(note: Underway) -> None:
    """Raises SetupError when the memory is too new for `after` and no older one is kept."""
    here, there = _label(note.before), _label(note.after)
    if note.before:
        keep.state()
    if not (here and there and there.schema < here.schema):
        return
    if not keep.has(note.after):
        raise SetupError(
            f"{note.after} cannot read the memory of {note.before}, and the one it left is no "
            f"longer kept; stay with {note.before}"
        )
    say(f"{note.after} gets the memory back that it left; what {note.before} learned is set aside.")


def _over(note: Underway) -> None:
    here, there = _label(note.before), _label(note.after)
    _write(note)
    if note.before:
        doing("stopping the old version", service.stop)
    if note.before and not _same(note):
        keep.save(note.before)
        note = replace(note, kept=True)
    service.place_units(PREFIX / note.after)
    _write(replace(note, since=time.time()))
    _point(CURRENT, note.after)  # from here on, and not before, the memory may change its form
    if here and there and there.schema < here.schema:
        keep.put_back(note.after)
    service.start()


def _back(note: Underway) -> None:
    say(f"Going back to {note.before}.")
    service.stop()
    note = _read() or note
    if running() == note.after and note.kept and not _same(note):
        if keep.has(note.before):
            keep.put_back(note.before)
        else:
            say(f"The memory that {note.before} left is no longer kept; it stays as it is.")
    service.place_units(PREFIX / note.before)
    _point(CURRENT, note.before)
    service.start()
    if why := doing("waiting until it hears again", service.deaf):
        say(f"{note.before} is back in its place, but {why}; `sudo roomtone doctor` says more.")
    else:
        keep.forget(but={one.name for _tree, one in tree.versions()} - {note.before})
    UNDERWAY.unlink(missing_ok=True)


def _same(note: Underway) -> bool:
    """Whether both versions read the same memory: it is never put back then."""
    here, there = _label(note.before), _label(note.after)
    return bool(here and there and here.schema == there.schema)


def _learned(note: Underway, patience: float) -> bool:
    """Whether the new version ran for longer than a trial: what it wrote may not be undone."""
    if running() != note.after:
        return False
    trial = note.since + max(patience, service.PATIENCE)
    return keep.newest() > trial or time.time() < note.since


def _done(note: Underway) -> None:
    if note.before and note.before != note.after:
        _point(PREVIOUS, note.before)
    UNDERWAY.unlink(missing_ok=True)
    tree.prune()
    stay = {one.name for _tree, one in tree.versions()}
    keep.forget(but=stay - {note.before} if _same(note) else stay)


def _label(name: str) -> tree.Label | None:
    return tree.label(PREFIX / name) if name else None


def _point(link: Path, name: str) -> None:
    """Have `link` lead to a version: at any moment to the old one or to the new one."""
    part = link.with_name(f".{link.name}")
    part.unlink(missing_ok=True)
    part.symlink_to(name)
    part.replace(link)
    _sync()


def _read() -> Underway | None:
    """What is underway; None when nothing is. A note that cannot be read is told of and goes."""
    try:
        note = Underway(**json.loads(UNDERWAY.read_text()))
        PREFIX / note.before, PREFIX / note.after, note.since + 0.0  # TypeError for other types
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        say(f"{UNDERWAY} is damaged and goes: what an earlier run was at is not known.")
        UNDERWAY.unlink()
        return None
    return note


def _write(note: Underway) -> None:
    part = UNDERWAY.with_suffix(".part")
    with part.open("w") as file:
        file.write(json.dumps(asdict(note)))
        file.flush()
        os.fsync(file.fileno())
    part.replace(UNDERWAY)
    _sync()


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
