"""The sound of a daemon that has failed, in a real room."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.sound

DAEMON = Path(__file__).resolve().parents[2] / "daemon"


def sighed(environment):
    return subprocess.run(
        [sys.executable, "-m", "roomtone", "sigh"],
        env=os.environ | environment | {"PYTHONPATH": str(DAEMON)},
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )


def test_a_sigh_is_heard_even_with_a_broken_configuration(room, tmp_path):
    broken = tmp_path / "broken.toml"
    broken.write_text("[wake\n")
    with room.recording() as heard:
        told = sighed(room.environment | {"ROOMTONE_CONFIG": str(broken)})
    assert (told.returncode, told.stderr) == (0, "")
    assert np.abs(heard[0].astype(np.int32)).max() > 3000


def test_without_a_loudspeaker_it_says_so():
    told = sighed({})
    if not told.returncode:
        pytest.skip("this computer has a loudspeaker, and it sighed")
    assert "roomtone devices" in told.stderr
