"""What Roomtone remembers, set aside before another version may change it.

Only the files that lie directly in the state folder: the database, its log, its key. Models stay
where they are. The folder belongs to the service, so nothing in it is trusted to be a plain file.
"""

from __future__ import annotations

import os
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

from installing.places import CONFIG, KEPT, STATE


def state() -> Path:
    """Where the service keeps its state, as the settings say."""
    try:
        chosen = tomllib.loads(CONFIG.read_text()).get("paths", {}).get("state", "")
    except (OSError, ValueError):
        return STATE
    return CONFIG.parent / Path(chosen) if chosen else STATE


def save(version: str) -> None:
    """Keep a copy of the state as `version` leaves it; the service must be stopped."""
    part, whole = KEPT / f".{version}", KEPT / version
    KEPT.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    for file in _files(state()):
        _copy(file, part / file.name)
    os.sync()
    shutil.rmtree(whole, ignore_errors=True)
    part.rename(whole)


def put_back(version: str) -> None:
    """Bring the state back to what `save` kept; the service must be stopped."""
    folder, kept = state(), KEPT / version
    for name in {file.name for file in _files(folder)} - {file.name for file in _files(kept)}:
        (folder / name).unlink()
    for file in _files(kept):
        part = folder / f".{file.name}.part"
        part.unlink(missing_ok=True)
        _copy(file, part)
        part.replace(folder / file.name)
    os.sync()


def has(version: str) -> bool:
    """Whether the state is kept as `version` left it."""
    return (KEPT / version).is_dir() and any((KEPT / version).iterdir())


def forget(*, but: set[str]) -> None:
    """Remove what is kept for versions that are not named in `but`."""
    for folder in KEPT.glob("*"):
        if folder.name not in but:
            shutil.rmtree(folder, ignore_errors=True)


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(f for f in folder.iterdir() if f.is_file() and not f.is_symlink())


def _copy(file: Path, target: Path) -> None:
    """Copy with owner and mode; neither name may be a link that leads elsewhere."""
    fresh = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with (
        os.fdopen(os.open(file, os.O_RDONLY | os.O_NOFOLLOW), "rb") as source,
        os.fdopen(os.open(target, fresh, 0o600), "wb") as copy,
    ):
        there = os.fstat(source.fileno())
        os.fchown(copy.fileno(), there.st_uid, there.st_gid)
        shutil.copyfileobj(source, copy)
        copy.flush()
        os.fsync(copy.fileno())
