"""What the service manager is told."""

from __future__ import annotations

import os
import socket

from roomtone.system.notify import Notifier


def told(environ: dict[str, str] | None = None) -> tuple[list[str], Notifier]:
    lines: list[str] = []
    return lines, Notifier(lines.append, environ or {})


def test_without_a_manager_nothing_is_told():
    notifier = Notifier(environ={})
    notifier.ready()
    notifier.alive(0)
    assert notifier.watchdog == 0


def test_a_status_is_told_once():
    lines, notifier = told()
    for line in ("asleep", "asleep", "listening"):
        notifier.status(line)
    assert lines == ["STATUS=asleep", "STATUS=listening"]


def test_the_watchdog_is_fed_four_times_in_its_time():
    lines, notifier = told({"WATCHDOG_USEC": "20000000"})
    for second in range(11):
        notifier.alive(float(second))
    assert lines == ["WATCHDOG=1"] * 3


def test_the_watchdog_of_another_process_is_not_ours():
    mine = {"WATCHDOG_USEC": "20000000", "WATCHDOG_PID": str(os.getpid())}
    assert told(mine)[1].watchdog == 20
    assert told(mine | {"WATCHDOG_PID": "1"})[1].watchdog == 0


def test_the_manager_reads_it_from_its_socket(tmp_path, monkeypatch):
    path = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(path)
        monkeypatch.setenv("NOTIFY_SOCKET", path)
        notifier = Notifier()
        notifier.ready()
        notifier.stopping()
        notifier.reloading()
        assert [manager.recv(100) for _ in range(2)] == [b"READY=1", b"STOPPING=1"]
        assert manager.recv(100).startswith(b"RELOADING=1\nMONOTONIC_USEC=")


def test_a_manager_that_is_away_costs_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    notifier = Notifier()
    notifier.ready()
    notifier.status("asleep")
