"""Sound cards as the kernel knows them: what stays the same when a card changes its number."""

from __future__ import annotations

import re
from pathlib import Path

SYSFS = Path("/sys/class/sound")


class Cards:
    """The cards under `root`, read anew at every call."""

    def __init__(self, root: Path = SYSFS) -> None:
        self._root = root

    def table(self) -> tuple[tuple[str, ...], ...]:
        """Every card with its number: different as soon as one comes, goes or moves."""
        cards = sorted(self._root.glob("card*"))
        return tuple((card.name, *self._marks(card)) for card in cards)

    def marks(self, name: str) -> tuple[str, ...]:
        """What tells the card of a PortAudio device `name` from another like it, best first.

        The serial number stays with a USB device, the port with its place; a card on the board has
        its id. Empty for a device that is no card.
        """
        number = re.search(r"\(hw:(\d+),\d+\)$", name)
        return self._marks(self._root / f"card{number[1]}") if number else ()

    def _marks(self, card: Path) -> tuple[str, ...]:
        device = (card / "device").resolve()
        if re.fullmatch(r"\d+-[\d.]+:\d+\.\d+", device.name):
            serial = _text(device.parent / "serial")
            port = f"usb {device.name.split(':')[0]}"
            return (f"serial {serial}", port) if serial else (port,)
        name = _text(card / "id")
        return (f"card {name}",) if name else ()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
