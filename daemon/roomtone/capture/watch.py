"""Watches the sound that comes in: whether it is a room's, complete, and keeps time."""

from __future__ import annotations

import time
from collections.abc import Callable

from roomtone.capture.intake import Intake
from roomtone.capture.symptom import OFF, WINDOW
from roomtone.capture.trouble import Troubles

LOST_QUIET = 10.0
"""Seconds without a loss after which a series of losses is over."""

LEAST_LOST = 0.02
"""Seconds of sound whose loss is worth a word."""

FAULTS = {
    "silent": "the microphone gives nothing but digital silence",
    "stuck": "the microphone gives one value for ever",
}
OTHER = "see whether it is switched off, and whether `roomtone devices` shows another"
LOOK_EVERY = 0.2
"""Seconds between two measurements of the rate."""

USABLE = (0.5, 2.0)
"""Rates that can be converted, against the one the device says."""


class Watch:
    """Tells symptoms of the intake; `reopen` is asked by the owner of the devices."""

    def __init__(
        self, intake: Intake, troubles: Troubles, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._intake = intake
        self._troubles = troubles
        self._now = now
        self._reopened = False
        self._lost = 0.0
        self._lost_at = 0.0
        self._look_at = 0.0
        self._odd: float | None = None

    def count(self) -> None:
        """Tell when sound is lost; the ear calls it with every block."""
        now, lost = self._now(), self._intake.lost
        if lost - self._lost > LEAST_LOST:
            self._lost, self._lost_at = lost, now
            fault = "sound was lost: the machine is too busy"
            self._troubles.begin("sound_lost", fault, "using what is there")
        elif now - self._lost_at > LOST_QUIET:
            self._troubles.over("sound_lost")

    def reopen(self, said: int) -> bool:
        """Tell what is wrong with the sound; True when opening the device again may help.

        `said` is the rate that the device claims.
        """
        return self._constant() or self._off(said)

    def _constant(self) -> bool:
        """A server may have moved the stream to a device that is none: asked for once, it helps."""
        lasts = self._intake.constant.lasts
        if not lasts:
            if self._intake.constant.varies:
                self._troubles.over("microphone_silent", "microphone_stuck")
                self._reopened = False
            return False
        since = self._now() - self._intake.constant.seconds
        self._troubles.begin(f"microphone_{lasts}", FAULTS[lasts], OTHER, since)
        again, self._reopened = not self._reopened, True
        return again

    def _off(self, said: int) -> bool:
        """Sound at a wrong rate is converted from the rate that it has."""
        now = self._now()
        if now < self._look_at:
            return False
        self._look_at = now + LOOK_EVERY
        rate = self._intake.rate()
        odd = rate is not None and abs(rate - self._intake.taken_for) > OFF * rate
        if rate is None or not odd:
            self._odd = None
            if rate is not None:
                self._troubles.over("microphone_rate")
        elif self._odd is None or abs(rate / self._odd - 1) > OFF / 4:
            self._odd = rate
        elif not USABLE[0] < rate / said < USABLE[1]:
            self._tell(rate, said, "opening it again")
            return True
        else:
            self._tell(rate, said, "converting from the rate that it has")
            self._intake.take_for(rate)
        return False

    def _tell(self, rate: float, said: int, action: str) -> None:
        fault = f"the microphone delivers {rate:.0f} samples a second, not {said}"
        self._troubles.begin("microphone_rate", fault, action, self._now() - WINDOW)
