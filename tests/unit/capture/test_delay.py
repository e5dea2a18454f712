"""The delay of an echo is found, followed while clocks drift, and found again when it leaps."""

from __future__ import annotations

import numpy as np
import pytest

from fakes.room import Room, speechlike
from roomtone.capture.delay import DelayTracker

BLOCK = 320


def follow(tracker, played, heard):
    """Feed everything; (time, delay) twice a second."""
    found = []
    for at in range(0, len(played) - BLOCK + 1, BLOCK):
        tracker.feed(heard[at : at + BLOCK], played[at : at + BLOCK])
        if (at + BLOCK) % 8_000 == 0:
            found.append(((at + BLOCK) / 16_000, tracker.delay))
    return found


@pytest.mark.parametrize("delay", [0.045, 0.1, 0.2, 0.35, 0.6])
def test_a_delay_is_found_within_a_second_of_speech(delay):
    played = speechlike(3.0)
    found = dict(follow(DelayTracker(), played, Room(delay=delay).heard(played)))
    assert found[1.0] == pytest.approx(delay * 16_000, abs=BLOCK)


@pytest.mark.parametrize("seed", [6, 8])
def test_two_dark_sounds_that_a_look_cuts_off_at_once_are_not_taken_for_an_echo(seed):
    spectrum = np.fft.rfft(speechlike(3.0, seed=seed))
    spectrum[901:] = 0  # from 300 Hz on
    played = np.rint(2 * np.fft.irfft(spectrum)).astype(np.int16)
    heard = Room(rt60=0.05, delay=0.25, noise_db=-90).heard(played)
    found = dict(follow(DelayTracker(), played, heard))
    assert found[1.5] == pytest.approx(4_000, abs=BLOCK)


def test_another_delay_of_a_new_stream_is_found_as_soon_and_its_drift_is_kept():
    played = speechlike(4.0)
    tracker = DelayTracker(1_600.0)
    tracker.drift = 1e-4
    tracker.search()
    found = dict(follow(tracker, played, Room(delay=0.25, ppm=-100).heard(played)))
    assert found[1.0] == pytest.approx(4_000, abs=BLOCK)
    assert found[4.0] - found[1.0] == pytest.approx(4.8, abs=3)


def test_in_a_new_stream_the_old_delay_is_a_guess_that_one_look_confirms():
    played = speechlike(8.0)
    heard = Room(delay=0.1).heard(played)
    tracker = DelayTracker()
    follow(tracker, played[:96_000], heard[:96_000])
    before = tracker.delay
    tracker.search()
    assert (tracker.delay, tracker.unsure) == (before, True)
    follow(tracker, played[96_000:101_120], heard[96_000:101_120])
    assert not tracker.unsure
    assert tracker.delay == pytest.approx(before, abs=1)


def test_a_guess_that_is_wrong_is_given_up_when_two_looks_agree():
    played = speechlike(9.0)
    before, after = Room(delay=0.1), Room(delay=0.13)
    tracker = DelayTracker()
    first = dict(follow(tracker, played[:96_000], before.heard(played)[:96_000]))
    tracker.search()
    then = dict(follow(tracker, played[96_000:], after.heard(played)[96_000:]))
    assert then[1.0] - first[6.0] == pytest.approx(480, abs=3)
    assert not tracker.unsure


def test_a_place_that_cannot_be_is_given_up_and_the_echo_looked_for_anew():
    played = speechlike(12.0)
    heard = Room(delay=0.1).heard(played)
    tracker = DelayTracker()
    follow(tracker, played[:96_000], heard[:96_000])
    tracker.moved(-2_000)
    follow(tracker, played[96_000:], heard[96_000:])
    assert tracker.delay == pytest.approx(1_600, abs=BLOCK)
    assert not tracker.unsure


@pytest.mark.parametrize("count", [640, -640])
def test_a_move_that_is_certain_is_taken_at_once_and_for_good(count):
    played = speechlike(12.0)
    before, after = Room(delay=0.1), Room(delay=0.1 + count / 16_000)
    heard = np.concatenate([before.heard(played)[:96_000], after.heard(played)[96_000:]])
    tracker = DelayTracker()
    first = dict(follow(tracker, played[:96_000], heard[:96_000]))
    tracker.moved(count)
    then = follow(tracker, played[96_000:], heard[96_000:])
    assert [delay - first[6.0] for _, delay in then] == pytest.approx([count] * 12, abs=3)


