"""What a check has found."""

from __future__ import annotations

from typing import Literal

import msgspec

Verdict = Literal["ok", "warn", "bad", "skipped"]
"""As it should be · works, but could be better · does not work · could not be looked at."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at. As JSON these keys are always there."""

    check: str
    """Theme and thing, the same in every version: microphone.noise_floor."""
    verdict: Verdict
    said: str
    """One line for a person."""
    value: float | str | None = None
    """What was measured, in `unit`."""
    unit: str = ""
    mend: str = ""
    """What to do about it, with the command; empty when nothing is to be done."""


def ok(check: str, said: str, value: float | str | None = None, unit: str = "") -> Finding:
    """All is well."""
    return Finding(check=check, verdict="ok", said=said, value=value, unit=unit)


def skipped(check: str, why: str, mend: str = "") -> Finding:
    """It could not be looked at; that is no fault of it."""
    return Finding(check=check, verdict="skipped", said=why, mend=mend)


def warn(check: str, said: str, mend: str, value: float | str | None = None) -> Finding:
    """It works, but could be better."""
    return Finding(check=check, verdict="warn", said=said, value=value, mend=mend)


def bad(check: str, said: str, mend: str, value: float | str | None = None) -> Finding:
    """It does not work."""
    return Finding(check=check, verdict="bad", said=said, value=value, mend=mend)


def within(finding: Finding, unit: str) -> Finding:
    """The same, its value in `unit`."""
    return msgspec.structs.replace(finding, unit=unit)
