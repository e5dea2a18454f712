from __future__ import annotations

import pytest

from roomtone.recognize.reading import Reading
from roomtone.recognize.screen import screen

LOUD = -20.0
FAINT = -50.0


def read(text: str, confidence: float = 0.9, no_speech: float = 0.01) -> Reading:
    return Reading(text=text, confidence=confidence, no_speech=no_speech)


@pytest.mark.parametrize("text", ["", ".", " ... ", "?", "-"])
def test_nothing_but_stops_is_nothing(text: str) -> None:
    assert screen(read(text), LOUD) == "nothing"


@pytest.mark.parametrize("text", ["[BLANK_AUDIO]", "(wind blowing)", "*sighs*", "\u266a\u266a"])
def test_a_note_about_noise_is_no_speech(text: str) -> None:
    assert screen(read(text), LOUD) == "noise_word"


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for watching!",
        "Thanks for watching.",
        "Subtitles by the Amara.org community",
        "Transcribed by a machine",
        "Please subscribe to my channel.",
    ],
)
def test_what_only_videos_say_never_counts(text: str) -> None:
    assert screen(read(text), LOUD) == "phantom"


@pytest.mark.parametrize("text", ["you", "You.", "Bye.", "Thank you.", "Okay.", "so", "Thanks!"])
def test_a_favourite_invention_counts_only_when_it_was_loud_and_clear(text: str) -> None:
    assert screen(read(text), LOUD) == ""
    assert screen(read(text), FAINT) == "phantom"
    assert screen(read(text, no_speech=0.7), LOUD) == "phantom"
    assert screen(read(text, confidence=0.4), LOUD) == "phantom"


def test_a_sentence_may_hold_a_favourite_invention() -> None:
    assert screen(read("thank you jarvis that is all"), FAINT) == ""


def test_silence_with_unsure_words_is_silence() -> None:
    assert screen(read("the lamp of the", confidence=0.3, no_speech=0.8), LOUD) == "silence"


def test_sure_words_outweigh_a_high_no_speech_probability() -> None:
    assert screen(read("turn off the lamp", confidence=0.9, no_speech=0.8), LOUD) == ""


def test_a_circle_is_thrown_out() -> None:
    assert screen(read("the lamp of the lamp of the lamp of the lamp of the"), LOUD) == "loop"


@pytest.mark.parametrize("text", ["stop", "yes", "What time is it?", "set a timer for ten minutes"])
def test_commands_pass(text: str) -> None:
    assert screen(read(text), LOUD) == ""
    assert screen(read(text, confidence=0.6), FAINT) == ""
