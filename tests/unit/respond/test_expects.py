"""Which words so far are a whole command, which are left hanging."""

from __future__ import annotations

import pytest

from roomtone.respond.expects import expects


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
        "What is the capital of France?",
        "I would like a large coffee with milk",
        "Where are you from?",
        "What is this made of?",
        "Who is it for?",
        "Where is she?",
        "How many hearts does an octopus have?",
        "What should I add",
        "Which one do you want",
        "I think so",
        "What do you mean by that?",
        "Yes, I am.",
        "",
    ],
)
def test_of_other_words_nothing_is_said(text: str) -> None:
    assert expects(text) == "unknown"
