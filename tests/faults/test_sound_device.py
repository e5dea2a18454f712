"""A device played by hand: it stalls, does not open, says one thing, runs off its rate."""

from __future__ import annotations

import contextlib
import time

import pytest

from faults.by_hand import SOUND, Device
from roomtone.base import message
from roomtone.base.error import PartError

pytestmark = pytest.mark.fault

TOLD, HEALED = 2.0, 3.0


@pytest.fixture
def device(tmp_path):
    made = []

    def make(**how):
        (folder := tmp_path / "hand").mkdir()
        made.append(Device(folder, **how))
        return made[-1]

    yield make
    for one in made:
        one.reading = one.writing = True
        one.close()


@pytest.fixture
def piped(room, device):
    """The same through a sound server, which takes any pace without a word."""

    def make(**how):
        made = device(there=False, **how)
        room.listen_to(made.pipe)
        made.appear()
        return made

    return make


def test_frames_that_stop_are_told_and_heard_again(device, hearing, recovered):
    by_hand = device()
    one = hearing(by_hand.environment, sound=SOUND)
    one.hears()
    cause = time.monotonic()
    by_hand.writing = False
    told = one.hears_of("microphone_stalled", cause, TOLD)
    time.sleep(2)
    gone = time.monotonic()
    by_hand.writing = True
    healed = one.hears_again(gone)
    recovered(4, f"no frames for {gone - cause:.0f} s, told after {told:.1f} s", healed)
    assert healed < HEALED


def test_a_device_that_never_opens_leaves_the_ear_up_and_is_heard_when_it_does(
    device, hearing, recovered
):
    by_hand = device(there=False)
    began = time.monotonic()
    one = hearing(by_hand.environment, sound=SOUND)
    one.hears_of("sound_server_hung", began, 10.0)
    assert one.duplex.child.up
    assert one.duplex.microphone == "missing"
    gone = time.monotonic()
    by_hand.appear()
    healed = one.hears_again(gone)
    recovered(5, "the device did not open", healed)
    assert healed < HEALED


def test_bursts_are_heard_whole(room, piped, hearing, recovered):
    piped(burst=16)
    one = hearing(room.environment)
    one.hears()
    began, captured = one.duplex.captured_at, one.duplex.captured
    time.sleep(3)
    assert one.duplex.captured - captured == pytest.approx(3.0, abs=0.5)
    assert one.duplex.captured_at > began
    assert not one.duplex.lost
    assert not [n for _, n in one.news if n.fault]
    recovered(6, "bursts of 320 ms", 0.0)


@pytest.mark.parametrize("value", [0.0, 0.2, -1.0])
def test_one_value_for_ever_is_told_and_the_end_of_it(room, piped, hearing, recovered, value):
    by_hand = piped()
    one = hearing(room.environment)
    one.hears()
    time.sleep(0.5)
    cause = time.monotonic()
    by_hand.value = value
    kind = "microphone_stuck" if value else "microphone_silent"
    told = one.hears_of(kind, cause, TOLD + 0.2)
    time.sleep(1.5)
    gone = time.monotonic()
    by_hand.value = None
    healed = one.is_over(kind, gone)
    recovered(7, f"only the value {value}, told after {told:.1f} s", healed)
    assert healed < HEALED


@pytest.mark.parametrize(
    ("rate", "channels", "form"), [(44_100, 2, "S16_LE"), (48_000, 1, "FLOAT_LE")]
)
def test_other_forms_are_heard_without_a_word(
    device, hearing, recovered, voice, rate, channels, form
):
    by_hand = device(rate=rate, channels=channels, form=form)
    one = hearing(by_hand.environment, sound=SOUND)
    one.hears()
    began = time.monotonic()
    by_hand.say(voice(0.5, "Hey Jarvis.", 1.0))
    one.wait_for(message.WakeDetected, began, 20)
    assert not [n for _, n in one.news if n.fault]
    recovered(8, f"{rate} Hz, {channels} channels, {form}", 0.0)


@pytest.mark.parametrize("pace", [0.9, 1.1])
def test_a_wrong_rate_is_told_and_put_right(room, piped, hearing, recovered, pace):
    by_hand = piped()
    one = hearing(room.environment)
    one.hears()
    cause = time.monotonic()
    by_hand.pace = pace
    told = one.hears_of("microphone_rate", cause, 8.0)
    healed = one.is_over("microphone_rate", cause)
    recovered(8, f"{pace} of the rate, told after {told:.1f} s", healed)
    assert healed < 10
    time.sleep(0.5)
    before, at = one.duplex.captured, one.duplex.captured_at
    time.sleep(2)
    passed = one.duplex.captured_at - at
    assert one.duplex.captured - before == pytest.approx(passed, rel=0.08)


def test_a_clock_that_runs_slow_is_heard_without_loss_or_growth(room, piped, hearing, recovered):
    by_hand = piped()
    by_hand.pace = 0.994
    one = hearing(room.environment)
    one.hears()
    before, at = one.duplex.captured, one.duplex.captured_at
    time.sleep(8)
    share = (one.duplex.captured - before) / (one.duplex.captured_at - at)
    assert share == pytest.approx(0.994, abs=0.02)
    assert not one.duplex.lost
    assert not [n for _, n in one.news if n.fault]
    recovered(14, "0.994 of the rate for 8 s", 0.0)


def test_an_ear_that_was_held_up_loses_the_oldest_and_says_so(room, piped, hearing, recovered):
    by_hand = piped()
    one = hearing(room.environment)
    one.hears()
    by_hand.storm(60.0)
    cause = time.monotonic()
    told = one.hears_of("sound_lost", cause - 5, 15.0)
    one.until(lambda: one.duplex.lost > 0.5, 5)
    healed = one.hears_again(time.monotonic())
    recovered(15, "a minute of sound at once", healed)
    assert told
    assert healed < HEALED


def test_a_loudspeaker_that_takes_nothing_more_ends_the_answer_and_is_heard_again(
    device, hearing, recovered
):
    by_hand = device()
    one = hearing(by_hand.environment, sound=SOUND)
    one.hears()
    one.play(1, bytes(2 * 16_000))
    time.sleep(0.3)
    cause = time.monotonic()
    by_hand.reading = False
    told = one.hears_of("loudspeaker_stalled", cause, TOLD + 0.5)
    with contextlib.suppress(PartError):
        one.finish(1)
    gone = time.monotonic()
    by_hand.reading = True
    healed = one.hears_again(gone)
    recovered(12, f"told after {told:.1f} s", healed)
    assert healed < HEALED


@pytest.mark.parametrize(("offset", "hum"), [(0.2, 0.0), (-0.2, 0.0), (0.0, 0.1)])
def test_the_wake_word_is_heard_over_an_offset_and_over_hum(
    room, piped, hearing, recovered, voice, offset, hum
):
    by_hand = piped()
    by_hand.offset, by_hand.hum = offset, hum
    one = hearing(room.environment)
    one.hears()
    began = time.monotonic()
    by_hand.say(voice(0.5, "Hey Jarvis.", 1.0))
    one.wait_for(message.WakeDetected, began, 10)
    assert not [n for _, n in one.news if n.fault]
    recovered(22, f"offset {offset}, hum {hum} of full scale", 0.0)
