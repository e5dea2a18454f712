"""WAV files of every form, made by hand."""

from __future__ import annotations

import struct

import numpy as np


def wav(sound, *, rate=16_000, channels=1, bits=16, floating=False, extensible=False, size=None):
    """The bytes of a WAV file with float `sound` (-1..1), the same in every channel."""
    samples = _samples(np.repeat(sound, channels), bits, floating=floating)
    align = channels * bits // 8
    code = 3 if floating else 1
    form = struct.pack("<HIIHH", channels, rate, rate * align, align, bits)
    if extensible:
        guid = struct.pack("<H", code) + bytes.fromhex("000000001000800000aa00389b71")
        form = struct.pack("<H", 0xFFFE) + form + struct.pack("<HHI", 22, bits, 0) + guid
    else:
        form = struct.pack("<H", code) + form
    promised = len(samples) if size is None else size
    body = b"WAVE" + b"LIST" + struct.pack("<I", 3) + b"odd\0"
    body += b"fmt " + struct.pack("<I", len(form)) + form
    body += b"data" + struct.pack("<I", promised) + samples
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _samples(sound, bits, *, floating):
    if floating:
        return sound.astype("<f4" if bits == 32 else "<f8").tobytes()
    if bits == 8:
        return np.rint(sound * 127 + 128).astype(np.uint8).tobytes()
    whole = np.rint(sound * (2.0 ** (bits - 1) - 1)).astype("<i8")
    return whole[:, None].view(np.uint8).reshape(-1, 8)[:, : bits // 8].tobytes()


def tone(seconds, rate=16_000, hertz=440.0):
    """A sine of half scale."""
    return 0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)
