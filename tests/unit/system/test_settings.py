"""The defaults of the box: nothing to set for a first run, nothing that leaves the house."""

from __future__ import annotations

from pathlib import Path

from roomtone.system import manifest, paths
from roomtone.system.settings import CloudSettings, ModelSettings


def test_the_default_models_are_listed_as_shipped() -> None:
    listed = manifest.load(Path(paths.shipped() / "manifest.toml")).by_name
    settings = ModelSettings()
    for kind, name in (
        ("speech", settings.speech),
        ("language", settings.language),
        ("voice", settings.voice),
    ):
        assert listed[name].kind == kind
        assert listed[name].shipped


def test_by_default_nothing_leaves_the_house() -> None:
    assert CloudSettings().policy == "local"
