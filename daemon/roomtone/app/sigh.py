"""A low, falling sound for a daemon that cannot make one any more."""

from __future__ import annotations

import numpy as np

from roomtone.app.rim import DeviceRim
from roomtone.base.frame import BLOCK_SAMPLES
from roomtone.capture.settings import SoundSettings
from roomtone.speak.cue import cue

TIMES = 2
PAUSE_BLOCKS = 20
"""Blocks of silence after each time; the last ones carry the sound through the device."""


def sigh(sound: SoundSettings) -> None:
    """Play it through the loudspeaker of `sound`. Raises OwnerError when there is none."""
    tone = np.frombuffer(cue("failed"), "<i2")
    whole = np.pad(tone, (0, -len(tone) % BLOCK_SAMPLES + PAUSE_BLOCKS * BLOCK_SAMPLES))
    rim = DeviceRim(sound, "", insist=True)
    rim.begin(microphone=False)
    try:
        rim.started()
        for block in np.tile(whole, TIMES).reshape(-1, BLOCK_SAMPLES):
            rim.read()
            rim.write(block)
    finally:
        rim.close()
