"""Packages without wheels: compiled here once, and kept for the next set-up."""

from __future__ import annotations

import hashlib
import os
import platform
import pwd
import re
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from setting_up.step import LOCKS, SetupError, key_of, run, show

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "roomtone" / "wheels"

HERE = ("-v", "--no-deps", "--no-cache-dir", "--no-binary=:all:", "--no-build-isolation")


@dataclass(frozen=True)
class Built:
    """One package that is compiled, and what its wheel depends on."""

    title: str
    lock: str
    """The file in `locks/` that holds its source to a hash."""
    recipe: Callable[[str], tuple[str, ...]]
    """Python -> what makes its wheel differ from others, besides the processor and the lock."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables of the build."""

    def wheel(self, python: str | Path) -> Path:
        """Where the wheel for this computer and `python` is kept; it may not be there yet."""
        recipe = (platform.machine(), *self.recipe(str(python)), key_of(LOCKS / self.lock))
        name = hashlib.sha256("\n".join(recipe).encode()).hexdigest()[:16]
        there = (wheel for cache in caches() for wheel in sorted((cache / name).glob("*.whl")))
        return next(there, CACHE / name / "none.whl")

    def kept(self, python: str | Path, folder: Path | None) -> Path:
        """The wheel in `folder`, or the one for this computer, compiled if need be."""
        if folder is None:
            self.build(python)
            return self.wheel(python)
        package = (LOCKS / self.lock).read_text().split("==", 1)[0].replace("-", "_")
        found = next(folder.glob(f"{package}-*.whl"), None)
        if found is None:
            raise SetupError(f"{folder} has no wheel of {package}; copy the bundle again")
        return found

    def build(self, python: str | Path) -> None:
        """Compile the wheel with `python`, unless an earlier set-up did. Raises SetupError."""
        if self.wheel(python).exists():
            return
        folder = self.wheel(python).parent
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".build-", dir=folder) as room:
            tools = Path(room, "tools", "bin")
            run(python, "-m", "venv", tools.parent)
            pip, locked = (tools / "python", "-m", "pip"), ("--require-hashes", "-r")
            run(*pip, "install", *locked, LOCKS / "build.txt")
            environment = {
                **self.environment,
                "CMAKE_BUILD_PARALLEL_LEVEL": str(jobs()),
                "PATH": f"{tools}:{os.environ['PATH']}",
                "TMPDIR": room,
            }
            watch(
                self.title,
                [*pip, "wheel", *HERE, "-w", room, *locked, LOCKS / self.lock],
                environment,
            )
            made = next(Path(room).glob("*.whl"))
            made.rename(folder / made.name)


def caches() -> list[Path]:
    """Where wheels may lie: ours, and under sudo those of whoever called it."""
    person = os.environ.get("SUDO_USER", "")
    if os.geteuid() or not person:
        return [CACHE]
    try:
        home = Path(pwd.getpwnam(person).pw_dir)
    except KeyError:
        return [CACHE]
    return list(dict.fromkeys([CACHE, home / ".cache" / "roomtone" / "wheels"]))


def jobs() -> int:
    """Compilers at once: one for each core, as long as each has a gigabyte."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(1, min(os.cpu_count() or 1, memory // 10**9))


def watch(title: str, command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
    """Run a long build and show how far it is, from ninja's `[17/250]`. Raises SetupError."""
    began, told, tail = time.monotonic(), 0, deque[str]([], 20)
    with subprocess.Popen(
        [str(word) for word in command],
        cwd="/",
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as build:
        for line in build.stdout or ():
            tail.append(line[:300])
            if found := re.match(r"\s*\[(\d+)/(\d+)\]", line):
                percent = 100 * int(found[1]) // int(found[2])
                show(title, f"{percent} %, {(time.monotonic() - began) / 60:.0f} min")
                if not sys.stdout.isatty() and percent >= told + 20:
                    told = percent
                    show(title, f"{percent} %", last=True)
    if build.returncode != 0:
        print("\n" + "".join(tail), file=sys.stderr)
        raise SetupError(f"{title}: it could not be built; the compiler's last words are above")
