"""The commands that systemd starts, started with and without a socket from it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from roomtone.base.message.cloud import Look
from roomtone.base.wire import pack

DAEMON = Path(__file__).resolve().parents[3] / "daemon"

HAND = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
os.execv(sys.executable, [sys.executable, "-m", "roomtone", *sys.argv[2:]])
"""


def started(door, command):
    """`roomtone COMMAND` with `door` handed over as systemd does, and without a home."""
    return subprocess.Popen(
        [sys.executable, "-c", HAND, str(door.fileno()), *command.split()],
        pass_fds=[door.fileno(), 3],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(DAEMON)},
        stderr=subprocess.PIPE,
    )


def asked(door, text: str) -> str:
    """What is answered at `door`; waits until somebody serves it."""
    with socket.socket(door.family) as sock:
        sock.settimeout(20)
        sock.connect(door.getsockname())
        sock.sendall(text.replace("\n", "\r\n").encode())
        answer = b""
        while piece := sock.recv(65536):
            answer += piece
        return answer.decode()


@pytest.mark.parametrize("command", ["web", "cloud serve"])
def test_started_by_hand_it_says_who_starts_it(command):
    told = subprocess.run(
        [sys.executable, "-m", "roomtone", *command.split()],
        env=os.environ | {"PYTHONPATH": str(DAEMON)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert f"systemctl start roomtone-{command.split()[0]}.socket" in told.stderr
    assert told.stderr.count("\n") == 1


def test_the_page_is_served_and_ends_at_once():
    with socket.create_server(("127.0.0.1", 0)) as door:
        process = started(door, "web")
        try:
            page = asked(door, "GET / HTTP/1.1\nHost: localhost\n\n")
            status = asked(door, "GET /status HTTP/1.1\nHost: localhost\n\n")
        finally:
            process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            process.wait(10)
    assert "<title>Roomtone</title>" in page
    assert '"state"' in status
    assert time.monotonic() - began < 2
    assert process.returncode == 0
    assert process.stderr.read() == b""


def test_the_way_to_the_internet_is_served_and_ends_at_once(tmp_path):
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "door"))
        door.listen()
        process = started(door, "cloud serve")
        wire = socket.socket(socket.AF_UNIX)
        try:
            wire.settimeout(20)
            wire.connect(door.getsockname())
            wire.sendall(pack(Look()))
            told = wire.recv(65536)
        finally:
            wire.close()
            process.send_signal(signal.SIGTERM)
            process.wait(10)
    assert b"api.openai.com" in told
    assert process.returncode == 0
