"""A folder of models with its list, made for one test."""

from __future__ import annotations

import hashlib
from pathlib import Path

from roomtone.system.weights import Weights


def listing(name: str, kind: str, *files: str, entry: str = "", more: str = "") -> str:
    """One model of a manifest."""
    return (
        f'[[model]]\nname = "{name}"\nkind = "{kind}"\npurpose = "p"\nlicence = "l"\n'
        f'entry = "{entry}"\n{more}\nfiles = [{", ".join(files)}]\n'
    )


def file(path: str, source: str, content: bytes, *, hashed: bool = True) -> str:
    """One file of a model, with its true size and hash."""
    sha = f'sha256 = "{hashlib.sha256(content).hexdigest()}", ' if hashed else ""
    return f'{{ path = "{path}", size = {len(content)}, {sha}sources = ["{source}"] }}'


def shelf(folder: Path, *models: str) -> Weights:
    """The models of a manifest below `folder`; pulled ones go to `folder`/pulled."""
    shipped = folder / "models"
    shipped.mkdir(exist_ok=True)
    (shipped / "manifest.toml").write_text("\n".join(models))
    return Weights(shipped / "manifest.toml", folder / "pulled")
