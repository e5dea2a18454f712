"""Brings the models that nothing is heard without into a folder: gather.py FOLDER [OTHER]...

Runs in an environment with Roomtone. What one of the OTHER folders has already is copied from
there, the rest is pulled. Every file is held to its hash.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from roomtone.base.error import OwnerError
from roomtone.system import paths, pull
from roomtone.system.weights import Weights, sha256


def main(folder: Path, others: list[Path]) -> int:
    """Fill `folder`; returns 1 after a line on stderr that says what is missing."""
    weights = Weights(paths.shipped() / "manifest.toml", folder)
    needed = pull.chosen(weights, ["needed"])
    for model in needed:
        for file in model.files:
            target = weights.target(model, file)
            for other in others:
                there = other / model.name / file.path
                if not target.exists() and there.is_file() and sha256(there) == file.sha256:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(there, target)
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


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
