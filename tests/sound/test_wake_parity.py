"""Our streaming loop against the openwakeword package: the same scores, frame by frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openwakeword
import pytest

from roomtone.base.error import OwnerError
from roomtone.detect.embedding import SIZE, STEP, WINDOW, Embedding
from roomtone.detect.mel import Mel
from roomtone.detect.network import open_network
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


def test_several_frames_at_once_bring_what_they_bring_one_by_one(voice):
    files = networks(*WORDS)
    single = WakeNetworks(files.melspectrogram, files.embedding, files.heads)
    for sizes in ((2,), (1, 3, 2), (5, 1)):
        several = single.twin()
        alone = single.twin()
        for name, sound in sounds(voice).items():
            pieces, at, turn = frames(sound), 0, 0
            while at + max(sizes) <= len(pieces):
                size = sizes[turn % len(sizes)]
                expected = [alone.hear(piece)[0] for piece in pieces[at : at + size]]
                heard = several.hear(np.concatenate(pieces[at : at + size]))
                at, turn = at + size, turn + 1
                for one, other in zip(heard, expected, strict=True):
                    differences = [one.scores[word] - other.scores[word] for word in WORDS]
                    assert np.abs(differences).max() < 1e-3, name
                    assert np.abs(one.window - other.window).max() < 1e-2, name


def test_the_embeddings_are_those_of_the_network_as_it_is_given(voice):
    files = networks("alexa")
    whole = open_network(files.embedding)
    mel = Mel(files.melspectrogram).of(
        voice(0.6, SENTENCES[3])[: 480 + 1280 * 20].astype(np.float32)
    )
    ends = range(WINDOW, len(mel) + 1, STEP)
    windows = np.stack([mel[end - WINDOW : end] for end in ends])[..., None]
    (expected,) = whole.run(None, {"input_1": windows})
    ours = Embedding(files.embedding)
    made = [ours.begin(mel[:WINDOW])]
    made += [ours.go_on(mel[end - STEP : end]) for end in ends[1:]]
    assert np.abs(np.concatenate(made) - expected.reshape(-1, SIZE)).max() < 1e-3
    assert np.abs(ours.of(mel[None])[0] - expected.reshape(-1, SIZE)).max() < 1e-3


def test_the_mel_frames_are_those_of_the_network_as_it_is_given(voice):
    files = networks("alexa")
    whole = open_network(files.melspectrogram)
    for name, sound in sounds(voice).items():
        known = sound[: 480 + 1280 * 30].astype(np.float32)
        pieces = [known[at : at + 1760] for at in range(0, 1280 * 30, 1280)]
        expected = [whole.run(None, {"input": piece[None]})[0].reshape(-1, 32) for piece in pieces]
        made = Mel(files.melspectrogram).of(known)
        assert np.abs(made - (np.concatenate(expected) / 10 + 2)).max() < 1e-3, name


@pytest.mark.parametrize("spoilt", ["melspectrogram", "embedding"])
def test_a_file_that_is_no_network_is_the_owner_s_to_mend(tmp_path, spoilt):
    files = networks("alexa")
    names = {"melspectrogram": files.melspectrogram, "embedding": files.embedding}
    for content in (
        b"",
        b"\x08\x07",
        b"\x3a\x00",
        b"not a network",
        Path(names[spoilt]).read_bytes()[:-9],
    ):
        (tmp_path / "spoilt.onnx").write_bytes(content)
        with pytest.raises(OwnerError, match="is no network"):
            WakeNetworks(**(names | {spoilt: str(tmp_path / "spoilt.onnx")}), heads=files.heads)
    with pytest.raises(OwnerError, match="is missing"):
        WakeNetworks(**(names | {spoilt: str(tmp_path / "none.onnx")}), heads=files.heads)


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
