"""A few seconds from the microphone, for a command that needs them."""

from __future__ import annotations

import numpy as np

from roomtone.base.error import OwnerError
from roomtone.base.frame import BLOCK_MS
from roomtone.capture.mic import LiveSound
from roomtone.capture.resample import Samples
from roomtone.capture.settings import SoundSettings


def record(settings: SoundSettings, seconds: float) -> Samples:
    """That many seconds from now on, 16 kHz. Raises OwnerError when there is no microphone."""
    live = LiveSound(settings)
    live.begin(microphone=True)
    try:
        if "input" not in live.started():
            raise OwnerError("there is no microphone to record from; see `roomtone devices`")
        return np.concatenate([live.read() for _ in range(round(seconds * 1000 / BLOCK_MS))])
    finally:
        live.close()
