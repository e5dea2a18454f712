"""The page, as systemd opens it on first use."""

from __future__ import annotations

import json
import time

import pytest

from roomtone.web.page import FRESH

pytestmark = [pytest.mark.appliance, pytest.mark.sound]

ASK = """
import sys, http.client
door = http.client.HTTPConnection("127.0.0.1", 8470, timeout=30)
door.request(sys.argv[1], sys.argv[2], headers={"Host": sys.argv[3]})
answer = door.getresponse()
print(answer.status, answer.read().decode())
"""


@pytest.fixture(scope="module")
def page(house):
    """Asks the page from the machine's own network: (method, path, host) -> status, body."""
    house.run("systemctl", "start", "roomtone-web.socket")

    def ask(path: str, host: str = "localhost:8470", method: str = "GET") -> tuple[int, str]:
        status, body = house.run("python3", "-c", ASK, method, path, host).stdout.split(" ", 1)
        return int(status), body

    return ask


def test_nothing_runs_until_somebody_opens_the_page(house, page):
    assert house.pid("roomtone-web") == 0
    status, body = page("/")
    assert status == 200
    assert "<title>Roomtone</title>" in body
    assert house.pid("roomtone-web")


def test_the_page_shows_the_core_and_that_it_is_offline(house, page):
    house.until_it_hears(10)
    status, body = page("/status")
    told = json.loads(body)
    assert status == 200
    assert told["health"]["microphone"] == "open"
    assert all(wall["holds"] for wall in told["walls"].values())


def test_another_name_and_anything_but_reading_are_refused(page):
    assert page("/status", host="evil.example")[0] == 421
    assert page("/status", method="POST")[0] == 405
    assert page("/history")[0] == 404


def test_the_page_has_a_network_of_its_own_without_a_way_out(house, page):
    page("/")
    spaces = house.sh(f"readlink /proc/1/ns/net /proc/{house.pid('roomtone-web')}/ns/net").split()
    assert spaces[0] != spaces[1]
    listening = house.sh("ss -Hltn | awk '{print $4}'").split()
    assert listening == ["127.0.0.1:8470"]


def test_without_a_core_the_page_says_so(house, page):
    house.run("systemctl", "stop", "roomtone")
    time.sleep(FRESH)
    try:
        status, body = page("/status")
    finally:
        house.run("systemctl", "start", "roomtone")
    assert status == 503
    assert "no daemon is running" in body


def test_the_page_finds_a_core_that_was_started_anew(house, page):
    house.run("systemctl", "restart", "roomtone")
    house.until_it_hears(20)
    assert page("/status")[0] == 200


CORE = """
import http.client, socket, sys
door = http.client.HTTPConnection("roomtone", timeout=30)
door.sock = socket.socket(socket.AF_UNIX)
door.sock.connect("/run/roomtone/roomtone.sock")
door.request(sys.argv[1], sys.argv[2], headers={"Connection": "close"})
print(door.getresponse().status)
"""
"""Asks the core itself: method, path."""

AS_THE_PAGE = (
    *("systemd-run", "--quiet", "--wait", "--pipe", "--property=DynamicUser=yes"),
    *("--property=Group=roomtone", "--property=PrivateUsers=yes"),
)
AS_ANN = ("setpriv", "--reuid=ann", "--regid=ann", "--init-groups")


@pytest.mark.parametrize(
    ("who", "answered"),
    [(AS_THE_PAGE, ["200", "403", "403"]), (AS_ANN, ["200", "200", "200"]), ((), ["200"] * 3)],
    ids=["the page", "a member of the group", "root"],
)
def test_the_core_tells_the_page_from_those_who_joined_its_group(house, who, answered):
    house.until_it_hears(20)
    house.sh("id -u ann 2>&- || useradd --no-create-home --groups roomtone ann")
    asked = (("GET", "/status"), ("GET", "/history"), ("POST", "/hush"))
    told = [house.run(*who, "python3", "-c", CORE, *one).stdout.strip() for one in asked]
    assert told == answered
