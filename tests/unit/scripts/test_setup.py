"""The set-up, as far as it can be told without a fresh computer."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"
LOCKS = sorted((SCRIPTS / "locks").glob("*.txt"))


@pytest.fixture(scope="module")
def setting_up():
    sys.path.insert(0, str(SCRIPTS))
    try:
        yield {name: importlib.import_module(f"setting_up.{name}") for name in PARTS}
    finally:
        sys.path.remove(str(SCRIPTS))


PARTS = ("built", "debian", "journal", "llama", "packages", "step")


@pytest.fixture
def step(setting_up, tmp_path, monkeypatch):
    monkeypatch.setattr(setting_up["step"], "DONE", tmp_path / "done")
    return setting_up["step"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_and_held_to_a_hash(lock):
    entries = re.split(r"\n(?=\S)", lock.read_text().strip())
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9.\-]+(\[[a-z,]+\])?==\S+ ", entry), entry[:60]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}$", entry), entry[:60]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_address_and_no_folder(lock):
    assert not re.search(r"://|^-|[^-]-f |@ |(^|\s)/", lock.read_text(), re.MULTILINE)


def test_a_step_is_done_once_for_each_key(step):
    runs = []
    for key in ("a", "a", "b", "b"):
        step.step("some work", key, lambda key=key: runs.append(key))
    assert runs == ["a", "b"]


def test_a_step_that_failed_is_tried_again(step):
    def fail():
        raise step.SetupError("no")

    with pytest.raises(step.SetupError):
        step.step("some work", "a", fail)
    runs = []
    step.step("some work", "a", lambda: runs.append(1))
    assert runs == [1]


def test_a_key_follows_the_content_of_the_files(step, tmp_path):
    file = tmp_path / "lock"
    missing = step.key_of(file)
    file.write_text("a")
    first = step.key_of(file)
    file.write_text("b")
    assert len({missing, first, step.key_of(file)}) == 3


def test_a_failing_command_shows_its_last_words(step, capfd):
    with pytest.raises(step.SetupError, match="run this again"):
        step.run(sys.executable, "-c", "print('the reason'); raise SystemExit(3)")
    assert "the reason" in capfd.readouterr().err


def test_a_package_that_is_missing_without_apt_is_named(setting_up, monkeypatch):
    debian = setting_up["debian"]
    monkeypatch.setattr(debian.shutil, "which", lambda _name: None)
    with pytest.raises(setting_up["step"].SetupError, match="libportaudio2"):
        debian.apt(["libportaudio2"])


def test_a_person_without_sudo_is_told_what_to_type(setting_up, monkeypatch):
    debian = setting_up["debian"]
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(debian.shutil, "which", lambda name: name if name == "apt-get" else None)
    with pytest.raises(
        setting_up["step"].SetupError, match="sudo apt-get install -y libportaudio2"
    ):
        debian.apt(["libportaudio2"])


def test_packages_that_apt_cannot_install_are_named(setting_up, monkeypatch):
    debian = setting_up["debian"]
    failed = setting_up["step"].SetupError

    def run(*_words: str) -> None:
        raise failed("no")

    monkeypatch.setattr(debian.os, "geteuid", lambda: 0)
    monkeypatch.setattr(debian.shutil, "which", lambda name: name)
    monkeypatch.setattr(debian, "succeeds", lambda *_words: False)
    monkeypatch.setattr(debian, "run", run)
    with pytest.raises(failed, match=r"bring these packages.*libgomp1, libportaudio2"):
        debian.apt(["libgomp1", "libportaudio2"])


def test_with_wheels_at_hand_nothing_is_needed_for_downloads(setting_up, monkeypatch):
    debian, asked = setting_up["debian"], []
    monkeypatch.setattr(debian, "installed", lambda _name: False)
    monkeypatch.setattr(debian, "apt", asked.extend)
    monkeypatch.setattr(debian, "compilers", lambda _python: {})
    debian.packages(sys.executable, wheels=True)
    assert "libportaudio2" in asked
    assert "ca-certificates" not in asked
    debian.packages(sys.executable)
    assert "ca-certificates" in asked


def test_the_wheel_of_another_processor_is_not_used(setting_up, monkeypatch, tmp_path):
    monkeypatch.setattr(setting_up["built"], "CACHE", tmp_path)
    wheel = setting_up["llama"].LLAMA.wheel
    here = wheel(sys.executable).parent
    monkeypatch.setattr(setting_up["llama"], "instructions", lambda: "avx sse")
    assert wheel(sys.executable).parent != here


def test_the_wheel_of_another_python_is_not_used(setting_up, monkeypatch):
    built = setting_up["built"]
    tag = ["cpython-311"]
    one = built.Built(title="it", lock="systemd.txt", recipe=lambda _python: tuple(tag))
    here = one.wheel("python3").parent
    tag[0] = "cpython-313"
    assert one.wheel("python3").parent != here


def test_a_wheel_that_is_kept_is_not_compiled_again(setting_up, monkeypatch, tmp_path):
    monkeypatch.setattr(setting_up["built"], "CACHE", tmp_path)
    one = setting_up["built"].Built(title="it", lock="systemd.txt", recipe=lambda _python: ())
    kept = one.wheel("python3").with_name("it-1.whl")
    kept.parent.mkdir()
    kept.touch()
    one.build("no such python")
    assert one.wheel("python3") == kept


def test_under_sudo_the_wheels_of_the_caller_count(setting_up, monkeypatch, tmp_path):
    built = setting_up["built"]
    monkeypatch.setattr(built, "CACHE", tmp_path / "root")
    monkeypatch.setattr(built.os, "geteuid", lambda: 0)
    monkeypatch.setenv("SUDO_USER", "somebody")
    home = type("Person", (), {"pw_dir": str(tmp_path)})()
    monkeypatch.setattr(built.pwd, "getpwnam", lambda _name: home)
    assert built.caches() == [tmp_path / "root", tmp_path / ".cache/roomtone/wheels"]


def test_compilers_are_asked_for_only_when_something_is_compiled(setting_up, monkeypatch, tmp_path):
    monkeypatch.setattr(setting_up["built"], "CACHE", tmp_path)
    debian = setting_up["debian"]
    assert "libsystemd-dev" in debian.compilers(sys.executable)
    for one in setting_up["packages"].BUILT:
        kept = one.wheel(sys.executable).with_name("kept.whl")
        kept.parent.mkdir()
        kept.touch()
    assert not debian.compilers(sys.executable)
    assert "libsystemd0" in debian.RUN_PACKAGES


def test_amx_is_left_out_on_x86_and_unknown_elsewhere(setting_up, monkeypatch):
    llama = setting_up["llama"]
    monkeypatch.setattr(llama.platform, "machine", lambda: "x86_64")
    assert "-mno-amx-tile" in " ".join(llama.flags())
    monkeypatch.setattr(llama.platform, "machine", lambda: "aarch64")
    assert "amx" not in " ".join(llama.flags())


@pytest.mark.parametrize("command", ["setup", "test"])
def test_a_command_says_how_it_is_used(command):
    told = subprocess.run(
        [SCRIPTS / command, "--help"], capture_output=True, text=True, check=True, timeout=60
    )
    assert "scripts/" in told.stdout
    assert "--" in told.stdout


@pytest.mark.parametrize(("state", "kind", "used", "here"), [
    ("here", "turn", True, True), ("missing", "turn", True, False),
    ("missing", "wake", False, True), ("missing", "speech", True, True),
])  # fmt: skip
def test_networks_of_a_folder_that_was_emptied_are_fetched_again(tmp_path, state, kind, used, here):
    told = json.dumps([{"used": used, "state": state, "kind": kind}])
    program = tmp_path / "bin" / "roomtone"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho '{told}'\n")
    program.chmod(0o755)
    ask = "import runpy, sys; from pathlib import Path; " \
        "found = runpy.run_path(sys.argv[1])['models_here']; " \
        "found.__globals__['VENV'] = Path(sys.argv[2]); sys.exit(not found())"  # fmt: skip
    command = (sys.executable, "-c", ask, str(SCRIPTS / "setup"), str(tmp_path))
    assert (subprocess.run(command, cwd=SCRIPTS, check=False).returncode == 0) is here
