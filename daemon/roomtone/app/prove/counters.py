"""What the kernel has counted in the network of a process: packets out, datagrams, connections."""

from __future__ import annotations

from pathlib import Path

import msgspec

from roomtone.system.health import ROOT

UNITS = {
    "Ip.OutRequests": "packets",
    "Udp.OutDatagrams": "datagrams",
    "Tcp.ActiveOpens": "connections",
    "IcmpMsg.OutType": "control messages",
    "Ip6OutRequests": "IPv6 packets",
    "Udp6OutDatagrams": "IPv6 datagrams",
}
"""Counter of /proc/net/snmp or snmp6 -> what it counts (snmp_counter.rst of the kernel)."""


class Counters(msgspec.Struct, frozen=True, kw_only=True):
    """All that has been sent so far, by what was counted."""

    sent: dict[str, int]
    """Each of `UNITS`, and "bytes on IFACE" for each interface."""

    @property
    def interfaces(self) -> tuple[str, ...]:
        """Every interface that is there."""
        names = (name.partition(" on ")[2] for name in self.sent)
        return tuple(sorted(name for name in names if name))

    def since(self, before: Counters) -> dict[str, int]:
        """What has been counted since `before`, without what has not moved."""
        grown = {name: count - before.sent.get(name, 0) for name, count in self.sent.items()}
        return {name: count for name, count in grown.items() if count}


def read(pid: int | str = "self", root: Path = ROOT) -> Counters:
    """The counters of the network that process `pid` lives in. Raises OSError."""
    folder = root / "proc" / str(pid) / "net"
    sent = dict.fromkeys(UNITS.values(), 0)
    sent |= _interfaces((folder / "dev").read_text())
    counted = _pairs((folder / "snmp").read_text())
    if (folder / "snmp6").exists():
        counted |= _lines((folder / "snmp6").read_text())
    for name, unit in UNITS.items():
        sent[unit] = sum(count for key, count in counted.items() if key.startswith(name))
    return Counters(sent=sent)


def _interfaces(text: str) -> dict[str, int]:
    """Two lines of headings, then: NAME: 8 numbers received, bytes sent, 7 numbers more."""
    lines = (line.split(":") for line in text.splitlines()[2:])
    return {f"bytes on {name.strip()}": int(numbers.split()[8]) for name, numbers in lines}


def _pairs(text: str) -> dict[str, int]:
    """Pairs of lines: the names, then the counts."""
    found: dict[str, int] = {}
    lines = text.splitlines()
    for names, counts in zip(lines[::2], lines[1::2], strict=True):
        table = names.partition(":")[0]
        pairs = zip(names.split()[1:], counts.split()[1:], strict=True)
        found |= {f"{table}.{name}": int(count) for name, count in pairs}
    return found


def _lines(text: str) -> dict[str, int]:
    pairs = (line.split() for line in text.splitlines())
    return {name: int(count) for name, count in pairs}
