"""Recordings through the whole pipeline: what is said, when it is said, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.sound

ROOT = Path(__file__).resolve().parents[2]
VISITOR = ROOT / "scripts" / "visitor.flac"


def replay(*options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "roomtone", "replay", *map(str, options)],
        env=os.environ | {"PYTHONPATH": str(ROOT / "daemon")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def played(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        assert file.getparams()[:3] == (1, 2, 16_000)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


@pytest.fixture(scope="module")
def visit(tmp_path_factory) -> tuple[list[dict], Path]:
    """The recorded visitor's visit: its events and what Roomtone played."""
    out = tmp_path_factory.mktemp("visit") / "out.wav"
    done = replay(VISITOR, "--out", out, "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], out


def told(events: list[dict], kind: str) -> list[dict]:
    return [one for one in events if one["event"] == kind]


def test_the_visitor_is_understood_and_answered(visit):
    events, _ = visit
    answers = [one["text"].lower() for one in told(events, "reply_finished")]
    assert len(answers) == 5
    assert ":" in answers[0] or "o'clock" in answers[0]
    assert "paris" in answers[1]
    assert "madrid" in answers[2]
    assert "ten seconds" in answers[3]
    assert "timer is done" in answers[4]
    assert told(events, "stop_heard")


def test_events_carry_their_turn_and_their_time_in_order(visit):
    events, _ = visit
    turns = [one["turn"] for one in told(events, "understood")]
    assert turns == sorted(turns)
    assert len(set(turns)) == len(turns) == 5
    times = [one["t"] for one in told(events, "sound_started")]
    assert times == sorted(times)


def test_the_output_is_aligned_with_the_input(visit):
    events, out = visit
    sound = np.abs(played(out).astype(np.int32))
    for began in told(events, "sound_started"):
        at = round(began["t"] * 16_000)
        assert sound[at - 3200 : at - 400].max() < 100
        assert sound[at : at + 8000].max() > 500


def test_the_delay_told_is_the_delay_in_the_files(visit):
    events, out = visit
    labels = json.loads((ROOT / "scripts" / "visitor.json").read_text())
    loud = np.flatnonzero(np.abs(played(out).astype(np.int32)) > 300) / 16_000
    for label, began in zip(labels[:4], told(events, "sound_started"), strict=False):
        measured = loud[loud > label["end"]][0] - label["end"]
        assert measured == pytest.approx(began["after_speech_ms"] / 1000, abs=0.35)


def test_a_recording_at_another_rate_and_with_two_channels_is_heard(voice, tmp_path):
    import soxr

    sound = voice(1.0, "Hey Jarvis, what is seven times eight?", 2.0)
    both = np.repeat(soxr.resample(sound, 16_000, 44_100)[:, None], 2, axis=1)
    with wave.open(str(tmp_path / "in.wav"), "wb") as file:
        file.setparams((2, 2, 44_100, 0, "NONE", ""))
        file.writeframes(both.astype("<i2").tobytes())
    done = replay(tmp_path / "in.wav", "--json")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert "56" in told(events, "reply_finished")[0]["text"]


def test_silence_and_noise_wake_nobody(tmp_path):
    noise = np.random.default_rng(0).normal(0, 600, 16_000 * 20)
    noise[: 16_000 * 5] = 0
    with wave.open(str(tmp_path / "in.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(noise.astype("<i2").tobytes())
    done = replay(tmp_path / "in.wav", "--out", tmp_path / "out.wav", "--json")
    assert (done.returncode, done.stdout) == (0, "")
    assert len(played(tmp_path / "out.wav")) >= 16_000 * 20
    assert not played(tmp_path / "out.wav").any()


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all " * 100])
def test_a_file_that_is_no_sound_is_refused_in_one_line(content, tmp_path):
    (tmp_path / "in.wav").write_bytes(content)
    done = replay(tmp_path / "in.wav", "--out", tmp_path / "out.wav")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "in.wav" in done.stderr
    assert not (tmp_path / "out.wav").exists()


def test_a_recording_cut_short_is_heard_and_then_told(voice, recording, tmp_path):
    whole = Path(recording(voice(1.0, "Hey Jarvis, what is seven times eight?", 2.0)))
    cut = tmp_path / "cut.wav"
    cut.write_bytes(whole.read_bytes()[:-20_000])
    done = replay(cut, "--out", tmp_path / "out.wav", "--json")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert "56" in told(events, "reply_finished")[0]["text"]
    assert done.returncode == 1
    assert "cut short" in done.stderr
    assert played(tmp_path / "out.wav").any()


def test_a_model_that_is_missing_or_damaged_is_told_in_one_line(tmp_path):
    (tmp_path / "bad.gguf").write_bytes(b"GGUF" + bytes(2000))
    for language in ("none.gguf", "bad.gguf"):
        settings = tmp_path / "config.toml"
        settings.write_text(f'[models]\nlanguage = "{tmp_path / language}"\n')
        done = replay(VISITOR, "--config", settings)
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert language in done.stderr
