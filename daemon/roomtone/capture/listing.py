"""The devices that a new process sees: PortAudio's own list is frozen while a stream is open."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import msgspec

from roomtone.base.error import OwnerError
from roomtone.capture.devices import Device, list_devices

PATIENCE = 3.0
"""Seconds to wait for the list: a frozen sound server never answers."""


LOOK = 0.05
"""Seconds between two questions whether the list is still wanted."""


def listed_anew(given_up: Callable[[], bool] = lambda: False) -> list[Device]:
    """All devices there are now.

    Raises OwnerError when the sound system does not answer, or as soon as `given_up` says so.
    """
    try:
        printed = _printed([sys.executable, "-m", "roomtone.capture.listing"], given_up)
    except (subprocess.SubprocessError, OSError):
        raise OwnerError("the sound devices cannot be listed") from None
    return msgspec.json.decode(printed, type=list[Device])


def _printed(command: list[str], given_up: Callable[[], bool]) -> bytes:
    end = time.monotonic() + PATIENCE
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        while True:
            try:
                printed, _ = process.communicate(timeout=LOOK)
            except subprocess.TimeoutExpired:
                if given_up() or time.monotonic() > end:
                    process.kill()
                    raise
                continue
            if process.returncode:
                raise subprocess.CalledProcessError(process.returncode, command)
            return printed


def main() -> None:
    """Print the devices as JSON."""
    try:
        found = list_devices()
    except OwnerError as problem:
        sys.exit(str(problem))
    sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")


if __name__ == "__main__":
    main()
