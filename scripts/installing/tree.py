"""The folder of one version: an environment of its own, the models that ship, the units."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from installing import service
from installing.places import CONFIG, CURRENT, PREFIX, PREVIOUS, STATE, USER
from installing.source import Source
from installing.told import doing
from setting_up.packages import BUILT, install_roomtone, locked, place
from setting_up.step import ROOT, SetupError, run

ROOM = 1_500_000_000
"""Bytes that a version takes at most, with what is needed to make it."""

LABEL = "version.json"
"""In the folder of a version, written last: without it the folder is a ruin."""

LIBRARIES = (
    "aiohttp, apsw, faster_whisper, hassil, llama_cpp, msgspec, numpy, onnxruntime, piper, "
    "prometheus_client, roomtone.app.run, sounddevice, soxr, systemd.daemon, systemd.journal"
)
"""What must load on this computer."""

SCHEMA = "from roomtone.store.migrations import MIGRATIONS; print(len(MIGRATIONS))"


@dataclass(frozen=True)
class Label:
    """What is known of a version."""

    name: str
    packages: str
    """`Source.packages` of its making: another with the same may share the files."""
    schema: int
    """The newest database schema that it reads."""


def label(tree: Path) -> Label | None:
    """What is known of the version in `tree`; None when it is not whole."""
    try:
        return Label(**json.loads((tree / LABEL).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def versions() -> Iterator[tuple[Path, Label]]:
    """Every whole version on this computer."""
    for tree in sorted(PREFIX.glob("*")):
        if not tree.is_symlink() and (found := label(tree)):
            yield tree, found


def make(source: Source) -> Path:
    """The folder of this version, made unless it is there and whole. Raises SetupError."""
    tree = PREFIX / source.name
    if label(tree):
        return tree
    PREFIX.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(tree, ignore_errors=True)
    if (free := shutil.disk_usage(PREFIX).free) < ROOM:
        raise SetupError(
            f"{PREFIX} has {free // 10**6} MB left and a version needs {ROOM // 10**6}; make room"
        )
    twin = next((there for there, one in versions() if one.packages == source.packages), None)
    python = tree / "bin" / "python"
    if twin:
        doing("Python packages, as before", lambda: _share(twin, tree, source.python))
    else:
        doing("Python environment", lambda: run(source.python, "-m", "venv", tree))
        doing("Python packages", lambda: _packages(python, source))
    doing("Roomtone", lambda: install_roomtone(python, live=False))
    doing("models", lambda: _models(tree, twin))
    shutil.copytree(ROOT / "systemd", tree / "systemd")
    asked: list[str | Path] = [python, "-I", "-c", SCHEMA]
    told = subprocess.run(asked, cwd="/", capture_output=True, text=True, check=True)
    made = Label(name=source.name, packages=source.packages, schema=int(told.stdout))
    run("chmod", "-R", "u=rwX,go=rX", tree)
    os.sync()
    (tree / LABEL).write_text(json.dumps(asdict(made), indent=2) + "\n")
    return tree


def check(tree: Path) -> None:
    """Try a version as the user it will run as. Raises SetupError when it would not do."""
    service.check_command()
    python, command = tree / "bin" / "python", tree / "bin" / "roomtone"
    config = ("--config", CONFIG) if CONFIG.exists() else ()
    for title, words in {
        "the libraries load": (python, "-I", "-c", f"import {LIBRARIES}"),
        "the settings are right": (command, "config", "check", *config),
        "the models are whole": (command, "models", "verify", *config),
    }.items():
        doing(title, lambda words=words: _as_user(*words))  # type: ignore[misc]


def prune() -> None:
    """Remove what is neither in use nor the version before."""
    stay = {link.resolve() for link in (CURRENT, PREVIOUS) if link.is_symlink()}
    for tree in PREFIX.iterdir():
        if (tree / "pyvenv.cfg").exists() and not tree.is_symlink() and tree not in stay:
            shutil.rmtree(tree, ignore_errors=True)


def _packages(python: Path, source: Source) -> None:
    locked(python, "run.txt", source.wheels)
    for built in BUILT:
        place(python, built.kept(source.python, source.wheels))


def _share(twin: Path, tree: Path, python: str) -> None:
    """Take over the packages of another version: the same files, once on the disk."""
    run(python, "-m", "venv", "--without-pip", tree)
    (theirs,), (ours,) = (list(one.glob("lib/python*/site-packages")) for one in (twin, tree))
    run("cp", "--archive", "--link", f"{theirs}/.", ours)
    for old in ours.glob("roomtone*"):
        shutil.rmtree(old)


def _models(tree: Path, twin: Path | None) -> None:
    folder = tree / "models"
    shutil.copytree(ROOT / "models", folder)
    others = [ROOT / "models", *([twin / "models"] if twin else []), STATE / "models"]
    run(tree / "bin" / "python", "-I", ROOT / "scripts/installing/gather.py", folder, *others)
    for left in folder.glob(".*"):
        left.unlink()


def _as_user(*words: str | Path) -> None:
    ran = subprocess.run(
        [str(word) for word in words],
        cwd="/",
        user=USER,
        group=USER,
        extra_groups=[],
        env={"PATH": os.environ["PATH"], "HOME": str(STATE), "STATE_DIRECTORY": str(STATE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if ran.returncode != 0:
        print("\n" + "\n".join(ran.stdout.splitlines()[-8:]), file=sys.stderr)
        raise SetupError("this version would not run here, for the reason above; nothing changed")
