"""llama.cpp: compiled for the very processor that it runs on."""

from __future__ import annotations

import platform
import re
from pathlib import Path

from setting_up.built import Built
from setting_up.step import ROOT

SLIMMER = ROOT / "scripts" / "setting_up" / "llama.cmake"

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


def recipe(_python: str) -> tuple[str, ...]:
    """Say what the wheel depends on: it loads into every Python."""
    return (instructions(), *flags())


LLAMA = Built(
    title="llama.cpp for this processor",
    lock="llama.txt",
    recipe=recipe,
    environment={
        "CMAKE_ARGS": " ".join([*flags(), f"-DCMAKE_PROJECT_llama_cpp_INCLUDE='{SLIMMER}'"])
    },
)
