"""A process that may not run what it wrote, as a sandbox makes one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from roomtone.system.code_memory import require_code_memory

DAEMON = Path(__file__).resolve().parents[3] / "daemon"

DENIED = """
import ctypes, sys
PR_SET_MDWE = 65
if ctypes.CDLL(None).prctl(PR_SET_MDWE, 1, 0, 0, 0):
    sys.exit("not in this kernel")
from roomtone.system.code_memory import require_code_memory
require_code_memory("nothing works")
"""


def test_where_it_is_allowed_nothing_is_said():
    require_code_memory("nothing works")


def test_where_it_is_denied_the_owner_learns_what_to_change():
    told = subprocess.run(
        [sys.executable, "-c", DENIED],
        env=os.environ | {"PYTHONPATH": str(DAEMON)},
        capture_output=True,
        text=True,
        check=False,
    )
    if "not in this kernel" in told.stderr:
        pytest.skip("this kernel cannot deny it to one process")
    assert told.returncode
    assert "so nothing works: take MemoryDenyWriteExecute= out" in told.stderr
