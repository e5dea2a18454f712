from __future__ import annotations

import pytest

from roomtone.recognize.reading import Reading, better, doubt, loops


def read(text: str, confidence: float = 0.9, *, cut: bool = False) -> Reading:
    return Reading(text=text, confidence=confidence, no_speech=0.0, cut=cut)


def test_a_sure_reading_is_not_doubted() -> None:
    assert doubt(read("what time is it"), 0.6) == ""


def test_an_unsure_reading_is_doubted() -> None:
    assert doubt(read("what time is it", 0.59), 0.6) == "unsure"
    assert doubt(read("what time is it", 0.6), 0.6) == ""


def test_a_reading_without_words_is_not_doubted() -> None:
    assert doubt(read("", 0.0), 0.6) == ""


def test_a_reading_that_did_not_end_is_doubted() -> None:
    assert doubt(read("what time is it", cut=True), 0.6) == "endless"


def test_a_circle_is_doubted_however_sure_it_is() -> None:
    assert doubt(read("go go go go go", 0.99), 0.6) == "loop"


def test_of_two_readings_the_surer_one_is_trusted() -> None:
    sure, unsure = read("a", 0.8), read("b", 0.5)
    assert better(unsure, sure) is sure
    assert better(sure, unsure) is sure


def test_a_circle_never_wins_over_words() -> None:
    circle, words = read("go go go go go", 0.99), read("go on", 0.4)
    assert better(circle, words) is words
    assert better(words, circle) is words


@pytest.mark.parametrize(
    "text",
    [
        "no no no no",
        "very good very good very good very good",
        "set a timer set a timer set a timer",
        "the end of the end of the end of the end of",
        "hello " + "la" * 60,
    ],
)
def test_running_in_a_circle_is_seen(text: str) -> None:
    assert loops(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no no no",
        "turn on the light in the kitchen and turn on the light in the bedroom",
        "call five five five zero zero zero zero one two",
        "row row row your boat",
        "what is the capital of france and what is the capital of spain",
    ],
)
def test_people_who_repeat_themselves_are_heard(text: str) -> None:
    assert not loops(text)
