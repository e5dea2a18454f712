"""llama.cpp, built once for this processor and kept for the next set-up."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from setting_up.step import LOCKS, PYTHON, ROOT, SetupError, key_of, run, show

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "roomtone" / "wheels"

TITLE = "llama.cpp for this processor"

SLIMMER = ROOT / "scripts" / "setting_up" / "llama.cmake"

HERE = ("-v", "--no-deps", "--no-cache-dir", "--no-binary=:all:", "--no-build-isolation")

AMX_OFF = "-mno-amx-tile -mno-amx-int8 -mno-amx-bf16"
"""Some processors and hypervisors announce AMX and crash on it."""


def flags() -> list[str]:
    """Say what is left out of the build, and which instructions it must not use."""
    words = ["-DLLAVA_BUILD=OFF"]
    if platform.machine() == "x86_64":
        words += [f"-DCMAKE_C_FLAGS='{AMX_OFF}'", f"-DCMAKE_CXX_FLAGS='{AMX_OFF}'"]
    return words


def instructions() -> str:
    """List the instruction sets of this processor: a wheel built for others may crash here."""
    text = Path("/proc/cpuinfo").read_text()
    line = re.search(r"^(?:flags|Features)\s*:(.*)$", text, re.MULTILINE)
    vector = r"avx|fma|f16c|bmi|sse|asimd|sve|i8mm|bf16|fphp"
    return " ".join(sorted(re.findall(rf"\b(?:{vector})\w*", line.group(1)))) if line else ""


def wheel() -> Path:
    """Where the wheel for this processor is kept; the file may not be there yet."""
    recipe = (platform.machine(), instructions(), *flags(), key_of(LOCKS / "llama.txt"))
    folder = CACHE / hashlib.sha256("\n".join(recipe).encode()).hexdigest()[:16]
    return next(folder.glob("llama_cpp_python-*.whl"), folder / "none.whl")


def build() -> None:
    """Compile the wheel and keep it for the next set-up."""
    folder = wheel().parent
    if wheel().exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".build-", dir=folder) as room:
        tools = Path(room, "tools", "bin")
        run(PYTHON, "-m", "venv", tools.parent)
        python = tools / "python"
        locked = ("--require-hashes", "-r")
        run(python, "-m", "pip", "install", *locked, LOCKS / "build.txt")
        environment = {
            "CMAKE_ARGS": " ".join([*flags(), f"-DCMAKE_PROJECT_llama_cpp_INCLUDE='{SLIMMER}'"]),
            "CMAKE_BUILD_PARALLEL_LEVEL": str(jobs()),
            "PATH": f"{tools}:{os.environ['PATH']}",
            "TMPDIR": room,
        }
        wheel_of: list[str | Path] = [
            python,
            "-m",
            "pip",
            "wheel",
            *HERE,
            "-w",
            room,
            *locked,
            LOCKS / "llama.txt",
        ]
        watch(wheel_of, environment)
        made = next(Path(room).glob("*.whl"))
        made.rename(folder / made.name)


def jobs() -> int:
    """Compilers at once: one for each core, as long as each has a gigabyte."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(1, min(os.cpu_count() or 1, memory // 10**9))


def watch(command: Sequence[str | Path], environment: dict[str, str]) -> None:
    """Run a long build and show how far it is, from ninja's `[17/250]`."""
    began, told, tail = time.monotonic(), 0, deque[str]([], 20)
    with subprocess.Popen(
        [str(word) for word in command],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as build:
        for line in build.stdout or ():
            tail.append(line[:300])
            if found := re.match(r"\s*\[(\d+)/(\d+)\]", line):
                percent = 100 * int(found[1]) // int(found[2])
                show(TITLE, f"{percent} %, {(time.monotonic() - began) / 60:.0f} min")
                if not sys.stdout.isatty() and percent >= told + 20:
                    told = percent
                    show(TITLE, f"{percent} %", last=True)
    if build.returncode != 0:
        print("\n" + "".join(tail), file=sys.stderr)
        raise SetupError("llama.cpp could not be built; the compiler's last words are above")
