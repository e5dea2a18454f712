"""The judge of what is sent, and a provider that counts whoever calls."""

from __future__ import annotations

import socket
import time
import urllib.parse
import urllib.request

from roomtone.app.prove import permission
from roomtone.app.prove.recorder import Recorder


def test_one_connection_breaks_a_no():
    assert permission.quiet("guest", "guests are here", 0, "yes").verdict == "holds"
    assert permission.quiet("guest", "guests are here", 1, "yes").verdict == "broken"


def test_what_arrives_must_be_what_the_ledger_says():
    assert permission.accounted([b"{}"], [b"{}"], [2]).verdict == "holds"
    assert permission.accounted([b"{ }"], [b"{}"], [2]).verdict == "broken"
    assert permission.accounted([b"{}", b"{}"], [b"{}"], [2]).verdict == "broken"
    assert permission.accounted([b"{}"], [b"{}"], [3]).verdict == "broken"
    assert permission.accounted([], [], []).verdict == "not tried"


def test_a_no_in_mid_answer_counts_at_once_or_not():
    assert permission.cut(0.05).verdict == "holds"
    assert permission.cut(0.3).verdict == "broken"
    assert permission.cut(None).verdict == "broken"


def test_the_recorder_counts_a_connection_over_which_nothing_comes():
    with Recorder() as recorder:
        with socket.create_connection(("127.0.0.1", urllib.parse.urlsplit(recorder.url).port)):
            pass
        end = time.monotonic() + 5
        while not recorder.connections and time.monotonic() < end:
            time.sleep(0.01)
        assert recorder.connections == 1
        assert recorder.bodies == []


def test_the_recorder_keeps_a_body_to_the_byte_and_answers_in_pieces():
    body = '{"question": "ä"}'.encode()
    with Recorder() as recorder:
        request = urllib.request.Request(recorder.url, data=body)  # noqa: S310 - our own loopback
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            said = answer.read()
        assert recorder.bodies == [body]
    assert said.endswith(b"data: [DONE]\n\n")
    assert b"The provider " in said
