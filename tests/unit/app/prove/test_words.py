"""Words that were said are found in a log, and a log without them is let pass."""

from __future__ import annotations

import pytest

from roomtone.app.prove import words

SAID = ("what is the capital of france", "Paris is the capital of France.", "stop")
CLEAN = b"23:00:36 info    roomtone: answered event=reply_finished t=31.04 turn=6 by=skill\n"


@pytest.mark.parametrize(
    "line",
    [
        b"heard: What is the capital of France?",
        b'{"text":"...the capital of france"}',
        b"KeyError: 'Paris is the'",
        b"Paris_is_the",
    ],
)
def test_three_words_in_a_row_are_a_leak(line):
    found = words.judged("visit", CLEAN + line + b"\n", SAID)
    assert found.verdict == "broken"


def test_the_verdict_does_not_repeat_what_leaked():
    assert "paris" not in words.judged("visit", b"Paris is the capital", SAID).said.lower()


def test_one_rare_word_is_enough():
    assert words.leaked(b"timer 'Wolfram' set", words.CANARIES) == ["wolfram"]


def test_words_of_any_log_are_no_leak():
    log = CLEAN + b"stopped event=stop_heard\nwhat: the timer; is: up\n"
    found = words.judged("visit", log, SAID)
    assert found.verdict == "holds"
    assert "2 lines" not in found.said
    assert "3 lines" in found.said


def test_a_search_for_nothing_proves_nothing():
    assert words.leaked(CLEAN, ()) == []
    assert words.leaked(CLEAN, ("stop",)) == []
    assert words.judged("visit", CLEAN, ("stop",)).verdict == "not tried"
