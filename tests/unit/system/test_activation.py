"""Sockets from the service manager."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

from roomtone.system.activation import handed

DAEMON = Path(__file__).resolve().parents[3] / "daemon"

SCRIPT = """
import json, os
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
from roomtone.system.activation import handed
print(json.dumps([sock.getsockname() for sock in handed()]))
"""


def test_nobody_handed_any():
    assert handed({}) == []
    assert handed({"LISTEN_PID": str(os.getpid() + 1), "LISTEN_FDS": "1"}) == []


def test_a_listening_socket_is_taken_over(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as door:
        put = f"import os,sys; os.dup2({door.fileno()}, 3); os.execv(sys.argv[1], sys.argv[1:])"
        told = subprocess.run(
            [sys.executable, "-c", put, sys.executable, "-c", SCRIPT],
            pass_fds=[door.fileno(), 3],
            env=os.environ | {"PYTHONPATH": str(DAEMON)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(told.stdout) == [list(door.getsockname())]
