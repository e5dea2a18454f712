"""Who is at the other end of the control socket, told by the kernel, and what they may ask."""

from __future__ import annotations

import contextlib
import logging
import os
import pwd
import socket
import stat
import struct
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web

_log = logging.getLogger(__name__)

HIDDEN = 65534
"""What the kernel calls users and groups that the daemon's user namespace does not know: the
default of /proc/sys/kernel/overflowuid. In `roomtone.service` (PrivateUsers=) that is everybody but
root and the service's own."""

DYNAMIC = range(61184, 65520)
"""Users that systemd makes for services with DynamicUser=, as the page's (systemd.exec(5))."""

GROUPS = 59
"""SO_PEERGROUPS of socket(7), which Python does not name."""

GROUPS_LIMIT = 1024
"""Bytes that Python takes for a socket option: 256 groups."""

REFUSED = (
    "this user may not ask that; root, the daemon's own user and those who joined its group may: "
    "`sudo adduser NAME roomtone`, then log in again"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Peer(msgspec.Struct, frozen=True, kw_only=True):
    """The process that opened a connection, as the kernel noted it at that moment."""

    uid: int
    gid: int
    """Its first group."""
    groups: frozenset[int] = frozenset()
    """All others."""

    @property
    def name(self) -> str:
        """Whom to write down: the user's name, or what is known of one that the kernel hides."""
        if self.uid == HIDDEN:
            return "a member of the daemon's group"
        with contextlib.suppress(KeyError):
            return pwd.getpwuid(self.uid).pw_name
        return f"uid {self.uid}"


class Door(msgspec.Struct, frozen=True, kw_only=True):
    """What a socket says about who may ask."""

    owner: int
    """The daemon's own user."""
    group: int | None
    """The group whose members may ask; None where the socket is for its user alone."""


DOOR: web.AppKey[Door] = web.AppKey("door", Door)
_PEER: web.RequestKey[Peer] = web.RequestKey("peer", Peer)


@web.middleware
async def known(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let in who may ask, and note who it is; everybody else gets 403 and is not read."""
    door = request.app[DOOR]
    transport = request.transport
    if transport is None:
        raise web.HTTPForbidden(reason=REFUSED)
    peer = peer_of(transport.get_extra_info("socket"))
    reads_status = request.method == "GET" and request.path == "/status"
    if not (may_ask(peer, door) or (reads_status and is_page(peer, door))):
        _log.warning("a request of user %d was refused", peer.uid)
        raise web.HTTPForbidden(reason=REFUSED)
    request[_PEER] = peer
    return await handler(request)


def asker(request: web.Request) -> Peer:
    """Who has sent a request that was let in."""
    return request[_PEER]


def door_of(path: Path | str, owner: int | None = None) -> Door:
    """The door of the control socket at `path`; its group counts where the mode lets it in."""
    found = Path(path).stat()
    return Door(
        owner=os.geteuid() if owner is None else owner,
        group=found.st_gid if found.st_mode & stat.S_IWGRP and found.st_gid != HIDDEN else None,
    )


def peer_of(sock: Any) -> Peer:
    """Who opened the connection `sock`, also when they have left. Raises OSError for none."""
    raw = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _pid, uid, gid = struct.unpack("3I", raw)
    groups: frozenset[int] = frozenset()
    with contextlib.suppress(OSError):  # more groups than fit: none of them counts
        listed = sock.getsockopt(socket.SOL_SOCKET, GROUPS, GROUPS_LIMIT)
        groups = frozenset(struct.unpack(f"{len(listed) // 4}I", listed))
    return Peer(uid=uid, gid=gid, groups=groups)


def may_ask(peer: Peer, door: Door) -> bool:
    """Whether this is root, the daemon's own user, or a person of its group.

    The page runs with the daemon's group as its first group, which no process can give up; whoever
    is hidden behind the same number and has it so is taken for the page.
    """
    if peer.uid == 0 or (peer.uid == door.owner != HIDDEN):
        return True
    if door.group is None or is_page(peer, door):
        return False
    return door.group in peer.groups or door.group == peer.gid


def is_page(peer: Peer, door: Door) -> bool:
    """Whether this is the page's process, which may read the status."""
    return peer.uid in DYNAMIC or (peer.uid == HIDDEN and peer.gid == door.group)
