"""Which words so far are a whole command, which are left hanging."""

from __future__ import annotations

import pytest

from roomtone.respond.expects import expects
from roomtone.respond.route import Router


@pytest.mark.parametrize(
    "text",
    ["Stop.", "What time is it?", "turn the volume up", "cancel my timer", "Say that again."],
)
def test_a_command_that_nobody_goes_on_after_is_complete(text: str) -> None:
    assert expects(text) == "complete"


@pytest.mark.parametrize(
    "text",
    [
        "Set a timer for",
        "please set a",
        "set a timer",
        "Set a timer for ten",
        "I would like a large coffee with",
        "I would like a latte and",
        "What is the capital of",
        "add milk, um",
        "Well, uh...",
        "Remind me to",
        "How much",
        "How many",
        "What is",
        "I would like",
    ],
)
def test_words_that_hang_are_open(text: str) -> None:
    assert expects(text) == "open"


@pytest.mark.parametrize(
    "text",
    [
        "Set a timer for ten minutes",
        "I would like a large coffee with milk",
        "Where is she?",
        "What is seven",
        "Why is the sky",
        "How do airplanes",
        "How many hearts does an octopus",
        "What is the capital",
        "I think so",
        "Yes, I am.",
        "",
    ],
)
def test_of_other_words_nothing_is_said(text: str) -> None:
    assert expects(text) == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "What is the capital of France?",
        "How many hearts does an octopus have?",
        "Why is the sky blue?",
        "How do airplanes fly?",
        "who painted the starry night",
        "Is it going to rain tomorrow?",
        "What is this made of?",
        "And why is that so?",
        "What do you mean by that?",
        "Which one do you want",
        "Who is it for?",
        "Where are you from?",
    ],
)
def test_a_question_that_has_all_it_needs_is_likely_whole(text: str) -> None:
    assert expects(text) == "likely"


def test_what_a_skill_answers_is_likely_whole() -> None:
    assert expects("Set a timer for ten minutes") == "unknown"
    assert expects("Set a timer for ten minutes", known=True) == "likely"
    assert expects("Set a timer for", known=True) == "open"


@pytest.mark.parametrize("text", ["Remember the bins", "Remember my locker"])
def test_whoever_dictates_a_note_may_go_on(text: str) -> None:
    assert expects(text, known=Router().knows(text)) == "unknown"
