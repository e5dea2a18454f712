"""The judge of what leaves: one packet, one question, one byte is enough."""

from __future__ import annotations

import msgspec
import pytest

from roomtone.app.prove import offline
from roomtone.app.prove.counters import Counters
from roomtone.app.prove.rehearsal import Rehearsal
from roomtone.app.prove.service import Service
from roomtone.app.prove.witness import Witnessed

WELL = Rehearsal(heard=("what time is it",), replies=("It's two.",), by_model=0)
QUIET = {"bytes on lo": 0, "packets": 0}


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (Witnessed(packets=1), "1 packets"),
        (Witnessed(packets=2, names=1), "1 of them questions for names"),
        (Witnessed(counted={"connections": 1}), "1 connections"),
        (Witnessed(asked=("/run/dbus/system_bus_socket",)), "a question to /run/dbus"),
    ],
)
def test_whatever_left_breaks_it(seen, told):
    found = offline.visited(msgspec.structs.replace(WELL, seen=seen))
    assert found.verdict == "broken"
    assert told in found.said


def test_a_visit_in_silence_holds():
    found = offline.visited(WELL)
    assert found.verdict == "holds"
    assert "0 packets" in found.said


def test_a_visit_that_nobody_heard_proves_nothing():
    assert offline.visited(Rehearsal()).verdict == "not tried"
    found = offline.visited(Rehearsal(problem="no namespaces", mend="`sudo roomtone prove`"))
    assert (found.verdict, found.mend) == ("not tried", "`sudo roomtone prove`")


def test_a_service_that_has_sent_anything_is_told():
    before = Counters(sent=QUIET)
    assert offline.network(before, before).verdict == "holds"
    assert offline.network(before, Counters(sent=QUIET | {"packets": 1})).verdict == "broken"
    once = Counters(sent=QUIET | {"packets": 1})
    assert offline.network(once, once).verdict == "broken"
    assert offline.network(before, Counters(sent=QUIET | {"bytes on eth0": 0})).verdict == "broken"


def test_the_count_of_systemd_is_believed_only_where_there_is_one():
    nothing = {"IPEgressBytes": "0", "IPEgressPackets": "0"}
    assert offline.firewall(nothing, nothing).verdict == "holds"
    assert offline.firewall(nothing, nothing | {"IPEgressBytes": "60"}).verdict == "broken"
    for none in ({}, {"IPEgressBytes": "[no data]"}, {"IPEgressBytes": str(2**64 - 1)}):
        assert offline.firewall(none, none).verdict == "not tried"


def test_a_daemon_without_walls_is_broken_only_as_a_service():
    hole = {"holds": False, "how": "there is a way"}
    walls = dict.fromkeys(("sockets", "network", "names", "bus"), hole)
    running = Service(status={"walls": walls, "parts": {}})
    assert [one.verdict for one in offline.prove(WELL, running)] == ["holds", "not tried"]
    assert offline.walls(("sockets",)).verdict == "broken"
    assert offline.walls(()).verdict == "holds"
