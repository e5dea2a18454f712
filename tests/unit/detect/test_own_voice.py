"""No wake from our own voice."""

from __future__ import annotations

import numpy as np

from roomtone.detect.own_voice import LINGER, OwnVoice
from roomtone.detect.settings import WakeSettings

LOUD, QUIET = np.full(320, 100, np.int16), np.zeros(320, np.int16)


class Words:
    """Scores `word` for every frame that is not silence."""

    def __init__(self, score):
        self._score = score
        self.frames = 0

    def score(self, frame):
        self.frames += 1
        return {"ada": self._score if frame.any() else 0.0}


def play(voice, blocks, block, t=0.0):
    for _ in range(blocks):
        t += 0.02
        voice.feed(block, t)
    return t


def test_a_word_that_we_play_is_our_own_for_a_while():
    voice = OwnVoice(Words(0.3), WakeSettings(words={"ada": 0.5}))
    t = play(voice, 4, LOUD)
    assert voice.said("ada", t + LINGER / 2)
    assert not voice.said("ada", t + LINGER + 0.1)


def test_anything_else_we_play_is_not():
    voice = OwnVoice(Words(0.05), WakeSettings(words={"ada": 0.5}))
    t = play(voice, 40, LOUD)
    assert not voice.said("ada", t)


def test_nothing_is_computed_while_nothing_plays():
    words = Words(0.9)
    voice = OwnVoice(words, WakeSettings(words={"ada": 0.5}))
    play(voice, 100, QUIET)
    assert words.frames == 0
    t = play(voice, 8, LOUD)
    play(voice, 400, QUIET, t)
    assert 20 <= words.frames <= 25


def test_what_is_known_to_be_in_our_words_is_ours_however_it_scores():
    voice = OwnVoice(Words(0.0), WakeSettings(words={"ada": 0.5}))
    voice.feed(np.zeros(320, np.int16), 5.0, calls=True)
    assert voice.said("ada", 5.0 + LINGER - 0.1)
    assert not voice.said("ada", 5.0 + LINGER + 0.1)
