"""The health of the machine, read from the kernel's files below a root folder.

Nothing here waits or changes anything. A reader that finds no file says None: many machines have
no such sensor.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import msgspec

ROOT = Path("/")

MB = 1_000_000

_PLAUSIBLE_C = (1.0, 150.0)
"""Degrees a sensor that works can show; others report 0 or -273 when they do not."""

TOO_HOT_C = 90.0
"""Degrees at which processors slow down; a Raspberry Pi does so earlier, and says it."""

_UNDER_VOLTAGE, _CAPPED, _THROTTLED, _SOFT_LIMIT = 1, 2, 4, 8
"""Bits of the Raspberry Pi firmware's GET_THROTTLED: now; the same << 16 since the start."""

_SINCE_START = 16


class Brakes(msgspec.Struct, frozen=True, kw_only=True):
    """What slows the processor down, now and since the machine started."""

    hot: bool = False
    under_voltage: bool = False
    was_hot: bool = False
    was_under_voltage: bool = False


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder's file system can still take."""

    free_mb: float
    """For a user without privileges."""
    free_files: int | None
    """Files that can still be made; None where the file system does not count them."""
    read_only: bool


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """Of the whole machine."""

    total_mb: float
    available_mb: float
    """That programs can have without swapping."""


class Pressure(msgspec.Struct, frozen=True, kw_only=True):
    """Share of the time, 0..100, in which some program had to wait; as proc/pressure tells it."""

    ten_s: float
    minute: float


def temperature_c(root: Path = ROOT) -> float | None:
    """Degrees Celsius of the hottest thermal zone."""
    found = (_number(zone) for zone in (root / "sys/class/thermal").glob("thermal_zone*/temp"))
    degrees = [milli / 1000 for milli in found if milli is not None]
    low, high = _PLAUSIBLE_C
    return max((one for one in degrees if low <= one <= high), default=None)


def brakes(root: Path = ROOT) -> Brakes | None:
    """Heat and weak supplies: of a Raspberry Pi both, of a PC the heat it has had."""
    firmware = root / "sys/devices/platform/soc/soc:firmware/get_throttled"
    bits = _number(firmware, 16)
    if bits is not None:
        return _of_bits(bits)
    volts = [
        path.parent / "in0_lcrit_alarm"
        for path in (root / "sys/class/hwmon").glob("hwmon*/name")
        if _text(path) == "rpi_volt"
    ]
    if volts:
        weak = any(_number(path) for path in volts)
        return Brakes(under_voltage=weak, was_under_voltage=weak)
    counts = (root / "sys/devices/system/cpu").glob("cpu*/thermal_throttle/package_throttle_count")
    throttled = [_number(path) for path in counts]
    return Brakes(was_hot=any(throttled)) if throttled else None


def room(folder: Path) -> Room | None:
    """What the file system of `folder`, or of the nearest folder above that exists, can take."""
    for place in (folder, *folder.absolute().parents):
        try:
            found = os.statvfs(place)
        except FileNotFoundError:
            continue
        except OSError:
            return None
        return Room(
            free_mb=found.f_bavail * found.f_frsize / MB,
            free_files=found.f_favail if found.f_files else None,
            read_only=bool(found.f_flag & os.ST_RDONLY),
        )
    return None


def memory(root: Path = ROOT) -> Memory | None:
    """Memory of the machine."""
    total = _field(root / "proc/meminfo", "MemTotal")
    available = _field(root / "proc/meminfo", "MemAvailable")
    if total is None or available is None:
        return None
    return Memory(total_mb=total, available_mb=available)


def memory_mb(pid: int, root: Path = ROOT) -> float | None:
    """MB that a process holds: its share (PSS) where that may be read, else all it maps (RSS)."""
    share = _field(root / f"proc/{pid}/smaps_rollup", "Pss")
    return share if share is not None else _field(root / f"proc/{pid}/status", "VmRSS")


def pressure(what: Literal["cpu", "memory", "io"], root: Path = ROOT) -> Pressure | None:
    """How long programs wait for `what`."""
    for line in (_text(root / "proc/pressure" / what) or "").splitlines():
        kind, _, rest = line.partition(" ")
        fields = dict(pair.split("=", 1) for pair in rest.split() if "=" in pair)
        if kind == "some":
            return Pressure(ten_s=float(fields["avg10"]), minute=float(fields["avg60"]))
    return None


def synchronised(root: Path = ROOT) -> bool | None:
    """Whether systemd-timesyncd has set the clock; None where another program sees to it."""
    folder = root / "run/systemd/timesync"
    return (folder / "synchronized").exists() if folder.exists() else None


def has_clock(root: Path = ROOT) -> bool:
    """Whether the machine knows the time without power: a real-time clock."""
    return any((root / "sys/class/rtc").glob("rtc*"))


def _of_bits(bits: int) -> Brakes:
    before = bits >> _SINCE_START
    return Brakes(
        hot=_hot(bits),
        under_voltage=bool(bits & _UNDER_VOLTAGE),
        was_hot=_hot(before),
        was_under_voltage=bool(before & _UNDER_VOLTAGE),
    )


def _hot(bits: int) -> bool:
    """A weak supply slows the processor as well: then slowness says nothing about heat."""
    slow = bool(bits & (_CAPPED | _THROTTLED)) and not bits & _UNDER_VOLTAGE
    return slow or bool(bits & _SOFT_LIMIT)


def _field(path: Path, name: str) -> float | None:
    """A field in kB of a file like proc/meminfo, in MB."""
    for line in (_text(path) or "").splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return int(value.split()[0]) * 1024 / MB
    return None


def _number(path: Path, base: int = 10) -> int | None:
    try:
        return int(_text(path) or "", base)
    except ValueError:
        return None


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return None
