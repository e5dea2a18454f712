"""The daemon that runs is found by its socket."""

from __future__ import annotations

import os
import socket

from roomtone.app.config import Config
from roomtone.app.prove import service
from roomtone.system.settings import PathSettings


def test_whoever_listens_is_known(tmp_path):
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "door"))
        door.listen()
        assert service.listener([tmp_path / "none", tmp_path / "door"]) == os.getpid()
    assert service.listener([tmp_path / "none"]) == 0


def test_without_a_daemon_it_is_said_how_to_start_one(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    found = service.find(Config(paths=PathSettings(state=str(tmp_path))))
    assert found.missing
    assert "roomtone" in found.mend


def test_what_systemd_shows_is_read():
    told = service.shown("MainPID", "IPEgressBytes", asked=lambda _: "MainPID=7\nIPEgressBytes=0\n")
    assert told == {"MainPID": "7", "IPEgressBytes": "0"}
