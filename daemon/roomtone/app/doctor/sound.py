"""Microphone and loudspeaker, measured while no daemon holds them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from roomtone.app.doctor.finding import Finding, bad, ok, skipped, warn, within
from roomtone.app.doctor.listener import LISTENING, Levels, Measured, Setup
from roomtone.app.doctor.mend import MIXER, mend
from roomtone.base.error import OwnerError
from roomtone.capture.settings import SoundSettings
from roomtone.system.health import ROOT

PATIENCE = 12.0
"""Seconds for the measurement, which takes five."""

NOISY_DB, DEAF_DB = -40.0, -90.0
"""A noise floor above hides soft words; one below belongs to a gain near zero."""

CLIPPING = 0.001
"""Share of cut-off samples beyond which words suffer; a slammed door stays below."""

SOFT_ECHO_DB, LOUD_ECHO_DB = -50.0, 0.0
"""An echo below is too soft for a room's loudspeaker; above, answers drown who speaks over them."""

HUNG = "sound_server_hung"

LATE_MS = 500.0
"""A round trip beyond which an interruption comes too late."""


def listen(settings: SoundSettings) -> Measured:
    """Measure in a process of its own. Raises OwnerError when there is no sound system."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "roomtone.app.doctor.listener"],
            input=msgspec.json.encode(Setup(sound=settings)),
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
        return msgspec.json.decode(done.stdout, type=Measured)
    except subprocess.TimeoutExpired:
        raise OwnerError("the sound system does not answer", kind=HUNG) from None
    except subprocess.CalledProcessError as problem:
        why = problem.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise OwnerError(why or "the measurement broke off", kind="microphone_missing") from None


def check(settings: SoundSettings, root: Path = ROOT) -> list[Finding]:
    """Measure, and judge."""
    try:
        return [*judge(listen(settings)), holders(root)]
    except OwnerError as problem:
        return [bad("microphone", str(problem), mend(problem.kind)), holders(root)]


def judge(found: Measured) -> Iterator[Finding]:
    """What was measured, against what a room needs."""
    yield from _devices(found)
    if found.levels is None:
        return
    if found.levels.constant and (found.tone is None or found.tone.constant):
        kind = "microphone_stuck" if found.levels.peak_db > DEAF_DB else "microphone_silent"
        said = "it delivers one value for ever: it is switched off, or no microphone"
        yield bad("microphone.signal", said, mend(kind))
    else:
        yield from _hearing(found.levels, found.lost)
    yield from _round_trip(found)


def _devices(found: Measured) -> Iterator[Finding]:
    troubles = {one.kind: one.fault for one in found.troubles}
    for way, noun in (("input", "microphone"), ("output", "loudspeaker")):
        if way in found.devices:
            said = f"{found.devices[way]}, {found.devices[f'{way}_rate']} Hz"
            yield ok(noun, said, str(found.devices[way]))
            continue
        known = (kind for kind in troubles if kind.startswith((noun, HUNG)))
        kind = next(known, f"{noun}_missing")
        said = troubles.get(kind, f"there is no {noun}")
        if way == "input":
            yield bad(noun, said, mend(kind))
        else:
            yield warn(noun, said, mend(kind, mend("loudspeaker_lost")))


def _hearing(levels: Levels, lost: float) -> Iterator[Finding]:
    yield ok("microphone.signal", f"level over {LISTENING:.0f} s", levels.level_db, "dBFS")
    name, floor = "microphone.noise_floor", levels.floor_db
    if floor > NOISY_DB:
        advice = f"turn its gain down: {MIXER}; move it away from fans and screens"
        yield within(warn(name, "loud: soft words drown in it", advice, floor), "dBFS")
    elif floor < DEAF_DB:
        said = "hardly anything comes in"
        yield within(warn(name, said, f"turn its gain up: {MIXER}", floor), "dBFS")
    else:
        yield ok(name, "quiet enough for soft words", floor, "dBFS")
    name, share = "microphone.clipping", round(levels.clipped * 100, 2)
    if levels.clipped > CLIPPING:
        said = "the sound is cut off at full scale"
        yield within(bad(name, said, f"turn its gain down: {MIXER}", share), "%")
    else:
        yield ok(name, "no sound is cut off", share, "%")
    name, gone = "microphone.lost", round(lost, 2)
    if gone:
        said = "sound was lost: the machine is too busy"
        yield within(warn(name, said, mend("sound_lost"), gone), "s")
    else:
        yield ok(name, "every sample arrived", gone, "s")


def _round_trip(found: Measured) -> Iterator[Finding]:
    if found.tone is None:
        yield skipped("round_trip", "not tried without a loudspeaker")
        return
    if found.echo is None:
        said = "the microphone does not hear the loudspeaker"
        advice = "`alsamixer -V playback` (M opens a muted channel); with headphones all is well"
        yield warn("round_trip", said, advice)
        return
    name, delay = "round_trip.delay", found.echo.delay_ms
    if delay > LATE_MS:
        said = "an interruption is heard too late"
        advice = "name the card itself in [sound] input and output; Bluetooth is always late"
        yield within(warn(name, said, advice, delay), "ms")
    else:
        yield ok(name, "from a sample played to the sample heard", delay, "ms")
    name, echo = "round_trip.echo", found.echo.echo_db
    if found.tone.clipped > CLIPPING or echo > LOUD_ECHO_DB:
        advice = "turn the loudspeaker down, move it away, or turn the microphone's gain down"
        yield within(warn(name, "so loud that speech over it is lost", advice, echo), "dB")
    elif echo < SOFT_ECHO_DB:
        advice = "`alsamixer -V playback` turns the loudspeaker up"
        yield within(warn(name, "very soft for a room", advice, echo), "dB")
    else:
        yield ok(name, "what was heard of what was played", echo, "dB")


def holders(root: Path = ROOT) -> Finding:
    """Which programs hold a sound device, as far as this user may see."""
    name = "sound.holders"
    if not (root / "dev/snd").is_dir():
        return ok(name, "the system has no sound device of its own (/dev/snd)", "")
    programs = set()
    for descriptor in (root / "proc").glob("[0-9]*/fd/*"):
        try:
            if str(descriptor.readlink()).startswith("/dev/snd/pcm"):
                programs.add((descriptor.parents[1] / "comm").read_text().strip())
        except OSError:
            continue
    held = ", ".join(sorted(programs))
    if not held:
        return ok(name, "no program that you may see holds a sound device", held)
    return ok(name, f"a sound device is held by {held}", held)
