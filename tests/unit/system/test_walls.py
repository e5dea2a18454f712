"""The walls: what is missing is told, and nothing takes long."""

from __future__ import annotations

import socket
import time

import pytest

from roomtone.system import walls


@pytest.fixture
def closed(monkeypatch, tmp_path):
    """A process behind all walls, as far as a test can make one."""
    monkeypatch.setattr(walls, "_can_make", lambda _family: False)
    monkeypatch.setattr(walls, "_network", lambda: walls.Wall(holds=True, how="none"))
    monkeypatch.setattr(walls, "RESOLVERS", (str(tmp_path / "resolver"),))
    monkeypatch.setattr(walls, "BUSES", (str(tmp_path / "bus"),))

    def refused(*_question, **_options):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", refused)


def test_without_a_sandbox_walls_are_missing_and_are_told_in_no_time():
    began = time.monotonic()
    found = walls.probe()
    assert time.monotonic() - began < 0.2
    assert {"sockets", "names"} <= set(found.missing)
    assert "AF_INET" in found.sockets.how


def test_behind_all_walls_none_is_missing(closed):
    found = walls.probe()
    assert not found.missing
    assert str(found) == "4 of 4"


@pytest.mark.parametrize(("there", "missing"), [("resolver", "names"), ("bus", "bus")])
def test_a_socket_that_answers_is_a_hole(closed, tmp_path, there, missing):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / there))
        server.listen()
        found = walls.probe()
    assert missing in found.missing
    assert str(tmp_path / there) in getattr(found, missing).how


def test_a_name_that_is_looked_up_is_a_hole(closed, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_question, **_options: [])
    assert walls.probe().missing == ("names",)


def test_a_question_for_a_name_that_hangs_is_a_hole_and_is_not_waited_for(closed, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_question, **_options: time.sleep(0.5))
    began = time.monotonic()
    assert walls.probe().missing == ("names",)
    assert time.monotonic() - began < 0.3


def test_no_name_is_asked_for_while_the_question_could_travel(closed, monkeypatch):
    asked = []
    monkeypatch.setattr(walls, "_can_make", lambda _family: True)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_question, **_options: asked.append(1))
    assert walls.probe().missing == ("sockets", "names")
    assert not asked
