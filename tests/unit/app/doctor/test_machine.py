"""The box, from files like the kernel's."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from roomtone.app.doctor import machine
from roomtone.system import health
from roomtone.system.health import Room

NOW = dt.datetime(2026, 11, 21, 5, 0, tzinfo=dt.UTC)


@pytest.fixture
def box(tmp_path):
    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n")
        return tmp_path

    return write


def checked(root: Path) -> dict:
    return {one.check: one for one in machine.check(root, NOW, root)}


def test_a_box_without_sensors_is_no_fault(tmp_path):
    assert {one.verdict for one in checked(tmp_path).values()} <= {"ok", "skipped", "warn"}


@pytest.mark.parametrize(
    ("room", "verdict", "advice"),
    [
        (Room(free_mb=9000.0, free_files=1000, read_only=False), "ok", ""),
        (Room(free_mb=100.0, free_files=1000, read_only=False), "warn", "make room"),
        (Room(free_mb=1.0, free_files=1000, read_only=False), "bad", "make room"),
        (Room(free_mb=9000.0, free_files=3, read_only=False), "bad", "make room"),
        (Room(free_mb=9000.0, free_files=1000, read_only=True), "bad", "remount,rw"),
    ],
)
def test_a_disk_needs_room_and_has_to_take_writes(monkeypatch, room, verdict, advice):
    monkeypatch.setattr(health, "room", lambda _folder: room)
    found = machine.disk(Path("/state"))
    assert found.verdict == verdict
    assert advice in found.mend


@pytest.mark.parametrize(
    ("milli", "verdict"), [("45000", "ok"), ("78000", "warn"), ("94000", "bad")]
)
def test_heat_is_judged(box, milli, verdict):
    root = box({"sys/class/thermal/thermal_zone0/temp": milli})
    assert checked(root)["temperature"].verdict == verdict


def test_a_weak_supply_is_bad_now_and_worth_a_word_later(box):
    file = "sys/devices/platform/soc/soc:firmware/get_throttled"
    assert checked(box({file: "50005"}))["supply"].verdict == "bad"
    later = checked(box({file: "50000"}))
    assert later["supply"].verdict == "warn"
    assert "power supply" in later["supply"].mend
    assert later["throttling"].verdict == "ok"


def test_little_memory_and_long_queues_are_told(box):
    root = box(
        {
            "proc/meminfo": "MemTotal: 1000000 kB\nMemAvailable: 90000 kB",
            "proc/pressure/cpu": "some avg10=80.00 avg60=70.00 avg300=1.00 total=9",
            "proc/pressure/memory": "some avg10=0.00 avg60=0.00 avg300=0.00 total=9",
        }
    )
    found = checked(root)
    assert found["memory"].verdict == "warn"
    assert found["pressure.cpu"].verdict == "warn"
    assert found["pressure.memory"].verdict == "ok"


def test_a_clock_in_the_past_is_bad(tmp_path):
    found = machine.clock(dt.datetime(1970, 1, 1, 0, 5, tzinfo=dt.UTC), tmp_path)
    assert found.verdict == "bad"
    assert "timedatectl" in found.mend


def test_a_clock_that_a_server_has_set_is_right(box):
    assert machine.clock(NOW, box({"run/systemd/timesync/synchronized": ""})).verdict == "ok"


def test_a_clock_that_nobody_has_set_is_worth_a_word(box):
    root = box({"run/systemd/timesync/clock": ""})
    assert "without power" in machine.clock(NOW, root).said
    root = box({"sys/class/rtc/rtc0/name": "rtc"})
    assert "without power" not in machine.clock(NOW, root).said
    assert machine.clock(NOW, root).verdict == "warn"
