"""Logging to standard error: as the journal reads it under systemd, for a person otherwise."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from typing import TextIO

from roomtone.base.event import PRIVATE

_PRIORITIES = (
    (logging.CRITICAL, 2),
    (logging.ERROR, 3),
    (logging.WARNING, 4),
    (logging.INFO, 6),
    (logging.DEBUG, 7),
)
"""Level -> syslog priority, which the journal reads from "<n>" at the start of a line."""

_KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

SAID = PRIVATE | {"heard", "reply", "spoken", "question", "transcript"}
"""Fields that hold what people said; they are never written."""


def configure(
    level: str = "info", stream: TextIO | None = None, environ: Mapping[str, str] | None = None
) -> None:
    """Send every log to `stream`, standard error by default. Raises ValueError for no level."""
    env = os.environ if environ is None else environ
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Line(journal="JOURNAL_STREAM" in env or "INVOCATION_ID" in env))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)


class Line(logging.Formatter):
    """One record, one line: the message and its `extra` fields, without what people said.

    An exception is told by its type and place: its text may quote a transcript.
    """

    def __init__(self, *, journal: bool) -> None:
        super().__init__()
        self._journal = journal

    def format(self, record: logging.LogRecord) -> str:
        """The line, without a line end."""
        words = [record.getMessage()]
        words += [
            f"{name}={value}"
            for name, value in vars(record).items()
            if name not in _KNOWN and name not in SAID
        ]
        if record.exc_info and record.exc_info[0] is not None:
            words.append(f"({record.exc_info[0].__name__}{_place(record.exc_info[2])})")
        text = " ".join(words).replace("\n", " ")
        if self._journal:
            priority = next((p for level, p in _PRIORITIES if record.levelno >= level), 7)
            return f"<{priority}>{text}"
        name = record.name.removeprefix("roomtone.")
        return f"{self.formatTime(record, '%H:%M:%S')} {record.levelname.lower():7} {name}: {text}"


def _place(trace: object) -> str:
    """Where an exception was raised: the innermost file and line."""
    where = ""
    while trace is not None:
        code = trace.tb_frame.f_code  # type: ignore[attr-defined]
        where = f" in {code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"  # type: ignore[attr-defined]
        trace = trace.tb_next  # type: ignore[attr-defined]
    return where
