"""The oracle finds any piece of the recording and tells the words in it, no more."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from roomtone.app.bench.oracle import PLACE, UNKNOWN, Known, Label, Oracle
from roomtone.app.bench.recording import room, write
from roomtone.base.error import OwnerError

LABEL = Label(start=1.0, end=3.0, text="hey jarvis why is the sky blue")


@pytest.fixture
def known(tmp_path):
    sound = room(5.0, np.random.default_rng(3))
    write(tmp_path / "said.wav", sound)
    answers = {"why is the sky blue": "Air scatters blue light."}
    return sound, Known(recording=str(tmp_path / "said.wav"), labels=[LABEL], answers=answers)


@pytest.mark.parametrize(
    ("begin", "end", "text"),
    [
        (0.8, 3.2, "hey jarvis why is the sky blue"),
        (0.0, 1.9, "hey jarvis why"),
        (2.0, 5.0, "is the sky blue"),
        (3.5, 5.0, ""),
    ],
)
def test_the_words_are_those_that_lie_in_the_piece(known, begin, end, text):
    sound, words = known
    assert Oracle(words).heard(sound[round(begin * 16_000) + 7 : round(end * 16_000)]) == text


def test_a_sound_from_elsewhere_has_no_words(known):
    other = room(2.0, np.random.default_rng(4))
    assert Oracle(known[1]).heard(other) == ""
    assert Oracle(known[1]).heard(other[:10]) == ""


def test_a_question_is_known_however_it_is_written(known):
    oracle = Oracle(known[1])
    assert oracle.answer("Why is the sky blue?") == "Air scatters blue light."
    assert oracle.answer("why is the sky") == UNKNOWN


def test_a_part_finds_its_oracle_in_the_environment(known, tmp_path, monkeypatch):
    monkeypatch.delenv(PLACE, raising=False)
    with pytest.raises(OwnerError, match="roomtone bench"):
        Oracle.of_environment()
    (tmp_path / "oracle.json").write_bytes(msgspec.json.encode(known[1]))
    monkeypatch.setenv(PLACE, str(tmp_path / "oracle.json"))
    assert Oracle.of_environment().answer("why is the sky blue").startswith("Air")
