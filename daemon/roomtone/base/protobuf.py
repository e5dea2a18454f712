"""Protocol Buffers, in which ONNX files are written: fields in, fields out, no meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

VARINT, EIGHT, BYTES, FOUR = 0, 1, 2, 5
_FIXED = {EIGHT: 8, FOUR: 4}


class Field(NamedTuple):
    """One field of a message; other messages, text and arrays are bytes."""

    number: int
    value: int | bytes
    kind: int = BYTES

    @property
    def data(self) -> bytes:
        """The value, of a field that holds bytes. Raises ValueError."""
        if isinstance(self.value, int):
            raise ValueError("a number where bytes belong")  # noqa: TRY004 - the file is wrong
        return self.value


def fields(data: bytes) -> Iterator[Field]:
    """The fields of a message, in their order. Raises ValueError when `data` is none."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        number, kind = key >> 3, key & 7
        if kind == VARINT:
            value, at = varint(data, at)
            yield Field(number, value, kind)
            continue
        size = _FIXED.get(kind)
        if size is None:
            if kind != BYTES:
                raise ValueError(f"no kind of field has number {kind}")
            size, at = varint(data, at)
        if at + size > len(data):
            raise ValueError("a field goes beyond the end")
        yield Field(number, data[at : at + size], kind)
        at += size


def message(parts: Iterable[Field]) -> bytes:
    """The bytes of these fields."""
    made = bytearray()
    for number, value, kind in parts:
        made += _packed(number << 3 | kind)
        if isinstance(value, int):
            made += _packed(value)
            continue
        if kind == BYTES:
            made += _packed(len(value))
        made += value
    return bytes(made)


def text(number: int, value: str) -> Field:
    """A field of text."""
    return Field(number, value.encode())


def count(number: int, value: int) -> Field:
    """A field of a whole number of 64 bits; a negative one as its two's complement."""
    return Field(number, value & (1 << 64) - 1, VARINT)


def inner(number: int, *parts: Field) -> Field:
    """A field that is a message itself."""
    return Field(number, message(parts))


def varint(data: bytes, at: int) -> tuple[int, int]:
    """The number at `at`, and where it ends. Raises ValueError beyond the end."""
    value = shift = 0
    while at < len(data):
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise ValueError("a number goes beyond the end")


def _packed(value: int) -> bytes:
    made = bytearray()
    while value >= 0x80:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value)
    return bytes(made)
