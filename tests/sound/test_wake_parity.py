"""Our streaming loop against the openwakeword package: the same scores, frame by frame."""

from __future__ import annotations

import numpy as np
import openwakeword
import pytest

from roomtone.detect.wake import FRAME_SAMPLES, REPLAY_SAMPLES, VIEW_SAMPLES, WakeNetworks
from sound.ear_process import networks

pytestmark = pytest.mark.sound

WORDS = ("hey_jarvis", "alexa", "hey_mycroft")
SENTENCES = (
    "Hey Jarvis, what time is it?",
    "Alexa, stop.",
    "Hey Mycroft.",
    "The bread needs twenty minutes more in the oven.",
)


def frames(sound):
    return [sound[at : at + FRAME_SAMPLES] for at in range(0, len(sound) - 1279, FRAME_SAMPLES)]


def sounds(voice):
    random = np.random.default_rng(5)
    spoken = np.concatenate([voice(0.6, sentence) for sentence in SENTENCES])
    return {
        "speech": spoken,
        "loud": np.clip(spoken.astype(int) * 8, -32768, 32767).astype(np.int16),
        "digital silence around it": np.pad(spoken[16_000:40_000], 16_000),
        "noise": random.integers(-32768, 32768, 48_000).astype(np.int16),
    }


def test_every_score_is_that_of_the_openwakeword_package(voice):
    files = networks(*WORDS)
    for name, sound in sounds(voice).items():
        ours = WakeNetworks(files.melspectrogram, files.embedding, files.heads)
        theirs = openwakeword.Model(wakeword_model_paths=[files.heads[word] for word in WORDS])
        expected = [list(theirs.predict(frame).values()) for frame in frames(sound)]
        scores = [list(ours.score(frame).values()) for frame in frames(sound)]
        difference = np.abs(np.array(scores) - np.array(expected)).max()
        assert difference < 1e-3, name


def test_the_words_are_told_apart(voice):
    files = networks(*WORDS)
    ours = WakeNetworks(files.melspectrogram, files.embedding, files.heads)
    for text, word in zip(("Hey Jarvis.", "Alexa.", "Hey Mycroft."), WORDS, strict=True):
        scores = [ours.score(frame) for frame in frames(voice(1.0, text, 1.5))]
        best = {word: max(score[word] for score in scores) for word in WORDS}
        assert max(best, key=best.__getitem__) == word
        assert sorted(best.values())[-1] > 0.5 > sorted(best.values())[-2]


def test_after_a_rest_the_scores_are_those_of_somebody_who_listened_all_along(voice):
    files = networks(*WORDS)
    all_along = WakeNetworks(files.melspectrogram, files.embedding, files.heads)
    rested = WakeNetworks(files.melspectrogram, files.embedding, files.heads)
    sound = np.concatenate([voice(0.6, sentence) for sentence in SENTENCES])
    sound = np.pad(sound, (4 * 16_000, 0))
    pieces = frames(sound)
    expected = [list(all_along.score(frame).values()) for frame in pieces]
    for at in (30, 60, 75):
        rested.replay(sound[at * FRAME_SAMPLES - REPLAY_SAMPLES : at * FRAME_SAMPLES])
        scores = [list(rested.score(frame).values()) for frame in pieces[at : at + 20]]
        assert np.abs(np.array(scores) - np.array(expected[at : at + 20])).max() < 1e-3


def test_the_finer_views_hold_the_scores_of_the_coarse_ones(voice):
    files = networks(*WORDS)
    ours = WakeNetworks(files.melspectrogram, files.embedding, files.heads)
    sound = np.pad(voice(0.6, "Alexa, stop."), (4 * 16_000, 0))
    scores = [ours.score(frame) for frame in frames(sound)]
    for at in (50, 60, 65):
        views = ours.views(sound[at * FRAME_SAMPLES - VIEW_SAMPLES : at * FRAME_SAMPLES]).scores
        for word in WORDS:
            coarse = [score[word] for score in scores[at - 5 : at]]
            assert len(views[word]) == 20
            assert np.abs(views[word][3::4] - coarse).max() < 1e-3
