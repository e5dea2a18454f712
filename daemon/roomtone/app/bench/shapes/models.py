"""Which models a benchmark runs: those in use, or synthetic ones of true shapes, made once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from roomtone.app.bench.shapes import language, speech, voice
from roomtone.app.config import Config, places
from roomtone.base.error import OwnerError
from roomtone.system.manifest import Kind
from roomtone.system.weights import Weights

Tell = Callable[[str], None]
"""Is told what is being done."""

SHAPES = {
    "pi": (speech.TINY, language.HALF_B),
    "mini": (speech.BASE, language.HALF_B),
    "large": (speech.SMALL, language.ONE_AND_HALF_B),
}
"""Name -> what reads and what writes; Piper medium speaks in all of them."""

RUNNING = 2.4
"""Memory that a run needs, in sizes of the models: the stock pipelines and ours each hold them."""

SPARE = 1_000_000_000
"""Bytes of memory for everything else."""

_EDITION = 1
"""Counts up when what is made changes, so that no old file is taken for a new one."""


class Models(msgspec.Struct, frozen=True, kw_only=True):
    """Where the models are, as [models] of the configuration takes them."""

    speech: str
    language: str
    voice: str
    forced: bool
    """True when their weights are synthetic, so that their words must be given to them."""
    label: str
    """What stands beside every figure."""


def models(shapes: str, config: Config, tell: Tell) -> Models:
    """The models of `--shapes`; synthetic ones are made when they are not there yet.

    Raises OwnerError when a model is missing, or there is no room for them on disk or in memory.
    """
    weights = Weights.of(places(config))
    if shapes == "starter":
        found = {kind: str(weights.find(getattr(config.models, kind), kind)) for kind in _KINDS}
        names = ", ".join(dict.fromkeys(getattr(config.models, kind) for kind in _KINDS))
        return Models(**found, forced=False, label=f"models in use: {names}")
    hears, writes = SHAPES[shapes]
    starters = {kind: weights.find(f"starter-{kind}", kind) for kind in _KINDS}
    _room(hears, writes, folder := cache())
    made = Models(
        speech=str(folder / f"whisper-{hears.name}-{_EDITION}"),
        language=str(folder / f"language-{writes.name}-{_EDITION}" / "model.gguf"),
        voice=str(folder / f"piper-medium-{_EDITION}" / "voice.onnx"),
        forced=True,
        label=f"synthetic weights of true shapes: Whisper {hears.name}, {writes.name} Q4_0, Piper "
        "medium; words are forced, so no figure tells of accuracy",
    )
    _once(Path(made.speech), tell, lambda to: speech.build(hears, starters["speech"], to))
    written = _file(starters["language"], "*.gguf")
    _once(
        Path(made.language).parent,
        tell,
        lambda to: language.build(writes, written, to / "model.gguf"),
    )
    spoken = _file(starters["voice"], "*.onnx.json")
    _once(Path(made.voice).parent, tell, lambda to: voice.build(spoken, to))
    return made


_KINDS: tuple[Kind, ...] = ("speech", "language", "voice")


def cache() -> Path:
    """The folder in which synthetic models are kept; it may be deleted at any time."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(home) if home else Path.home() / ".cache") / "roomtone" / "bench"


def _room(hears: speech.SpeechShape, writes: language.LanguageShape, folder: Path) -> None:
    """Raise OwnerError when the models do not fit."""
    size = hears.bytes + writes.bytes + voice.BYTES
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder)[2]
    if free < 2 * size:
        raise OwnerError(
            f"{folder}: {2 * size / 1e9:.1f} GB must be free for synthetic models, and "
            f"{free / 1e9:.1f} GB are; make room or choose smaller --shapes"
        )
    needed = size * RUNNING + SPARE
    have = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") + _reclaimable()
    if have < needed:
        raise OwnerError(
            f"about {needed / 1e9:.1f} GB of memory are needed and {have / 1e9:.1f} GB are free; "
            "end other programs or choose smaller --shapes"
        )


def _reclaimable() -> int:
    """Bytes of memory that hold files and can be had back."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Cached:")), 0)


def _once(folder: Path, tell: Tell, build: Callable[[Path], None]) -> None:
    """Have `build` fill the folder unless it is there; a folder that is there is whole."""
    if folder.is_dir():
        return
    tell(f"Making {folder.name} (synthetic weights)")
    with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
        part = Path(beside) / folder.name
        part.mkdir()
        build(part)
        part.rename(folder)


def _file(place: Path, pattern: str) -> Path:
    """The file that `pattern` means, at `place`, in it or beside it."""
    if place.is_dir():
        return next(iter(sorted(place.glob(pattern))))
    return place if place.match(pattern) else next(iter(sorted(place.parent.glob(pattern))))
