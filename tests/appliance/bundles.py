"""Versions of Roomtone to install: this one in a bundle, and others made of it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from appliance.real_systemd import Machine
from roomtone.store import database, key
from roomtone.store.migrations import MIGRATIONS
from roomtone.turn.record import Turn

ROOT = Path(__file__).resolve().parents[2]
FIRST = "/root/first"
"""Where a machine has the bundle unpacked."""

HEARD = "what is the capital of france"
TIMER = "pizza"


class Ran(NamedTuple):
    """A command that has ended."""

    code: int
    told: str
    seconds: float


def pack(folder: Path) -> Path:
    """A bundle of this checkout, in `folder`."""
    subprocess.run(
        [ROOT / "scripts/bundle", "--output", folder], check=True, capture_output=True, timeout=900
    )
    return next(folder.glob("roomtone-*.tar.gz"))


def install(machine: Machine, at: str, *words: str, patience: float = 60) -> Ran:
    """Run scripts/install of the bundle that is unpacked at `at`."""
    began = time.monotonic()
    ran = machine.run(
        *("python3", f"{at}/scripts/install", *words, f"--patience={patience}"),
        check=False,
        timeout=300,
    )
    return Ran(ran.returncode, ran.stdout + ran.stderr, time.monotonic() - began)


def another(machine: Machine, name: str, added: Mapping[str, str]) -> str:
    """A version like the first, with text `added` to files of it; where it is unpacked."""
    at = f"/root/{name}"
    machine.run("cp", "--archive", "--link", FIRST, at)
    label = machine.host_path(f"{at}/bundle.json")
    told = json.loads(label.read_text())
    for file, text in added.items():
        path = machine.host_path(f"{at}/{file}")
        whole = path.read_text() + text
        path.unlink()
        path.write_text(whole)
        told["files"][file] = hashlib.sha256(whole.encode()).hexdigest()
    label.unlink()
    label.write_text(json.dumps(told))
    return at


def running(machine: Machine) -> str:
    """The folder of the version that runs."""
    return machine.sh("readlink /opt/roomtone/current").strip()


def old_memory(folder: Path, monkeypatch) -> None:
    """A database as the first schema had it: a turn that was said and a timer that runs."""
    monkeypatch.setattr(database, "MIGRATIONS", MIGRATIONS[:1])
    path = folder / "roomtone.db"
    memory = database.Database(path, key.load(folder / "key", path))
    turn = msgspec.json.encode(Turn(started=time.time(), heard=HEARD, reply="Paris.")).decode()
    memory.write("INSERT INTO turns (started, record) VALUES (?, ?)", (time.time(), turn))
    memory.write(
        "INSERT INTO timers (name, seconds, due) VALUES (?, 7200, ?)", (TIMER, time.time() + 7200)
    )
    memory.close()
    monkeypatch.undo()


def knows(machine: Machine) -> tuple[bool, bool]:
    """Whether the turn and the timer of `old_memory` are there, asked as a person would."""
    timers = json.loads(machine.sh("roomtone timers --json"))
    told = json.loads(machine.sh("roomtone history list --json"))
    return (
        HEARD in {turn["heard"] for turn in told},
        TIMER in {timer["name"] for timer in timers},
    )
