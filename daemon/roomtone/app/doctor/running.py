"""What a running daemon knows of itself; it holds the devices, so it is asked instead of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from roomtone.app.doctor.finding import Finding, bad, ok, skipped, warn, within
from roomtone.app.doctor.mend import mend

POOR_ECHO = 10.0
"""dB that have to be taken out of an echo before a voice over an answer counts."""

STALE = 3.0
"""Seconds without a frame of the microphone that are too many."""

PASSING = ("sound_lost", "cpu_starved", "clock_jumped")
"""Kinds of faults that Roomtone lives with, and that go by themselves."""

LOG = "`journalctl -u roomtone -p warning -b` says why"


def check(status: dict[str, Any]) -> Iterator[Finding]:
    """The daemon's own account, as `GET /status` gives it."""
    yield ok("daemon", f"version {status['version']} runs", status["version"])
    if why := status.get("health", {}).get("in_trouble"):
        yield bad("daemon.alive", why, "`sudo systemctl restart roomtone`")
    yield from _microphone(status)
    yield from _parts(status["parts"])
    yield from _faults(status.get("faults", []), told=_why_missing(status))
    yield _walls(status.get("walls"))
    starters = status.get("starter_models")
    if starters:
        said = f"small starter models are in use: {', '.join(starters)}"
        yield warn("models.starter", said, "`roomtone models pull recommended`")


def _microphone(status: dict[str, Any]) -> Iterator[Finding]:
    name = "microphone"
    health, detail, kept = status.get("health", {}), status["parts"]["ear"], _kept(status)
    if kept == "closed":
        yield warn(name, "muted: it is closed", "`roomtone unmute`", "closed")
        return
    if kept == "missing":
        why = _why_missing(status) or {"fault": "there is no microphone", "action": ""}
        kind = why.get("kind", "microphone_missing")
        yield bad(name, why["fault"], mend(kind, why["action"]), kept)
        return
    yield ok(name, f"{detail.get('input', 'open')}, held by the daemon", kept)
    age = health.get("frame_age_s")
    if age is not None and age > STALE:
        said = "no sound has come in lately"
        yield within(bad("microphone.frame_age", said, mend("microphone_stalled"), age), "s")
    elif age is not None:
        yield ok("microphone.frame_age", "since the last sound came in", age, "s")
    yield ok("microphone.signal", "level now", status["input_level_db"], "dBFS")
    yield from _echo(status.get("erle_db"))
    if "output" in detail:
        yield ok("loudspeaker", f"{detail['output']}, held by the daemon", str(detail["output"]))
    said = "the daemon holds the devices; to try them: `sudo systemctl stop roomtone`, then again"
    yield skipped("round_trip", said)


def _why_missing(status: dict[str, Any]) -> dict[str, Any] | None:
    """The fault that keeps a microphone away, if one does."""
    faults = status.get("faults", []) if _kept(status) == "missing" else []
    return next((one for one in faults if one.get("kind", "").startswith("microphone_")), None)


def _kept(status: dict[str, Any]) -> str:
    """Whether the microphone is open, closed or missing."""
    detail = status["parts"]["ear"]
    kept = status.get("health", {}).get("microphone", detail.get("microphone", "open"))
    return "closed" if status["muted"] else str(kept)


def _echo(erle_db: float | None) -> Iterator[Finding]:
    """Below 10 dB only wake words and stop words are heard over an answer."""
    if erle_db is None:
        return
    if erle_db < POOR_ECHO:
        said = "little of its own voice is taken out of the microphone's sound"
        advice = "move the loudspeaker away from the microphone, or lower the volume"
        yield within(warn("echo", said, advice, erle_db), "dB")
    else:
        yield ok("echo", "of its own voice taken out of the microphone's sound", erle_db, "dB")


def _parts(parts: dict[str, dict[str, Any]]) -> Iterator[Finding]:
    for part, state in parts.items():
        name, restarts = f"part.{part}", state["restarts"]
        if not state["up"]:
            yield bad(name, "it is down", LOG, restarts)
        elif state.get("degraded"):
            yield bad(name, "it fell too often and is tried only now and then", LOG, restarts)
        elif restarts:
            yield warn(name, f"it was started again {restarts} times", LOG, restarts)
        else:
            yield ok(name, "up, never fell", restarts)


def _faults(faults: list[dict[str, Any]], told: dict[str, Any] | None) -> Iterator[Finding]:
    """Every fault that lasts, but for one that was `told`."""
    if not faults:
        yield ok("faults", "none lasts")
    for fault in faults:
        if fault is told:
            continue
        kind = fault.get("kind", "")
        judge = warn if kind in PASSING else bad
        said = f"{fault['part']}: {fault['fault']}"
        yield judge(f"fault.{kind or fault['part']}", said, mend(kind, fault["action"]))


def _walls(walls: dict[str, dict[str, Any]] | None) -> Finding:
    if walls is None:
        return skipped("walls", "the daemon does not tell")
    gaps = [f"{name}: {wall['how']}" for name, wall in walls.items() if not wall["holds"]]
    if gaps:
        advice = "`sudo ./scripts/install` runs it behind walls; `systemctl cat roomtone`"
        return warn("walls", f"not proven offline; {'; '.join(gaps)}", advice, len(gaps))
    return ok("walls", "every way to the network is closed", 0)
