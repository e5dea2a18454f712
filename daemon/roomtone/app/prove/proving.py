"""All promises in their order, each tried as far as this machine and this user allow."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from roomtone.app.config import Config, kept, places
from roomtone.app.prove import (
    deletion,
    house,
    mute,
    offline,
    permission,
    redaction,
    service,
    storage,
    words,
)
from roomtone.app.prove.proof import Proof, Tell, Trial, untried
from roomtone.app.prove.rehearsal import Rehearsal, rehearse
from roomtone.app.prove.scratch import Scratch
from roomtone.app.prove.service import Service
from roomtone.base.error import RoomtoneError


class Bench(msgspec.Struct, kw_only=True):
    """What the promises are tried with."""

    config: Config
    models: Path
    workshop: Scratch
    running: Service
    visit: Rehearsal = Rehearsal()


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """A promise and how it is tried."""

    name: str
    says: str
    prove: Callable[[Bench], Iterator[Trial]]


def prove(config: Config, tell: Tell) -> Iterator[Proof]:
    """Try everything; each promise as soon as it is through. Leaves nothing behind."""
    with Scratch() as workshop:
        tell("a visitor is let in")
        bench = Bench(
            config=config,
            models=_models(config),
            workshop=workshop,
            running=service.find(config),
        )
        bench.visit = rehearse(config, bench.models, workshop)
        for promise in PROMISES:
            tell(promise.says)
            yield Proof(
                promise=promise.name, says=promise.says, trials=tuple(_tried(promise, bench))
            )


def _models(config: Config) -> Path:
    """Where models were pulled to: of the service where this user may look, else of their own."""
    where = kept(config)
    return (where if os.access(where.state, os.X_OK) else places(config)).models


def _tried(promise: Promise, bench: Bench) -> Iterator[Trial]:
    """Its trials; what the machine refuses is told and ends no other promise."""
    try:
        yield from promise.prove(bench)
    except (RoomtoneError, OSError) as problem:
        yield untried(promise.name, f"it broke off: {_reason(problem)}", "`roomtone doctor`")


def _reason(problem: Exception) -> str:
    strerror = getattr(problem, "strerror", None)
    return str(strerror or problem)


PROMISES = (
    Promise(
        name="leaving",
        says=offline.SAYS,
        prove=lambda bench: offline.prove(bench.visit, bench.running),
    ),
    Promise(
        name="sound",
        says=storage.SAYS,
        prove=lambda bench: storage.prove(bench.visit, bench.running),
    ),
    Promise(
        name="words",
        says=words.SAYS,
        prove=lambda bench: words.prove(
            bench.config, bench.models, bench.visit, bench.running, bench.workshop
        ),
    ),
    Promise(
        name="mute",
        says=mute.SAYS,
        prove=lambda bench: mute.prove(bench.config, bench.models, bench.running, bench.workshop),
    ),
    Promise(
        name="deletion",
        says=deletion.SAYS,
        prove=lambda bench: deletion.prove(bench.workshop),
    ),
    Promise(name="house", says=house.SAYS, prove=lambda _bench: house.prove()),
    Promise(
        name="redaction",
        says=redaction.SAYS,
        prove=lambda bench: redaction.prove(bench.config.cloud.names),
    ),
    Promise(
        name="permission",
        says=permission.SAYS,
        prove=lambda bench: permission.prove(bench.config, bench.models, bench.workshop),
    ),
)
