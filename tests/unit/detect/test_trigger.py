"""One wake for one spoken word."""

from __future__ import annotations

from roomtone.detect.settings import WakeSettings
from roomtone.detect.trigger import Trigger, Wake

FRAME = 0.08


def heard(scores, **settings):
    """(time, wake) for every wake in a list of scores of one word."""
    settings = {"words": {"ada": 0.5}, "patience": 1} | settings
    trigger = Trigger(WakeSettings(**settings))
    times = [(n + 1) * FRAME for n in range(len(scores))]
    wakes = [(t, trigger.feed({"ada": s}, t)) for t, s in zip(times, scores, strict=True)]
    return [(round(t, 2), wake) for t, wake in wakes if wake]


def test_a_score_over_the_threshold_wakes():
    assert heard([0.1, 0.6, 0.1]) == [(0.16, Wake("ada", 0.6))]


def test_a_score_under_the_threshold_does_not():
    assert heard([0.49] * 50) == []


def test_a_word_whose_scores_stay_high_wakes_once():
    assert len(heard([0.9] * 100)) == 1


def test_a_second_word_within_the_refractory_time_is_not_heard():
    assert len(heard([0.9, 0.0, 0.9, 0.0], refractory_seconds=1.0)) == 1


def test_a_second_word_after_it_is():
    scores = [0.9] + [0.0] * 12 + [0.9]
    assert len(heard(scores, refractory_seconds=1.0)) == 2


def test_patience_wants_several_frames_close_together():
    assert heard([0.9, 0.0, 0.0, 0.9, 0.0], patience=2, window=3) == []
    assert heard([0.9, 0.0, 0.9], patience=2, window=3)[0][0] == 0.24


def test_the_best_of_several_words_is_named():
    trigger = Trigger(WakeSettings(words={"ada": 0.5, "bob": 0.3}, patience=1))
    assert trigger.feed({"ada": 0.6, "bob": 0.8}, FRAME) == Wake("bob", 0.8)


def test_each_word_has_its_own_threshold():
    trigger = Trigger(WakeSettings(words={"ada": 0.9, "bob": 0.3}, patience=1))
    assert trigger.feed({"ada": 0.8, "bob": 0.2}, FRAME) is None


def test_what_nobody_believed_does_not_deafen():
    trigger = Trigger(WakeSettings(words={"ada": 0.5}, patience=1))
    assert trigger.feed({"ada": 0.9}, 0.08)
    trigger.refused()
    assert trigger.feed({"ada": 0.9}, 0.16) is None  # still the same sound
    assert trigger.feed({"ada": 0.0}, 0.24) is None
    assert trigger.feed({"ada": 0.9}, 0.32)
