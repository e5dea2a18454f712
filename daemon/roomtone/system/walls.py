"""The walls around this process, tried from inside: what keeps the network out, and if it does.

Nobody says "offline" who has not tried them all. Nothing is sent to find out.
"""

from __future__ import annotations

import errno
import socket
import threading
from pathlib import Path

import msgspec

ELSEWHERE = "192.0.2.1"
"""An address that belongs to nobody (RFC 5737)."""

PATIENCE = 0.04
"""Seconds for a question that must be refused at once; a longer wait means that it is asked."""

RESOLVERS = (
    "/run/systemd/resolve/io.systemd.Resolve",
    "/run/nscd/socket",
    "/var/run/nscd/socket",
    "/run/avahi-daemon/socket",
)
"""Sockets of programs that look names up in the network for anybody."""

BUSES = ("/run/dbus/system_bus_socket", "/run/systemd/private")
"""Sockets over which other programs, resolved among them, can be asked for anything."""

FAMILIES = ("AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET")


class Wall(msgspec.Struct, frozen=True, kw_only=True):
    """One wall: whether it holds, and what was seen."""

    holds: bool
    how: str
    """What was tried and what came of it, in a few words."""


class Walls(msgspec.Struct, frozen=True, kw_only=True):
    """The walls of one process; `walls` is made of JSON when it goes to `status`."""

    sockets: Wall
    """No socket can be made that speaks to a network."""
    network: Wall
    """There is no interface but the loopback, and no way to an address outside."""
    names: Wall
    """Nobody looks up a name: not the C library, not a resolver of the machine."""
    bus: Wall
    """The machine's buses are out of reach."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the walls that do not hold; with none the process is provably offline."""
        return tuple(name for name in self.__struct_fields__ if not getattr(self, name).holds)

    def __str__(self) -> str:
        count = len(self.__struct_fields__)
        return f"{count - len(self.missing)} of {count}"


def probe() -> Walls:
    """Try every wall from this process; takes less than 50 ms, sends nothing, raises nothing."""
    sockets, network, bus = _sockets(), _network(), _shut("a bus", BUSES)
    shut = sockets.holds and network.holds and bus.holds
    return Walls(sockets=sockets, network=network, names=_names(shut=shut), bus=bus)


def _sockets() -> Wall:
    made = [name for name in FAMILIES if _can_make(getattr(socket, name))]
    if made:
        return Wall(holds=False, how=f"{', '.join(made)} sockets can be made")
    return Wall(holds=True, how="internet, netlink and packet sockets are refused")


def _can_make(family: int) -> bool:
    """Whether the kernel gives such a socket; AF_PACKET wants a power that few have."""
    try:
        socket.socket(family, socket.SOCK_DGRAM).close()
    except OSError:
        return False
    return True


def _network() -> Wall:
    """Look at the interfaces, and ask the kernel for a way out: a datagram socket's connect()."""
    try:
        lines = Path("/proc/self/net/dev").read_text().splitlines()[2:]
    except OSError as problem:
        return Wall(holds=False, how=f"the interfaces cannot be read ({problem.strerror})")
    if others := sorted({line.split(":")[0].strip() for line in lines} - {"lo"}):
        return Wall(holds=False, how=f"there are interfaces: {', '.join(others)}")
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.settimeout(0)
            sock.connect((ELSEWHERE, 9))
    except OSError as refusal:
        name = errno.errorcode.get(refusal.errno or 0, "refused")
        return Wall(holds=True, how=f"no interface but lo; connect: {name}")
    return Wall(holds=False, how="there is a way to an address outside")


def _names(*, shut: bool) -> Wall:
    """Reach for the resolvers, then, behind walls that hold, ask the C library for a name.

    Without those walls the question would travel, and a name server that is away would hold it up.
    """
    resolver = _shut("a resolver", RESOLVERS)
    if not resolver.holds:
        return resolver
    if not shut:
        return Wall(holds=False, how="the C library can ask the network, for other walls are open")
    answers: list[str] = []
    asking = threading.Thread(target=_ask, args=(answers,), name="names", daemon=True)
    asking.start()
    asking.join(PATIENCE)
    if asking.is_alive():
        return Wall(holds=False, how="a question for a name is not refused at once")
    if answers != ["refused"]:
        return Wall(holds=False, how="a name was looked up")
    return Wall(holds=True, how="no resolver is reached; a question for a name fails at once")


def _ask(answers: list[str]) -> None:
    try:
        socket.getaddrinfo("example.com", 80, type=socket.SOCK_STREAM)
        answers.append("answered")
    except OSError:
        answers.append("refused")


def _shut(what: str, sockets: tuple[str, ...]) -> Wall:
    for path in sockets:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
            sock.settimeout(0)
            try:
                sock.connect(path)
            except BlockingIOError:
                pass  # its queue is full, so it is there
            except OSError:
                continue
            return Wall(holds=False, how=f"{what} answers at {path}")
    return Wall(holds=True, how=f"{what} is not to be reached")
