"""What is said of a microphone and a loudspeaker, and what is advised."""

from __future__ import annotations

import subprocess

import msgspec
import pytest

from roomtone.app.doctor import sound
from roomtone.app.doctor.chirp import Heard
from roomtone.app.doctor.listener import Levels, Measured, Trouble
from roomtone.capture.settings import SoundSettings

DEVICES = {"input": "Mic", "input_rate": 48_000, "output": "Box", "output_rate": 48_000}
QUIET = Levels(level_db=-60.0, floor_db=-65.0, peak_db=-40.0, clipped=0.0, constant=False)
TONE = Levels(level_db=-30.0, floor_db=-40.0, peak_db=-15.0, clipped=0.0, constant=False)
GOOD = Measured(
    devices=DEVICES,
    levels=QUIET,
    lost=0.0,
    tone=TONE,
    echo=Heard(delay_ms=120.0, echo_db=-20.0),
)


def judged(**changes) -> dict:
    return {one.check: one for one in sound.judge(msgspec.structs.replace(GOOD, **changes))}


def levels(**changes) -> Levels:
    return msgspec.structs.replace(QUIET, **changes)


def test_a_good_room_is_told_in_numbers():
    found = judged()
    assert {one.verdict for one in found.values()} == {"ok"}
    assert found["microphone"].said == "Mic, 48000 Hz"
    assert (found["round_trip.delay"].value, found["round_trip.delay"].unit) == (120.0, "ms")
    assert (found["round_trip.echo"].value, found["round_trip.echo"].unit) == (-20.0, "dB")


@pytest.mark.parametrize(
    ("changes", "check", "verdict", "advice"),
    [
        ({"levels": levels(floor_db=-30.0)}, "microphone.noise_floor", "warn", "gain down"),
        ({"levels": levels(floor_db=-95.0)}, "microphone.noise_floor", "warn", "gain up"),
        ({"levels": levels(clipped=0.02)}, "microphone.clipping", "bad", "gain down"),
        ({"lost": 0.3}, "microphone.lost", "warn", "top"),
        ({"echo": None}, "round_trip", "warn", "alsamixer -V playback"),
        ({"echo": Heard(delay_ms=800.0, echo_db=-20.0)}, "round_trip.delay", "warn", "Bluetooth"),
        ({"echo": Heard(delay_ms=90.0, echo_db=3.0)}, "round_trip.echo", "warn", "down"),
        ({"echo": Heard(delay_ms=90.0, echo_db=-60.0)}, "round_trip.echo", "warn", "up"),
    ],
)
def test_what_is_wrong_is_judged_and_mended(changes, check, verdict, advice):
    found = judged(**changes)[check]
    assert found.verdict == verdict
    assert advice in found.mend


@pytest.mark.parametrize(("peak", "word"), [(-120.0, "switch"), (-10.0, "out and in")])
def test_a_microphone_that_gives_one_value_is_off_or_stuck(peak, word):
    off = levels(floor_db=-120.0, peak_db=peak, constant=True)
    found = judged(levels=off, tone=off, echo=None)
    assert found["microphone.signal"].verdict == "bad"
    assert word in found["microphone.signal"].mend


def test_a_microphone_that_shuts_itself_in_a_silent_room_is_not_off():
    gated = levels(floor_db=-120.0, peak_db=-120.0, level_db=-120.0, constant=True)
    assert judged(levels=gated)["microphone.signal"].verdict == "ok"


def test_a_missing_microphone_is_told_with_the_reason_of_the_device():
    busy = Trouble(kind="microphone_busy", fault="Mic is in use by another program")
    devices = {"output": "Box", "output_rate": 48_000}
    found = judged(devices=devices, levels=None, tone=None, echo=None, troubles=(busy,))
    assert found["microphone"].verdict == "bad"
    assert found["microphone"].said == busy.fault
    assert "fuser" in found["microphone"].mend
    assert "round_trip" not in found


def test_a_house_may_do_without_a_loudspeaker_but_is_told():
    devices = {"input": "Mic", "input_rate": 48_000}
    found = judged(devices=devices, tone=None, echo=None)
    assert found["loudspeaker"].verdict == "warn"
    assert found["round_trip"].verdict == "skipped"


def test_a_sound_server_that_hangs_is_told_for_both_ends():
    hung = Trouble(kind="sound_server_hung", fault="the sound server does not answer")
    found = judged(devices={}, levels=None, tone=None, echo=None, troubles=(hung,))
    for end in ("microphone", "loudspeaker"):
        assert "restart the sound server" in found[end].mend


def test_a_measurement_that_hangs_is_ended(monkeypatch):
    def hang(*command, **_options):
        raise subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(subprocess, "run", hang)
    [found, _] = sound.check(SoundSettings())
    assert found.verdict == "bad"
    assert "restart the sound server" in found.mend


def test_who_holds_a_device_is_named(tmp_path):
    (tmp_path / "dev/snd").mkdir(parents=True)
    (tmp_path / "proc/7/fd").mkdir(parents=True)
    (tmp_path / "proc/7/comm").write_text("pipewire\n")
    (tmp_path / "proc/7/fd/4").symlink_to("/dev/snd/pcmC0D0c")
    (tmp_path / "proc/7/fd/5").symlink_to("/dev/null")
    found = sound.holders(tmp_path)
    assert found.value == "pipewire"


def test_a_machine_without_sound_devices_says_so(tmp_path):
    found = sound.holders(tmp_path)
    assert "/dev/snd" in found.said
