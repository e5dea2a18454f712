"""Where a model is: shipped, pulled, or inside an installed package; and whether it is unharmed."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from roomtone.base.error import OwnerError
from roomtone.system import manifest
from roomtone.system.manifest import File, Kind, Model
from roomtone.system.paths import Paths

LOCK = "models.lock.json"
"""Beside the pulled models: what the first pull found out about files without a listed hash."""

_ENDINGS: dict[Kind, str] = {
    "language": ".gguf", "voice": ".onnx", "wake": ".onnx",
    "features": ".onnx", "vad": ".onnx", "turn": ".onnx",
}  # fmt: skip

State = Literal["shipped", "pulled", "installed", "missing", "changed", "unlisted"]


class Locked(msgspec.Struct, frozen=True, kw_only=True):
    """What was pulled: every later pull is held to it."""

    sha256: str
    size: int
    source: str
    commit: str = ""


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """One file after a check of its content."""

    model: str
    file: str
    state: State
    path: str

    @property
    def good(self) -> bool:
        """True when the file is there and is what was listed."""
        return self.state in {"shipped", "pulled", "installed"}


class Weights:
    """The models of this machine."""

    def __init__(self, listed: Path, folder: Path) -> None:
        """Read the manifest at `listed`; `folder` takes what is pulled.

        Raises OwnerError when the manifest is missing or broken.
        """
        self.listed = manifest.load(listed)
        self.shipped = listed.parent
        self.folder = folder

    @classmethod
    def of(cls, paths: Paths) -> Weights:
        """The models of the usual places. Raises OwnerError without a manifest."""
        return cls(paths.manifest, paths.models)

    def find(self, name: str, kind: Kind) -> Path:
        """The file or folder to load for `name`, a listed name or a path of the owner's.

        Sizes are compared here, hashes by `verify`. Raises OwnerError that says what to run.
        """
        if "/" in name or name.startswith("~"):
            return _owners(Path(name).expanduser(), kind)
        model = self.model(name)
        if model.kind != kind:
            raise OwnerError(
                f"{name} is a {model.kind} model, not a {kind} model; correct [models]"
            )
        try:
            places = [self.place(model, file) for file in model.files]
        except PermissionError as closed:
            raise OwnerError(
                f"{closed.filename} may not be read by this user; correct its owner and mode"
            ) from closed
        if None in places:
            raise OwnerError(self._advice(model))
        first = places[0]
        assert first is not None  # noqa: S101 - told to mypy; a model has files
        if not model.entry:
            return first.parent
        entry = [file.path for file in model.files].index(model.entry)
        return places[entry] or first

    def model(self, name: str) -> Model:
        """The listed model `name`. Raises OwnerError with the names there are."""
        if name not in self.listed.by_name:
            known = ", ".join(self.listed.names())
            raise OwnerError(f"no model is called {name}; there are {known}")
        return self.listed.by_name[name]

    def here(self, model: Model) -> bool:
        """True when every file is there with the right size."""
        return all(self.place(model, file) for file in model.files)

    def place(self, model: Model, file: File) -> Path | None:
        """Where `file` lies: pulled, shipped or in an installed package; None when nowhere.

        An appliance ships also what is pulled elsewhere, in a folder of the model's name.
        """
        pulled = self.target(model, file)
        expected = self.expected(model, file)
        if expected and pulled.is_file() and pulled.stat().st_size == expected.size:
            return pulled
        beside = self.shipped / (file.shipped or f"{model.name}/{file.path}")
        if beside.is_file() and (file.shipped or beside.stat().st_size == file.size):
            return beside
        return installed(file)

    def target(self, model: Model, file: File) -> Path:
        """Where a pull puts `file`."""
        return self.folder / model.name / file.path

    def expected(self, model: Model, file: File) -> Locked | None:
        """Hash and size of `file`: from the list, else from the first pull; None before that.

        A first pull counts for its source only: another revision in the list is another file.
        """
        if file.sha256:
            return Locked(sha256=file.sha256, size=file.size, source=file.sources[0])
        found = self.locked().get(f"{model.name}/{file.path}")
        return found if found is not None and found.source in file.sources else None

    def locked(self) -> dict[str, Locked]:
        """What first pulls found, by "model/file". Raises OwnerError when the lock is broken."""
        path = self.folder / LOCK
        try:
            return msgspec.json.decode(path.read_bytes(), type=dict[str, Locked])
        except FileNotFoundError:
            return {}
        except msgspec.DecodeError as problem:
            raise OwnerError(f"{path} is broken; delete it and pull the models again") from problem

    def verify(self, names: Iterable[str] = ()) -> list[Verified]:
        """Hash every file of the named models, or of all that are here."""
        models = [self.model(name) for name in names]
        models = models or [model for model in self.listed.model if self._begun(model)]
        return [self._verified(model, file) for model in models for file in model.files]

    def _begun(self, model: Model) -> bool:
        return (self.folder / model.name).is_dir() or self.here(model)

    def _verified(self, model: Model, file: File) -> Verified:
        path = self.place(model, file)
        expected = self.expected(model, file)
        state: State
        if path is None:
            path = self.target(model, file)
            state = "changed" if path.is_file() and expected else "missing"
            state = "unlisted" if path.is_file() and not expected else state
        elif expected is None or sha256(path) != expected.sha256:
            state = "changed"
        elif path.is_relative_to(self.shipped):
            state = "shipped"
        else:
            state = "pulled" if path.is_relative_to(self.folder) else "installed"
        return Verified(model=model.name, file=file.path, state=state, path=str(path))

    def _advice(self, model: Model) -> str:
        if model.shipped:
            advice = (
                f"the model {model.name} did not come with this copy of Roomtone; fetch it again"
            )
            others = [m.name for m in self.listed.model if m.kind == model.kind and not m.shipped]
            if not others:
                return advice
            return (
                f"{advice}, or run `roomtone models pull {others[0]}` and set "
                f'[models] {model.kind} = "{others[0]}"'
            )
        return f"the model {model.name} is not here; run `roomtone models pull {model.name}`"


def installed(file: File) -> Path | None:
    """The same file inside a package of this Python environment; None without one."""
    wheel = file.wheel
    if wheel is None or not file.sha256:
        return None
    try:
        path = Path(str(importlib.metadata.distribution(wheel.package).locate_file(wheel.path)))
    except importlib.metadata.PackageNotFoundError:
        return None
    same = path.is_file() and path.stat().st_size == file.size and sha256(path) == file.sha256
    return path if same else None


def sha256(path: Path) -> str:
    """The hash of a file's content, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _owners(path: Path, kind: Kind) -> Path:
    """A model of the owner's own, after a look at its form; never a pickle."""
    if not path.exists():
        raise OwnerError(f"the {kind} model {path} does not exist; correct [models]")
    if kind == "speech":
        if not (path / "model.bin").is_file():
            raise OwnerError(f"{path} is no faster-whisper model: it holds no model.bin")
    elif path.suffix != _ENDINGS[kind]:
        raise OwnerError(f"{path} is no {kind} model: its name must end in {_ENDINGS[kind]}")
    if kind == "voice" and not path.with_name(path.name + ".json").is_file():
        raise OwnerError(f"{path} is no voice: {path.name}.json must lie beside it")
    return path
