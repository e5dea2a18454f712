"""Listens to every packet of a network and knows the questions for names among them."""

from __future__ import annotations

import socket
from collections import Counter

EVERY = 0x0003
"""ETH_P_ALL of packet(7)."""

ROOM = 4 * 1024 * 1024
"""Bytes of packets that may wait to be looked at."""

NAMES = {53, 853, 5353, 5355, 137}
"""Ports of questions for names: DNS, DNS over TLS, mDNS, LLMNR, NetBIOS."""

IP4, IP6, TCP, UDP = 0x0800, 0x86DD, 6, 17


class Listener:
    """Counts from its beginning on. Raises OSError when this network may not be listened to."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(EVERY))
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, ROOM)
        self._socket.settimeout(0)
        self.seen: Counter[str] = Counter()
        """Packets, and the questions for names among them."""

    def drain(self) -> None:
        """Count what has come; each packet of a loopback is heard twice and counts once."""
        while True:
            try:
                packet, (_, kind, way, *_) = self._socket.recvfrom(65536)
            except BlockingIOError:
                return
            if way != socket.PACKET_OUTGOING:
                self.seen["packets"] += 1
                self.seen["questions for names"] += asks_for_a_name(kind, packet)

    def close(self) -> None:
        """Listen no more."""
        self._socket.close()


def asks_for_a_name(kind: int, packet: bytes) -> bool:
    """Whether an IP packet, `kind` its EtherType, goes to a port of `NAMES`."""
    if kind == IP4 and len(packet) >= 20:
        protocol, begin = packet[9], (packet[0] & 15) * 4
    elif kind == IP6 and len(packet) >= 40:
        protocol, begin = packet[6], 40
    else:
        return False
    port = int.from_bytes(packet[begin + 2 : begin + 4], "big")
    return protocol in (TCP, UDP) and port in NAMES
