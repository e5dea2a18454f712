"""The list of models: what each is for, its licence, its files, and where they come from."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Literal

import msgspec

from roomtone.base.error import OwnerError

Kind = Literal["speech", "language", "voice", "wake", "features", "vad", "turn", "near"]

_SOURCE = re.compile(
    r"repo:models/.+|https://.+|http://127\.0\.0\.1:.+|pypi:[A-Za-z0-9._-]+==[A-Za-z0-9._+!-]+![^!]+"
)


class Wheel(msgspec.Struct, frozen=True):
    """A file inside a wheel of the Python package index."""

    package: str
    version: str
    path: str


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a model."""

    path: str
    """Relative to the model's folder."""
    size: int
    """Bytes; for orientation only where there is no hash."""
    sha256: str = ""
    """Hex; empty when the file was not at hand while the list was written."""
    sources: tuple[str, ...]
    """The first one that works is used."""

    @property
    def shipped(self) -> str:
        """Path below the shipped `models/` folder; empty when it does not come with Roomtone."""
        found = (s.removeprefix("repo:models/") for s in self.sources if s.startswith("repo:"))
        return next(found, "")

    @property
    def wheel(self) -> Wheel | None:
        """The first wheel that holds it."""
        for source in self.sources:
            if source.startswith("pypi:"):
                package, _, rest = source.removeprefix("pypi:").partition("==")
                version, _, path = rest.partition("!")
                return Wheel(package, version, path)
        return None

    @property
    def urls(self) -> tuple[str, ...]:
        """The web addresses among the sources."""
        return tuple(source for source in self.sources if source.startswith("http"))


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """One model."""

    name: str
    kind: Kind
    purpose: str
    licence: str
    files: tuple[File, ...]
    entry: str = ""
    """The file to load; empty when it is the folder."""
    needed: bool = False
    """Nothing is heard without it."""
    recommended: bool = False
    """Part of the set for daily use."""

    @property
    def size(self) -> int:
        """Bytes of all files, about."""
        return sum(file.size for file in self.files)

    @property
    def shipped(self) -> bool:
        """True when every file comes with Roomtone."""
        return all(file.shipped for file in self.files)


class Manifest(msgspec.Struct, frozen=True, dict=True):
    """All models."""

    model: tuple[Model, ...]

    @cached_property
    def by_name(self) -> dict[str, Model]:
        """Name -> model."""
        return {model.name: model for model in self.model}

    def names(self, kind: Kind | None = None) -> tuple[str, ...]:
        """The names of one kind, or all, in the order of the list."""
        return tuple(m.name for m in self.model if kind is None or m.kind == kind)


def load(path: Path) -> Manifest:
    """Read the list at `path`. Raises OwnerError when it is missing or broken."""
    try:
        manifest = msgspec.toml.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError as problem:
        raise OwnerError(
            f"{path} is missing; set ROOMTONE_MODELS to the models/ folder of Roomtone"
        ) from problem
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise OwnerError(f"{path} cannot be read: {problem}; fetch Roomtone again") from problem
    for model in manifest.model:
        for file in model.files:
            _sound(path, model, file)
    return manifest


def _sound(path: Path, model: Model, file: File) -> None:
    parts = PurePosixPath(file.path)
    if parts.is_absolute() or ".." in parts.parts or not file.path:
        raise OwnerError(f"{path}: {model.name}: {file.path!r} leads out of the model's folder")
    for source in file.sources:
        if not _SOURCE.fullmatch(source) or ".." in source:
            raise OwnerError(f"{path}: {model.name}: {source!r} is no source")
    if not re.fullmatch(r"[0-9a-f]{64}|", file.sha256):
        raise OwnerError(f"{path}: {model.name}: {file.path}: the sha256 is not 64 hex digits")
