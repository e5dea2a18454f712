"""The write-ahead log as a file: SQLite drops all behind a damaged place in it without a word."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

HEADER, FRAME = 32, 24
"""Bytes of the header of the log and of that of one page in it (sqlite.org/fileformat2.html)."""

_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
"""First word -> the order of bytes in which the checksums are counted."""

_ALL = 0xFFFFFFFF


def of(database: Path) -> Path:
    """The log of a database."""
    return database.with_name(f"{database.name}-wal")


def cut_short(log: Path, frames: int) -> bool:
    """Whether a damaged page follows the first `frames` ones, which are all that SQLite took.

    What was not finished when the power failed looks so too; pages that are whole but were never
    confirmed do not, nor do those of an earlier round. Raises OSError.
    """
    with log.open("rb") as file:
        header = file.read(HEADER)
        if len(header) < HEADER:
            return False
        magic, _, size, _, *salts, first, second = struct.unpack(">8I", header)
        order = _MAGIC.get(magic)
        if order is None or _summed(header[:24], (0, 0), order) != (first, second):
            return bool(file.read(1))
        return _broken(file, size, (salts[0], salts[1]), frames, (first, second), order)


def _broken(
    file: BinaryIO,
    size: int,
    salts: tuple[int, int],
    frames: int,
    sums: tuple[int, int],
    order: str,
) -> bool:
    """Walk over the pages behind the confirmed ones until one does not belong or is damaged."""
    if frames:
        file.seek(HEADER + (frames - 1) * (FRAME + size))
        sums = struct.unpack(">4I2I", file.read(FRAME))[4:]
    file.seek(HEADER + frames * (FRAME + size))
    while len(frame := file.read(FRAME + size)) == FRAME + size:
        _, _, salt, other, first, second = struct.unpack(">6I", frame[:FRAME])
        if salt != salts[0] and other != salts[1]:
            return False  # of an earlier round
        sums = _summed(frame[FRAME:], _summed(frame[:8], sums, order), order)
        if (salt, other) != salts or sums != (first, second):
            return True
    return False


def _summed(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    """SQLite's checksum of `data`, going on from `sums`."""
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for one, other in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & _ALL
        second = (second + other + first) & _ALL
    return first, second
