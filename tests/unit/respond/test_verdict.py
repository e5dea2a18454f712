"""What an answer is taken for, by its status and headers alone."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from roomtone.base.message.cloud import FAILURES
from roomtone.respond.verdict import objection, refusal

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
STREAM = {"content-type": "text/event-stream; charset=utf-8"}


def test_a_stream_is_an_answer():
    assert objection(200, STREAM) is None


@pytest.mark.parametrize(
    ("status", "headers", "kind"),
    [
        (302, {"location": "http://login.example"}, "untrusted"),
        (301, STREAM, "untrusted"),
        (511, {"content-type": "text/html"}, "untrusted"),
        (407, {}, "untrusted"),
        (200, {"content-type": "text/html"}, "untrusted"),
        (200, {"content-type": "Text/HTML; charset=x"}, "untrusted"),
        (200, {"content-type": "application/json"}, "garbled"),
        (200, {}, "garbled"),
        (204, STREAM, "garbled"),
        (200, STREAM | {"content-encoding": "gzip"}, "garbled"),
    ],
)
def test_anything_else_is_none(status, headers, kind):
    failure = objection(status, headers)
    assert failure is not None
    assert failure.kind == kind
    assert not failure.again


@pytest.mark.parametrize(
    ("status", "kind", "again"),
    [
        (400, "failing", False),
        (401, "refused", False),
        (403, "refused", False),
        (404, "refused", False),
        (408, "failing", True),
        (409, "failing", True),
        (422, "failing", False),
        (429, "limited", True),
        (500, "failing", True),
        (503, "failing", True),
    ],
)
def test_a_status_says_whether_another_try_may_help(status, kind, again):
    failure = refusal(status, {"retry-after": "2"}, b"", NOW)
    assert (failure.kind, failure.again) == (kind, again)
    assert failure.after == (2.0 if again else None)
    assert str(status) in str(failure)
    assert failure.kind in FAILURES


def test_an_account_without_money_is_not_asked_again():
    body = json.dumps({"error": {"code": "insufficient_quota", "message": "x"}}).encode()
    failure = refusal(429, {}, body, NOW)
    assert (failure.kind, failure.again) == ("limited", False)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"error": "x"}', b'{"error": {"code": []}}', b"[" * 16_000, b"\xff"],
)
def test_what_stands_in_a_complaint_changes_nothing_else_and_is_never_repeated(body):
    failure = refusal(429, {}, body, NOW)
    assert (failure.kind, failure.again) == ("limited", True)
    assert str(failure) == "the provider answers 429"
