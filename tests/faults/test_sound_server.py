"""A real sound server that dies, freezes, or loses its devices: heard again within seconds."""

from __future__ import annotations

import os
import signal
import time

import numpy as np
import pytest

from roomtone.base import message
from roomtone.capture.settings import SoundSettings

pytestmark = pytest.mark.fault

TOLD = 2.0
"""Seconds within which the truth is told."""

HEALED = 3.0
"""Seconds within which sound comes in again once the cause is gone."""

TONE = (8000 * np.sin(2 * np.pi * 440 * np.arange(3 * 16_000) / 16_000)).astype("<i2").tobytes()
"""Three seconds."""

NAMED = SoundSettings(input="tablemic", output="tablespeaker")


@pytest.mark.parametrize("wish", [SoundSettings(), NAMED], ids=["default", "by name"])
def test_a_microphone_that_comes_back_is_heard(room, hearing, recovered, wish):
    one = hearing(room.environment, sound=wish)
    one.hears()
    cause = time.monotonic()
    room.unplug("microphone")
    one.until(lambda: [n for _, n in one.news if n.kind.startswith("microphone")], 3 * TOLD)
    told = next(at for at, n in one.news if n.kind.startswith("microphone"))
    time.sleep(0.3)
    gone = time.monotonic()
    room.plug("microphone")
    kind = next(n.kind for at, n in one.news if at == told)
    healed = max(one.is_over(kind, gone), one.hears_again(gone))
    recovered(1, f"a microphone known as {wish.input}, told after {told - cause:.1f} s", healed)
    assert told - cause < TOLD + 0.5
    assert healed < HEALED


def test_a_microphone_that_goes_in_mid_utterance_hears_the_next_one(
    room, hearing, recovered, voice
):
    one = hearing(room.environment, sound=NAMED)
    one.hears()
    began = time.monotonic()
    room.say(voice(0.3, "Hey Jarvis, what is"))
    one.wait_for(message.WakeDetected, began)
    room.unplug("microphone")
    cause = time.monotonic()
    one.until(lambda: [n for at, n in one.news if at > cause and n.fault], TOLD + 1)
    gone = time.monotonic()
    room.plug("microphone")
    healed = one.hears_again(gone)
    recovered(2, "after the wake word", healed)
    one.until(lambda: any(isinstance(s, message.SpeechEnd) for _, s in one.told), 10)
    again = time.monotonic()
    room.say(voice(0.3, "Hey Jarvis.", 1.0))
    one.wait_for(message.WakeDetected, again)
    assert healed < HEALED


@pytest.mark.parametrize("speaking", [False, True], ids=["idle", "speaking"])
def test_a_sound_server_that_is_killed_and_comes_back_is_heard(room, hearing, recovered, speaking):
    one = hearing(room.environment)
    one.hears()
    if speaking:
        began = time.monotonic()
        one.play(1, TONE)
        one.wait_for(message.SoundBegan, began)
        time.sleep(0.5)
    cause = time.monotonic()
    room.stop()
    told = one.hears_of("microphone_lost", cause, TOLD)
    room.start()
    gone = time.monotonic()
    healed = one.hears_again(gone)
    case = "in mid-sentence" if speaking else "idle"
    recovered(10, f"killed {case}, told after {told:.1f} s", healed)
    if speaking:
        assert one.finish(1) == pytest.approx(3.0, abs=0.05)
    assert healed < HEALED


@pytest.mark.parametrize("seconds", [1.5, 6.0])
@pytest.mark.parametrize("speaking", [False, True], ids=["idle", "speaking"])
def test_a_sound_server_that_froze_is_heard(room, hearing, recovered, seconds, speaking):
    one = hearing(room.environment)
    one.hears()
    if speaking:
        one.play(1, TONE)
        time.sleep(0.5)
    cause = time.monotonic()
    room.freeze(on=True)
    told = one.hears_of("microphone_stalled", cause, TOLD)
    time.sleep(max(0.0, cause + seconds - time.monotonic()))
    gone = time.monotonic()
    room.freeze(on=False)
    healed = one.hears_again(gone)
    case = "in mid-sentence" if speaking else "idle"
    recovered(10, f"frozen for {seconds:.1f} s {case}, told after {told:.1f} s", healed)
    assert healed < HEALED


def test_a_server_that_is_frozen_when_the_ear_starts_is_waited_for(room, hearing, recovered):
    room.freeze(on=True)
    one = hearing(room.environment)
    began = time.monotonic()
    one.hears_of("sound_server_hung", began, 10.0)
    assert one.duplex.child.up
    gone = time.monotonic()
    room.freeze(on=False)
    healed = one.hears_again(gone)
    recovered(5, "the server was frozen when the ear started", healed)
    assert healed < HEALED


