"""Messages are read and written field by field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from roomtone.base.protobuf import Field, count, fields, inner, message, text

KINDS = some.one_of(
    some.builds(count, some.integers(1, 2**20), some.integers(0, 2**63)),
    some.builds(Field, some.integers(1, 2**20), some.binary(max_size=300), some.just(2)),
    some.builds(Field, some.integers(1, 15), some.binary(min_size=4, max_size=4), some.just(5)),
    some.builds(Field, some.integers(1, 15), some.binary(min_size=8, max_size=8), some.just(1)),
)


@given(some.lists(KINDS))
def test_what_was_written_is_read_again(parts):
    assert list(fields(message(parts))) == parts


def test_a_message_in_a_message_is_bytes_until_somebody_asks():
    (outer,) = fields(message([inner(7, text(2, "mel"), count(20, 300))]))
    assert list(fields(outer.data)) == [text(2, "mel"), count(20, 300)]


def test_the_bytes_are_those_of_the_format_s_own_description():
    assert message([count(1, 150)]) == b"\x08\x96\x01"
    assert message([text(2, "testing")]) == b"\x12\x07testing"


@pytest.mark.parametrize("data", [b"\x08", b"\x12\x05abc", b"\x0d\x00", b"\x0b", b"\x80" * 3])
def test_what_is_no_message_is_refused(data):
    with pytest.raises(ValueError, match=r"."):
        list(fields(data))


def test_a_number_is_no_text():
    with pytest.raises(ValueError, match="a number where bytes belong"):
        _ = count(1, 5).data
