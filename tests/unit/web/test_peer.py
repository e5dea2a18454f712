"""Who may ask what at the control socket: real sockets, real users, as a service sees them."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from roomtone.web.peer import DYNAMIC, HIDDEN, Door, Peer, door_of, is_page, may_ask, peer_of

OWNER, GROUP = 1500, 1600
DAEMON, TESTS = (Path(__file__).resolve().parents[3] / name for name in ("daemon", "tests"))

SERVER = """
import asyncio, os, sys
os.umask(0)
print("ready", flush=True)
sys.stdin.readline()  # the namespace is set up meanwhile
sys.path[:0] = sys.argv[2:]
from fakes.control import FakeControl
from fakes.door import served
import concurrent.futures.thread  # the user to be cannot read the folder of this Python

class Told(FakeControl):
    async def allow(self, terms, by):
        print(by, flush=True)

async def live():
    os.setgroups([])
    os.setresgid(1600, 1600, 1600)
    os.setresuid(1500, 1500, 1500)
    async with served(Told(), __import__("pathlib").Path(sys.argv[1])):
        os.chmod(sys.argv[1], 0o666)  # the mode alone would keep most of them out
        print("serves", flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)

asyncio.run(live())
"""
"""Answers as user 1500 and group 1600, until a line comes."""

OWN_USERS = """
import ctypes, os
os.umask(0o077)
ctypes.CDLL(None, use_errno=True).unshare(0x10000000)
"""
"""Put before SERVER: a user namespace; the test gives it the users that PrivateUsers= gives."""

CLIENT = """
import json, socket, sys
for line in json.loads(sys.argv[2]):
    sock = socket.socket(socket.AF_UNIX)
    sock.connect(sys.argv[1])
    body = b'{"provider": "p", "model": "m", "context": 0}'
    head = [f"{line} HTTP/1.1", "Host: r", "Connection: close", f"Content-Length: {len(body)}"]
    sock.sendall("\\r\\n".join([*head, "", ""]).encode() + body)
    print(sock.makefile("rb").read().decode().split()[1])
