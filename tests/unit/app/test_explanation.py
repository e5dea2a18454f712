"""What `explain` says of a turn, and that it never says "nothing left" when something did."""

from __future__ import annotations

import msgspec

from roomtone.app.explanation import explained
from roomtone.app.kept import as_data
from roomtone.turn.ledger import Entry
from roomtone.turn.record import Turn

TURN = Turn(
    id=7,
    started=1_700_000_000.0,
    wake_phrase="hey_jarvis",
    wake_score=0.91,
    heard="who was Ada",
    confidence=0.87,
    by="cloud",
    reply="A mathematician.",
    spoken="A mathematician.",
    milliseconds={"first_sound": 640},
    entries=(4,),
    reason="local-first: the local model was unsure",
)
SENT = Entry(
    id=4,
    at=1_700_000_001.0,
    turn=7,
    by="cloud",
    provider="https://api.openai.com/v1",
    model="gpt-4o-mini",
    reason="local-first",
    bytes=321,
    text='{"messages": []}',
    outcome="answered",
    milliseconds=812,
)


def told(turn: Turn, *entries: Entry) -> str:
    data = as_data(turn) | {"ledger": [msgspec.to_builtins(entry) for entry in entries]}
    return "\n".join(explained(data))


def test_what_left_the_house_is_told_to_the_byte():
    lines = told(TURN, SENT)
    assert "321 bytes to https://api.openai.com/v1 (gpt-4o-mini), 812 ms, answered" in lines
    assert "because     local-first: the local model was unsure" in lines
    assert '{"messages": []}' in lines
    assert "nothing" not in lines


def test_a_turn_for_which_nothing_left_says_so():
    assert "left the house: nothing" in told(msgspec.structs.replace(TURN, by="llama", entries=()))


def test_a_written_answer_was_not_cut_off_but_never_spoken():
    lines = told(msgspec.structs.replace(TURN, spoken="", milliseconds={}, entries=()))
    assert "nothing was spoken" in lines
    assert "of it heard" not in lines


def test_an_entry_about_a_local_answer_is_not_what_left():
    local = Entry(id=5, at=1.0, turn=7, by="local", reason="policy")
    assert "left the house: nothing" in told(msgspec.structs.replace(TURN, entries=(5,)), local)


def test_what_the_ledger_has_lost_never_counts_as_nothing():
    lines = told(TURN)
    assert "the ledger has no more" in lines
    assert "nothing" not in lines


def test_a_failure_is_told_in_plain_words_and_a_forgotten_text_as_such():
    lines = told(TURN, msgspec.structs.replace(SENT, outcome="slow", text=""))
    assert "no answer came in time" in lines
    assert "the text is forgotten" in lines


def test_a_request_that_was_never_sent_is_told_as_nothing():
    lines = told(TURN, msgspec.structs.replace(SENT, outcome="not sent", bytes=0, text=""))
    assert "left the house: nothing, as a request to https://api.openai.com/v1" in lines
    assert "forgotten" not in lines


def test_an_end_that_is_none_is_told_in_plain_words():
    for outcome, words in (
        ("", "what came of it is not known"),
        ("given up", "given up before the answer was over"),
        ("tried again", "it failed and was tried again"),
        ("may have left", "it may have left"),
    ):
        assert words in told(TURN, msgspec.structs.replace(SENT, outcome=outcome))


def test_what_was_cut_short_is_told():
    lines = told(msgspec.structs.replace(TURN, spoken="A mathe"), SENT)
    assert "of it heard 'A mathe'" in lines
