"""WAV files read by hand: every PCM and float form, endless and cut-short headers, in pieces."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec
import numpy as np

from roomtone.base.error import OwnerError
from roomtone.capture.resample import Floats

PIECE_FRAMES = 8192
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_ENDLESS = 0xFFFFFFFF
"""What a program writes that streams and does not know the length."""


class Recording(msgspec.Struct):
    """An opened file of sound."""

    rate: int
    pieces: Iterator[Floats]
    """Mono, full scale 1.0; each piece is read when it is asked for."""
    notice: str = ""
    """What is wrong with the file although it can be used."""


class _Form(msgspec.Struct, frozen=True):
    code: int
    channels: int
    rate: int
    width: int
    """Bytes of one sample."""


def open_wav(path: Path) -> Recording | None:
    """The WAV file at `path`; None when it is compressed, which another decoder must read.

    Raises OwnerError when it is damaged beyond use, OSError when it cannot be read.
    """
    file = path.open("rb")
    form: _Form | None = None
    file.seek(12)
    while len(head := file.read(8)) == 8:
        name, size = struct.unpack("<4sI", head)
        if name == b"fmt ":
            form = _form(file.read(size + size % 2), path)
        elif name == b"data" and form is not None:
            if form.code not in (_PCM, _FLOAT) or form.width not in (1, 2, 3, 4, 8):
                file.close()
                return None
            return _recording(file, form, size, path)
        else:
            file.seek(size + size % 2, 1)
    file.close()
    raise OwnerError(f"{path}: this WAV file has no sound in it; record it again")


def _form(chunk: bytes, path: Path) -> _Form:
    if len(chunk) < 16:
        raise OwnerError(f"{path}: the header of this WAV file is damaged; record it again")
    code, channels, rate, _, align, _ = struct.unpack("<HHIIHH", chunk[:16])
    if code == _EXTENSIBLE and len(chunk) >= 26:
        (code,) = struct.unpack("<H", chunk[24:26])
    if not 1 <= channels <= 64 or not 1000 <= rate <= 768_000 or align % channels:
        raise OwnerError(f"{path}: the header of this WAV file is damaged; record it again")
    return _Form(code, channels, rate, align // channels)


def _recording(file: BinaryIO, form: _Form, promised: int, path: Path) -> Recording:
    at = file.tell()
    there = file.seek(0, 2) - at
    file.seek(at)
    endless = promised in (0, _ENDLESS)
    size = there if endless else min(promised, there)
    if size < form.width * form.channels:
        file.close()
        raise OwnerError(f"{path}: this WAV file has no sound in it; record it again")
    notice = ""
    if not endless and there < promised:
        second = form.rate * form.channels * form.width
        notice = (
            f"{path} is cut short: its header promises {promised / second:.1f} s, "
            f"{there / second:.1f} s are there"
        )
    return Recording(rate=form.rate, pieces=_pieces(file, form, size), notice=notice)


def _pieces(file: BinaryIO, form: _Form, size: int) -> Iterator[Floats]:
    frame = form.width * form.channels
    rest = size // frame
    with file:
        while rest and (data := file.read(min(rest, PIECE_FRAMES) * frame)):
            count = len(data) // frame
            samples = _floats(data[: count * frame], form)
            rest -= count
            yield samples if form.channels == 1 else samples.reshape(count, -1).mean(axis=1)


def _floats(data: bytes, form: _Form) -> Floats:
    """Samples of any form as float32, full scale 1.0; 16 bits pass exactly."""
    if form.code == _FLOAT:
        sound = np.frombuffer(data, "<f8" if form.width == 8 else "<f4").astype(np.float32)
        return np.nan_to_num(sound, nan=0.0, posinf=1.0, neginf=-1.0)
    if form.width == 1:
        return (np.frombuffer(data, np.uint8).astype(np.float32) - np.float32(128)) / np.float32(
            128
        )
    if form.width == 3:
        wide = np.zeros((len(data) // 3, 4), np.uint8)
        wide[:, 1:] = np.frombuffer(data, np.uint8).reshape(-1, 3)
        return wide.view("<i4")[:, 0].astype(np.float32) / np.float32(1 << 31)
    full = float(1 << (8 * form.width - 1))
    return (np.frombuffer(data, f"<i{form.width}") / full).astype(np.float32)
