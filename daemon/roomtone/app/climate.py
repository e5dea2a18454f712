"""Tells when the machine gets too hot or too little voltage, once, and when that is over."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from roomtone.base.falls import News, Told
from roomtone.system import health
from roomtone.system.health import ROOT

LOOK = 5.0
"""Seconds between two looks: heat comes slowly."""

CALM = 60.0
"""Seconds without a sign after which it is over: both come and go many times a minute."""

FAULTS = {
    "hot": ("the machine is too hot and slows down", "give it air or a heat sink"),
    "under_voltage": (
        "the machine gets too little voltage",
        "use the maker's own power supply and a short cable",
    ),
}
"""Kind -> what is wrong, what the owner can do."""


class Climate:
    """Looks at the machine below `root`; `told` hears the beginning and the end."""

    def __init__(self, told: Told, root: Path = ROOT) -> None:
        self._told = told
        self._root = root
        self._began: dict[str, float] = {}
        self._seen: dict[str, float] = {}

    async def watch(self) -> None:
        """Look until cancelled; a machine without sensors at the first look is left alone.

        A later look that sees nothing tells nothing: a sensor may fail to be read now and then.
        """
        if (signs := await asyncio.to_thread(self.signs)) is None:
            return
        while True:
            if signs is not None:
                self.take(signs, time.monotonic())
            await asyncio.sleep(LOOK)
            signs = await asyncio.to_thread(self.signs)

    def signs(self) -> set[str] | None:
        """Kinds of faults that show at this moment; None without any sensor."""
        brakes, degrees = health.brakes(self._root), health.temperature_c(self._root)
        if brakes is None and degrees is None:
            return None
        hot = (brakes is not None and brakes.hot) or (degrees or 0.0) >= health.TOO_HOT_C
        weak = brakes is not None and brakes.under_voltage
        return {kind for kind, there in (("hot", hot), ("under_voltage", weak)) if there}

    def take(self, signs: set[str], now: float) -> None:
        """Take down what shows at `now`, seconds of the monotonic clock, and tell what is new."""
        for kind, (fault, action) in FAULTS.items():
            if kind in signs:
                self._seen[kind] = now
                if kind not in self._began:
                    self._began[kind] = now
                    self._tell(kind, fault=fault, action=action)
            elif kind in self._began and now - self._seen[kind] >= CALM:
                lasted = self._seen[kind] - self._began.pop(kind)
                self._tell(kind, recovered_ms=round(1000 * lasted))

    def _tell(
        self, kind: str, *, fault: str = "", action: str = "", recovered_ms: int | None = None
    ) -> None:
        self._told(
            News(
                part="machine",
                up=True,
                kind=kind,
                fault=fault,
                action=action,
                recovered_ms=recovered_ms,
            )
        )
