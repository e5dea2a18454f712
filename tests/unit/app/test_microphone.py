"""A few seconds from the microphone."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.app import microphone
from roomtone.base.error import OwnerError
from roomtone.capture.settings import SoundSettings


class Sound:
    """A microphone, if `there`."""

    there = True
    closed = False

    def __init__(self, _settings: SoundSettings) -> None:
        pass

    def begin(self, *, microphone: bool) -> None:
        assert microphone

    def started(self) -> dict[str, str]:
        return {"input": "Array"} if self.there else {"microphone": "missing"}

    def read(self) -> np.ndarray:
        return np.ones(320, np.int16)

    def close(self) -> None:
        type(self).closed = True


@pytest.mark.parametrize("there", [True, False])
def test_so_many_seconds_are_recorded_and_the_device_let_go(monkeypatch, there) -> None:
    monkeypatch.setattr(Sound, "there", there)
    monkeypatch.setattr(microphone, "LiveSound", Sound)
    if there:
        assert len(microphone.record(SoundSettings(), 1.5)) == 24_000
    else:
        with pytest.raises(OwnerError, match="no microphone"):
            microphone.record(SoundSettings(), 1.5)
    assert Sound.closed
