"""Brings the models that nothing is heard without into a folder: gather.py FOLDER [OTHER]...

Runs in an environment with Roomtone. What one of the OTHER folders has already is copied from
there, the rest is pulled. Every file is held to its hash. Such a folder may belong to somebody who
changes it meanwhile: what counts is the hash of the copy.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
from pathlib import Path

from roomtone.base.error import OwnerError
from roomtone.system import paths, pull
from roomtone.system.manifest import File
from roomtone.system.weights import Weights

CHUNK = 1 << 20
"""Bytes that are copied at once."""


def main(folder: Path, others: list[Path]) -> int:
    """Fill `folder`; returns 1 after a line on stderr that says what is missing."""
    weights = Weights(paths.shipped() / "manifest.toml", folder)
    needed = pull.chosen(weights, ["needed"])
    for model in needed:
        for file in model.files:
            target = weights.target(model, file)
            for other in others:
                there = other / model.name / file.path
                if not target.exists():
                    take(there, target, file)
    try:
        pull.pull(weights, [model.name for model in needed])
    except OwnerError as problem:
        print(problem, file=sys.stderr)
        return 1
    for model in needed:
        for file in model.files:
            target, place = weights.target(model, file), weights.place(model, file)
            if place and place != target:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(place, target)
    return 0


def take(there: Path, target: Path, file: File) -> None:
    """Copy `there` to `target` if it is a plain file and its copy is what `file` says."""
    try:
        handle = os.open(there, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return
    with os.fdopen(handle, "rb") as source:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size != file.size:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        part, digest, left = target.with_name(f"{target.name}.part"), hashlib.sha256(), file.size
        with part.open("wb") as copy:
            while left and (chunk := source.read(min(left, CHUNK))):
                copy.write(chunk)
                digest.update(chunk)
                left -= len(chunk)
    if digest.hexdigest() == file.sha256:
        part.replace(target)
    else:
        part.unlink()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
