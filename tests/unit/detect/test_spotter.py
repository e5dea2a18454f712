"""A clear word wakes at once, a doubtful one after a second look, and each of them once."""

from __future__ import annotations

import numpy as np

from roomtone.detect.settings import WakeSettings
from roomtone.detect.spotter import Spotter

FRAME = np.zeros(1280, np.int16)


class Words:
    """Scores one after another; a second look finds `best`."""

    def __init__(self, scores: list[float], best: float) -> None:
        self._scores = iter(scores)
        self._best = best
        self.looks = self.replays = 0

    def score(self, frame: np.ndarray) -> dict[str, float]:
        return {"ada": next(self._scores)}

    def replay(self, sound: np.ndarray) -> None:
        self.replays += 1

    def views(self, sound: np.ndarray) -> dict[str, np.ndarray]:
        self.looks += 1
        return {"ada": np.full(20, self._best, np.float32)}


def wakes(words: Words, count: int) -> list[tuple[float, float]]:
    spotter = Spotter(words, WakeSettings(words={"ada": 0.5}), live=False)
    found = []
    for number in range(1, count + 1):
        t = round(number * 0.08, 2)
        wake = spotter.feed(FRAME, t, lambda size: np.zeros(size, np.int16))
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
