"""What a bundle brings is put in place with no more rights than the service has."""

from __future__ import annotations

import subprocess
from pathlib import Path


def test_the_models_of_a_bundle_are_unpacked_without_the_groups_of_root(part, monkeypatch):
    bundle, seen = part("installing.bundle"), {}
    feed = type("Feed", (), {"stdout": None, "wait": lambda self: 0})()

    def run(_words: object, **how: object) -> subprocess.CompletedProcess[str]:
        seen.update(how)
        return subprocess.CompletedProcess([], 0)

    monkeypatch.setattr(bundle.subprocess, "Popen", lambda *_words, **_how: feed)
    monkeypatch.setattr(bundle.subprocess, "run", run)
    bundle.models(Path("/nowhere"))
    assert (seen["user"], seen["group"], seen["extra_groups"]) == ("roomtone", "roomtone", [])
    assert seen["cwd"] == "/"
