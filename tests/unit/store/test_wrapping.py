"""A key file opens by itself or by its secret, and a damaged one is never taken for a wrong one."""

from __future__ import annotations

import pytest

from roomtone.store import wrapping

KEY = bytes(range(32))
SECRET = b"several plain words"


def test_a_plain_key_is_read_as_it_was_written() -> None:
    assert wrapping.read(wrapping.plain(KEY)) == KEY


def test_a_wrapped_key_is_opened_by_its_secret_alone() -> None:
    text = wrapping.wrap(KEY, "passphrase", SECRET)
    found = wrapping.read(text)
    assert isinstance(found, wrapping.Wrapped)
    assert found.by == "passphrase"
    assert wrapping.unwrap(found, SECRET) == KEY
    assert wrapping.unwrap(found, SECRET + b"!") is None


def test_neither_key_nor_secret_can_be_read_in_a_wrapped_key() -> None:
    text = wrapping.wrap(KEY, "credential", SECRET)
    assert KEY.hex() not in text
    assert SECRET.decode() not in text


def test_the_same_key_is_never_wrapped_the_same() -> None:
    assert wrapping.wrap(KEY, "passphrase", SECRET) != wrapping.wrap(KEY, "passphrase", SECRET)


def test_every_damaged_byte_of_a_wrapped_key_is_noticed() -> None:
    text = wrapping.wrap(KEY, "passphrase", SECRET).strip()
    for at in range(len(text)):
        damaged = text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :]
        with pytest.raises(wrapping.BrokenKeyError):
            wrapping.read(damaged)


@pytest.mark.parametrize("text", ["", "abc", "zz" * 32, "00" * 31, "{}", '{"by": "passphrase"}'])
def test_what_is_no_key_is_told(text: str) -> None:
    with pytest.raises(wrapping.BrokenKeyError):
        wrapping.read(text)


def test_a_passphrase_is_the_same_from_every_keyboard() -> None:
    assert wrapping.typed("Café ") == wrapping.typed("Cafe\u0301")
