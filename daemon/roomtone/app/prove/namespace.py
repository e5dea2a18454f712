"""A world of its own for this process: a network in which every address is heard, a disk to read.

Raises OSError where the system does not give it: without user namespaces, or under AppArmor.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
from pathlib import Path

NEW_MOUNTS, NEW_USER, NEW_NETWORK = 0x00020000, 0x10000000, 0x40000000
"""CLONE_NEW* of unshare(2)."""

BIND, RECURSIVE, PRIVATE = 4096, 16384, 1 << 18
"""MS_* of mount(2)."""

READ_ONLY, WHOLE_TREE, HERE = 1, 0x8000, -100
"""MOUNT_ATTR_RDONLY, AT_RECURSIVE and AT_FDCWD of mount_setattr(2)."""

MOUNT_SETATTR = 442
"""Number of the system call, the same on every processor."""

SET_FLAGS, UP = 0x8914, 1
"""SIOCSIFFLAGS and IFF_UP of netdevice(7)."""

NEW_ROUTE, REQUEST_AND_CREATE = 24, 0x1 | 0x4 | 0x400
"""RTM_NEWROUTE of rtnetlink(7), NLM_F_* of netlink(7)."""

LOCAL_TABLE, LOCAL, BOOT, HOST, OUTPUT = 255, 2, 3, 254, 4
"""RT_TABLE_LOCAL, RTN_LOCAL, RTPROT_BOOT, RT_SCOPE_HOST, RTA_OIF of rtnetlink(7)."""


def leave() -> None:
    """Move this process into namespaces of its own: mounts and network, and a user for them."""
    user, group = os.getuid(), os.getgid()
    if user == 0:
        try:
            _call("unshare", NEW_MOUNTS | NEW_NETWORK)
        except OSError:
            pass
        else:
            return
    _call("unshare", NEW_USER | NEW_MOUNTS | NEW_NETWORK)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"0 {user} 1")
    Path("/proc/self/gid_map").write_text(f"0 {group} 1")


def hear_every_address() -> None:
    """Bring the loopback up and make every address of the world lie on it, also for IPv6.

    Whatever a program sends anywhere becomes a packet that is heard, and goes no further.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        fcntl.ioctl(sock, SET_FLAGS, struct.pack("16sh14x", b"lo", UP))
    _everything_is_local(socket.AF_INET)
    if Path("/proc/self/net/if_inet6").exists():
        _everything_is_local(socket.AF_INET6)


def let_write_only(folder: Path, memory: Path) -> None:
    """Make everything read-only but `folder`, with `memory` in it in the place of /dev/shm."""
    _mount("", Path("/"), "", PRIVATE | RECURSIVE)
    _mount(str(folder), folder, "", BIND)
    _writable(Path("/"), WHOLE_TREE, yes=False)
    _writable(folder, 0, yes=True)
    if Path("/dev/shm").is_dir():  # noqa: S108 - this is about that very folder
        _mount(str(memory), Path("/dev/shm"), "", BIND)  # noqa: S108


def empty(folder: Path) -> None:
    """Put a new and empty file system, in memory, in the place of `folder`."""
    _mount("tmpfs", folder, "tmpfs", 0)


def close(folder: Path) -> None:
    """Let nothing more be written there; the sockets in it go on to work."""
    _writable(folder, 0, yes=False)


def _everything_is_local(family: socket.AddressFamily) -> None:
    lo = socket.if_nametoindex("lo")
    route = struct.pack("BBBBBBBBI", family, 0, 0, 0, LOCAL_TABLE, BOOT, HOST, LOCAL, 0)
    route += struct.pack("HHI", 8, OUTPUT, lo)
    header = struct.pack("IHHII", 16 + len(route), NEW_ROUTE, REQUEST_AND_CREATE, 1, 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as sock:
        sock.settimeout(1.0)
        sock.send(header + route)
        answer = sock.recv(4096)
    (refusal,) = struct.unpack_from("i", answer, 16)
    if refusal:
        raise OSError(-refusal, os.strerror(-refusal))


def _writable(path: Path, flags: int, *, yes: bool) -> None:
    attributes = struct.pack("QQQQ", 0 if yes else READ_ONLY, READ_ONLY if yes else 0, 0, 0)
    _call("syscall", MOUNT_SETATTR, HERE, os.fsencode(path), flags, attributes, len(attributes))


def _mount(source: str, target: Path, kind: str, flags: int) -> None:
    _call("mount", source.encode(), os.fsencode(target), kind.encode(), flags, None)


def _call(name: str, *arguments: object) -> None:
    """Call the C library. Raises OSError."""
    plain = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*plain):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
