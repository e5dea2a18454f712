"""What a broken recognizer may write does not reach the conversation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roomtone.recognize.tidy import LONGEST, tidy


@pytest.mark.parametrize(
    ("wild", "tame"),
    [
        ("  what time\tis\nit ", "what time is it"),
        ("caf\u0065\u0301 au lait", "café au lait"),
        ("stop\u202eplease\u200b\x00\x1b[31m", "stopplease[31m"),
        ("half \ud83d a pair", "half a pair"),
        ("z" + "\u0335" * 50 + "algo", "z" + "\u0335" * 2 + "algo"),
        ("\ufffe\uffff\ue000", ""),
    ],
)
def test_what_no_tongue_has_spoken_is_left_out(wild: str, tame: str) -> None:
    assert tidy(wild) == tame


def test_an_endless_text_is_cut() -> None:
    assert len(tidy("word " * 100_000)) <= LONGEST


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_comes_can_be_written_down_and_is_tidy_already(wild: str) -> None:
    tame = tidy(wild)
    tame.encode()
    assert tame.isprintable()
    assert tidy(tame) == tame
