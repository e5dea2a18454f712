"""A clear word wakes at once, a doubtful one after a second look, and each of them once."""

from __future__ import annotations

import numpy as np

from roomtone.base.message import FalseAlarm, Learnt
from roomtone.detect.likeness import packed, trace_of
from roomtone.detect.port import Heard, Views
from roomtone.detect.settings import WakeSettings
from roomtone.detect.spotter import Spotter

FRAME = np.zeros(1280, np.int16)
WINDOW = np.random.default_rng(1).normal(size=(16, 96)).astype(np.float32)


class Words:
    """Scores one after another; a second look finds `best`."""

    def __init__(self, scores: list[float], best: float) -> None:
        self._scores = iter(scores)
        self._best = best
        self.looks = self.replays = 0

    def hear(self, sound: np.ndarray) -> list[Heard]:
        return [Heard({"ada": next(self._scores)}, WINDOW) for _ in range(len(sound) // 1280)]

    def replay(self, sound: np.ndarray) -> None:
        self.replays += 1

    def views(self, sound: np.ndarray) -> Views:
        self.looks += 1
        return Views({"ada": np.full(20, self._best, np.float32)}, np.stack([WINDOW] * 20))


def wakes(words: Words, count: int, learnt: Learnt | None = None) -> list[tuple[float, float]]:
    spotter = Spotter(words, WakeSettings(words={"ada": 0.5}), live=False)
    spotter.learn(learnt or Learnt())
    found = []
    for number in range(1, count + 1):
        t = round(number * 0.08, 2)
        (heard,) = spotter.hear(FRAME)
        wake = spotter.feed(heard, t, lambda size: np.zeros(size, np.int16))
        if wake is not None:
            found.append((t, round(wake.score, 2)))
    return found


def test_a_clear_word_wakes_at_once_and_is_looked_at_no_more() -> None:
    words = Words([0.0, 0.1, 0.6, 0.3, 0.2, 0.1, *[0.0] * 30], best=0.9)
    assert wakes(words, 30) == [(0.24, 0.6)]
    assert words.looks == 0


def test_a_doubtful_word_wakes_after_the_second_look_and_once() -> None:
    words = Words([0.0, 0.1, 0.2, 0.1, 0.1, 0.1, 0.1, *[0.0] * 30], best=0.3)
    assert wakes(words, 30) == [(0.32, 0.3)]
    assert words.looks == 1


def test_a_word_that_the_second_look_refuses_wakes_nobody() -> None:
    words = Words([0.0, 0.1, 0.2, 0.1, *[0.0] * 30], best=0.1)
    assert wakes(words, 30) == []
    assert words.looks == 1


def reported(score: float, window: np.ndarray = WINDOW) -> Learnt:
    return Learnt(
        alarms=(FalseAlarm(word="ada", trace=packed(trace_of(window)), score=score),),
    )


def test_what_sounds_like_a_false_alarm_has_to_score_higher_than_it_did() -> None:
    scores = [0.0, 0.1, 0.6, 0.3, 0.2, 0.1, *[0.0] * 30]
    assert wakes(Words(scores, best=0.6), 30, reported(0.6)) == []
    assert wakes(Words(scores, best=0.9), 30, reported(0.6)) == [(0.4, 0.9)]
    high = [0.0, 0.1, 0.9, 0.3, 0.2, 0.1, *[0.0] * 30]
    assert wakes(Words(high, best=0.0), 30, reported(0.6)) == [(0.24, 0.9)]


def test_what_sounds_like_no_false_alarm_wakes_as_ever() -> None:
    scores = [0.0, 0.1, 0.6, 0.3, 0.2, 0.1, *[0.0] * 30]
    assert wakes(Words(scores, best=0.6), 30, reported(0.6, WINDOW[::-1])) == [(0.24, 0.6)]


def test_a_wake_tells_how_it_sounded() -> None:
    spotter = Spotter(Words([0.9], best=0.0), WakeSettings(words={"ada": 0.5}), live=False)
    (heard,) = spotter.hear(FRAME)
    wake = spotter.feed(heard, 0.08, lambda size: np.zeros(size, np.int16))
    assert wake is not None
    assert wake.trace == packed(trace_of(WINDOW))
