"""Logging: into the journal with its fields when that is where it goes, else as lines of text."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, TextIO

from roomtone.base.event import PRIVATE

_PRIORITIES = (
    (logging.CRITICAL, 2),
    (logging.ERROR, 3),
    (logging.WARNING, 4),
    (logging.INFO, 6),
    (logging.DEBUG, 7),
)
"""Level -> syslog priority."""

_KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

SAID = PRIVATE | {"heard", "reply", "spoken", "question", "transcript"}
"""Fields that hold what people said; they are never written."""


Send = Callable[..., Any]
"""Takes the line as MESSAGE and its fields by keyword, as `systemd.journal.send` does."""


def configure(
    level: str = "info",
    stream: TextIO | None = None,
    environ: Mapping[str, str] | None = None,
    send: Send | None = None,
) -> None:
    """Send every log where standard error goes: the journal, or a reader of `stream`.

    Raises ValueError for no level.
    """
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
        fields = {name.upper(): str(value) for name, value in _fields(record)}
        try:
            self._to_journal(
                self.format(record),
                PRIORITY=_priority(record),
                SYSLOG_IDENTIFIER="roomtone",
                LOGGER=record.name,
                **fields,
            )
        except OSError:
            return


class Line(logging.Formatter):
    """One record, one line, without what people said.

    For a person, those of its `extra` fields follow that the line does not say itself.
    An exception is told by its type and place: its text may quote a transcript.
    """

    def __init__(self, *, journal: bool) -> None:
        super().__init__()
        self._journal = journal

    def format(self, record: logging.LogRecord) -> str:
        """The line, without a line end."""
        told = record.getMessage()
        words = [told]
        if not self._journal:
            fields = [(name, str(value)) for name, value in _fields(record) if value]
            words += [f"{name}={value}" for name, value in fields if value not in told]
        if record.exc_info and record.exc_info[0] is not None:
            words.append(f"({record.exc_info[0].__name__}{_place(record.exc_info[2])})")
        text = " ".join(words).replace("\n", " ")
        if self._journal:
            return text
        name = record.name.removeprefix("roomtone.")
        return f"{self.formatTime(record, '%H:%M:%S')} {record.levelname.lower():7} {name}: {text}"


def _fields(record: logging.LogRecord) -> list[tuple[str, Any]]:
    """What stands in `extra`, without what people said."""
    return [
        (name, value)
        for name, value in vars(record).items()
        if name not in _KNOWN and name not in SAID and value not in (None, "")
    ]


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


def _place(trace: object) -> str:
    """Where an exception was raised: the innermost file and line."""
    where = ""
    while trace is not None:
        code = trace.tb_frame.f_code  # type: ignore[attr-defined]
        where = f" in {code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"  # type: ignore[attr-defined]
        trace = trace.tb_next  # type: ignore[attr-defined]
    return where
