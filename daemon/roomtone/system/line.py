"""A record of the log as one line, without what people said."""

from __future__ import annotations

import logging
from typing import Any

from roomtone.base.event import PRIVATE

_KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

SAID = PRIVATE | {"heard", "reply", "spoken", "question", "transcript"}
"""Fields that hold what people said; they are never written."""

_OURS = ("roomtone", "__main__")
"""First words of our loggers' names; a part is run as `__main__`."""


class Line(logging.Formatter):
    """One record, one line, without what people said.

    For a person, those of its `extra` fields follow that the line does not say itself.
    An exception is told by its type and place: its text may quote a transcript. So may the text of
    a library; of its lines only the place is told where they are written.
    """

    def __init__(self, *, journal: bool) -> None:
        super().__init__()
        self._journal = journal

    def format(self, record: logging.LogRecord) -> str:
        """The line, without a line end."""
        told = record.getMessage() if _ours(record) else f"{record.filename}:{record.lineno}"
        words = [told]
        if not self._journal:
            told_of = [(name, str(value)) for name, value in fields(record) if value]
            words += [f"{name}={value}" for name, value in told_of if value not in told]
        if record.exc_info and record.exc_info[0] is not None:
            words.append(f"({record.exc_info[0].__name__}{_place(record.exc_info[2])})")
        text = " ".join(words).replace("\n", " ")
        if self._journal:
            return text
        name = record.name.removeprefix("roomtone.")
        return f"{self.formatTime(record, '%H:%M:%S')} {record.levelname.lower():7} {name}: {text}"


def fields(record: logging.LogRecord) -> list[tuple[str, Any]]:
    """What stands in `extra`, without what people said."""
    if not _ours(record):
        return []
    return [
        (name, value)
        for name, value in vars(record).items()
        if name not in _KNOWN and name not in SAID and value not in (None, "")
    ]


def _ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in _OURS


def _place(trace: object) -> str:
    """Where an exception was raised: the innermost file and line."""
    where = ""
    while trace is not None:
        code = trace.tb_frame.f_code  # type: ignore[attr-defined]
        where = f" in {code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"  # type: ignore[attr-defined]
        trace = trace.tb_next  # type: ignore[attr-defined]
    return where
