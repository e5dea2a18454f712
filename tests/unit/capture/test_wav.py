"""Any recording becomes the microphone, to the sample; what is none is refused in one line."""

from __future__ import annotations

import tracemalloc

import av
import numpy as np
import pytest

from roomtone.base.error import OwnerError
from roomtone.capture.wav import FileSource
from unit.capture.sound_files import tone, wav


def stream(source, most=10_000):
    blocks = []
    while not source.ended and len(blocks) < most:
        blocks.append(source.read())
    return np.concatenate(blocks)


@pytest.fixture
def file(tmp_path):
    def write(data, name="in.wav"):
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    return write


def test_16_khz_16_bit_mono_is_exact_to_the_bit(file):
    sound = np.random.default_rng(1).integers(-32768, 32768, 5000).astype(np.int16)
    data = wav(np.zeros(5000))[:-10_000] + sound.astype("<i2").tobytes()
    assert (stream(FileSource(file(data)))[:5000] == sound).all()


@pytest.mark.parametrize(
    "form",
    [
        {"bits": 8},
        {"bits": 24},
        {"bits": 32},
        {"bits": 32, "floating": True},
        {"bits": 64, "floating": True},
        {"bits": 16, "channels": 2},
        {"bits": 24, "channels": 6, "extensible": True},
        {"bits": 32, "floating": True, "extensible": True},
    ],
)
def test_every_form_of_sample_gives_the_same_sound(file, form):
    sound = tone(0.3)
    out = stream(FileSource(file(wav(sound, **form)))) / 32768
    assert np.abs(out[: len(sound)] - sound).max() < (0.01 if form["bits"] == 8 else 1e-4)


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 48_000, 96_000])
def test_other_rates_keep_every_sample_in_its_place(file, rate):
    out = stream(FileSource(file(wav(tone(1.0, rate), rate=rate)))) / 32768
    error = out[400:15_600] - tone(1.0)[400:15_600]
    assert np.abs(error).max() < 1e-3
    assert not out[16_001:].any()


def test_flac_is_read_too(tmp_path):
    path = tmp_path / "in.flac"
    sound = np.rint(tone(0.5) * 32767).astype(np.int16)
    with av.open(str(path), "w") as container:
        track = container.add_stream("flac", rate=16_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(sound[None], format="s16", layout="mono")
        frame.rate = 16_000
        container.mux(track.encode(frame))
        container.mux(track.encode(None))
    assert (stream(FileSource(str(path)))[:8000] == sound).all()


def test_after_the_end_there_is_silence(file):
    source = FileSource(file(wav(tone(0.1))))
    stream(source)
    assert source.ended
    assert not source.read().any()


def test_the_end_is_known_with_the_last_block(file):
    source = FileSource(file(wav(tone(0.04))))
    source.read()
    assert not source.ended
    source.read()
    assert source.ended


def test_a_file_cut_short_is_used_and_told(file):
    source = FileSource(file(wav(tone(1.0), size=64_000)))
    assert len(stream(source)) == 16_000
    assert "cut short" in source.notice


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_a_header_that_knows_no_length_is_no_fault(file, size):
    source = FileSource(file(wav(tone(1.0), size=size)))
    assert len(stream(source)) == 16_000
    assert source.notice == ""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"hello, I am a text file\n" * 50, "not sound"),
        (wav(np.zeros(0)), "no sound"),
        (b"RIFF\x24\0\0\0WAVE", "no sound"),
        (wav(tone(0.1), channels=1, rate=1), "damaged"),
        (wav(tone(0.1))[:52], "no sound"),
    ],
)
def test_what_holds_no_sound_is_refused_in_one_line(file, data, words):
    with pytest.raises(OwnerError, match=words) as refusal:
        FileSource(file(data))
    assert "\n" not in str(refusal.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(OwnerError, match="no such file"):
        FileSource(str(tmp_path / "none.wav"))
    with pytest.raises(OwnerError, match="folder"):
        FileSource(str(tmp_path))


def test_a_long_recording_needs_no_more_memory_than_a_short_one(file):
    source = FileSource(file(wav(np.zeros(48_000 * 8), rate=48_000)))
    tracemalloc.start()
    while not source.ended:
        source.read()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 300_000
