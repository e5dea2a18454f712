"""The cloud part cannot reach the home network: not by its own rule, not through its unit."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from roomtone.app.doctor.service import ask, present
from roomtone.app.prove import intruder
from roomtone.app.prove.proof import Trial, broken, holds, untried
from roomtone.respond.failure import ProviderError
from roomtone.respond.names import Names
from roomtone.respond.reach import Reach, public

SAYS = "The part with the internet cannot reach your home network"

UNIT = "roomtone-cloud.service"

ALWAYS = (
    "127.0.0.1",
    "127.0.0.2",
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.0.1",
    "192.168.1.1",
    "224.0.0.251",
    "::1",
    "fd00::1",
    "fe80::1",
    "ff02::fb",
    "::ffff:192.168.1.1",
    "64:ff9b::c0a8:101",
)
"""Addresses of any house: loopback, private, link-local, multicast, also wrapped in others."""

NO_WALL = {"ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "EINVAL", "EAFNOSUPPORT"}
"""Refusals that come from the lack of a way and prove no wall."""

OWN = ("Exec", "Type", "NotifyAccess", "Restart", "Timeout", "StandardOutput", "LoadCredential",
       "WatchdogSec", "SyslogIdentifier")  # fmt: skip
"""Beginnings of settings that belong to the unit's own program and not to its walls."""

PATIENCE = 30.0
"""Seconds for the unit to start, try and end."""


def prove() -> Iterator[Trial]:
    """The rule of the program, then the walls of the unit."""
    yield asyncio.run(_rule())
    yield _unit()


async def _rule() -> Trial:
    """Names that lead into the house, as a false name server would give them."""
    passed = []
    for address in ALWAYS:
        names = Names(lambda _host, found=address: [found])  # type: ignore[misc]
        try:
            await Reach("https://provider.example/v1", names).addresses()
        except ProviderError:
            continue
        passed.append(address)
    if passed:
        return broken("rule", f"a name that leads to {', '.join(passed)} would be called")
    if not public("1.1.1.1"):
        return untried("rule", "the rule refuses everything, so this says nothing")
    return holds(
        "rule", f"a name that leads into the house is not called ({len(ALWAYS)} addresses)"
    )


def _unit() -> Trial:
    if not present():
        return untried("unit", "systemd does not run this machine", "`sudo ./scripts/install`")
    if os.geteuid():
        return untried("unit", "only root may start a unit", "`sudo roomtone prove`")
    settings = walls(ask(["systemctl", "cat", UNIT]))
    if not settings:
        return untried("unit", f"{UNIT} is not installed", "`sudo ./scripts/install`")
    if not shutil.which("systemd-run"):
        return untried("unit", "there is no systemd-run", "install systemd's programs")
    own = addresses()
    with Listener() as listener:
        targets = [*own, *(one for one in ALWAYS if one not in own)]
        control = attempt([], listener.port, own[:1])
        heard = listener.count
        if not heard:
            return untried("unit", f"the attempt is not heard without walls either ({control})")
        told = attempt(unit(settings), listener.port, targets)
        return judged(told, listener.count - heard, len(own))


def judged(told: dict[str, str], heard: int, own: int) -> Trial:
    """The verdict on what the intruder told, and on what the listener heard of it."""
    if not told:
        return untried("unit", "the unit could not be started", f"`systemctl cat {UNIT}`")
    through = [
        address
        for address, result in told.items()
        if "reached" in result.split() or result.split()[0] == "sent"
    ]
    if heard or through:
        where = ", ".join(through) or "here"
        said = f"from behind its walls it reached {where} ({heard} attempts were heard)"
        return broken("unit", said, _mend(through))
    walled = sum(result.split()[0] not in NO_WALL for result in told.values())
    if not walled:
        return untried("unit", "there is no way to any of these addresses, so no wall was tried")
    return holds(
        "unit",
        f"{len(told)} addresses tried from behind its walls, {own} of them this machine's: "
        f"{walled} refused by the wall, no way to the others, 0 heard by a listener here",
    )


def _mend(through: list[str]) -> str:
    """What closes the gap: no wall can tell a global address in the house from the internet."""
    if through and all(public(address) for address in through):
        lines = " ".join(f"IPAddressDeny={address}" for address in through)
        return f"`sudo systemctl edit {UNIT}`: under [Service] write {lines}, or its whole network"
    return f"`systemctl cat {UNIT}`; a kernel with BPF for control groups"


def walls(text: str) -> list[str]:
    """What the unit and its drop-ins say of its walls; empty when there is no such unit."""
    section, found = "", list[str]()
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("["):
            section = line
        elif section == "[Service]" and "=" in line and line[0] not in "#;":
            found += [] if line.startswith(OWN) else _apart(line)
    return found


def _apart(line: str) -> list[str]:
    """Lists of addresses word by word: systemd-run knows a word like "localhost" only alone."""
    name, _, value = line.partition("=")
    if name.startswith("IPAddress") and value:
        return [f"{name}={word}" for word in value.split()]
    return [line]


def unit(settings: list[str]) -> list[str]:
    """The beginning of a command line that runs a program behind these walls."""
    kept = [name for name in ("LD_LIBRARY_PATH",) if name in os.environ]
    return [
        *("systemd-run", "--quiet", "--pipe", "--wait", "--collect"),
        *(f"--setenv={name}={os.environ[name]}" for name in kept),
        *(word for line in settings for word in ("-p", line)),
        "--",
    ]


def attempt(before: list[str], port: int, targets: list[str]) -> dict[str, str]:
    """What became of each address; empty when the program did not run."""
    program = [sys.executable, "-I", "-c", Path(intruder.__file__).read_text(), str(port)]
    try:
        done = subprocess.run(
            [*before, *program, *targets],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
        told: dict[str, str] = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return {}
    return told


def addresses() -> list[str]:
    """The own ones of this machine, and those of its gateways."""
    found = []
    for command in (["ip", "-json", "address"], ["ip", "-json", "route"]):
        for entry in json.loads(ask(command) or "[]"):
            found += [one.get("local", "") for one in entry.get("addr_info", [])]
            found += [entry.get("gateway", "")]
    first = ["127.0.0.1"]
    return list(dict.fromkeys(first + [one for one in found if one and not one.startswith("fe80")]))


class Listener:
    """Counts connections and datagrams on one port of every address. Use with `with`."""

    def __init__(self) -> None:
        both = socket.has_dualstack_ipv6()
        family, place = (socket.AF_INET6, "::") if both else (socket.AF_INET, "0.0.0.0")  # noqa: S104 - whoever gets here is counted
        self._stream = socket.create_server((place, 0), family=family, dualstack_ipv6=both)
        self.port: int = self._stream.getsockname()[1]
        self._datagrams = socket.socket(family, socket.SOCK_DGRAM)
        if both:
            self._datagrams.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        self._datagrams.bind((place, self.port))
        self.count = 0

    def __enter__(self) -> Listener:
        for work in (self._accept, self._receive):
            threading.Thread(target=work, name="listener", daemon=True).start()
        return self

    def __exit__(self, *_exception: object) -> None:
        for sock in (self._stream, self._datagrams):
            sock.close()

    def _accept(self) -> None:
        try:
            while True:
                self._stream.accept()[0].close()
                self.count += 1
        except OSError:
            return

    def _receive(self) -> None:
        try:
            while self._datagrams.recv(64):
                self.count += 1
        except OSError:
            return
