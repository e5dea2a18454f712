"""Our own voice is taken away, somebody else's stays, and silence changes nothing."""

from __future__ import annotations

import ctypes

import numpy as np
import pytest

from fakes.room import Room, speechlike
from roomtone.capture import echo
from roomtone.capture.echo import Lag, Uncancelled, canceller
from roomtone.capture.settings import SoundSettings

BLOCK = 320
AUTO = SoundSettings()


def through(taken, played, heard):
    """What is left, and whether the loudspeaker was unheard at each block."""
    left, unheard = [], []
    for at in range(0, len(heard) - BLOCK + 1, BLOCK):
        left.append(taken.clean(heard[at : at + BLOCK], played[at : at + BLOCK]))
        unheard.append(taken.unheard)
    return np.concatenate(left), unheard


def decibels(sound):
    return 10 * np.log10(np.mean((sound / 32768.0) ** 2) + 1e-12)


@pytest.mark.parametrize(("rt60", "ppm"), [(0.15, 0), (0.3, 100), (0.5, 0), (0.3, -100)])
def test_twenty_decibels_are_gone_after_a_few_seconds(rt60, ppm):
    played = speechlike(12.0)
    heard = Room(rt60=rt60, ppm=ppm, noise_db=-60).heard(played)
    taken = canceller(AUTO)
    left, _ = through(taken, played, heard)
    late = slice(6 * 16_000, None)
    assert decibels(heard[late]) - decibels(left[late]) > 20
    assert taken.erle_db > 15
    assert taken.delay_s == pytest.approx(0.08, abs=0.02)


def test_with_the_delay_of_an_earlier_run_it_begins_at_once():
    played = speechlike(6.0)
    heard = Room(noise_db=-60).heard(played)
    left, _ = through(canceller(AUTO, delay_s=0.08), played, heard)
    assert decibels(heard[48_000:]) - decibels(left[48_000:]) > 20


def test_somebody_who_speaks_over_it_stays():
    played, near = speechlike(12.0), speechlike(1.0, seed=9)
    room = Room(echo_db=-6, noise_db=-60)
    over = np.zeros(len(played))
    over[144_000:160_000] = near / 2
    left, unheard = through(canceller(AUTO), played, room.heard(played, over))
    kept = decibels(left[144_160:160_000]) - decibels(near / 2)
    assert -4 < kept < 2
    assert not any(unheard)


def test_after_two_loud_seconds_each_block_that_is_cleaned_has_its_figures():
    played = np.concatenate([speechlike(5.0), np.zeros(64_000, np.int16)])
    heard = Room().heard(played)
    taken = canceller(AUTO, delay_s=0.08)
    counts = []
    for at in range(0, len(heard) - 2 * BLOCK + 1, 2 * BLOCK):
        taken.clean(heard[at : at + 2 * BLOCK], played[at : at + 2 * BLOCK])
        counts.append(len(taken.residue))
    assert set(counts[:48]) == {0}
    assert set(counts[80:120]) == {2}
    assert set(counts[155:]) == {0}


def test_while_nothing_is_played_not_a_bit_changes():
    heard = Room().heard(np.zeros(64_000, np.int16))
    left, _ = through(canceller(AUTO), np.zeros_like(heard), heard)
    assert (left == heard).all()


def test_a_while_after_the_last_sound_not_a_bit_changes():
    played = np.concatenate([speechlike(4.0), np.zeros(64_000, np.int16)])
    heard = Room().heard(played)
    left, _ = through(canceller(AUTO), played, heard)
    rest = slice(64_000 + 24_000, None)
    assert (left[rest] == heard[rest]).all()
    assert (left[48_000:64_000] != heard[48_000:64_000]).any()


def test_with_headphones_the_sound_is_left_alone_and_every_voice_counts():
    played = speechlike(6.0)
    heard = Room(echo_db=-90).heard(played)
    taken = canceller(AUTO)
    left, unheard = through(taken, played, heard)
    assert (left == heard).all()
    assert unheard[-1]
    assert (taken.erle_db, taken.delay_s) == (None, None)


def test_before_anything_is_known_no_voice_counts():
    taken = canceller(AUTO)
    assert not taken.unheard
    assert (taken.erle_db, taken.delay_s) == (None, None)


