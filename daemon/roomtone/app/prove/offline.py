"""Nothing leaves: not while a visitor speaks and is answered, not while the service is asked."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from roomtone.app.prove import counters, service
from roomtone.app.prove.counters import Counters
from roomtone.app.prove.proof import Trial, broken, holds, untried
from roomtone.app.prove.rehearsal import Rehearsal
from roomtone.app.prove.service import Service
from roomtone.base.error import OwnerError
from roomtone.system.walls import Walls

SAYS = "Nothing leaves the house"

QUESTION = "what is the capital of france"
"""Asked of the running service; its language model answers."""

WALLED = "`sudo ./scripts/install` runs it as a service, behind walls; `systemctl cat roomtone`"

NO_COUNT = str(2**64 - 1)
"""What systemd shows for a count that it does not have; newer releases say "[no data]"."""


def prove(visit: Rehearsal, running: Service) -> Iterator[Trial]:
    """The visit, then the daemon that runs."""
    yield visited(visit)
    if running.missing:
        yield untried("service", running.missing, running.mend)
    else:
        yield from _service(running)


def visited(visit: Rehearsal) -> Trial:
    """What the witness saw leave while the recorded visitor was answered."""
    if visit.problem:
        return untried("visit", visit.problem, visit.mend)
    seen = visit.seen
    left = [f"{seen.packets} packets, {seen.names} of them questions for names"] * bool(
        seen.packets
    )
    left += [f"{count} {unit}" for unit, count in seen.counted.items()]
    left += [f"a question to {path}" for path in dict.fromkeys(seen.asked)]
    if left:
        return broken("visit", f"while a visitor was answered: {'; '.join(left)}")
    if not visit.replies:
        return untried("visit", "the recorded visitor was not heard", "`roomtone doctor`")
    return holds(
        "visit",
        f"{len(visit.heard)} questions heard, {len(visit.replies)} answers, {visit.by_model} of "
        "them by the language model: 0 packets, 0 questions for names, 0 to resolvers and buses",
    )


def _service(running: Service) -> Iterator[Trial]:
    gaps = _gaps(running)
    if gaps and not running.unit:
        said = f"the daemon that runs has no walls around it ({', '.join(gaps)})"
        yield untried("service", said, WALLED)
        return
    yield walls(gaps)
    try:
        before = counters.read(running.core)
        egress = _egress()
        _ask(running)
        after = counters.read(running.core)
    except PermissionError:
        yield untried("service.network", "its counters are closed to you", "`sudo roomtone prove`")
    except (OSError, OwnerError) as problem:
        yield untried("service.network", f"it could not be asked: {problem}", "`roomtone doctor`")
    else:
        yield network(before, after)
        yield firewall(egress, _egress())


def walls(gaps: tuple[str, ...]) -> Trial:
    """What the service found when it tried its own walls."""
    if gaps:
        return broken("service.walls", f"these do not hold: {', '.join(gaps)}", WALLED)
    return holds("service.walls", "the service tried its walls when it started: every one holds")


def network(before: Counters, after: Counters) -> Trial:
    """The network that the service lives in, before and after a question."""
    others = set(after.interfaces) - {"lo"}
    if others:
        said = f"it sees the interfaces {', '.join(sorted(others))}"
        return broken("service.network", said, WALLED)
    if moved := after.since(before):
        said = ", ".join(f"{count} {unit}" for unit, count in moved.items())
        return broken("service.network", f"while it answered a question: {said}")
    sent = sum(after.sent.values())
    if sent:
        return broken("service.network", f"since its start it has sent something ({sent})")
    return holds("service.network", "no interface but a loopback, on which nothing was ever sent")


def firewall(before: dict[str, str], after: dict[str, str]) -> Trial:
    """What systemd has counted out of the service since its start."""
    counted = {name: count for name, count in after.items() if count.isdigit()}
    if not counted or NO_COUNT in counted.values():
        why = "systemd counts no bytes here (its firewall has no effect on this machine)"
        return untried("service.bytes", why, "a kernel with BPF for control groups")
    if after != before or any(int(count) for count in counted.values()):
        said = ", ".join(f"{name} {count}" for name, count in counted.items())
        return broken("service.bytes", f"bytes went out: {said}", WALLED)
    return holds("service.bytes", "0 bytes and 0 packets out since its start, says systemd")


def _gaps(running: Service) -> tuple[str, ...]:
    return msgspec.convert(running.status["walls"], Walls).missing


def _egress() -> dict[str, str]:
    return service.shown("IPEgressBytes", "IPEgressPackets")


def _ask(running: Service) -> None:
    """Have it think, and forget that it was asked. Raises OwnerError."""
    client = running.client
    if client is None:
        return
    for _ in client.ask(QUESTION):
        pass
    for turn in client.history(1):
        if turn["heard"] == QUESTION:
            client.forget(str(turn["id"]))
