"""Files in place of the room."""

from __future__ import annotations

import time
import wave

import numpy as np
import pytest

from roomtone.app.rim import FileRim
from roomtone.base import message
from roomtone.base.error import OwnerError


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "in.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(np.full(640, 100, "<i2").tobytes())
    return path


def test_the_end_of_a_recording_is_told_once(recording):
    rim = FileRim(str(recording), "", realtime=False)
    rim.begin(microphone=True)
    told = []
    for number in range(1, 6):
        rim.read()
        told += rim.news(number * 0.02)
    assert told == [message.InputEnded(t=pytest.approx(0.04))]


def test_a_closed_microphone_gives_silence_while_the_recording_goes_on(recording):
    rim = FileRim(str(recording), "", realtime=False)
    rim.begin(microphone=False)
    assert not rim.read().any()
    rim.open_microphone(wanted=True)
    assert rim.read().all()


def test_the_recording_itself_is_never_written_over(recording):
    rim = FileRim(str(recording), str(recording.parent / "." / "in.wav"), realtime=False)
    before = recording.read_bytes()
    with pytest.raises(OwnerError, match="the recording itself"):
        rim.begin(microphone=True)
    assert recording.read_bytes() == before
    assert list(recording.parent.iterdir()) == [recording]


def test_a_recording_keeps_time_only_while_it_is_wanted_to(recording):
    rim = FileRim(str(recording), "", realtime=False)
    rim.begin(microphone=True)
    assert _lasted(rim) < 0.1
    time.sleep(0.2)
    rim.keep_time(wanted=True)
    assert 0.15 < _lasted(rim) < 1
    rim.keep_time(wanted=False)
    assert _lasted(rim) < 0.1


def _lasted(rim):
    """Seconds on the clock that 0.2 s of the recording take."""
    began = time.monotonic()
    for _ in range(10):
        rim.read()
    return time.monotonic() - began


def test_only_a_real_time_recording_needs_no_grants(recording):
    assert FileRim(str(recording), "", realtime=False).granted_only
    assert not FileRim(str(recording), "", realtime=True).granted_only
