"""The scripts of the Debian package, run with programs that only note how they are called."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

DEBIAN = Path(__file__).resolve().parents[3] / "scripts" / "installing" / "debian"
PROGRAMS = ("deb-systemd-helper", "deb-systemd-invoke", "systemctl", "systemd-sysusers",
            "systemd-tmpfiles")  # fmt: skip
UNITS = "roomtone.service roomtone-again.timer roomtone-web.socket"


class Package:
    """A package's scripts; every folder that they name lies in `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.calls = root / "calls"
        programs = root / "programs"
        for folder in (programs, root / "run/systemd/system", root / "etc/roomtone"):
            folder.mkdir(parents=True)
        for name in PROGRAMS:
            (programs / name).write_text(f'#!/bin/sh\necho {name} "$@" >>{self.calls}\n')
            (programs / name).chmod(0o755)
        (programs / "python3").symlink_to(sys.executable)
        self.helper = programs / "deb-systemd-helper"

    def run(self, name: str, *words: str) -> str:
        text = (DEBIAN / name).read_text().replace("@UNITS@", UNITS)
        text = text.replace("@SOCKETS@", "roomtone-web.socket")
        text = re.sub(r"(?<![\w/])/(etc|opt|run|var)/", rf"{self.root}/\1/", text)
        text = text.replace("/usr/bin/deb-systemd-helper", str(self.helper))
        self.calls.write_text("")
        path = f"{self.root / 'programs'}:{os.environ['PATH']}"
        ran = subprocess.run(
            ["sh", "-s", *words],
            input=text,
            env={"PATH": path},
            cwd=self.root,
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        )
        return ran.stderr

    @property
    def called(self) -> list[str]:
        return self.calls.read_text().splitlines()


@pytest.fixture
def package(tmp_path):
    return Package(tmp_path)


@pytest.mark.parametrize("name", ["preinst", "postinst", "prerm", "postrm"])
def test_a_script_is_one_that_a_plain_shell_reads(name):
    assert subprocess.run(["sh", "-n", DEBIAN / name], check=False).returncode == 0


def test_a_removal_masks_nothing(package):
    (package.root / "opt/roomtone").mkdir(parents=True)
    package.run("postrm", "remove")
    assert not (package.root / "opt/roomtone").exists()
    assert not [call for call in package.called if " mask " in call]


def test_what_an_earlier_removal_masked_is_unmasked(package):
    package.run("postinst", "configure")
    assert f"deb-systemd-helper unmask {UNITS}" in package.called


def test_the_page_is_opened_again_only_where_an_admin_had_opened_it(package):
    package.run("postinst", "configure")
    opened = "deb-systemd-helper enable roomtone-web.socket"
    assert opened in package.called
    package.helper.write_text(
        f'#!/bin/sh\necho "$0" "$@" >>{package.calls}\n[ "$1" != debian-installed ]\n'
    )
    package.run("postinst", "configure")
    assert not [call for call in package.called if "enable roomtone-web.socket" in call]
    assert [call for call in package.called if "update-state roomtone-web.socket" in call]


def test_an_upgrade_restarts_the_page_and_the_cloud_where_they_run(package):
    again = "deb-systemd-invoke try-restart roomtone-web.service roomtone-cloud.service"
    package.run("postinst", "configure")
    assert again not in package.called
    package.run("postinst", "configure", "0.1.0")
    assert again in package.called


def test_a_purge_takes_the_memory_from_where_the_settings_put_it_and_nothing_else(package):
    root, memory = package.root, package.root / "srv" / "my memory"
    settings = root / "etc/roomtone/config.toml"
    settings.write_text(f'[paths]\nstate = "{memory}"\n')
    seal = root / "etc/credstore.encrypted/database-key"
    for file in (seal, *(memory / name for name in ("roomtone.db-wal", "key", "models/a", "mine"))):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    package.run("prerm", "remove")
    package.run("postrm", "remove")
    settings.unlink()
    package.run("postrm", "purge")
    assert [file.name for file in memory.iterdir()] == ["mine"]
    assert not seal.exists()
    assert not (root / "etc/roomtone").exists()


def test_a_purge_takes_the_memory_behind_a_link(package):
    disk, link = package.root / "disk", package.root / "var/lib/roomtone"
    for folder in (disk, link.parent):
        folder.mkdir(parents=True)
    for name in ("roomtone.db", "key", "mine"):
        (disk / name).touch()
    link.symlink_to(disk)
    package.run("postrm", "purge")
    assert [file.name for file in disk.iterdir()] == ["mine"]
    assert not link.is_symlink()


def test_a_purge_without_a_folder_of_its_own_touches_no_other(package):
    (package.root / "etc/roomtone/config.toml").write_text("[keep]\ndays = 7\n")
    (package.root / "key").touch()
    package.run("prerm", "remove")
    assert (package.root / "etc/roomtone/memory-is-in").read_text() == ""
    assert package.run("postrm", "purge") == ""
    assert (package.root / "key").exists()


def test_downloads_are_safe_by_default():
    assert "\nRecommends: ca-certificates\n" in (DEBIAN / "control").read_text()
