"""An admin's day with roomtone.service: start, look, reload, stop; on two releases of systemd."""

from __future__ import annotations

import json
import os
import time

import pytest

from appliance.installed import TREE

pytestmark = [pytest.mark.appliance, pytest.mark.sound]

CONFIG = "/etc/roomtone/config.toml"


def test_it_is_ready_soon_and_then_it_hears(house, record_property):
    record_property("start_to_ready_s", round(house.started_in, 1))
    busy = os.getloadavg()[0] > os.cpu_count()
    assert house.started_in < (20 if busy else 5)
    assert house.until_it_hears(1) < 1


def test_its_status_tells_state_microphone_models_and_the_last_frame(house):
    house.until_it_hears(5)
    line = house.show("roomtone", "StatusText")["StatusText"]
    for word in ("Asleep", "default", "last frame", "starter-speech", "starter-voice"):
        assert word in line
    assert line in house.run("systemctl", "status", "roomtone").stdout


def test_a_clean_start_logs_nothing_worse_than_information(house):
    lines = house.journal("-u", "roomtone", "-p", "warning", "-o", "cat")
    assert not lines


def test_lines_in_the_journal_have_fields(house):
    lines = house.journal("-u", "roomtone", "-o", "json").splitlines()
    ready = [json.loads(line) for line in lines if '"ready"' in line]
    assert ready[0]["EVENT"] == "ready"
    assert ready[0]["SYSLOG_IDENTIFIER"] == "roomtone"


def test_a_member_of_its_group_may_ask_and_a_stranger_learns_how(house):
    house.sh("id guest 2>/dev/null || useradd --create-home guest")
    command = ("setpriv", "--reuid=guest", "--regid=guest")
    program = f"{TREE}/current/bin/roomtone"
    home = {"HOME": "/home/guest"}
    stranger = house.run(*command, "--clear-groups", program, "status", check=False, env=home)
    assert stranger.returncode == 1
    assert "sudo adduser $USER roomtone" in stranger.stderr
    member = house.run(*command, "--groups=roomtone", program, "status", "--json", env=home)
    assert json.loads(member.stdout)["state"]


def test_a_reload_is_in_force_when_it_returns_and_a_mistake_changes_nothing(house):
    good = house.sh(f"cat {CONFIG}")
    pid = house.pid()
    try:
        house.write(CONFIG, good + "\n[wake.words]\nhey_jarvis = 0.6\nalexa = 0.7\n")
        house.run("systemctl", "reload", "roomtone")
        assert house.door.status()["wake_words"] == ["hey_jarvis", "alexa"]
        house.write(CONFIG, good + "\n[wake.words]\nhey_jarvis = 7\n")
        refused = house.run("systemctl", "reload", "roomtone", check=False)
        assert refused.returncode
        assert house.door.status()["wake_words"] == ["hey_jarvis", "alexa"]
        assert "hey_jarvis" in house.journal("-u", "roomtone", "-o", "cat", "-n", "10")
    finally:
        house.write(CONFIG, good)
        house.run("systemctl", "reload", "roomtone")
    assert house.pid() == pid
    house.until_it_hears(10)


def test_nothing_of_it_has_a_way_out_of_the_house(house):
    parts = house.door.status()["parts"]
    assert parts["ear"]["walls"] == "4 of 4"
    assert "Offline" in house.roomtone("status")
    for pid in (house.pid(), *(part["pid"] for part in parts.values())):
        interfaces = house.sh(f"tail -n +3 /proc/{pid}/net/dev").splitlines()
        assert [line.split()[:2] for line in interfaces] == [["lo:", "0"]]
    assert not house.sh(f"nsenter -t {house.pid()} -n ss -Htunap")
    assert house.show("roomtone", "IPEgressBytes", "IPIngressBytes") == {
        "IPIngressBytes": "0",
        "IPEgressBytes": "0",
    }


def test_what_is_said_is_answered_and_is_not_in_the_journal(house, voice):
    house.until_it_hears(10)
    house.room.say(voice(0.5, "Hey Jarvis, what is seven times eight?", 1.5))
    end = time.monotonic() + 20
    while not (kept := house.door.history(1)):
        assert time.monotonic() < end
        time.sleep(0.1)
    assert "56" in kept[0]["reply"]
    lines = house.journal("-u", "roomtone", "-o", "json").lower()
    assert not [word for word in ("seven", "times", "eight", "fifty") if f"{word} " in lines]


def test_it_stops_at_once_and_leaves_no_process(house, record_property):
    house.until_it_hears(10)
    began = time.monotonic()
    house.run("systemctl", "stop", "roomtone")
    took = time.monotonic() - began
    record_property("stop_s", round(took, 2))
    assert took < 3
    assert house.show("roomtone", "Result")["Result"] == "success"
    assert not house.run("pgrep", "-u", "roomtone", check=False).stdout
    house.run("systemctl", "start", "roomtone")


def test_the_key_may_be_sealed_to_the_machine(house):
    """Last: it begins a new life with another key."""
    house.run("systemctl", "stop", "roomtone")
    house.sh("rm -rf /var/lib/roomtone/*; mkdir -p /etc/credstore.encrypted")
    seal = ("systemd-creds", "encrypt", "--with-key=host", "--name=database-key", "-")
    house.run(*seal, "/etc/credstore.encrypted/database-key", given="ab" * 32 + "\n")
    try:
        house.run("systemctl", "start", "roomtone")
        files = house.sh("ls /var/lib/roomtone").split()
        assert "roomtone.db" in files
        assert "key" not in files
        assert house.door.status()["faults"] == []
    finally:
        house.run("systemctl", "stop", "roomtone", check=False)
        house.sh("rm -rf /var/lib/roomtone/* /etc/credstore.encrypted")
        house.run("systemctl", "start", "roomtone")
