"""What libraries would tell their makers stays untold."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import onnxruntime
import pytest

DAEMON = Path(__file__).resolve().parents[2] / "daemon"

LOAD = """
import sys, time
from roomtone.detect.network import open_network
open_network(sys.argv[1])
time.sleep(0.5)
"""


@pytest.fixture
def network(tmp_path) -> Path:
    """The smallest network there is: ONNX Runtime's own example."""
    return Path(onnxruntime.__file__).parent / "datasets" / "mul_1.onnx"


def test_a_network_is_loaded_without_a_number_for_this_machine(tmp_path, network):
    env = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    env |= {"HOME": str(tmp_path), "PYTHONPATH": str(DAEMON)}
    subprocess.run([sys.executable, "-c", LOAD, str(network)], env=env, check=True)
    assert not list(tmp_path.rglob("*"))
