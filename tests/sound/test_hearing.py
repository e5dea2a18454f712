"""Hearing with the starter model: our own voice is understood, noise is not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from roomtone.base.error import OwnerError
from roomtone.recognize.settings import HearingSettings
from roomtone.recognize.wakeword import strip_wake
from roomtone.recognize.whisper import Whisper
from roomtone.speak.piper import Piper
from roomtone.speak.settings import VoiceSettings
from roomtone.speak.wording import wording

pytestmark = pytest.mark.sound

MODELS = Path(__file__).parents[2] / "models" / "starter"
RATE = 16_000


@pytest.fixture(scope="module")
def whisper() -> Whisper:
    return Whisper(str(MODELS / "speech"), HearingSettings(threads=1))


@pytest.fixture(scope="module")
def voice() -> Piper:
    return Piper(str(MODELS / "voice"), VoiceSettings(threads=1))


def said(voice: Piper, text: str) -> bytes:
    assert voice.rate == RATE
    return b"".join(voice.say(wording(text)))


def noise(kind: str, peak: float) -> bytes:
    g = np.random.default_rng(7)
    size = 3 * RATE
    if kind == "hum":
        sound = np.sin(2 * np.pi * 50 * np.arange(size) / RATE) + 0.01 * g.standard_normal(size)
    else:
        power = {"white": 0.0, "pink": 1.0, "brown": 2.0}[kind]
        f = np.maximum(np.fft.rfftfreq(size, 1 / RATE), 30.0)
        spectrum = g.standard_normal(len(f)) + 1j * g.standard_normal(len(f))
        sound = np.fft.irfft(spectrum / f ** (power / 2))
    return (sound / np.abs(sound).max() * peak * 32767).astype("<i2").tobytes()


@pytest.mark.parametrize(
    "command",
    [
        "set a timer for ten minutes",
        "what time is it",
        "turn on the light in the kitchen",
        "how much time is left on the pizza timer",
    ],
)
def test_a_command_is_read_word_for_word(whisper: Whisper, voice: Piper, command: str) -> None:
    read = whisper.read(said(voice, command), final=True)
    assert read.text == command
    assert read.confidence > 0.8
    assert not read.full_length


def test_hot_words_do_no_harm_to_a_model_that_never_saw_any(voice: Piper) -> None:
    hot = HearingSettings(threads=1, hotwords=("zoe", "mallory"))
    pcm = said(voice, "what time is it")
    read = Whisper(str(MODELS / "speech"), hot).read(pcm, final=True, hotwords="thermostat")
    assert read.text == "what time is it"


def test_a_partial_reads_the_beginning(whisper: Whisper, voice: Piper) -> None:
    pcm = said(voice, "set a timer for ten minutes")
    read = whisper.read(pcm[: len(pcm) * 6 // 10], final=False)
    assert read.text.startswith("set a timer")


def test_the_wake_word_in_one_breath_comes_off(whisper: Whisper, voice: Piper) -> None:
    read = whisper.read(said(voice, "hey jarvis, what time is it?"), final=True)
    assert strip_wake(read.text, "hey jarvis") == "what time is it"


@pytest.mark.parametrize("peak", [0.5, 0.05, 0.002])
@pytest.mark.parametrize("kind", ["white", "pink", "brown", "hum"])
def test_noise_has_no_words(whisper: Whisper, kind: str, peak: float) -> None:
    assert whisper.read(noise(kind, peak), final=True).text == ""


def test_silence_is_not_even_read(whisper: Whisper) -> None:
    read = whisper.read(bytes(2 * RATE * 3), final=True)
    assert (read.text, read.confidence, read.seconds) == ("", 0.0, 3.0)
    assert whisper.read(b"", final=True).text == ""
    assert whisper.read(b"\x01", final=True).text == ""


def test_an_utterance_longer_than_the_window_is_read_to_its_end(
    whisper: Whisper, voice: Piper
) -> None:
    pause = bytes(2 * RATE)
    first = said(voice, "set a timer for ten minutes")
    last = said(voice, "what time is it")
    pcm = first + pause * 22 + last + pause * 8
    text = whisper.read(pcm, final=True).text
    assert text.startswith("set a timer for ten minutes")
    assert text.endswith("what time is it")


def test_a_doubtful_reading_is_made_once_more_at_full_length(voice: Piper) -> None:
    strict = Whisper(str(MODELS / "speech"), HearingSettings(threads=1, retry_confidence=1.0))
    pcm = said(voice, "what time is it")
    again = strict.read(pcm, final=True)
    assert again.full_length
    assert again.text == "what time is it"
    assert not strict.read(pcm, final=False).full_length


def test_a_damaged_model_is_named_with_what_to_do(tmp_path: Path) -> None:
    for file in (MODELS / "speech").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "model.bin").write_bytes(b"not a model" * 100)
    with pytest.raises(OwnerError, match=r"is damaged.*roomtone models verify"):
        Whisper(str(tmp_path), HearingSettings())


def test_an_english_model_refuses_another_language() -> None:
    with pytest.raises(OwnerError, match="English only"):
        Whisper(str(MODELS / "speech"), HearingSettings(language="de"))


def test_the_spectrogram_is_faster_whispers(whisper: Whisper, voice: Piper) -> None:
    pcm = said(voice, "set a timer for ten minutes")
    sound = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768
    theirs = whisper._whisper.feature_extractor(sound, padding=0)
    ours = whisper._mel.frames(sound)
    assert np.abs(ours - theirs[:, : ours.shape[1]]).max() < 1e-5


def test_a_reading_that_is_sure_at_once_is_not_made_with_more_choices(voice: Piper) -> None:
    whisper = Whisper(str(MODELS / "speech"), HearingSettings(threads=1))
    beams = []
    decoded = whisper._decoded
    whisper._decoded = lambda *given, beam=1, **more: (
        beams.append(beam) or decoded(*given, beam=beam, **more)
    )
    whisper.read(said(voice, "what time is it"), final=True)
    assert beams == [1]
    beams.clear()
    hiss = np.random.default_rng(3).normal(0, 2500, 3 * RATE)
    speech = np.frombuffer(said(voice, "add milk and bread to the shopping list"), "<i2")
    hiss[: len(speech)] += speech
    whisper.read(np.clip(hiss, -32768, 32767).astype("<i2").tobytes(), final=True)
    assert beams[:2] == [1, 5]


def test_a_sound_that_was_read_along_is_not_encoded_again_when_it_is_final(voice: Piper) -> None:
    whisper = Whisper(str(MODELS / "speech"), HearingSettings(threads=1))
    encoded, read = [], whisper._encoded
    whisper._encoded = lambda *given: encoded.append(1) or read(*given)
    pcm = said(voice, "what time is it")
    along = whisper.read(pcm, final=False)
    final = whisper.read(pcm, final=True)
    assert along.text == final.text == "what time is it"
    assert len(encoded) == 1
    assert whisper.read(pcm, final=True).text == final.text
    assert len(encoded) == 2
