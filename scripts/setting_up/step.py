"""A step of the set-up: done once for each key, told in one line."""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "scripts" / "locks"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
DONE = VENV / "setup"
"""One small file for each step that is done; its content is the key that the step was done for."""

PR_SET_PDEATHSIG = 1
"""linux/prctl.h"""


class SetupError(Exception):
    """What went wrong, and what to do."""


def key_of(*files: Path) -> str:
    """Return a word that changes when one of the files does; a missing file counts as empty."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes() if file.exists() else b"\0")
    return digest.hexdigest()[:16]


def done(name: str, key: str) -> bool:
    """Whether the step was done for this key."""
    file = DONE / name
    return file.exists() and file.read_text() == key


def mark(name: str, key: str) -> None:
    """Note that the step is done."""
    DONE.mkdir(parents=True, exist_ok=True)
    (DONE / name).write_text(key)


def step(title: str, key: str, work: Callable[[], None]) -> None:
    """Do `work` unless it was done for `key`, with one line that says so."""
    name = re.sub(r"\W+", "-", title.lower())
    if done(name, key):
        return
    began = time.monotonic()
    show(title, "…")
    work()
    show(title, f"{time.monotonic() - began:.0f} s", last=True)
    mark(name, key)


def show(title: str, state: str, *, last: bool = False) -> None:
    """Write the line of a step: over itself in a terminal, once elsewhere."""
    if sys.stdout.isatty():
        print(f"\r  {title:<34}{state:<24}", end="\n" if last else "", flush=True)
    elif last:
        print(f"  {title:<34}{state}", flush=True)


def run(*command: str | Path, **environment: str) -> None:
    """Run quietly; what it printed is shown only when it fails."""
    ran = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        preexec_fn=_with_us,
    )
    if ran.returncode != 0:
        print("\n" + "\n".join(ran.stdout.splitlines()[-20:]), file=sys.stderr)
        raise SetupError(f"`{Path(command[0]).name} …` failed; run this again to go on from here")


def _with_us() -> None:
    """End when we are killed: what is left half-done is done anew, and nobody may go on with it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def succeeds(*command: str) -> bool:
    """Whether a command can be run and ends well; the folder we are called in plays no part."""
    try:
        return subprocess.run(command, cwd="/", capture_output=True, check=False).returncode == 0
    except OSError:
        return False
