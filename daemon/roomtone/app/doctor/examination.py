"""All checks in their order: what the daemon says when one runs, else what can be measured."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from roomtone.app import alone
from roomtone.app import config as configuration
from roomtone.app.config import Config, kept
from roomtone.app.doctor import access, machine, models, running, service, sound
from roomtone.app.doctor.finding import Finding, bad, ok, skipped
from roomtone.base.error import OwnerError
from roomtone.system.paths import Paths
from roomtone.system.weights import Weights

Tell = Callable[[str], None]
"""Hears what is being looked at."""


def examine(file: Path | None, tell: Tell) -> Iterator[Finding]:
    """Look at everything; `file` is the configuration that was asked for, or None."""
    tell("the configuration")
    config, found = _configuration(file)
    yield from found
    tell("the service")
    where = _places(config)
    yield from service.check()
    status, found = _daemon(config)
    yield from found
    if status is not None:
        yield from running.check(status)
    elif not found:
        tell("the microphone: please be quiet for some seconds, then comes a tone")
        yield from sound.check(config.sound)
        yield skipped("walls", "the daemon tries them when it starts, and none runs")
    tell("the models")
    yield from _models(config, where, tell, alone=status is None and not found)
    tell("the machine")
    yield from access.check(where)
    yield from machine.check(where.state, dt.datetime.now().astimezone())


def _configuration(file: Path | None) -> tuple[Config, list[Finding]]:
    """The configuration; with mistakes in it the defaults, and a finding for each."""
    try:
        config = configuration.load(file)
        found = configuration.locate(file)
    except OwnerError as problem:
        advice = "correct it; `roomtone config check` shows whether all is well"
        lines = str(problem).splitlines()
        return Config(), [bad("configuration", line, advice) for line in lines]
    said = f"{found}: no mistakes" if found else "no file; the defaults are in force"
    return config, [ok("configuration", said, str(found or ""))]


def _places(config: Config) -> Paths:
    """Where the service keeps its files when there is one, else where this user's daemon does."""
    return kept(config, served=True if service.installed() else None)


def _daemon(config: Config) -> tuple[dict[str, Any] | None, list[Finding]]:
    """What the running daemon says of itself; None and nothing found when none runs."""
    client = alone.daemon(config)
    try:
        if not client.running():
            if not client.starting():
                return None, []
            advice = "`roomtone status --wait` waits until it answers; then look again"
            return None, [skipped("daemon", "it is starting and does not answer yet", advice)]
        return client.status(), []
    except OwnerError as problem:
        advice = "`sudo roomtone doctor`; if it stays so, `sudo systemctl restart roomtone`"
        return None, [bad("daemon", str(problem), advice)]


def _models(config: Config, where: Paths, tell: Tell, *, alone: bool) -> Iterator[Finding]:
    if _closed(where.models):
        said = f"{where.models} is closed to you"
        yield skipped("models", said, "`sudo roomtone doctor`")
        return
    try:
        weights = Weights.of(where)
    except OwnerError as problem:
        yield bad("models.list", str(problem), "install Roomtone again")
        return
    yield from models.unharmed(weights, models.used(config, weights))
    if alone:
        yield from asyncio.run(models.speed(config, weights, tell))
    else:
        said = "the daemon has the models loaded; `roomtone explain last` shows how long it took"
        yield skipped("models.speed", said)


def _closed(folder: Path) -> bool:
    """Whether this user may not see what is in it."""
    try:
        next(folder.iterdir(), None)
    except PermissionError:
        return True
    except OSError:
        return False
    return False
