"""Which words end an utterance at once."""

from __future__ import annotations

import pytest

from roomtone.respond.whole import is_whole


@pytest.mark.parametrize(
    "text",
    [
        "what time is it",
        "What time is it?",
        "please tell me what time it is",
        "stop",
        "what can you do",
        "turn the volume up",
        "how much time is left",
    ],
)
def test_a_command_that_nobody_goes_on_after_is_whole(text: str) -> None:
    assert is_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "set a timer",
        "set a timer for ten",
        "set a timer for ten minutes",
        "what is the capital",
        "who wrote",
        "what",
        "turn",
        "how much time is left on the",
        "i would like a coffee",
        "",
    ],
)
def test_what_may_go_on_is_not(text: str) -> None:
    assert not is_whole(text)
