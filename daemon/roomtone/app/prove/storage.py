"""No sound is written: neither while a visitor speaks, nor anywhere the service may write."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from roomtone.app.prove.imprint import Imprint, sound_file
from roomtone.app.prove.proof import Trial, broken, holds, untried
from roomtone.app.prove.rehearsal import Rehearsal
from roomtone.app.prove.service import Service
from roomtone.app.prove.traces import written
from roomtone.app.prove.visitor import sound_of
from roomtone.app.visit import VISITOR
from roomtone.base.frame import SAMPLE_RATE
from roomtone.capture.resample import Samples

SAYS = "No sound is ever written"

Judge = Callable[[bytes], str]
"""The kind of sound that it finds in the bytes of a file; empty for none."""

SEEN_WHOLE = 64 * 1024 * 1024
"""Bytes of a file that are looked at."""

ON_PURPOSE = 2.0, 0.3
"""Where in the recording the sound begins that must be found, and how long it is, in seconds."""


def prove(visit: Rehearsal, running: Service) -> Iterator[Trial]:
    """What a visit left on the disk, then what the service keeps."""
    yield _visited(visit)
    if running.missing:
        yield untried("service", running.missing, running.mend)
    else:
        yield _service(running)


def judge(visitor: Samples) -> Judge:
    """Finds sound files, and the visitor's voice in any form of samples."""
    imprint = Imprint(visitor)

    def found(data: bytes) -> str:
        if kind := sound_file(data):
            return f"a sound file ({kind})"
        return f"the visitor's voice ({form})" if (form := imprint.find(data)) else ""

    return found


def sighted(found: Judge, visitor: Samples) -> bool:
    """Whether the judge finds a piece of the voice among noise, put there on purpose."""
    begin, length = (round(seconds * SAMPLE_RATE) for seconds in ON_PURPOSE)
    piece = visitor[begin : begin + length].astype("<i2").tobytes()
    return bool(found(os.urandom(4097) + piece + os.urandom(999)))


def scan(folders: Iterable[Path], found: Judge, visitor: Path = VISITOR) -> tuple[int, list[str]]:
    """How many files were looked at, and those with sound. Raises PermissionError.

    `visitor` is the recording itself, which was there before.
    """
    count, with_sound = 0, []
    for folder in folders:
        for where, _, names in os.walk(folder, onerror=_refuse):
            for path in (Path(where, name) for name in names):
                data = None if path == visitor else _read(path)
                count += data is not None
                if data and (kind := found(data)):
                    with_sound.append(f"{path} holds {kind}")
    return count, with_sound


def _visited(visit: Rehearsal) -> Trial:
    if visit.problem:
        return untried("visit", visit.problem, visit.mend)
    visitor = sound_of(visit.recording)
    found = judge(visitor)
    if not sighted(found, visitor):
        return untried("visit", "the search is blind: it misses a voice put there on purpose")
    count, with_sound = scan([visit.folder], found, visit.recording)
    if with_sound:
        return broken("visit", "; ".join(with_sound))
    return holds(
        "visit",
        f"all of the disk was read-only but one folder, where the visit wrote {visit.seen.files} "
        f"files; {count} searched there: no sound file, no 0.2 s of the visitor's voice",
    )


def _service(running: Service) -> Trial:
    """Sound files where the service may write, and what it holds open."""
    try:
        count, with_sound = scan([one for one in running.folders if one.is_dir()], sound_file)
        held = sorted({str(path.readlink()) for path in written(iter(running.pids))})
    except OSError:
        return untried("service", "its folders are closed to you", "`sudo roomtone prove`")
    if with_sound:
        return broken("service", "; ".join(with_sound))
    return holds(
        "service",
        f"{count} files where it may write, none of them a sound file; "
        f"it holds open: {', '.join(Path(one).name for one in held) or 'none'}",
    )


def _read(path: Path) -> bytes | None:
    """The beginning of a regular file that is no model; None for anything else."""
    if not path.is_file() or path.is_symlink() or "models" in path.parts:
        return None
    try:
        with path.open("rb") as file:
            return file.read(SEEN_WHOLE)
    except FileNotFoundError:
        return None


def _refuse(problem: OSError) -> None:
    if isinstance(problem, PermissionError):
        raise problem
