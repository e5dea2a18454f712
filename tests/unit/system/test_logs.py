"""One line a record, with a priority for the journal, and never what people said."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from roomtone.system import logs


@pytest.fixture
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
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

    def test_the_journal_reads_the_priority(self) -> None:
        stream, log = written({"JOURNAL_STREAM": "8:1"}, "debug")
        for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
            log.log(level, "x")
        assert stream.getvalue() == "<7>x\n<6>x\n<4>x\n<3>x\n"

    @pytest.mark.parametrize("field", sorted(logs.SAID - {"name"}))
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

    def test_a_line_stays_one_line(self) -> None:
        stream, log = written({})
        log.info("first\nsecond")
        assert stream.getvalue().count("\n") == 1

    def test_what_is_below_the_level_is_not_written(self) -> None:
        stream, log = written({}, "warning")
        log.info("x")
        assert stream.getvalue() == ""
