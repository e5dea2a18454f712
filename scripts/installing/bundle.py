"""Everything an installation needs in one file, for a house without internet."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from installing.places import STATE, USER
from installing.source import BUNDLE, PULLED, WHEELS, Source, digest
from installing.told import doing, say
from setting_up.llama import instructions
from setting_up.packages import BUILT, pip
from setting_up.step import LOCKS, PYTHON, ROOT, SetupError, run

FILES = ("pyproject.toml", "README.md", "LICENSE", "NOTICE.md")
FOLDERS = ("daemon/roomtone", "models", "systemd", "scripts/installing", "scripts/locks",
           "scripts/setting_up")  # fmt: skip
COMMANDS = ("install", "bundle", "build-deb")
"""What of this checkout goes with it."""

TRACES = shutil.ignore_patterns("__pycache__", ".*")

MODELS = "from roomtone.app.config import load, places; print(places(load()).models)"


def pack(source: Source, output: Path) -> Path:
    """Make the file in the folder `output`, for this processor and the Python of `source`.

    Raises SetupError.
    """
    with tempfile.TemporaryDirectory(prefix="roomtone-bundle-", dir=output) as around:
        folder = Path(around, stem(source))
        gather(source, folder)
        target = output / f"{folder.name}.tar.gz"
        packing = ("tar", "-C", around, "--use-compress-program=gzip -1", "--owner=0", "--group=0")
        doing("packing", lambda: run(*packing, "-cf", target, folder.name))
    say(f"{target}  {target.stat().st_size / 1e6:.0f} MB", f"SHA-256 {digest(target)}")
    return target


def stem(source: Source) -> str:
    """The name of a bundle: version, processor, Python."""
    python = "".join(source.python_version.split(".")[:2])
    return f"roomtone-{source.name}-{platform.machine()}-cp{python}"


def gather(source: Source, folder: Path) -> None:
    """Lay out a bundle in `folder`. Raises SetupError."""
    if source.wheels:
        shutil.copytree(ROOT, folder)
        return
    if not PYTHON.exists():
        raise SetupError("it needs this checkout set up; please run:  ./scripts/setup")
    (folder / "scripts").mkdir(parents=True)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=TRACES)
    for name in [*FILES, *(f"scripts/{command}" for command in COMMANDS)]:
        shutil.copy(ROOT / name, folder / name)
    doing("Python packages", lambda: _wheels(source, folder / WHEELS.name))
    doing("models", lambda: _models(folder))
    files = {str(file.relative_to(folder)): digest(file) for file in _files(folder)}
    told = {
        "version": source.name,
        "made": int(time.time()),
        "machine": platform.machine(),
        "python": source.python_version.rsplit(".", 1)[0],
        "instructions": instructions(),
        "files": files,
    }
    (folder / BUNDLE.name).write_text(json.dumps(told, indent=1) + "\n")


def install(file: Path, words: list[str]) -> int:
    """Unpack a bundle and run the installation it holds; its exit code. Raises SetupError."""
    if not file.is_file():
        raise SetupError(f"{file} is not there; scripts/bundle makes one")
    at = next(i for i, word in enumerate(words) if word.startswith("--bundle"))
    rest = words[:at] + words[at + (1 if "=" in words[at] else 2) :]
    with tempfile.TemporaryDirectory(prefix="roomtone-", dir="/var/tmp") as around:
        doing(
            "unpacking",
            lambda: run("tar", "-C", around, "--no-same-owner", "-xf", file.absolute()),
        )
        found = next(Path(around).glob("*/scripts/install"), None)
        if found is None:
            raise SetupError(f"{file} is no bundle of Roomtone; scripts/bundle makes one")
        return subprocess.run([sys.executable, found, *rest], check=False).returncode


def models(pulled: Path) -> None:
    """Give the service the models of a bundle, as its user; what it has already stays."""
    source = subprocess.Popen(
        ["tar", "-C", pulled, "-cf", "-", "."], cwd="/", stdout=subprocess.PIPE
    )
    into = f"mkdir -p {STATE}/models && exec tar -C {STATE}/models -xf - --skip-old-files"
    taken = subprocess.run(
        ["sh", "-ec", into],
        stdin=source.stdout,
        cwd="/",
        user=USER,
        group=USER,
        extra_groups=[],
        check=False,
    )
    if source.wait() or taken.returncode:
        raise SetupError(f"the models of the bundle could not be put into {STATE}/models")


def _wheels(source: Source, folder: Path) -> None:
    folder.mkdir()
    for built in BUILT:
        shutil.copy(built.kept(source.python, None), folder)
    with tempfile.TemporaryDirectory(prefix="roomtone-") as around:
        python = Path(around, "bin", "python")
        run(source.python, "-m", "venv", around)
        run(
            *pip(python, "download", "--require-hashes", "--only-binary=:all:"),
            *("-r", LOCKS / "run.txt", "-d", folder),
        )


def _models(folder: Path) -> None:
    """The models that ship, those that nothing is heard without, and what its maker has pulled."""
    asked: list[str | Path] = [PYTHON, "-I", "-c", MODELS]
    told = subprocess.run(asked, cwd="/", capture_output=True, text=True, check=True).stdout
    here = Path(told.strip())
    run(PYTHON, "-I", ROOT / "scripts/installing/gather.py", folder / "models", here)
    shipped = {place.name for place in (folder / "models").iterdir()}
    if here.is_dir() and (own := [one for one in here.iterdir() if one.name not in shipped]):
        for one in own:
            if one.is_dir() and not one.name.startswith("."):
                shutil.copytree(one, folder / PULLED.name / one.name, ignore=_PARTS)
            elif one.name == "models.lock.json":
                (folder / PULLED.name).mkdir(exist_ok=True)
                shutil.copy(one, folder / PULLED.name)


_PARTS = shutil.ignore_patterns(".*", "*.part")


def _files(folder: Path) -> Iterator[Path]:
    for left in (folder / "models").glob(".*"):
        left.unlink()
    yield from sorted(file for file in folder.rglob("*") if file.is_file())
