"""A line tells fields, types and places."""

from __future__ import annotations

import logging

from roomtone.system.line import Line, fields


def record(**more: object) -> logging.LogRecord:
    made = {"name": "roomtone.app.run", "levelname": "INFO", "msg": "ready", **more}
    return logging.makeLogRecord(made)


def test_fields_follow_for_a_person_unless_the_line_says_them() -> None:
    told = record(msg="the ear is up", part="ear", seconds=3, nothing="", text="canary")
    assert Line(journal=False).format(told).endswith(" info    app.run: the ear is up seconds=3")
    assert Line(journal=True).format(told) == "the ear is up"
    assert fields(told) == [("part", "ear"), ("seconds", 3)]


def test_a_part_that_is_run_as_a_program_is_one_of_ours() -> None:
    assert Line(journal=True).format(record(name="__main__", msg="up")) == "up"
    other = record(name="roomtones", filename="x.py", lineno=7, msg="canary", about="canary")
    assert Line(journal=True).format(other) == "x.py:7"
    assert fields(other) == []
