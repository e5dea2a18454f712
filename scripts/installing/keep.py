"""What Roomtone remembers, set aside before another version may change it.

Only the files that lie directly in the state folder: the database, its log, its key. Models stay
where they are. The folder belongs to the service, so nothing in it is trusted to be a plain file.
"""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

from installing.places import CONFIG, KEPT, STATE, USER
from setting_up.step import SetupError

NAMES = ".names.json"
"""In what is kept: the names of all files of it."""


def state() -> Path:
    """Where the service keeps its state, as the settings say. Raises SetupError when it is gone."""
    try:
        chosen = tomllib.loads(CONFIG.read_text()).get("paths", {}).get("state", "")
        if not chosen:
            return STATE
        home = chosen == "~" or chosen.startswith("~/")
        folder = CONFIG.parent / Path(f"~{USER}{chosen[1:]}" if home else chosen).expanduser()
    except FileNotFoundError:
        return STATE
    except (OSError, ValueError, AttributeError, RuntimeError) as problem:
        raise SetupError(f"{CONFIG} does not say where the memory is: {problem}") from problem
    if not folder.is_dir():
        raise SetupError(
            f"the memory should be in {folder}, as {CONFIG} says, and there is no such folder; "
            "mount or make it, or mend [paths] state"
        )
    return folder


def newest() -> float:
    """Unix time of the last change of the state; 0 when there is none."""
    return max((file.stat().st_mtime for file in _files(state())), default=0.0)


def save(version: str) -> None:
    """Keep a copy of the state as `version` leaves it; the service must be stopped."""
    part, whole, folder = KEPT / f".{version}", KEPT / version, state()
    KEPT.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    try:
        names = []
        for file in _files(folder):
            _copy(file, part / file.name)
            names.append(file.name)
        (part / NAMES).write_text(json.dumps(names))
        os.sync()
    except OSError:
        shutil.rmtree(part, ignore_errors=True)
        raise
    shutil.rmtree(whole, ignore_errors=True)
    part.rename(whole)
    os.sync()


def put_back(version: str) -> None:
    """Bring the state back to what `save` kept; the service must be stopped.

    Everything is copied before anything goes: a full disk changes nothing. Raises SetupError when
    nothing is kept, or not all of it.
    """
    folder, kept = state(), _kept(version)
    if not kept:
        raise SetupError(f"the memory that {version} left is no longer kept; it stays as it is")
    parts = {file: folder / f".{file.name}.part" for file in kept}
    for part in parts.values():
        part.unlink(missing_ok=True)
    try:
        for file, part in parts.items():
            _copy(file, part)
    except OSError:
        for part in parts.values():
            part.unlink(missing_ok=True)
        raise
    stay = {file.name for file in kept} | {part.name for part in parts.values()}
    for name in {file.name for file in _files(folder)} - stay:
        (folder / name).unlink()
    for file, part in parts.items():
        part.replace(folder / file.name)
    os.sync()


def has(version: str) -> bool:
    """Whether the state is kept, and whole, as `version` left it."""
    return bool(_kept(version))


def forget(*, but: set[str]) -> None:
    """Remove what is kept for versions that are not named in `but`."""
    for folder in KEPT.glob("*"):
        if folder.name not in but:
            shutil.rmtree(folder, ignore_errors=True)


def _kept(version: str) -> list[Path]:
    """What `save` kept; empty unless all of it is there: ageing takes one file after the other."""
    try:
        names: list[str] = json.loads((KEPT / version / NAMES).read_text())
    except (OSError, ValueError):
        return []
    files = {file.name: file for file in _files(KEPT / version)}
    return [files[name] for name in names] if set(names) <= files.keys() else []


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