"""

ASKED = ["GET /status", "HEAD /status", "GET /history", "POST /cloud/allow", "GET /nowhere"]
ALL, PAGE, NONE = (
    ["200", "200", "200", "200", "404"],
    ["200", "403", "403", "403", "403"],
    ["403", "403", "403", "403", "403"],
)

MATRIX = {
    # who: user, first group, other groups, what it may ask, the same of a service
    "root": (0, 0, [], ALL, ALL),
    "the daemon's own user": (OWNER, GROUP, [], ALL, ALL),
    "a member of the group": (1700, 1700, [1701, GROUP], ALL, ALL),
    "the page": (62000, GROUP, [], PAGE, PAGE),
    "a page with a second group": (62000, GROUP, [GROUP, 1701], PAGE, PAGE),
    "another service": (62001, 62001, [], PAGE, NONE),
    "a first group": (1900, GROUP, [GROUP], ALL, PAGE),
    "a stranger": (1800, 1800, [1801], NONE, NONE),
    "nobody": (HIDDEN, HIDDEN, [], NONE, NONE),
}

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="other users are root's to become")


def hosts_users() -> bool:
    """Whether this computer lets a process have a user namespace."""
    child = os.fork()
    if child == 0:
        os._exit(ctypes.CDLL(None).unshare(0x10000000) != 0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.fixture(scope="module", params=["plain", "a service"])
def server(request):
    """A running server: how its users are seen, its socket and what it prints."""
    if request.param == "a service" and not hosts_users():
        pytest.skip("this computer gives no user namespaces")
    with tempfile.TemporaryDirectory() as folder:
        os.chown(folder, OWNER, GROUP)
        Path(folder).chmod(0o755)
        script = (OWN_USERS if request.param == "a service" else "") + SERVER
        process = subprocess.Popen(
            [sys.executable, "-c", script, f"{folder}/s", str(DAEMON), str(TESTS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"RUNTIME_DIRECTORY": folder},
        )
        try:
            assert process.stdout.readline() == "ready\n"
            if request.param == "a service":
                for kind, own in (("uid", OWNER), ("gid", GROUP)):
                    Path(f"/proc/{process.pid}/{kind}_map").write_text(f"0 0 1\n{own} {own} 1\n")
            process.stdin.write("\n")
            process.stdin.flush()
            assert process.stdout.readline() == "serves\n"
            yield request.param, f"{folder}/s", process.stdout
        finally:
            process.communicate("\n", timeout=10)


def asked_by(uid, gid, groups, path, lines):
    done = subprocess.run(
        ["/usr/bin/python3", "-S", "-c", CLIENT, path, json.dumps(lines)],
        user=uid,
        group=gid,
        extra_groups=groups,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert not done.returncode, done.stderr
    return done.stdout.split()


@needs_root
@pytest.mark.parametrize("who", MATRIX)
def test_each_user_may_ask_what_is_theirs(server, who):
    seen, path, _told = server
    uid, gid, groups, plainly, of_a_service = MATRIX[who]
    expected = of_a_service if seen == "a service" else plainly
    assert asked_by(uid, gid, groups, path, ASKED) == expected
    if expected[3] == "200":
        server[2].readline()


@needs_root
@pytest.mark.parametrize(
    ("who", "plainly", "of_a_service"),
    [
        ("root", "root", "root"),
        ("the daemon's own user", "uid 1500", "uid 1500"),
        ("a member of the group", "uid 1700", "a member of the daemon's group"),
    ],
)
def test_a_yes_is_written_down_with_who_said_it(server, who, plainly, of_a_service):
    seen, path, told = server
    uid, gid, groups, *_ = MATRIX[who]
    assert asked_by(uid, gid, groups, path, ["POST /cloud/allow"]) == ["200"]
    assert told.readline().strip() == (of_a_service if seen == "a service" else plainly)


def test_the_kernel_tells_who_this_process_is():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        peer = peer_of(ours)
    assert (peer.uid, peer.gid) == (os.geteuid(), os.getegid())
    assert peer.groups == frozenset(os.getgroups())


def test_a_connection_without_an_end_is_nobodys():
    with socket.socket(socket.AF_UNIX) as sock, contextlib.suppress(OSError):
        peer = peer_of(sock)
        assert not may_ask(peer, Door(owner=OWNER, group=GROUP))


def test_a_socket_for_its_user_alone_has_no_group(tmp_path):
    (tmp_path / "s").touch(mode=0o600)
    assert door_of(tmp_path / "s").group is None
    (tmp_path / "s").chmod(0o660)
    assert door_of(tmp_path / "s") == Door(owner=os.geteuid(), group=os.getegid())


def test_a_member_of_the_first_group_of_a_user_is_not_let_in_where_only_the_user_is():
    shared = Peer(uid=1700, gid=GROUP, groups=frozenset({GROUP}))
    assert not may_ask(shared, Door(owner=OWNER, group=None))
    assert may_ask(shared, Door(owner=OWNER, group=GROUP))


def test_a_daemon_that_is_itself_hidden_takes_no_other_hidden_user_for_its_own():
    assert not may_ask(Peer(uid=HIDDEN, gid=HIDDEN), Door(owner=HIDDEN, group=None))


@pytest.mark.parametrize("uid", [DYNAMIC[0], DYNAMIC[-1]])
def test_no_service_of_a_passing_user_may_do_more_than_read_the_status(uid):
    door = Door(owner=OWNER, group=GROUP)
    peer = Peer(uid=uid, gid=uid, groups=frozenset({GROUP}))
    assert is_page(peer, door)
    assert not may_ask(peer, door)


def test_the_page_has_the_group_as_its_first():
    unit = (DAEMON.parent / "systemd/roomtone-web.service").read_text().splitlines()
    assert "Group=roomtone" in unit
    assert not any(line.startswith("SupplementaryGroups") for line in unit)
