"""One line a record, with a priority for the journal, and never what people said."""

from __future__ import annotations

import io
import logging
import os
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from roomtone.system import logs
from roomtone.system.line import SAID


@pytest.fixture
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    hooks = (sys.excepthook, sys.unraisablehook, threading.excepthook)
    last, raising = logging.lastResort, logging.raiseExceptions
    with warnings.catch_warnings():
        yield
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    logging.lastResort, logging.raiseExceptions = last, raising
    root.handlers[:] = handlers
    root.setLevel(level)


def written(environ: dict[str, str], level: str = "info") -> tuple[io.StringIO, logging.Logger]:
    stream = io.StringIO()
    logs.configure(level, stream, environ)
    return stream, logging.getLogger("roomtone.capture.mic")


@pytest.mark.usefixtures("_as_before")
class TestLogs:
    def test_a_person_reads_time_level_and_part(self) -> None:
        stream, log = written({})
        log.warning("the device is gone", extra={"device": "USB"})
        assert stream.getvalue()[8:] == " warning capture.mic: the device is gone device=USB\n"

    def test_the_journal_takes_fields_and_a_priority(self, tmp_path: Path) -> None:
        sent: list[dict[str, object]] = []
        with (tmp_path / "journal").open("w") as stream:
            there = os.fstat(stream.fileno())
            environ = {"JOURNAL_STREAM": f"{there.st_dev}:{there.st_ino}"}
            logs.configure("debug", stream, environ, lambda line, **f: sent.append({"": line} | f))
            log = logging.getLogger("roomtone.app.newsroom")
            log.warning("%s: died", "thinker", extra={"part": "thinker", "text": "canary"})
        assert sent == [
            {
                "": "thinker: died",
                "PRIORITY": 4,
                "SYSLOG_IDENTIFIER": "roomtone",
                "LOGGER": "roomtone.app.newsroom",
                "PART": "thinker",
            }
        ]

    def test_the_journal_of_somebody_else_is_no_journal_of_ours(self) -> None:
        stream, log = written({"JOURNAL_STREAM": "8:1"})
        log.info("x")
        assert stream.getvalue().endswith("info    capture.mic: x\n")

    def test_a_level_can_change_while_it_runs(self) -> None:
        stream, log = written({}, "error")
        logs.set_level("info")
        log.info("x")
        assert "x" in stream.getvalue()

    @pytest.mark.parametrize("field", sorted(SAID - {"name"}))
    def test_what_people_said_is_never_written(self, field: str) -> None:
        stream, log = written({})
        log.error("a turn was lost", extra={field: "canary", "turn": 7})
        assert "canary" not in stream.getvalue()
        assert "turn=7" in stream.getvalue()

    def test_an_exception_is_told_without_its_text(self) -> None:
        stream, log = written({})
        try:
            int("canary")
        except ValueError:
            log.exception("a part failed")
        assert "canary" not in stream.getvalue()
        assert "(ValueError in test_logs.py:" in stream.getvalue()

    def test_of_what_a_library_logs_only_the_place_is_told(self, tmp_path: Path) -> None:
        stream, _ = written({})
        logging.getLogger("asyncio").error("lost canary", extra={"about": "canary"})
        logging.getLogger("anything.else").warning("heard %s", "canary")
        assert "canary" not in stream.getvalue()
        assert "error   asyncio: test_logs.py:" in stream.getvalue()
        sent: list[dict[str, object]] = []
        with (tmp_path / "journal").open("w") as journal:
            there = os.fstat(journal.fileno())
            environ = {"JOURNAL_STREAM": f"{there.st_dev}:{there.st_ino}"}
            logs.configure("info", journal, environ, lambda line, **f: sent.append({"": line} | f))
            logging.getLogger("asyncio").error("canary", extra={"about": "canary"})
        assert "canary" not in str(sent)

    def test_a_line_that_cannot_be_written_costs_nothing_and_is_quoted_nowhere(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _, log = written({})
        log.warning("canary %d", "canary")
        assert "canary" not in capsys.readouterr().err

        def refuses(line: str, **_fields: object) -> None:
            line.encode()

        journal = logs.Journal(refuses)
        journal.emit(logging.makeLogRecord({"name": "roomtone", "msg": "\udc80"}))
        journal.emit(logging.makeLogRecord({"name": "roomtone", "msg": "%d", "args": ("x",)}))
        assert capsys.readouterr().err == ""

    def test_a_line_stays_one_line(self) -> None:
        stream, log = written({})
        log.info("first\nsecond")
        assert stream.getvalue().count("\n") == 1

    def test_what_is_below_the_level_is_not_written(self) -> None:
        stream, log = written({}, "warning")
        log.info("x")
        assert stream.getvalue() == ""