def test_an_owner_may_do_without():
    taken = canceller(SoundSettings(echo="off"))
    assert isinstance(taken, Uncancelled)
    assert not taken.complaint
    heard = np.arange(BLOCK, dtype=np.int16)
    assert taken.clean(heard, heard) is heard
    assert not taken.unheard


def test_without_the_library_it_says_so(monkeypatch):
    def missing(name):
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", missing)
    taken = echo.canceller(AUTO)
    assert "libspeexdsp1" in taken.complaint
    assert not taken.unheard


def test_when_a_stream_is_new_its_delay_is_found_and_when_one_moves_it_is_followed():
    played = speechlike(18.0)
    heard = np.concatenate(
        [Room(delay=delay, noise_db=-60).heard(played)[at : at + 96_000]
         for delay, at in ((0.08, 0), (0.2, 96_000), (0.24, 192_000))]
    )  # fmt: skip
    taken = canceller(AUTO)
    left = []
    for at in range(0, len(heard), BLOCK):
        taken.follow(Lag(1 + (at >= 96_000), 640.0 * (at >= 192_000)))
        left.append(taken.clean(heard[at : at + BLOCK], played[at : at + BLOCK]))
    out = np.concatenate(left)
    for begin, cut in ((48_000, 15), (96_000 + 16_000, 15), (192_000 + 4_000, 18)):
        piece = slice(begin, begin + 32_000)
        assert decibels(heard[piece]) - decibels(out[piece]) > cut


def told(taken, played, heard, streams):
    """What is left of one stream more, and from which block on it is told."""
    left, first = [], None
    for number, at in enumerate(range(0, len(heard), BLOCK)):
        taken.follow(Lag(streams, 0.0))
        left.append(taken.clean(heard[at : at + BLOCK], played[at : at + BLOCK]))
        first = number if first is None and taken.residue else first
    return np.concatenate(left), first


def test_an_answer_after_a_rest_begins_with_a_canceller():
    silence, voice = np.zeros(64_000, np.int16), speechlike(8.0)
    played = np.concatenate([voice, silence, voice[:32_000]])
    heard = Room(noise_db=-60).heard(played)
    taken = canceller(AUTO)
    told(taken, played[:192_000], heard[:192_000], 1)
    left, first = told(taken, played[192_000:], heard[192_000:], 2)
    echo = slice(4_800, 16_000)
    assert decibels(heard[192_000:][echo]) - decibels(left[echo]) > 15
    assert first < 25


def test_in_a_new_stream_that_is_later_the_filter_fits_as_soon_as_the_echo_is_found():
    voice = speechlike(8.0)
    played = np.concatenate([voice, np.zeros(64_000, np.int16), voice[:48_000]])
    rooms = [Room(delay=delay, noise_db=-60, seed=4).heard(played) for delay in (0.08, 0.09)]
    taken = canceller(AUTO)
    told(taken, played[:192_000], rooms[0][:192_000], 1)
    left, first = told(taken, played[192_000:], rooms[1][192_000:], 2)
    echo = slice(9_600, 24_000)
    assert decibels(rooms[1][192_000:][echo]) - decibels(left[echo]) > 12
    assert first < 30


def test_after_a_leap_of_the_delay_the_filter_settles_before_anything_is_told():
    played = speechlike(12.0)
    heard = [Room(delay=delay, noise_db=-60).heard(played) for delay in (0.08, 0.12)]
    taken = canceller(AUTO)
    told(taken, played[:96_000], heard[0][:96_000], 1)
    quiet = 0
    for at in range(96_000, 192_000, BLOCK):
        taken.clean(heard[1][at : at + BLOCK], played[at : at + BLOCK])
        quiet += not taken.residue
    assert quiet > echo.SETTLE_BLOCKS + 15


@pytest.mark.parametrize("counts", [(1, 8), (8, 1)])
def test_blocks_may_grow_and_shrink_while_something_is_played(counts):
    taken = canceller(AUTO, delay_s=0.08)
    loud, heard = (np.full(BLOCK * count, 3_000, np.int16) for count in counts)
    assert len(taken.clean(heard, loud)) == len(heard)
