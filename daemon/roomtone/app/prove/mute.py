"""Mute closes the device: no process holds a microphone, at once and after a restart."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from roomtone.app import visit
from roomtone.app.config import Config
from roomtone.app.doctor.service import ask
from roomtone.app.prove.household import Household
from roomtone.app.prove.proof import Trial, broken, holds, untried
from roomtone.app.prove.scratch import Scratch
from roomtone.app.prove.service import Service
from roomtone.app.prove.traces import family
from roomtone.base.error import OwnerError
from roomtone.system.health import ROOT
from roomtone.web.client import Client

SAYS = "Mute closes the microphone itself"

AT_ONCE = 0.3
"""Seconds in which the device must be closed."""

BACK = 5.0
"""Seconds in which it must be open again."""

UNSEEN = "nobody tells whose microphone is open"

SEE = "`sudo roomtone prove`; where a sound server runs, install pulseaudio-utils"

PLUG = "plug a microphone in; `roomtone devices` shows what can be used"


def prove(config: Config, models: Path, running: Service, workshop: Scratch) -> Iterator[Trial]:
    """The daemon that runs, else one of its own on the same devices; then a restart."""
    if running.client is not None and not running.missing:
        yield from _running(running, running.client)
    elif name := visit.microphone():
        yield from _alone(config, models, workshop, name)
    else:
        yield untried("device", "there is no microphone that may be opened", PLUG)
    yield _restart(config, models, workshop)


def _running(running: Service, client: Client) -> Iterator[Trial]:
    """Close its microphone for a moment; one that its owner closed stays closed."""
    pids = list(running.pids)
    if running.status["muted"]:
        yield closed(holders(pids)) if _sighted(pids) else untried("device", UNSEEN, SEE)
        yield refused(client)
        return
    if running.status["health"]["microphone"] != "open":
        yield untried("device", "the service has no microphone", PLUG)
        return
    try:
        yield from _closing(client, pids)
    finally:
        if client.status()["muted"]:
            client.mute(on=False)


def _alone(config: Config, models: Path, workshop: Scratch, name: str) -> Iterator[Trial]:
    with Household(config, models, workshop, "muted", sound=True) as house:
        if not _until(lambda: house.client.status()["health"]["microphone"] == "open", BACK):
            yield untried("device", f"{name} could not be opened", "`roomtone doctor`")
            return
        yield from _closing(house.client, list(family(house.process.pid)))


def _closing(client: Client, pids: list[int]) -> Iterator[Trial]:
    """Open, closed, refused, open again."""
    before = holders(pids)
    if not before:
        yield untried("device", UNSEEN, SEE)
        return
    began = time.monotonic()
    client.mute(on=True)
    yield in_time(", ".join(before), _gone(pids, began))
    yield refused(client)
    client.mute(on=False)
    if _until(lambda: bool(holders(pids)), BACK):
        yield holds("unmute", "the microphone is open again")
    else:
        yield broken("unmute", f"not open again after {BACK:.0f} s", "`roomtone doctor`")


def in_time(before: str, after: float | None) -> Trial:
    """The verdict on a device that was open, and closed `after` seconds; None: not at once."""
    if after is None or after > AT_ONCE:
        said = f"still open {AT_ONCE * 1000:.0f} ms after mute: {before}"
        return broken("device", said, "`roomtone doctor`")
    return holds("device", f"open before ({before}), closed within {after * 1000:.0f} ms of mute")


def closed(held: tuple[str, ...]) -> Trial:
    """The verdict on what is held by a service that was muted before."""
    if held:
        said = f"muted, and still open: {', '.join(held)}"
        return broken("device", said, "`roomtone doctor`")
    return holds("device", "muted by its owner, and no process of Roomtone holds a microphone")


def refused(client: Client) -> Trial:
    """Whether it can be made to listen."""
    try:
        client.listen()
    except OwnerError:
        return holds("listen", "`roomtone listen` is refused while it is muted")
    return broken("listen", "it can be made to listen while it is muted")


def _restart(config: Config, models: Path, workshop: Scratch) -> Trial:
    """Mute one of its own, without devices, and start it again, once after a kill."""
    with Household(config, models, workshop, "restarted") as house:
        house.client.mute(on=True)
        house.process.kill()
        house.stop()
        house.start()
        after_kill = house.client.status()["health"]["microphone"]
        house.stop()
        house.start()
        after_stop = house.client.status()["health"]["microphone"]
    if {after_kill, after_stop} != {"closed"}:
        return broken("restart", f"killed: {after_kill}; stopped: {after_stop}")
    return holds("restart", "it stays closed when the daemon is killed, and when it is restarted")


def holders(pids: Iterable[int], root: Path = ROOT) -> tuple[str, ...]:
    """Which microphones these processes hold: sound cards, and streams of a sound server."""
    numbers = set(pids)
    found = set()
    for pid in numbers:
        with contextlib.suppress(OSError):
            for path in (root / f"proc/{pid}/fd").iterdir():
                with contextlib.suppress(OSError):
                    target = str(path.readlink())
                    if target.startswith("/dev/snd/pcm") and target.endswith("c"):
                        found.add(target)
    found |= {"a stream of the sound server" for one in _streams() if one in numbers}
    return tuple(sorted(found))


def _sighted(pids: Iterable[int]) -> bool:
    """Whether an open microphone of these processes would be seen."""
    try:
        for pid in pids:
            next(Path(f"/proc/{pid}/fd").iterdir(), None)
    except OSError:
        return False
    return Path("/dev/snd").is_dir() or bool(ask(["pactl", "info"]))


def _gone(pids: list[int], began: float) -> float | None:
    """Seconds from `began` to the look that found no microphone open; None when it was too late."""
    while (at := time.monotonic() - began) <= AT_ONCE:
        if not holders(pids):
            return at
    return None


def _streams() -> Iterator[int]:
    """Processes for which the sound server of this user records."""
    with contextlib.suppress(ValueError):
        for stream in json.loads(ask(["pactl", "--format=json", "list", "source-outputs"]) or "[]"):
            with contextlib.suppress(KeyError, TypeError, ValueError):
                yield int(stream["properties"]["application.process.id"])


def _until(well: Callable[[], bool], within: float) -> bool:
    """Look again and again; False when it is not so after `within` seconds."""
    end = time.monotonic() + within
    while not well():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