@pytest.mark.parametrize("count", [80_000, -20_000])
def test_after_a_move_out_of_reach_it_is_looked_for_anew(count):
    tracker = DelayTracker(1_600.0)
    tracker.moved(count)
    assert tracker.delay is None
    tracker.feed(np.zeros(BLOCK, np.int16), np.zeros(BLOCK, np.int16))
    assert len(tracker.reference(BLOCK)) == BLOCK


@pytest.mark.parametrize("ppm", [-100, -20, 50, 100])
def test_two_clocks_that_drift_are_followed(ppm):
    played = speechlike(30.0)
    tracker = DelayTracker()
    looks = follow(tracker, played, Room(delay=0.12, ppm=ppm).heard(played))
    error = [found - (0.12 * 16_000 - ppm * 1e-6 * t * 16_000) for t, found in looks if t > 10]
    assert np.ptp(error) < 5
    assert tracker.drift * 1e6 == pytest.approx(-ppm, abs=25)


def test_a_delay_that_is_known_moves_no_more_than_the_clocks_do():
    played = speechlike(40.0)
    looks = follow(DelayTracker(), played, Room(delay=0.12, ppm=100).heard(played))
    late = np.array([found + 1e-4 * t * 16_000 for t, found in looks if t > 20])
    assert np.abs(np.diff(late)).max() < 0.25


def test_a_drift_that_changes_is_learned_anew():
    played = speechlike(60.0)
    before, after = Room(delay=0.12, ppm=100), Room(delay=0.12 - 30e-4, ppm=-50)
    cut = 30 * 16_000
    heard = np.concatenate([before.heard(played)[:cut], after.heard(played[cut:])])
    tracker = DelayTracker()
    looks = follow(tracker, played, heard)
    error = [found - (1_920 - 48 + 50e-6 * (t - 30) * 16_000) for t, found in looks if t > 45]
    assert np.ptp(error) < 3
    assert tracker.drift * 1e6 == pytest.approx(50, abs=25)


def test_a_step_is_followed_within_two_seconds():
    played = speechlike(12.0)
    before, after = Room(delay=0.06), Room(delay=0.1)
    heard = np.concatenate([before.heard(played)[:96_000], after.heard(played)[96_000:]])
    found = dict(follow(DelayTracker(), played, heard))
    assert found[8.5] - found[5.5] == pytest.approx(640, abs=8)


def test_a_known_delay_is_kept_until_something_else_is_seen():
    tracker = DelayTracker(1920.0)
    silence = np.zeros(48_000, np.int16)
    follow(tracker, silence, Room().heard(silence))
    assert tracker.delay == 1920
    assert tracker.audible is None


def test_a_loudspeaker_that_nobody_hears_is_told_of():
    played = speechlike(4.0)
    tracker = DelayTracker()
    follow(tracker, played, Room(echo_db=-90).heard(played))
    assert tracker.audible is False
    assert tracker.delay is None


def test_a_closed_microphone_tells_nothing():
    played = speechlike(4.0)
    tracker = DelayTracker()
    follow(tracker, played, np.zeros_like(played))
    assert tracker.audible is None


def test_the_reference_is_what_was_played_ten_milliseconds_early():
    played = speechlike(2.0)
    tracker = DelayTracker(800.0)
    for at in range(0, len(played), BLOCK):
        tracker.feed(np.zeros(BLOCK, np.int16), played[at : at + BLOCK])
    end = len(played) - 800 + 160
    assert np.abs(tracker.reference(BLOCK) - played[end - BLOCK : end].astype(int)).max() <= 1


def test_what_was_never_played_is_in_no_reference():
    played = speechlike(1.0)
    tracker = DelayTracker(400.0)
    tracker.feed(np.zeros(len(played), np.int16), played)
    whole = tracker.reference(BLOCK)
    tracker.withdrawn(480)
    rest = tracker.reference(BLOCK)
    assert (rest[:72] == whole[:72]).all()
    assert not rest[96:].any()


def test_the_reference_lies_between_samples_too():
    t = np.arange(32_000)
    played = np.rint(8000 * np.sin(2 * np.pi * 500 * t / 16_000)).astype(np.int16)
    tracker = DelayTracker(800.25)
    for at in range(0, len(played), BLOCK):
        tracker.feed(np.zeros(BLOCK, np.int16), played[at : at + BLOCK])
    due = 8000 * np.sin(2 * np.pi * 500 * (t[-BLOCK:] - 640.25) / 16_000)
    assert np.abs(tracker.reference(BLOCK) - due).max() < 80


def test_drift_goes_on_while_nothing_is_played():
    tracker = DelayTracker(800.0)
    tracker.drift = 1e-4
    tracker.idle(160_000)
    assert tracker.delay == pytest.approx(816)
