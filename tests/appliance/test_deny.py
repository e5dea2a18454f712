"""A no, and a forgetting, that are given while the service is stopped."""

from __future__ import annotations

import json

import pytest

pytestmark = [pytest.mark.appliance, pytest.mark.sound]

CONFIG = "/etc/roomtone/config.toml"
FOLDERS = "/var/lib/roomtone /run/roomtone"


@pytest.fixture(scope="module")
def lenient(house):
    """The house, with a configuration that lets the cloud be asked."""
    before = house.sh(f"cat {CONFIG}")
    house.write(CONFIG, before + '\n[cloud]\npolicy = "cloud-first"\n')
    house.run("systemctl", "restart", "roomtone")
    yield house
    house.write(CONFIG, before)
    house.run("systemctl", "restart", "roomtone")


@pytest.fixture
def allowed(lenient):
    """The same after a yes; its service is started again at the end."""
    lenient.run("systemctl", "start", "roomtone")
    lenient.until_it_hears(20)
    lenient.roomtone("cloud", "allow", "--yes")
    assert json.loads(lenient.roomtone("cloud", "status", "--json"))["allowed"]
    yield lenient
    done = lenient.run("systemctl", "start", "roomtone", check=False)
    assert not done.returncode, lenient.journal("-u", "roomtone", "-n", "30")


def started(house) -> dict:
    """Start the service; how it stands with the cloud."""
    house.run("systemctl", "start", "roomtone")
    house.until_it_hears(20)
    return json.loads(house.roomtone("cloud", "status", "--json"))


def of_others(house) -> str:
    """What the service would be locked out of."""
    return house.sh(f"find {FOLDERS} ! -user roomtone")


def test_a_no_that_is_given_while_the_service_is_stopped_holds_when_it_is_back(allowed):
    allowed.run("systemctl", "stop", "roomtone")
    assert "/var/lib/roomtone/cloud-denied" in allowed.roomtone("cloud", "deny")
    assert of_others(allowed) == ""
    told = started(allowed)
    assert (told["allowed"], told["consent"]) == (False, None)
    allowed.roomtone("cloud", "allow", "--yes")
    assert json.loads(allowed.roomtone("cloud", "status", "--json"))["allowed"]


def test_a_no_to_a_service_that_hangs_is_there_for_it_when_it_wakes(allowed):
    allowed.run("systemctl", "kill", "--signal=STOP", "--kill-whom=main", "roomtone")
    try:
        done = allowed.run("/opt/roomtone/current/bin/roomtone", "cloud", "deny", check=False)
    finally:
        allowed.run("systemctl", "kill", "--signal=CONT", "--kill-whom=main", "roomtone")
    assert done.returncode == 1
    assert "it is denied by /var/lib/roomtone/cloud-denied" in done.stderr
    allowed.until_it_hears(20)
    assert not json.loads(allowed.roomtone("cloud", "status", "--json"))["allowed"]


def test_a_no_before_the_service_was_ever_started_is_found(allowed):
    allowed.run("systemctl", "stop", "roomtone")

    allowed.sh("find /var/lib/roomtone -delete; rm -rf /run/roomtone/*")
    allowed.roomtone("cloud", "deny")
    assert not started(allowed)["allowed"]
    assert of_others(allowed) == ""


def test_root_forgets_while_the_service_is_stopped_and_locks_it_out_of_nothing(allowed):
    allowed.roomtone("ask", "what time is it")
    allowed.run("systemctl", "stop", "roomtone")
    assert "what time is it" in allowed.roomtone("history", "list")
    assert len(allowed.roomtone("history", "export").splitlines()) > 1
    assert allowed.roomtone("history", "forget", "last") == "Forgotten: 1.\n"
    assert allowed.roomtone("history", "list") == "No turns yet.\n"
    assert of_others(allowed) == ""
    assert started(allowed)["policy"] == "cloud-first"
    assert "what time is it" not in allowed.roomtone("history", "list")


def test_a_person_is_told_that_it_takes_sudo(allowed):
    allowed.sh("id -u ben 2>&- || useradd --no-create-home ben")
    allowed.run("systemctl", "stop", "roomtone")
    as_ben = ("setpriv", "--reuid=ben", "--regid=ben", "--init-groups")
    for command in (("cloud", "deny"), ("history", "list"), ("history", "forget", "last")):
        done = allowed.run(*as_ben, "/opt/roomtone/current/bin/roomtone", *command, check=False)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
        assert "sudo" in done.stderr
