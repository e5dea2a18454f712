"""Runs in a network of its own that is broken in one way, asks a provider, prints what came of it.

`python adrift.py SCENE FOLDER`, as root, under `unshare --net --mount`.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

from fakes.certificates import Authority
from fakes.provider import Provider
from roomtone.base.message.cloud import Ask, Line
from roomtone.respond.cloud import Cloud
from roomtone.respond.failure import ProviderError

QUESTION = "a question that must not leave"
URL = "https://api.openai.com/v1"
INSIDE, PUBLIC, NOWHERE = "10.9.9.1", "8.8.8.8", "9.9.9.9"
PORTAL = b"HTTP/1.1 302 Found\r\nLocation: http://login.invalid/\r\nContent-Length: 0\r\n\r\n"

FOLDER = Path(sys.argv[2])


def sh(*commands: str) -> None:
    for command in commands:
        subprocess.run(command.split(), check=True)


def name_server(address: str) -> None:
    """Have names looked up there."""
    file = FOLDER / "resolv.conf"
    file.write_text(f"nameserver {address}\noptions timeout:1 attempts:1\n")
    sh(f"mount --bind {file} /etc/resolv.conf")


class Names(asyncio.DatagramProtocol):
    """Answers every question for an IPv4 address with the same one (RFC 1035)."""

    def __init__(self, address: str) -> None:
        self._address = socket.inet_aton(address)

    def connection_made(self, transport) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr) -> None:
        question = data[12 : data.index(b"\0", 12) + 5]
        kind = question[-4:-2]
        answer = b"\xc0\x0c" + question[-4:] + b"\0\0\0\x3c\0\x04" + self._address
        count = b"\0\1" if kind == b"\0\1" else b"\0\0"
        head = data[:2] + b"\x81\x80\0\1" + count + b"\0\0\0\0"
        self._transport.sendto(head + question + (answer if kind == b"\0\1" else b""), addr)


async def answering(address: str) -> None:
    """Have every name mean `address`, asked over loopback."""
    sh("ip link set lo up")
    name_server("127.0.0.1")
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(lambda: Names(address), local_addr=("127.0.0.1", 53))


@dataclasses.dataclass
class Portal:
    """A login page that notes all it is sent."""

    connections: int = 0
    got: bytes = b""

    async def open(self, address: str, tls: ssl.SSLContext | None) -> None:
        sh(f"ip addr add {address}/32 dev lo")
        await asyncio.start_server(self._greet, address, 443, ssl=tls)

    async def _greet(self, reader, writer) -> None:
        self.connections += 1
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(0.2):
                self.got += await reader.read(65536)
            writer.write(PORTAL)
            self.got += await reader.read(65536)
        writer.close()


async def asked(cloud: Cloud, first_s: float = 3.0) -> dict:
    """What came of a question, and how soon."""
    bodies = []

    async def permit(body: bytes) -> None:
        bodies.append(len(body))

    async def heard(_words: str) -> None:
        pass

    ask = Ask(
        provider="",
        model="m",
        messages=[Line(role="user", content=QUESTION)],
        max_tokens=5,
        temperature=0.0,
        first_s=first_s,
        whole_s=9.0,
    )
    await cloud.warm()
    began = time.monotonic()
    kind = "answered"
    try:
        await cloud.answer(ask, permit, heard)
    except ProviderError as failure:
        kind = failure.kind
    return {"kind": kind, "s": time.monotonic() - began, "requests": len(bodies)}


async def no_interface() -> list:
    return [await asked(Cloud(URL, "key"))]


async def no_route() -> list:
    sh("ip link set lo up")
    name_server(NOWHERE)
    return [await asked(Cloud(URL, "key"))]


async def silent_name_server() -> list:
    sh("ip link set lo up")
    name_server("127.0.0.1")
    with socket.socket(type=socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 53))
        return [await asked(Cloud(URL, "key")) for _ in range(2)]


async def silent_provider() -> list:
    """Its queue is full, so that the kernel answers nobody."""
    await answering(PUBLIC)
    sh(f"ip addr add {PUBLIC}/32 dev lo")
    with socket.create_server((PUBLIC, 443), backlog=0) as door, contextlib.ExitStack() as crowd:
        for _ in range(3):
            one = crowd.enter_context(socket.socket())
            one.settimeout(0)
            one.connect_ex(door.getsockname())
        return [await asked(Cloud(URL, "key"))]


async def portal(address: str, *, encrypted: bool) -> list:
    await answering(address)
    page = Portal()
    await page.open(address, Authority(FOLDER).server("api.openai.com") if encrypted else None)
    told = await asked(Cloud(URL, "key"))
    await asyncio.sleep(0.3)
    return [told | {"connections": page.connections, "told": QUESTION.encode() in page.got}]


async def flapping() -> list:
    """The link is down and up for two seconds each; a part is asked five times a second.

    What came of it says `up` when the link was up from before the question to after its answer.
    """
    sh(f"ip addr add {INSIDE}/32 dev lo", "ip link set lo up")
    provider = Provider()
    server = await asyncio.start_server(provider._talk, INSIDE, 8080)
    cloud, told = Cloud(f"http://{INSIDE}:8080/v1", "key"), []
    flap = asyncio.create_task(_flap(link := {"up": True, "changes": 0}))
    while not flap.done():
        before = dict(link)
        one = await asked(cloud, first_s=1.0)
        told.append(one | {"up": before["up"] and before == link, "phase": before["changes"]})
        await asyncio.sleep(0.2)
    server.close()
    return told


async def _flap(link: dict) -> None:
    for number in range(8):
        link |= {"up": number % 2 == 1, "changes": number}
        sh(f"ip link set lo {'up' if link['up'] else 'down'}")
        await asyncio.sleep(2.0)


SCENES = {
    "no interface": no_interface,
    "no route": no_route,
    "silent name server": silent_name_server,
    "silent provider": silent_provider,
    "portal in the house": lambda: portal(INSIDE, encrypted=True),
    "portal with encryption": lambda: portal(PUBLIC, encrypted=True),
    "portal without encryption": lambda: portal(PUBLIC, encrypted=False),
    "flapping": flapping,
}

if __name__ == "__main__":
    sh("mount --make-rprivate /")
    json.dump(asyncio.run(SCENES[sys.argv[1]]()), sys.stdout)
