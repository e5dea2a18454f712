"""A folder that anybody may write to is no place that root takes code from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"

TRAPS = ("encodings", "ensurepip", "pathlib", "pip", "platform", "sysconfig", "venv")

CALLS = {
    "the version": ("installing.source", lambda it: it.Source(sys.executable).python_version),
    "a Python": ("installing.source", lambda it: it.find_python()),
    "the environment": ("setting_up.debian", lambda it: it.packages(sys.executable, wheels=True)),
    "the compilers": ("setting_up.debian", lambda it: it.compilers(sys.executable)),
    "the journal": ("setting_up.journal", lambda it: it.recipe.__wrapped__(sys.executable)),
    "a build": (
        "setting_up.built",
        lambda it: it.watch("it", [sys.executable, "-m", "pip", "--version"], {}),
    ),
    "a check": (
        "setting_up.step",
        lambda it: it.succeeds(sys.executable, "-c", "import platform, sysconfig"),
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_no_code_is_taken_from_the_folder_it_is_called_in(part, monkeypatch, tmp_path, name):
    module, call = CALLS[name]
    it = part(module)
    if name == "the environment":
        monkeypatch.setattr(it, "apt", lambda _missing: None)
    for trap in TRAPS:
        (tmp_path / f"{trap}.py").write_text(f"open({str(tmp_path / 'taken')!r}, 'a').write('!')\n")
    monkeypatch.chdir(tmp_path)
    call(it)
    assert not (tmp_path / "taken").exists()


def test_every_python_with_a_text_for_a_program_runs_isolated():
    for file in [*SCRIPTS.glob("installing/*.py"), *SCRIPTS.glob("setting_up/*.py")]:
        for line in file.read_text().splitlines():
            if '"-c"' in line and '"sh"' not in line:
                assert '"-I", "-c"' in line, f"{file.name}: {line}"


def test_the_packages_of_an_environment_are_seen_in_isolation():
    words = [sys.executable, "-I", "-c", "import msgspec, roomtone.store.migrations"]
    assert subprocess.run(words, cwd="/", check=False, timeout=60).returncode == 0
