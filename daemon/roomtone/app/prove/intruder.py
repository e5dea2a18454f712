"""Tries to reach addresses, from wherever it is started: `python intruder.py PORT ADDRESS...`.

Prints one JSON object: address -> what became of it. Standard library only and no import of
Roomtone, so that it runs behind walls that hide the house's folders.
"""

from __future__ import annotations

import contextlib
import errno
import json
import selectors
import socket
import sys
import time

PATIENCE = 1.5
"""Seconds for all connections together; a first packet that is lost is sent again in it."""

ARRIVED = (0, errno.ECONNREFUSED, errno.ECONNRESET)
"""Results of connect(2) that only somebody there can have caused."""


def main() -> None:
    """A datagram to each address, then a connection."""
    port, addresses = int(sys.argv[1]), sys.argv[2:]
    told = {address: _datagram(address, port) for address in addresses}
    for address, result in _connections(addresses, port).items():
        told[address] += f" {result}"
    json.dump(told, sys.stdout)


def _datagram(address: str, port: int) -> str:
    """Either "sent" or the name of the refusal."""
    with _socket(address, socket.SOCK_DGRAM) as sock:
        try:
            sock.sendto(b"intruder", (address, port))
        except OSError as problem:
            return errno.errorcode.get(problem.errno or 0, "refused")
    return "sent"


def _connections(addresses: list[str], port: int) -> dict[str, str]:
    """Either "reached" or how it failed, for each."""
    told = dict.fromkeys(addresses, "silence")
    with selectors.DefaultSelector() as waiting, contextlib.ExitStack() as stack:
        for address in addresses:
            sock = stack.enter_context(_socket(address, socket.SOCK_STREAM))
            sock.settimeout(0)
            result = sock.connect_ex((address, port))
            if result == errno.EINPROGRESS:
                waiting.register(sock, selectors.EVENT_WRITE, address)
            else:
                told[address] = _told(result)
        end = time.monotonic() + PATIENCE
        while waiting.get_map() and (left := end - time.monotonic()) > 0:
            for key, _ in waiting.select(left):
                sock = waiting.unregister(key.fileobj).fileobj  # type: ignore[assignment]
                told[key.data] = _told(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
    return told


def _told(result: int) -> str:
    return "reached" if result in ARRIVED else errno.errorcode.get(result, "refused")


def _socket(address: str, kind: socket.SocketKind) -> socket.socket:
    return socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, kind)


if __name__ == "__main__":
    main()
