"""`roomtone try`: converse now; without a microphone, a recorded visitor does."""

from __future__ import annotations

import asyncio
import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from rich.console import Console

from roomtone.app.config import Config
from roomtone.app.replay import replay
from roomtone.app.run import run
from roomtone.app.starter import PLAIN, starters
from roomtone.app.transcript import Transcript
from roomtone.base.error import OwnerError

VISITOR = Path(__file__).resolve().parents[3] / "scripts" / "visitor.flac"
"""The recorded visitor that comes with the repository."""

DEVICES_PATIENCE = 5.0
"""Seconds to wait for the list of devices: a frozen sound server never answers."""


def converse(config: Config, *, visitor: bool, keep: Path) -> int:
    """Converse live, or let the visitor speak. Returns the exit code. Raises OwnerError."""
    console = Console(highlight=False)
    if starters(config):
        console.print(PLAIN, style="yellow")
    if not visitor and (name := microphone()):
        words = " or ".join(word.replace("_", " ") for word in config.wake.words)
        console.print(f"Microphone: {name}. Say “{words}, what time is it”. Ctrl-C ends.")
        asyncio.run(run(config, lambda: config, Transcript(console).tell))
        return 0
    if not visitor:
        console.print("There is no microphone here, so a recorded visitor speaks instead.")
    return _visit(config, console, keep)


def devices() -> list[dict[str, object]]:
    """Every sound device. Raises OwnerError when the sound system does not answer."""
    try:
        listed = subprocess.run(
            [sys.executable, "-m", "roomtone.app.ear", "--devices"],
            capture_output=True,
            timeout=DEVICES_PATIENCE,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise OwnerError(
            "the sound system does not answer; restart it (`systemctl --user restart pipewire` "
            "or `pulseaudio -k`) or unplug the device"
        ) from None
    except subprocess.CalledProcessError as error:
        why = error.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1]
        raise OwnerError(f"the sound devices cannot be listed: {why}") from None
    found: list[dict[str, object]] = json.loads(listed.stdout)
    return found


def microphone() -> str:
    """Name of the default microphone; empty when there is none."""
    try:
        found = devices()
    except OwnerError:
        return ""
    inputs = [device for device in found if device["inputs"]]
    first = next((device for device in inputs if device.get("default_input")), None)
    return str((first or inputs[0])["name"]) if inputs else ""


def _visit(config: Config, console: Console, keep: Path) -> int:
    if not VISITOR.is_file():
        raise OwnerError(f"{VISITOR}: the recorded visitor is missing; clone the repository again")
    try:
        keep.mkdir(parents=True, exist_ok=True)
        visitor = Path(shutil.copy(VISITOR, keep / VISITOR.name))
    except OSError as problem:
        raise OwnerError(f"cannot write to {keep} ({problem.strerror}); see --keep") from problem
    answers = keep / "roomtone.wav"
    transcript = Transcript(console, "visitor")
    asyncio.run(replay(config, visitor, answers, transcript.tell, realtime=True))
    if transcript.delays_ms:
        middle = statistics.median(transcript.delays_ms)
        console.print(f"From the last word to the first sound: {middle:.0f} ms (median).")
    console.print(f"Listen: {visitor} (the visitor) and {answers} (Roomtone), aligned.")
    return 0 if transcript.delays_ms else 1
