"""A new configuration while the daemon runs: the parts it concerns are started again, no other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from roomtone.app.build import Core
from roomtone.app.config import Config
from roomtone.base.error import OwnerError, RoomtoneError
from roomtone.system import logs
from roomtone.system.notify import Notifier

_log = logging.getLogger(__name__)

START_PATIENCE = 120.0
"""Seconds for a part to load a large model."""

QUIET_PATIENCE = 20.0
"""Seconds to wait for a conversation to end before its parts are started again."""

FIXED = ("keep", "paths")
"""Sections that only a restart can change."""


class Reloader:
    """Reads the configuration again and puts it in force."""

    def __init__(self, core: Core, reread: Callable[[], Config], notifier: Notifier) -> None:
        self._core = core
        self._reread = reread
        self._notifier = notifier
        self._one_at_a_time = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    async def reload(self) -> tuple[str, ...]:
        """Put the configuration in force; the sections that changed.

        Raises OwnerError with every mistake in it, and the old one stays in force. Raises
        OwnerError or PartError when a part does not start with the new one; it is in force then.
        """
        async with self._one_at_a_time:
            old, new = self._core.config, self._reread()
            changed = tuple(
                section
                for section in Config.__struct_fields__
                if getattr(old, section) != getattr(new, section)
            )
            fixed = [section for section in changed if section in FIXED]
            if fixed:
                raise OwnerError(
                    f"[{fixed[0]}] cannot change while Roomtone runs; nothing was changed: "
                    "`systemctl restart roomtone`"
                )
            self._notifier.reloading()
            try:
                if changed:
                    await self._apply(new)
            finally:
                self._notifier.ready()
            _log.info("reloaded", extra={"event": "reloaded", "changed": " ".join(changed)})
            return changed

    def begin(self) -> None:
        """Reload on a signal; mistakes go to the log, for nobody waits for them."""
        self._task = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        try:
            await self.reload()
        except RoomtoneError as problem:
            for line in str(problem).splitlines():
                _log.error("not reloaded: %s", line)

    async def _apply(self, new: Config) -> None:
        """Small things at once; parts whose setup differs are started again when it is quiet."""
        core = self._core
        before = {child.name: _setup(core, child.name) for child in core.children}
        core.config = core.setups.config = new
        logs.set_level(new.log.level)
        core.alarm.ring_seconds = new.timers.ring_seconds
        core.answerer.settings = new.answer
        core.answerer.wakes = new.wake.phrases
        core.consents.changed()
        core.thinker.max_tokens = new.answer.max_tokens
        core.thinker.temperature = new.answer.temperature
        core.understanding.settings = new.hearing
        core.conductor.adjust(follow_up=new.follow_up.seconds, cues=new.cues.enabled)
        concerned = [
            child for child in core.children if _setup(core, child.name) != before[child.name]
        ]
        if concerned:
            await core.conductor.quiet(QUIET_PATIENCE)
        problems: list[RoomtoneError] = []
        for child in concerned:
            try:
                await child.renew(START_PATIENCE)
            except RoomtoneError as problem:
                problems.append(problem)
        if problems:
            raise problems[0]


def _setup(core: Core, part: str) -> object:
    """The setup of a part; why there is none, when a model is missing."""
    try:
        return getattr(core.setups, part)()
    except OwnerError as problem:
        return str(problem)
