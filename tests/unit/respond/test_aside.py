"""What over our own voice wants nothing of us."""

from __future__ import annotations

import pytest

from roomtone.respond.aside import is_nod, is_ours


@pytest.mark.parametrize(
    "text", ["", "Yeah.", "Uh-huh", "Mm hmm.", "Okay, right!", "oh I see", "The.", "Wow, really?"]
)
def test_a_nod_or_a_crumb_wants_nothing(text: str) -> None:
    assert is_nod(text)


@pytest.mark.parametrize(
    "text", ["yes, but when?", "no", "wait", "and of Spain", "what time is it"]
)
def test_whatever_says_more_is_no_nod(text: str) -> None:
    assert not is_nod(text)


def test_what_we_are_saying_is_ours() -> None:
    spoken = "Paris is the capital of France. It lies on the Seine."
    assert is_ours("the capital of France", spoken)
    assert is_ours("paris is the capitol of france", spoken)
    assert not is_ours("what is the capital of spain then", spoken)
    assert not is_ours("", spoken)
    assert not is_ours("what time is it", "")
