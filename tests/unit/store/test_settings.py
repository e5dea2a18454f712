"""How long words are kept is the owner's to say; nobody has to."""

from __future__ import annotations

import msgspec
import pytest

from roomtone.store.settings import KeepSettings


def test_words_are_kept_for_a_month_unless_the_owner_says_otherwise() -> None:
    assert KeepSettings().days == 30


def test_to_keep_nothing_is_allowed_and_less_than_nothing_is_not() -> None:
    assert msgspec.convert({"days": 0}, KeepSettings).days == 0
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"days": -1}, KeepSettings)
