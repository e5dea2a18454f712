"""The way to the internet as a service of a machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.installed import TREE, Appliance

pytestmark = pytest.mark.appliance

FAKE = Path(__file__).resolve().parents[1] / "fakes" / "provider.py"

ALLOWED = """
[cloud]
policy = "cloud-first"
"""
IN_THE_HOUSE = ALLOWED + 'base_url = "http://127.0.0.1:8000/v1"'
CONFIG = "/etc/roomtone/config.toml"
PYTHON = f"{TREE}/test/bin/python3"
ENV = {"LD_LIBRARY_PATH": f"{TREE}/python/lib"}

QUESTION = f"""
import os, socket, sys
sys.path[:0] = ["{TREE}/source/daemon", "{TREE}/packages"]
from roomtone.base.message.cloud import Ask, CloudOut, Line, Noted, Sending
from roomtone.base.wire import ChildWire
os.setuid(int(sys.argv[1]))
door = socket.socket(socket.AF_UNIX)
door.settimeout(30)
door.connect("/run/roomtone-cloud/sock")
wire = ChildWire(door, CloudOut)
lines = [Line(role="user", content="why")]
wire.send(Ask(provider=sys.argv[2], model="m", messages=lines, max_tokens=9,
              temperature=0.0, first_s=5.0, whole_s=9.0))
while said := wire.receive():
    last = said
    if isinstance(said, Sending):
        wire.send(Noted())
print(last.failure or "answered")
"""

PROVIDER = f"""
import asyncio, sys
sys.path[:0] = ["{TREE}/packages", "/opt"]
from provider import Provider
async def serve():
    await asyncio.start_server(Provider()._talk, "127.0.0.1", 8000)
    print("up", flush=True)
    await asyncio.sleep(600)
asyncio.run(serve())
"""


@pytest.fixture(scope="module")
def machine(root, tmp_path_factory):
    """An appliance in which nothing runs."""
    tree = tmp_path_factory.mktemp("tree")
    tree.chmod(0o755)
    with Appliance(root, tree) as booted:
        yield booted


@pytest.fixture
def way(machine):
    """Asks through the way to the internet as a user of the machine; what came of it."""
    machine.run("systemctl", "start", "roomtone-cloud.socket")

    def ask(user: str, provider: str = "https://api.openai.com/v1") -> str:
        number = machine.sh(f"id -u {user}").strip()
        return machine.run(PYTHON, "-c", QUESTION, number, provider, env=ENV).stdout.strip()

    yield ask
    machine.run("systemctl", "stop", "roomtone-cloud.socket", "roomtone-cloud.service")


def test_the_way_to_the_internet_is_off_until_somebody_turns_it_on(machine):
    assert machine.show("roomtone-cloud.socket", "ActiveState")["ActiveState"] == "inactive"


def test_without_leave_it_is_locked_and_without_a_key_it_asks_nobody(machine, way):
    assert way("roomtone") == "locked"
    before = machine.sh(f"cat {CONFIG}")
    machine.write(CONFIG, before + ALLOWED)
    machine.run("systemctl", "stop", "roomtone-cloud.service")
    try:
        assert way("roomtone") == "no_key"
        assert way("root") == "no_key"
    finally:
        machine.write(CONFIG, before)
    assert machine.show("roomtone-cloud", "IPEgressBytes")["IPEgressBytes"] == "0"


def test_with_a_key_and_no_network_it_is_offline_and_tells_nobody_the_key(machine, way):
    before = machine.sh(f"cat {CONFIG}")
    machine.write(CONFIG, before + ALLOWED)
    machine.write("/root/key", "sk-canary-4711\n", 0o600)
    machine.add("roomtone-cloud.service", "key", "[Service]\nLoadCredential=cloud-key:/root/key\n")
    machine.run("systemctl", "stop", "roomtone-cloud.service")
    try:
        assert way("roomtone") == "offline"
    finally:
        machine.write(CONFIG, before)
        machine.sh("rm -r /etc/systemd/system/roomtone-cloud.service.d && systemctl daemon-reload")
    assert "sk-canary" not in machine.journal("-u", "roomtone-cloud")


def test_another_user_of_the_machine_cannot_ask(machine, way):
    with pytest.raises(AssertionError, match="PermissionError"):
        way("nobody")


def test_behind_its_walls_it_asks_whom_the_owner_lets_it_reach(machine, way):
    before = machine.sh(f"cat {CONFIG}")
    machine.write(CONFIG, before + IN_THE_HOUSE)
    machine.write("/opt/provider.py", FAKE.read_text())
    machine.run("systemctl", "stop", "roomtone-cloud.service")
    url = "http://127.0.0.1:8000/v1"
    provider = machine.start(PYTHON, "-c", PROVIDER, env=ENV)
    try:
        assert provider.stdout.readline() == "up\n"
        assert way("roomtone", url) == "offline"
        machine.add("roomtone-cloud.service", "house", "[Service]\nIPAddressAllow=127.0.0.1\n")
        machine.run("systemctl", "restart", "roomtone-cloud.service")
        assert way("roomtone", url) == "answered"
        told = machine.show("roomtone-cloud", "TasksCurrent", "TasksMax", "NRestarts")
        pid = machine.pid("roomtone-cloud")
        status = machine.sh(f"cat /proc/{pid}/status")
    finally:
        provider.kill()
        machine.write(CONFIG, before)
        machine.sh("rm -rf /etc/systemd/system/roomtone-cloud.service.d; systemctl daemon-reload")
    assert told["NRestarts"] == "0"
    assert int(status.split("Threads:")[1].split()[0]) <= int(told["TasksMax"]) // 2
    assert int(status.split("VmHWM:")[1].split()[0]) < 128 * 1024
