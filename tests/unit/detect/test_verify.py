"""The second look: what was in doubt is seen from more places."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from roomtone.base.message import KnownVoice, Learnt
from roomtone.detect.likeness import Acquaintance, trace_of
from roomtone.detect.port import Views
from roomtone.detect.settings import WakeSettings
from roomtone.detect.verify import AGAIN, WAIT, Verifier
from roomtone.detect.wake import VIEW_SAMPLES

SETTINGS = WakeSettings(words={"ada": 0.5})
CLEAR = np.array([0.0] * 14 + [0.1, 0.25, 0.3, 0.25, 0.2, 0.1], np.float32)
FLICKER = np.array([0.0] * 17 + [0.4, 0.4, 0.4], np.float32)
FRAME = 0.08
WINDOWS = np.random.default_rng(1).normal(size=(20, 16, 96)).astype(np.float32)


class Sound:
    """The newest sound, as much of it as there is."""

    def __init__(self, length: int = VIEW_SAMPLES) -> None:
        self.length = length

    def __call__(self, count: int) -> np.ndarray:
        return np.zeros(min(count, self.length), np.int16)


def run(verifier, scores, sound=None):
    """(time, wake) of every wake."""
    wakes = []
    for number, score in enumerate(scores, start=1):
        t = round(number * FRAME, 2)
        if wake := verifier.feed({"ada": score}, t, sound or Sound()):
            wakes.append((t, wake))
    return wakes


def looking(seen):
    looks = []

    def views(sound):
        looks.append(len(sound))
        return Views({"ada": seen}, WINDOWS)

    return Verifier(views, SETTINGS, live=False), looks


def test_a_word_that_is_clear_from_elsewhere_wakes_a_moment_later() -> None:
    verifier, looks = looking(CLEAR)
    ((t, wake),) = run(verifier, [0.0, 0.1, 0.0, 0.0, 0.0])
    assert t == pytest.approx(2 * FRAME + WAIT)
    assert (wake.phrase, round(wake.score, 2), wake.sure) == ("ada", 0.3, False)
    assert looks == [VIEW_SAMPLES]


@pytest.mark.parametrize("seen", [FLICKER, CLEAR / 2, np.zeros(20, np.float32)])
def test_one_good_view_or_many_poor_ones_wake_nobody(seen) -> None:
    verifier, looks = looking(seen)
    assert run(verifier, [0.0, 0.1, 0.0, 0.0, 0.0]) == []
    assert len(looks) == 1


def test_what_scores_next_to_nothing_is_not_looked_at() -> None:
    verifier, looks = looking(CLEAR)
    assert run(verifier, [0.05] * 50) == []
    assert looks == []


def test_what_stays_in_doubt_is_not_looked_at_all_the_time() -> None:
    verifier, looks = looking(FLICKER)
    run(verifier, [0.1] * 125)
    assert len(looks) <= 10 / (WAIT + AGAIN) + 1


def test_a_word_right_after_a_noise_that_was_looked_at_is_looked_at_too() -> None:
    seen = iter([FLICKER, CLEAR])
    looks = []

    def views(_sound):
        looks.append(1)
        return Views({"ada": next(seen)}, WINDOWS)

    verifier = Verifier(views, SETTINGS, live=False)
    ((t, _),) = run(verifier, [0.07, 0.06, 0.06, 0.02, 0.2, 0.0, 0.0])
    assert t == pytest.approx(5 * FRAME + WAIT)
    assert len(looks) == 2


def test_at_the_very_beginning_there_is_not_enough_to_look_at() -> None:
    verifier, looks = looking(CLEAR)
    assert run(verifier, [0.1] * 4, Sound(VIEW_SAMPLES - 1)) == []
    assert looks == []


def test_the_sound_is_not_held_up_by_the_look() -> None:
    looked = threading.Event()

    def views(_sound):
        looked.wait(5)
        return Views({"ada": CLEAR}, WINDOWS)

    verifier = Verifier(views, SETTINGS, live=True)
    assert run(verifier, [0.1, 0.0, 0.0, 0.0]) == []
    looked.set()
    waited = threading.Event()
    for _ in range(100):
        waited.wait(0.01)
        if verifier.feed({"ada": 0.0}, 1.0, Sound()) is not None:
            return
    raise AssertionError("no wake")


def test_what_is_forgotten_wakes_nobody() -> None:
    verifier, _ = looking(CLEAR)
    run(verifier, [0.0, 0.1])
    verifier.forget()
    assert run(verifier, [0.0] * 5) == []


def enrolled(sign: float) -> Acquaintance:
    """A voice that the clearest view is like (`sign` 1), or very unlike (-1)."""
    weights = sign * 50 * trace_of(WINDOWS[int(CLEAR.argmax())])
    voice = KnownVoice(word="ada", name="me", weights=weights.astype("<f4").tobytes(), bias=0.0)
    return Acquaintance(Learnt(voices=(voice,)))


def test_an_enrolled_voice_wakes_where_others_would_not() -> None:
    verifier, looks = looking(CLEAR / 2)
    verifier.known = enrolled(1)
    ((_, wake),) = run(verifier, [0.0, 0.03, 0.0, 0.0, 0.0])
    assert (round(wake.score, 2), wake.sure) == (0.15, False)
    assert len(looks) == 1


def test_another_voice_wakes_as_it_did_before() -> None:
    for seen, wakes in ((CLEAR, 1), (CLEAR / 2, 0)):
        verifier, _ = looking(seen)
        verifier.known = enrolled(-1)
        assert len(run(verifier, [0.0, 0.1, 0.0, 0.0, 0.0])) == wakes
