"""Two tenths of a second of a known voice are found, in whatever form somebody wrote them."""

from __future__ import annotations

import io
import wave

import numpy as np
import pytest
import soxr

from roomtone.app.prove import imprint
from roomtone.app.prove.imprint import Imprint, sound_file
from roomtone.app.prove.visitor import sound_of
from roomtone.app.visit import VISITOR

BEGIN, LENGTH = 29_000, 4800
"""Samples of the visitor in mid-word."""

JUNK = np.random.default_rng(0).bytes(4097)


@pytest.fixture(scope="module")
def visitor():
    return sound_of(VISITOR)


@pytest.fixture(scope="module")
def known(visitor):
    return Imprint(visitor)


def companded(table, sound):
    return np.abs(table[None, :] - sound[:, None]).argmin(axis=1).astype(np.uint8).tobytes()


FORMS = {
    "16-bit": lambda sound: sound.astype("<i2").tobytes(),
    "big-endian": lambda sound: sound.astype(">i2").tobytes(),
    "float": lambda sound: (sound / 32768).astype("<f4").tobytes(),
    "32-bit": lambda sound: (sound.astype(np.int32) << 16).astype("<i4").tobytes(),
    "mu-law": lambda sound: companded(imprint._MU_LAW, sound),
    "A-law": lambda sound: companded(imprint._A_LAW, sound),
    "8-bit": lambda sound: ((sound >> 8) + 128).astype(np.uint8).tobytes(),
    "soft": lambda sound: (sound // 8).astype("<i2").tobytes(),
    "filtered": lambda sound: np.convolve(sound, [0.5, -0.45]).astype("<i2").tobytes(),
    "48 kHz": lambda sound: soxr.resample(sound, 16_000, 48_000).astype("<i2").tobytes(),
    "8 kHz": lambda sound: soxr.resample(sound, 16_000, 8_000).astype("<i2").tobytes(),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_voice_is_found_in_every_form(form, visitor, known):
    piece = visitor[BEGIN : BEGIN + LENGTH]
    assert known.find(JUNK + FORMS[form](piece) + JUNK[:333])


@pytest.mark.parametrize("begin", range(27_000, 42_000, 3_100))
def test_any_two_tenths_of_a_second_of_it_are_enough(begin, visitor, known):
    assert known.find(visitor[begin : begin + 3200].astype("<i2").tobytes())


def test_noise_tones_ramps_and_text_are_nobody(known):
    t = np.arange(16_000)
    assert not known.find(np.random.default_rng(1).bytes(60_000))
    assert not known.find((8000 * np.sin(t[:5000] * 0.1)).astype("<i2").tobytes())
    assert not known.find(t[:4000].astype("<i4").tobytes())
    assert not known.find(b"what is the capital of france\n" * 1000)
    assert not known.find(b"")


def test_another_voice_is_not_the_visitors(known):
    other = np.cumsum(np.random.default_rng(2).normal(0, 300, 5000)) % 20_000 - 10_000
    assert not known.find(other.astype("<i2").tobytes())


def test_sound_files_are_known_by_their_beginnings():
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(100))
    assert sound_file(made.getvalue()) == "WAV"
    assert sound_file(b"any bytes before " + made.getvalue()) == "WAV"
    assert sound_file(VISITOR.read_bytes()) == "FLAC"
    assert sound_file(b"OggS\0\x02" + bytes(40)) == "Ogg"
    assert sound_file(b"ID3\x03" + bytes(40)) == "MP3"
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    assert sound_file(frame * 4) == "MP3"


def test_other_files_are_no_sound_files():
    assert not sound_file(b"SQLite format 3\0" + bytes(100))
    assert not sound_file(b"\xff\xfb" + bytes(100))
    assert not sound_file(b"")
