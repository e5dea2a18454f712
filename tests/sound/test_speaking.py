"""Speaking with the starter voice: even, clean at the edges, in small pieces."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import numpy as np
import pytest

from roomtone.app.voice import VoiceSetup, start
from roomtone.base.error import OwnerError
from roomtone.base.message import Rehearse, Rehearsed, Speak, Spoken
from roomtone.speak.level import speech_rms
from roomtone.speak.piper import CLAUSE_GAP, PIECE, SENTENCE_GAP, Piper
from roomtone.speak.settings import VoiceSettings
from roomtone.speak.wording import wording

pytestmark = pytest.mark.sound

VOICE = Path(__file__).parents[2] / "models" / "starter" / "voice"

ANSWERS = [
    "It's 10:05.",
    "Timer set for 10 minutes.",
    "The capital of France is Paris.",
    "The Moon is about 384,000 kilometers away.",
    "Three timers: pizza, 4 minutes, tea, 2 minutes, and eggs, 30 seconds.",
]


@pytest.fixture(scope="module")
def voice() -> Piper:
    return Piper(str(VOICE), VoiceSettings(threads=1))


def sound(voice: Piper, text: str) -> np.ndarray:
    return np.frombuffer(b"".join(voice.say(wording(text))), "<i2").astype(np.float32) / 32768


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_has_the_same_level_and_never_clips(voice: Piper, answer: str) -> None:
    spoken = sound(voice, answer)
    level = 20 * np.log10(speech_rms(spoken, voice.rate))
    assert level == pytest.approx(-20.0, abs=2.0)
    assert np.abs(spoken).max() < 0.95


@pytest.mark.parametrize("answer", ANSWERS)
def test_no_answer_clicks_at_its_edges(voice: Piper, answer: str) -> None:
    spoken = sound(voice, answer)
    assert abs(float(spoken[0])) < 0.001
    gap = int(SENTENCE_GAP * voice.rate)
    assert not spoken[-gap:].any()
    assert abs(float(spoken[-gap - 1])) < 0.001
    assert np.abs(spoken[: voice.rate // 5]).max() > 0.02


def test_pieces_are_short_enough_to_stop_between(voice: Piper) -> None:
    pieces = list(voice.say(wording(" ".join(ANSWERS))))
    assert max(len(piece) for piece in pieces) <= PIECE * voice.rate * 2
    assert len(pieces) > 15


def test_the_first_piece_does_not_wait_for_the_last_sentence(voice: Piper) -> None:
    sentences: list[list[str]] = []
    original = voice._synthesise

    def counted(phonemes: list[str]) -> np.ndarray:
        sentences.append(phonemes)
        return original(phonemes)

    voice._synthesise = counted  # type: ignore[method-assign]
    try:
        first = list(itertools.islice(voice.say("One is first. Two comes after."), 1))
    finally:
        voice._synthesise = original  # type: ignore[method-assign]
    assert first
    assert len(sentences) == 1


@pytest.mark.parametrize("nothing", ["", " ", "...", "\U0001f600", "---", "?!"])
def test_what_has_no_sound_makes_none(voice: Piper, nothing: str) -> None:
    assert list(voice.say(wording(nothing))) == []


@pytest.mark.parametrize("nothing", ["", "...", "?!"])
def test_stops_alone_make_no_sound_even_unworded(voice: Piper, nothing: str) -> None:
    assert list(voice.say(nothing)) == []


def test_a_set_phrase_is_said_at_once_and_as_it_was_rehearsed() -> None:
    do, _ = start(VoiceSetup(path=str(VOICE), voice=VoiceSettings(threads=1)))
    phrase, sent = "Sorry, I didn't catch that. Could you say it again?", []
    do(Rehearse(job=1, text=phrase), sent.append, lambda: False)
    assert sent.pop() == Rehearsed(job=1, kept=True)
    began, arrived = time.perf_counter(), []
    do(Speak(job=2, text=phrase), lambda _: arrived.append(time.perf_counter()), lambda: False)
    assert arrived[0] - began < 0.01
    do(Speak(job=3, text=phrase), sent.append, lambda: False)
    assert speech_rms(heard(sent), 16000) > 0.05
    do(Rehearse(job=4, text="One, two, three."), sent.append, lambda: True)
    assert all(isinstance(one, Spoken) for one in sent)


def heard(sent: list[Spoken]) -> np.ndarray:
    return np.frombuffer(b"".join(one.pcm for one in sent), "<i2").astype(np.float32) / 32768


def test_speed_shortens_and_stretches(voice: Piper) -> None:
    text = "The living room lamp is off."
    fast = Piper(str(VOICE), VoiceSettings(threads=1, speed=1.5))
    assert len(sound(fast, text)) < 0.8 * len(sound(voice, text))


def test_a_damaged_voice_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "voice.onnx").write_bytes(b"not a voice")
    (tmp_path / "voice.onnx.json").write_bytes((VOICE / "voice.onnx.json").read_bytes())
    with pytest.raises(OwnerError, match=r"is damaged.*roomtone models verify"):
        Piper(str(tmp_path), VoiceSettings())


def test_a_clause_is_followed_by_a_short_pause_and_sounds_as_if_it_went_on(voice: Piper) -> None:
    clause = np.frombuffer(b"".join(voice.say("The moon is a rock", goes_on=True)), "<i2")
    comma = np.frombuffer(b"".join(voice.say("The moon is a rock,")), "<i2")
    whole = np.frombuffer(b"".join(voice.say("The moon is a rock.")), "<i2")
    gap, longer = (int(seconds * voice.rate) for seconds in (CLAUSE_GAP, SENTENCE_GAP))
    assert not clause[-gap:].any()
    assert clause[-gap - voice.rate // 50 : -gap].any()
    assert len(clause) == pytest.approx(len(comma), rel=0.1)
    assert not whole[-longer:].any()
