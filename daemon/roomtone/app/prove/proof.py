"""What came of trying a promise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

Verdict = Literal["holds", "broken", "not tried"]
"""It was tried and held · it was tried and did not · it could not be tried here."""

Tell = Callable[[str], None]
"""Hears what is being tried."""


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which a promise was tried. As JSON these keys are always there."""

    trial: str
    """Short and the same in every version: replay, service, restart."""
    verdict: Verdict
    said: str
    """One line for a person: what was seen, or why nothing could be."""
    mend: str = ""
    """What mends it, or lets it be tried; empty when nothing is to be done."""


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """A promise with all its trials."""

    promise: str
    """One word, the same in every version."""
    says: str
    """The promise in plain words."""
    trials: tuple[Trial, ...]

    @property
    def verdict(self) -> Verdict:
        """Any trial that broke it counts, then any that held."""
        verdicts = {trial.verdict for trial in self.trials}
        for verdict in ("broken", "holds"):
            if verdict in verdicts:
                return verdict
        return "not tried"

    @property
    def untried(self) -> tuple[Trial, ...]:
        """What could not be tried here."""
        return tuple(trial for trial in self.trials if trial.verdict == "not tried")


def holds(trial: str, said: str) -> Trial:
    """It was tried and held."""
    return Trial(trial=trial, verdict="holds", said=said)


def broken(trial: str, said: str, mend: str = "") -> Trial:
    """It was tried and did not hold."""
    return Trial(trial=trial, verdict="broken", said=said, mend=mend)


def untried(trial: str, why: str, mend: str = "") -> Trial:
    """It could not be tried; that is no fault of it."""
    return Trial(trial=trial, verdict="not tried", said=why, mend=mend)
