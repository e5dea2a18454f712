"""The walls from inside: what a program can do in the place of each unit's own."""

from __future__ import annotations

import contextlib
import json
import socket
from pathlib import Path

import pytest

from appliance.installed import TREE, UNITS, Appliance

pytestmark = pytest.mark.appliance

INSIDER = Path(__file__).with_name("insider.py")
PRIVATE_TMP = "/tmp"  # noqa: S108 - each unit has its own
TELLS = "/opt/told.json"

IN_ITS_PLACE = f"""
[Service]
Type=oneshot
Restart=no
ExecStart=
ExecStart={TREE}/test/bin/python3 {TREE}/insider.py
Environment=LD_LIBRARY_PATH={TREE}/python/lib
StandardOutput=truncate:{TELLS}
"""

NEEDED = ("/run/systemd/journal/", "/run/roomtone/", "/run/roomtone-cloud/", "/run/systemd/notify")

TEMPTING = (
    "/run/roomtone/roomtone.sock",
    "/run/systemd/resolve/io.systemd.Resolve",
    "/run/roomtone-cloud/sock",
)

DRESSING = """
mkdir -p /home/somebody /dev/snd
mknod -m 660 /dev/snd/controlC0 c 116 0
mknod -m 666 /dev/other c 10 200
chgrp audio /dev/snd/controlC0
mkdir -p /run/systemd/resolve /run/nscd
"""


@pytest.fixture(scope="module")
def furnished(root, tmp_path_factory):
    """A machine with the units, cards that do not exist, and sockets that tempt."""
    tree = tmp_path_factory.mktemp("tree")
    tree.chmod(0o755)
    (tree / "insider.py").write_text(INSIDER.read_text())
    with Appliance(root, tree) as machine:
        machine.sh(DRESSING)
        with contextlib.ExitStack() as sockets:
            for path in TEMPTING:
                one = sockets.enter_context(socket.socket(socket.AF_UNIX))
                one.bind(str(machine.host_path(path)))
                one.listen()
            machine.sh("chmod 666 /run/roomtone/* /run/systemd/resolve/*")
            machine.sh("cd /run/roomtone-cloud && chown roomtone sock && chmod 600 sock")
            yield machine


@pytest.fixture(scope="module")
def inside(furnished):
    """Unit name -> what the insider could do in its place."""
    names = ("roomtone", "roomtone-web", "roomtone-cloud")
    return {name: told(furnished, name) for name in names}


def told(machine: Appliance, name: str) -> dict:
    """What the insider says in the place of a unit's program."""
    lines = (UNITS / f"{name}.service").read_text().splitlines()
    kept = [line for line in lines if not line.startswith(("OnFailure=", "Requires=", "After="))]
    machine.write(f"/etc/systemd/system/{name}.service", "\n".join(kept))
    machine.add(f"{name}.service", "insider", IN_ITS_PLACE)
    machine.run("systemctl", "start", name)
    return json.loads(machine.sh(f"cat {TELLS}"))


def test_the_core_has_all_walls_around_it(inside):
    assert inside["roomtone"]["missing_walls"] == []
    assert set(inside["roomtone"]["datagrams"].values()) == {"EAFNOSUPPORT"}


def test_the_core_finds_no_socket_in_run_but_those_it_needs(inside):
    found = {path for path in inside["roomtone"]["files_in_run"] if "credentials" not in path}
    assert not [path for path in found if not path.startswith(NEEDED)]


def test_the_core_writes_to_its_own_folders_alone(inside):
    writes = inside["roomtone"]["writes"]
    assert [place for place, how in writes.items() if how == "done"] == [
        "/var/lib/roomtone",
        PRIVATE_TMP,
    ]
    assert inside["roomtone"]["reads"]["/home/somebody"] != "done"
    assert inside["roomtone"]["reads"]["/root"] != "done"


def test_the_core_may_open_a_sound_card_and_no_other_device(inside):
    """There is no such card in this kernel: ENXIO comes from behind the wall, EPERM from it."""
    assert inside["roomtone"]["devices"] == {"snd/controlC0": "ENXIO", "other": "EPERM"}
    for name in ("roomtone-web", "roomtone-cloud"):
        assert set(inside[name]["devices"].values()) == {"ENOENT"}


def test_the_page_reaches_the_core_and_no_network_microphone_or_memory(inside):
    page = inside["roomtone-web"]
    assert page["core"] == "done"
    assert page["missing_walls"] == []
    assert page["reads"]["/var/lib/roomtone"] != "done"
    assert set(page["writes"].values()) <= {"EROFS", "EACCES", "done"}
    assert [place for place, how in page["writes"].items() if how == "done"] == [PRIVATE_TMP]


def test_the_cloud_reaches_neither_core_nor_memory_nor_the_house(inside):
    cloud = inside["roomtone-cloud"]
    assert cloud["core"] == "EACCES"
    assert cloud["reads"]["/var/lib/roomtone"] != "done"
    assert cloud["datagrams"]["127.0.0.1"] == "EPERM"
    assert cloud["datagrams"]["127.0.0.53"] == "done"
    assert cloud["datagrams"]["192.0.2.1"] == "ENETUNREACH"


def test_the_core_alone_reaches_the_way_to_the_internet(inside):
    ways = {name: told["way_out"] for name, told in inside.items()}
    assert ways == {"roomtone": "done", "roomtone-web": "ENOENT", "roomtone-cloud": "EACCES"}


def test_nobody_makes_a_namespace_goes_first_or_sees_other_peoples_processes(inside):
    for told in inside.values():
        assert told["namespace"] == "EPERM"
        assert told["first_in_line"] == "EPERM"
        assert told["strangers"] == 0


def test_the_example_for_pipewire_adds_one_socket_of_the_user_and_takes_the_cards_away(furnished):
    example = (UNITS / "examples" / "pipewire.conf").read_text()
    furnished.sh(
        "mkdir -p -m 700 /run/user/1000; touch /run/user/1000/pipewire-0 /run/user/1000/bus"
    )
    furnished.add("roomtone.service", "example", example[example.index("[Service]") :])
    try:
        found = told(furnished, "roomtone")
    finally:
        furnished.sh("rm -r /run/user /etc/systemd/system/roomtone.service.d/example.conf")
    of_the_user = [path for path in found["files_in_run"] if path.startswith("/run/user")]
    assert of_the_user == ["/run/user/1000/pipewire-0"]
    assert found["devices"]["snd/controlC0"] == "ENOENT"
    assert found["missing_walls"] == []


def test_outside_of_the_units_the_same_things_work(furnished):
    """The proof that the attempts are good ones."""
    command = (f"{TREE}/test/bin/python3", f"{TREE}/insider.py")
    env = {"LD_LIBRARY_PATH": f"{TREE}/python/lib"}
    told = json.loads(furnished.run(*command, env=env).stdout)
    assert set(told["missing_walls"]) >= {"sockets", "names"}
    assert set(told["writes"].values()) == {"done"}
    assert told["devices"]["snd/controlC0"] == "ENXIO"
    assert told["core"] == "done"
