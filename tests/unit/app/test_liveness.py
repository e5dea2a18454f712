"""When the watchdog is fed, and when it must not be."""

from __future__ import annotations

import msgspec
import pytest

from roomtone.app.liveness import HEALING, SLOW_DISK, STALE, Signs, trouble

NOW = 1000.0
WELL = Signs(ear_at=NOW, frame_at=NOW, store_at=NOW, microphone="open")


def but(**changes: object) -> str:
    return trouble(msgspec.structs.replace(WELL, **changes), NOW)


def test_a_daemon_that_hears_is_well():
    assert not trouble(WELL, NOW)


def test_frames_that_stand_still_are_trouble():
    assert but(frame_at=NOW - STALE - 0.1) == "no sound comes in"


@pytest.mark.parametrize("microphone", ["closed", "missing"])
def test_a_microphone_that_is_not_there_is_told_elsewhere(microphone):
    assert not but(frame_at=0, microphone=microphone)


@pytest.mark.parametrize("microphone", ["open", "closed", "missing"])
def test_an_ear_that_hangs_is_trouble_whatever_the_microphone(microphone):
    assert but(ear_at=NOW - STALE - 0.1, microphone=microphone) == "the ear hangs"


def test_an_ear_that_is_started_again_has_its_time():
    assert not but(ear_at=NOW - 30, frame_at=NOW - 30, restarting=True)
    assert but(ear_at=NOW - HEALING - 1, restarting=True) == "the ear does not come back"


def test_a_store_that_does_not_answer_is_trouble():
    assert but(store_at=NOW - SLOW_DISK - 0.1) == "the store does not answer"
