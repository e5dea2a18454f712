"""The devices that a new process sees: PortAudio's own list is frozen while a stream is open."""

from __future__ import annotations

import subprocess
import sys

import msgspec

from roomtone.base.error import OwnerError
from roomtone.capture.devices import Device, list_devices

PATIENCE = 3.0
"""Seconds to wait for the list: a frozen sound server never answers."""


def listed_anew() -> list[Device]:
    """All devices there are now. Raises OwnerError when the sound system does not answer."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "roomtone.capture.listing"],
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        raise OwnerError("the sound devices cannot be listed") from None
    return msgspec.json.decode(done.stdout, type=list[Device])


def main() -> None:
    """Print the devices as JSON."""
    try:
        found = list_devices()
    except OwnerError as problem:
        sys.exit(str(problem))
    sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")


if __name__ == "__main__":
    main()
