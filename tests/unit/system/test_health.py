"""The machine's health, from files like the kernel's in a folder of the test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from roomtone.system import health


@pytest.fixture
def machine(tmp_path):
    """Writes files below a root of its own; the root."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n")
        return tmp_path

    return write


FIRMWARE = "sys/devices/platform/soc/soc:firmware/get_throttled"


def test_the_hottest_zone_counts_and_a_broken_sensor_does_not(machine):
    zones = "sys/class/thermal/thermal_zone{}/temp"
    root = machine({zones.format(0): "48312", zones.format(1): "61250", zones.format(2): "-273000"})
    assert health.temperature_c(root) == 61.25


def test_a_machine_without_sensors_says_nothing(tmp_path):
    assert health.temperature_c(tmp_path) is None
    assert health.brakes(tmp_path) is None
    assert health.memory(tmp_path) is None
    assert health.pressure("cpu", tmp_path) is None
    assert health.synchronised(tmp_path) is None
    assert not health.has_clock(tmp_path)


@pytest.mark.parametrize(
    ("bits", "expected"),
    [
        ("0", {}),
        ("50005", {"under_voltage": True, "was_under_voltage": True}),
        ("80008", {"hot": True, "was_hot": True}),
        ("60006", {"hot": True, "was_hot": True}),
        ("50000", {"was_under_voltage": True}),
    ],
)
def test_a_raspberry_pi_tells_heat_from_a_weak_supply(machine, bits, expected):
    assert health.brakes(machine({FIRMWARE: bits})) == health.Brakes(**expected)


def test_an_alarm_of_the_supply_is_seen_where_the_firmware_has_no_file(machine):
    root = machine(
        {
            "sys/class/hwmon/hwmon0/name": "cpu_thermal",
            "sys/class/hwmon/hwmon1/name": "rpi_volt",
            "sys/class/hwmon/hwmon1/in0_lcrit_alarm": "1",
        }
    )
    assert health.brakes(root) == health.Brakes(under_voltage=True, was_under_voltage=True)


def test_a_pc_tells_that_it_has_been_too_hot(machine):
    count = "sys/devices/system/cpu/cpu{}/thermal_throttle/package_throttle_count"
    assert health.brakes(machine({count.format(0): "0", count.format(1): "0"})) == health.Brakes()
    assert health.brakes(machine({count.format(1): "7"})) == health.Brakes(was_hot=True)


def test_a_folder_that_is_not_there_yet_has_the_room_of_the_one_above(tmp_path):
    found = health.room(tmp_path / "not" / "yet")
    here = os.statvfs(tmp_path)
    assert found is not None
    assert found.free_mb == pytest.approx(here.f_bavail * here.f_frsize / 1e6, rel=0.05)
    assert not found.read_only


def test_a_file_system_that_only_reads_says_so():
    found = health.room(Path("/sys"))
    if found is None or not os.statvfs("/sys").f_flag & os.ST_RDONLY:
        pytest.skip("nothing is mounted read-only here")
    assert found.read_only


def test_memory_of_the_machine_is_in_megabytes(machine):
    root = machine(
        {"proc/meminfo": "MemTotal:  8000000 kB\nMemFree: 1 kB\nMemAvailable: 500000 kB"}
    )
    assert health.memory(root) == health.Memory(total_mb=8192.0, available_mb=512.0)


def test_a_process_is_weighed_by_its_share_else_by_all_it_maps(machine):
    root = machine(
        {
            "proc/7/smaps_rollup": "00-ff ---p 0 00:00 0 [rollup]\nRss: 900 kB\nPss: 500 kB",
            "proc/7/status": "Name: x\nVmRSS:  900 kB",
            "proc/8/status": "Name: x\nVmRSS:  1000 kB",
        }
    )
    assert health.memory_mb(7, root) == pytest.approx(0.512)
    assert health.memory_mb(8, root) == pytest.approx(1.024)
    assert health.memory_mb(9, root) is None
    assert 5 < (health.memory_mb(os.getpid()) or 0) < 5000


def test_pressure_is_the_share_of_time_that_some_program_waits(machine):
    text = "some avg10=12.50 avg60=3.00 avg300=1.00 total=9\nfull avg10=9.00 avg60=9.00 total=1"
    found = health.pressure("memory", machine({"proc/pressure/memory": text}))
    assert found == health.Pressure(ten_s=12.5, minute=3.0)


def test_a_clock_is_synchronised_when_the_time_server_has_been_heard(machine):
    root = machine({"run/systemd/timesync/clock": ""})
    assert health.synchronised(root) is False
    assert health.synchronised(machine({"run/systemd/timesync/synchronized": ""})) is True


def test_a_machine_with_a_clock_of_its_own_has_it_listed(machine):
    assert health.has_clock(machine({"sys/class/rtc/rtc0/name": "rtc-ds1307"}))
