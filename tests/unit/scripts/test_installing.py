"""The installation, as far as it can be told without changing a computer."""

from __future__ import annotations

import contextlib
import errno
import importlib
import importlib.machinery
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"
MODULES = ("bundle", "keep", "package", "remove", "service", "source", "switch", "tree")


@pytest.fixture(scope="module")
def installing():
    sys.path.insert(0, str(SCRIPTS))
    try:
        yield {name: importlib.import_module(f"installing.{name}") for name in MODULES}
    finally:
        sys.path.remove(str(SCRIPTS))


@pytest.fixture
def command(installing):
    loader = importlib.machinery.SourceFileLoader("install_command", str(SCRIPTS / "install"))
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_loader(loader.name, loader) or pytest.fail("no install")
    )
    sys.path.insert(0, str(SCRIPTS))
    try:
        loader.exec_module(module)
    finally:
        sys.path.remove(str(SCRIPTS))
    return module


@pytest.fixture
def error(installing):
    return importlib.import_module("setting_up.step").SetupError


@pytest.mark.parametrize("name", ["install", "bundle", "build-deb"])
def test_a_command_says_how_it_is_used(name):
    told = subprocess.run(
        [SCRIPTS / name, "--help"], capture_output=True, text=True, check=True, timeout=60
    )
    assert "--" in told.stdout
    assert "Roomtone" in told.stdout


def test_only_root_may_install(command, error, monkeypatch):
    monkeypatch.setattr(command.os, "geteuid", lambda: 1000)
    with pytest.raises(error, match=r"sudo \./scripts/install"):
        command.allowed()


def test_without_systemd_it_says_what_works_instead(command, error, monkeypatch):
    monkeypatch.setattr(command.os, "geteuid", lambda: 0)
    monkeypatch.setattr(command.Path, "is_dir", lambda _path: False)
    with pytest.raises(error, match=r"scripts/try"):
        command.allowed()


@pytest.mark.parametrize(
    ("status", "free"),
    [
        ("", True),
        ("not-installed", True),
        ("config-files", True),
        ("installed", False),
        ("half-installed", False),
        ("triggers-pending", False),
    ],
)
def test_it_keeps_off_every_state_of_the_debian_package(command, error, monkeypatch, status, free):
    monkeypatch.setattr(command.os, "geteuid", lambda: 0)
    monkeypatch.setattr(command.Path, "is_dir", lambda _path: True)
    monkeypatch.setattr(command.shutil, "which", lambda name: name)
    told = subprocess.CompletedProcess([], 0, stdout=status)
    monkeypatch.setattr(command.subprocess, "run", lambda *_, **_kw: told)
    with contextlib.nullcontext() if free else pytest.raises(error, match="apt"):
        command.allowed()


@pytest.mark.parametrize(
    "words",
    [
        ["--purge"],
        ["--purge", "--upgrade"],
        ["--bundle", "b.tar.gz", "--uninstall"],
        ["--bundle=b.tar.gz", "--rollback"],
    ],
)
def test_options_that_do_not_go_together_are_refused(command, words, capsys):
    with pytest.raises(SystemExit) as ended:
        command.asked(words)
    assert ended.value.code == 2
    assert words[0].split("=")[0] in capsys.readouterr().err.splitlines()[-1]


def test_options_that_go_together_are_taken(command):
    assert command.asked(["--uninstall", "--purge"]).purge
    assert command.asked(["--bundle", "b.tar.gz", "--upgrade"]).upgrade


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/opt/x"), "make room, then run it"),
        (OSError(errno.EIO, "Input/output error"), "run it again"),
        (subprocess.CalledProcessError(1, ["systemctl", "show"]), "run it again"),
    ],
)
def test_what_the_system_refuses_ends_in_one_line(
    command, monkeypatch, tmp_path, capsys, problem, says
):
    def refuse(_options: object) -> None:
        raise problem

    monkeypatch.setattr(command, "allowed", lambda: None)
    monkeypatch.setattr(command, "HELD", tmp_path / "held")
    monkeypatch.setattr(command, "act", refuse)
    monkeypatch.setattr(sys, "argv", ["install"])
    assert command.main() == 1
    told = capsys.readouterr().err.strip()
    assert says in told
    assert "\n" not in told


def test_a_python_in_somebodys_home_is_not_taken(installing, error, monkeypatch):
    source = installing["source"]
    monkeypatch.setattr(source.Path, "resolve", lambda _path: Path("/home/me/bin/python3"))
    with pytest.raises(error, match=r"3\.11, 3\.12 or 3\.13"):
        source.find_python()


def test_two_versions_that_differ_have_different_names(installing, monkeypatch, tmp_path):
    source = installing["source"]
    file = tmp_path / "daemon" / "roomtone" / "one.py"
    file.parent.mkdir(parents=True)
    names = set()
    monkeypatch.setattr(source, "ROOT", tmp_path)
    (tmp_path / "pyproject.toml").write_text('version = "1.2.3"\n')
    for text in ("a", "b", "b"):
        file.write_text(text)
        names.add(source.Source(sys.executable).name)
    assert len(names) == 2
    assert all(name.startswith("1.2.3-") for name in names)


