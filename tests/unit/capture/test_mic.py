"""The life of a live device: opened, lost, healed, closed; nothing here makes a sound."""

from __future__ import annotations

import itertools
import threading
import time

import numpy as np
import pytest

from fakes.portaudio import FakeSoundDevice
from roomtone.base import message
from roomtone.base.error import OwnerError
from roomtone.capture import intake, mic
from roomtone.capture.devices import PortAudio
from roomtone.capture.settings import SoundSettings

DUPLEX = [("Speakerphone", 1, 2, 16_000)]


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    """A start fails in 0.1 s, a second try comes at once; a busy machine is no stall."""
    monkeypatch.setattr(mic, "STALL", 60.0)
    monkeypatch.setattr(mic, "START_PATIENCE", 0.1)
    monkeypatch.setattr(mic, "BACKOFF", (0.01,))
    monkeypatch.setattr(intake, "PATIENCE", 0.05)


@pytest.fixture
def library():
    return FakeSoundDevice(DUPLEX)


@pytest.fixture
def live(library):
    sound = mic.LiveSound(SoundSettings(), lambda: PortAudio(library))
    yield sound
    sound.close()


def until(sound, kind):
    """Keep the stream going until there is news of `kind`; all the news."""
    told = []
    end = time.monotonic() + 30
    while time.monotonic() < end:
        sound.read()
        told += sound.news()
        if any(isinstance(news, kind) for news in told):
            return told
    raise AssertionError(f"no {kind.__name__} came")


def test_what_the_microphone_hears_is_read_unchanged(live, library):
    live.start(microphone=True)
    sound = np.arange(1, 641)
    library.newest("input").deliver(sound)
    assert np.concatenate([live.read(), live.read()]).tolist() == sound.tolist()


def test_the_start_tells_what_was_opened(live):
    assert live.start(microphone=True) == {
        "output": "Speakerphone",
        "output_rate": 16_000,
        "input": "Speakerphone",
        "input_rate": 16_000,
    }


def test_what_is_written_reaches_every_channel_of_the_loudspeaker(live, library):
    live.start(microphone=True)
    sound = np.arange(1, 321, dtype=np.int16)
    live.write(sound)
    heard = library.newest("output").draw(1280)
    assert heard[heard != 0].tolist() == sound.tolist()


def test_mute_closes_the_device_and_silence_keeps_the_pace(live, library):
    live.start(microphone=True)
    stream = library.newest("input")
    stream.deliver(np.arange(1, 1000))
    live.open_microphone(wanted=False)
    began = time.monotonic()
    blocks = [live.read() for _ in range(10)]
    assert not np.concatenate(blocks).any()
    assert time.monotonic() - began > 0.1
    assert stream.closed
    assert not library.newest("output").closed


def test_unmute_opens_the_device_again(live, library):
    live.start(microphone=False)
    assert [stream.way for stream in library.streams] == ["output"]
    live.open_microphone(wanted=True)
    library.wait_for(2)
    library.newest("input").deliver(np.full(320, 7))
    assert any(live.read().any() for _ in range(5))


def test_a_device_that_goes_away_is_told_and_opened_again(live, library):
    live.start(microphone=True)
    library.wait_for(2)
    library.newest("input").die()
    told = until(live, message.Ready)
    assert [type(news).__name__ for news in told] == ["Complaint", "Ready"]
    assert "went away" in told[0].fault
    library.wait_for(2)
    library.newest("input").deliver(np.full(320, 5))
    assert any((live.read() == 5).all() for _ in range(10))


def test_a_device_that_falls_silent_without_a_word_is_told(live, library, monkeypatch):
    monkeypatch.setattr(mic, "STALL", 0.1)
    live.start(microphone=True)
    for _ in range(4):
        library.newest("output").draw(320)
    assert "has stopped" in until(live, message.Complaint)[0].fault


def test_a_missing_device_is_the_owners_to_mend(library):
    library.there = [("HDMI", 0, 2, 48_000)]
    live = mic.LiveSound(SoundSettings(), lambda: PortAudio(library))
    with pytest.raises(OwnerError, match="no microphone found, there is only 'HDMI'"):
        live.start(microphone=True)


def test_a_device_that_comes_late_is_waited_for(library, monkeypatch):
    monkeypatch.setattr(mic, "START_PATIENCE", 60.0)
    library.there = []
    live = mic.LiveSound(SoundSettings(), lambda: PortAudio(library))
    threading.Timer(0.05, lambda: library.there.extend(DUPLEX)).start()
    assert live.start(microphone=True)["input"] == "Speakerphone"
    live.close()


def test_a_library_that_hangs_is_given_up(library, monkeypatch):
    monkeypatch.setattr(mic, "HANG", 0.1)
    release = threading.Event()

    def hang():
        release.wait(60)
        return PortAudio(library)

    live = mic.LiveSound(SoundSettings(), hang)
    with pytest.raises(TimeoutError):
        live.start(microphone=True)
    assert live.hung
    release.set()
    monkeypatch.setattr(mic, "HANG", 60.0)
    live.close()


def test_exact_zeros_are_told_once(live, library, monkeypatch):
    monkeypatch.setattr(mic, "ZEROS", 0.1)
    live.start(microphone=True)
    complaints = []
    for _ in range(6):
        library.newest("input").deliver(np.zeros(320))
        library.newest("output").draw(320)
        live.read()
        live.read()
        complaints += live.news()
    assert ["digital silence" in complaint.fault for complaint in complaints] == [True]


def test_a_slow_reader_loses_the_oldest_and_says_so(live, library):
    live.start(microphone=True)
    for _ in itertools.repeat(None, 60):
        library.newest("input").deliver(np.full(320, 9))
    assert live.news()[0].fault == "200 ms of sound were lost"
