"""Logging: into the journal with its fields when that is where it goes, else as lines of text."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, TextIO

from roomtone.system import hooks
from roomtone.system.line import Line, fields

_PRIORITIES = (
    (logging.CRITICAL, 2),
    (logging.ERROR, 3),
    (logging.WARNING, 4),
    (logging.INFO, 6),
    (logging.DEBUG, 7),
)
"""Level -> syslog priority."""

Send = Callable[..., Any]
"""Takes the line as MESSAGE and its fields by keyword, as `systemd.journal.send` does."""


def configure(
    level: str = "info",
    stream: TextIO | None = None,
    environ: Mapping[str, str] | None = None,
    send: Send | None = None,
) -> None:
    """Send every log where standard error goes: the journal, or a reader of `stream`.

    What Python tells by itself goes there too. Raises ValueError for no level.
    """
    hooks.install()
    where = stream or sys.stderr
    handler: logging.Handler
    if _is_journal(where, os.environ if environ is None else environ):
        handler = Journal(send or _journal())
    else:
        handler = logging.StreamHandler(where)
    handler.setFormatter(Line(journal=isinstance(handler, Journal)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    set_level(level)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)


def of_part() -> None:
    """Send the logs of a part of the core, warnings and worse, to standard error."""
    hooks.install()
    handler = logging.StreamHandler()
    handler.setFormatter(Line(journal=_is_journal(sys.stderr, os.environ)))
    logging.getLogger().handlers[:] = [handler]


def set_level(level: str) -> None:
    """Change what is worth a line from now on. Raises ValueError for no level."""
    logging.getLogger().setLevel(level.upper())


class Journal(logging.Handler):
    """Hands each record to the journal with its fields, in the journal's capitals."""

    def __init__(self, send: Send) -> None:
        super().__init__()
        self._to_journal = send

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; a journal that is away costs the line, never the daemon."""
        try:
            told = {name.upper(): str(value) for name, value in fields(record)}
            self._to_journal(
                self.format(record),
                PRIORITY=_priority(record),
                SYSLOG_IDENTIFIER="roomtone",
                LOGGER=record.name,
                **told,
            )
        except Exception:  # noqa: BLE001 - whatever a text makes of it
            self.handleError(record)


def _priority(record: logging.LogRecord) -> int:
    return next((p for level, p in _PRIORITIES if record.levelno >= level), 7)


def _is_journal(stream: TextIO, env: Mapping[str, str]) -> bool:
    """True when `stream` is what systemd.exec(5) means by $JOURNAL_STREAM."""
    try:
        there = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return False
    return env.get("JOURNAL_STREAM") == f"{there.st_dev}:{there.st_ino}"


def _journal() -> Send:
    import systemd.journal

    return systemd.journal.send  # type: ignore[no-any-return]