@pytest.mark.parametrize(
    ("health", "why"),
    [
        ({"ready": True, "microphone": "open", "frame_age_s": 0.1}, ""),
        ({"ready": True, "microphone": "missing", "frame_age_s": None}, ""),
        ({"ready": True, "microphone": "closed", "frame_age_s": None}, ""),
        ({"ready": True, "microphone": "open", "frame_age_s": None}, "no sound"),
        ({"ready": True, "microphone": "open", "frame_age_s": 9.0}, "no sound"),
        ({"ready": False, "microphone": "open", "frame_age_s": 0.1}, "not ready"),
        (None, "not ready"),
    ],
)
def test_to_be_ready_is_to_hear_or_to_have_nothing_to_hear_with(installing, health, why):
    told = installing["service"].unheard({"health": health}, heard=False)
    assert why in told
    assert bool(why) == bool(told)


def test_a_microphone_that_was_heard_before_must_be_heard_again(installing):
    missing = {"health": {"ready": True, "microphone": "missing", "frame_age_s": None}}
    assert "version before" in installing["service"].unheard(missing, heard=True)


@pytest.fixture
def memory(installing, monkeypatch, tmp_path):
    keep = installing["keep"]
    monkeypatch.setattr(keep, "STATE", tmp_path / "state")
    monkeypatch.setattr(keep, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(keep, "CONFIG", tmp_path / "config.toml")
    (tmp_path / "state" / "models").mkdir(parents=True)
    (tmp_path / "state" / "roomtone.db").write_text("old")
    return tmp_path / "state"


def test_memory_is_put_back_as_it_was_and_what_came_since_is_gone(installing, memory):
    keep = installing["keep"]
    keep.save("one")
    (memory / "roomtone.db").write_text("new")
    (memory / "roomtone.db-wal").write_text("belongs to the new one")
    keep.put_back("one")
    assert {file.name for file in memory.iterdir()} == {"models", "roomtone.db"}
    assert (memory / "roomtone.db").read_text() == "old"


def test_a_link_among_the_memory_is_not_followed(installing, memory, tmp_path):
    keep = installing["keep"]
    (tmp_path / "secret").write_text("root's own")
    (memory / "key").symlink_to(tmp_path / "secret")
    keep.save("one")
    assert not (tmp_path / "kept" / "one" / "key").exists()
    (memory / "roomtone.db").unlink()
    (memory / "roomtone.db").symlink_to(tmp_path / "secret")
    keep.put_back("one")
    assert (tmp_path / "secret").read_text() == "root's own"
    assert (memory / "roomtone.db").read_text() == "old"


def test_what_is_kept_is_for_root_alone(installing, memory, tmp_path):
    keep = installing["keep"]
    keep.save("one")
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0
    keep.forget(but={"two"})
    assert not keep.has("one")


def test_a_version_without_its_label_is_a_ruin(installing, tmp_path):
    tree = installing["tree"]
    assert tree.label(tmp_path) is None
    (tmp_path / tree.LABEL).write_text('{"name": "half')
    assert tree.label(tmp_path) is None
    whole = {"name": "one", "packages": "p", "schema": 2}
    (tmp_path / tree.LABEL).write_text(json.dumps(whole))
    assert tree.label(tmp_path) == tree.Label(**whole)


def test_a_link_leads_to_the_old_version_or_to_the_new_one(installing, monkeypatch, tmp_path):
    switch = installing["switch"]
    monkeypatch.setattr(switch, "PREFIX", tmp_path)
    link = tmp_path / "current"
    for name in ("one", "two"):
        switch._point(link, name)
        assert str(link.readlink()) == name
    assert [path.name for path in tmp_path.iterdir()] == ["current"]


def bundled(source, folder: Path, monkeypatch, **changed: object) -> None:
    monkeypatch.setattr(source, "ROOT", folder)
    monkeypatch.setattr(source, "BUNDLE", folder / "bundle.json")
    (folder / "one").write_text("one")
    told = {
        "machine": source.platform.machine(),
        "python": "{}.{}".format(*sys.version_info[:2]),
        "instructions": "",
        "files": {"one": source.digest(folder / "one")},
    }
    (folder / "bundle.json").write_text(json.dumps(told | changed))


def test_a_bundle_is_held_to_its_hashes(installing, error, monkeypatch, tmp_path):
    source = installing["source"]
    bundled(source, tmp_path, monkeypatch)
    source.check_bundle(sys.executable)
    (tmp_path / "one").write_text("two")
    with pytest.raises(error, match="damaged"):
        source.check_bundle(sys.executable)


@pytest.mark.parametrize(
    ("changed", "why"),
    [({"machine": "riscv"}, "riscv"), ({"instructions": "avx9000"}, "avx9000")],
)
def test_a_bundle_for_another_computer_says_so(
    installing, error, monkeypatch, tmp_path, changed, why
):
    bundled(installing["source"], tmp_path, monkeypatch, **changed)
    with pytest.raises(error, match=why):
        installing["source"].check_bundle(sys.executable)


def test_a_file_that_is_no_bundle_is_refused(installing, error, tmp_path):
    with pytest.raises(error, match="scripts/bundle"):
        installing["bundle"].install(tmp_path / "none.tar.gz", ["--bundle", "none.tar.gz"])
