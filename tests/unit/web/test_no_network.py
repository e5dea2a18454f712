"""Nobody on a network can speak to the daemon: it has no address there."""

from __future__ import annotations

import asyncio
import re
import socket
from pathlib import Path

from fakes.control import FakeControl
from fakes.door import served
from roomtone.web.client import Client

UNITS = Path(__file__).resolve().parents[3] / "systemd"


def internet_sockets() -> set[str]:
    """The sockets of this process that have an internet address, by their number in the kernel."""
    held = {
        found.group(1)
        for descriptor in Path("/proc/self/fd").iterdir()
        if (found := re.match(r"socket:\[(\d+)\]", read_link(descriptor)))
    }
    known = set()
    for table in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        if (listed := Path("/proc/self/net") / table).exists():
            known |= {line.split()[9] for line in listed.read_text().splitlines()[1:]}
    return held & known


def read_link(path: Path) -> str:
    try:
        return str(path.readlink())
    except FileNotFoundError:
        return ""


def test_the_control_server_has_no_address_on_any_network(tmp_path):
    async def live() -> tuple[set[str], set[str]]:
        before = internet_sockets()
        async with served(FakeControl(), tmp_path / "s"):
            await asyncio.to_thread(Client([tmp_path / "s"]).status)
            return before, internet_sockets()

    before, during = asyncio.run(live())
    assert during == before


def test_a_socket_on_a_network_would_have_been_seen():
    before = internet_sockets()
    with socket.create_server(("127.0.0.1", 0)):
        assert len(internet_sockets() - before) == 1


def listening() -> dict[str, list[str]]:
    """What every socket unit listens at."""
    return {
        unit.name: re.findall(r"^Listen\w+=(.+)$", unit.read_text(), re.MULTILINE)
        for unit in UNITS.glob("*.socket")
    }


def test_the_units_listen_on_this_machine_alone():
    addresses = [address for unit in listening().values() for address in unit]
    assert addresses
    assert [a for a in addresses if not a.startswith(("/", "127.0.0.1:"))] == []


def test_the_core_may_make_no_socket_on_a_network():
    unit = (UNITS / "roomtone.service").read_text().splitlines()
    assert {"PrivateNetwork=yes", "RestrictAddressFamilies=AF_UNIX", "IPAddressDeny=any"} <= {*unit}