def test_an_ear_without_any_server_is_up_and_hears_once_there_is_one(room, hearing, recovered):
    room.stop()
    began = time.monotonic()
    one = hearing(room.environment)
    one.hears_of("microphone_missing", began, 5.0)
    one.until(lambda: one.duplex.child.up, 5)
    assert one.duplex.child.detail["microphone"] == "missing"
    assert one.duplex.microphone == "missing"
    room.start()
    gone = time.monotonic()
    healed = one.hears_again(gone)
    recovered(10, "not there at the start", healed)
    assert healed < HEALED


def test_a_microphone_that_is_suspended_is_told_and_heard_again(room, hearing, recovered):
    one = hearing(room.environment)
    one.hears()
    cause = time.monotonic()
    room.suspend(on=True)
    told = one.hears_of("microphone_stalled", cause, TOLD)
    time.sleep(3)
    gone = time.monotonic()
    room.suspend(on=False)
    healed = one.hears_again(gone)
    recovered(4, f"suspended by the server, told after {told:.1f} s", healed)
    assert healed < HEALED


def test_a_stream_moved_to_the_loudspeakers_monitor_is_noticed_and_brought_back(
    room, hearing, recovered, voice
):
    one = hearing(room.environment, sound=NAMED)
    one.hears()
    cause = time.monotonic()
    room.unplug("microphone")
    told = one.hears_of("microphone_silent", cause, TOLD + 0.5)
    gone = time.monotonic()
    room.plug("microphone")
    healed = one.is_over("microphone_silent", gone)
    recovered(9, f"to a monitor, told after {told:.1f} s", healed)
    room.say(voice(0.3, "Hey Jarvis.", 1.0))
    one.wait_for(message.WakeDetected, gone)
    assert healed < HEALED


def test_digital_silence_is_told_and_the_end_of_it(room, hearing, recovered):
    one = hearing(room.environment)
    one.hears()
    cause = time.monotonic()
    room.quiet()
    told = one.hears_of("microphone_silent", cause, TOLD + 0.4)
    time.sleep(3)
    gone = time.monotonic()
    room.quiet(on=False)
    healed = one.is_over("microphone_silent", gone)
    recovered(7, f"digital silence, told after {told:.1f} s", healed)
    assert len([n for _, n in one.news if n.kind == "microphone_silent" and n.fault]) == 1
    assert healed < HEALED


def test_a_loudspeaker_lost_in_mid_sentence_ends_the_answer_and_keeps_the_microphone(
    room, hearing, recovered
):
    one = hearing(room.environment, sound=NAMED)
    one.hears()
    one.play(1, TONE)
    one.wait_for(message.SoundBegan, 0.0)
    time.sleep(0.8)
    cause = time.monotonic()
    room.unplug("loudspeaker")
    told = one.hears_of("loudspeaker_lost", cause, TOLD)
    captured, at = one.duplex.captured, time.monotonic()
    heard = one.finish(1)
    assert 0.4 < heard < 1.6
    assert one.duplex.captured - captured == pytest.approx(time.monotonic() - at, abs=0.5)
    gone = time.monotonic()
    room.plug("loudspeaker")
    healed = one.is_over("loudspeaker_lost", gone)
    recovered(11, f"told after {told:.1f} s", healed)
    with room.recording() as sound:
        one.play(2, TONE[:32_000])
        assert one.finish(2) == pytest.approx(1.0, abs=0.05)
        time.sleep(0.3)
    assert np.abs(sound[0]).max() > 5000
    assert healed < HEALED


def test_a_muted_microphone_stays_closed_through_every_fault(room, hearing):
    one = hearing(room.environment, muted=True)
    one.until(lambda: one.duplex.child.up, 15)
    assert room.microphone_users(0)
    for fault in ("killed server", "frozen server", "killed ear", "unplugged"):
        match fault:
            case "killed server":
                room.stop()
                room.start()
            case "frozen server":
                room.freeze(on=True)
                time.sleep(1.5)
                room.freeze(on=False)
            case "killed ear":
                os.kill(one.duplex.child.pid, signal.SIGKILL)
            case _:
                room.unplug("microphone")
                room.plug("microphone")
        end = time.monotonic() + 2.0
        while time.monotonic() < end:
            assert room.microphone_users(0, within=0.0), fault
        one.until(lambda: one.duplex.microphone == "closed", 5)
    assert not one.duplex.captured
