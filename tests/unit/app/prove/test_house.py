"""The judge of the wall in front of the house: an intruder gets through, another does not."""

from __future__ import annotations

import asyncio

import pytest

from roomtone.app.prove import house

UNIT = """# /etc/systemd/system/roomtone-cloud.service
[Unit]
Requires=roomtone-cloud.socket

[Service]
Type=notify
ExecStart=/opt/roomtone/current/bin/roomtone cloud serve
LoadCredentialEncrypted=cloud-key
Restart=on-failure
# a note
IPAddressDeny=localhost link-local
ProtectHome=yes

# /etc/systemd/system/roomtone-cloud.service.d/own.conf
[Service]
IPAddressAllow=192.168.1.5
"""


def test_the_walls_of_the_unit_are_taken_as_they_are_with_drop_ins():
    assert house.walls(UNIT) == [
        "IPAddressDeny=localhost",
        "IPAddressDeny=link-local",
        "ProtectHome=yes",
        "IPAddressAllow=192.168.1.5",
    ]
    assert house.walls("") == []


def test_the_program_itself_calls_nobody_in_the_house():
    assert asyncio.run(house._rule()).verdict == "holds"


def test_without_walls_the_intruder_arrives_and_is_heard():
    with house.Listener() as listener:
        told = house.attempt([], listener.port, ["127.0.0.1", "::1"])
        assert told["127.0.0.1"] == "sent reached"
        assert listener.count >= 2
        assert house.judged(told, listener.count, 2).verdict == "broken"


@pytest.mark.parametrize("result", ["sent silence", "EPERM reached", "sent reached"])
def test_one_address_that_is_reached_breaks_it(result):
    told = {"127.0.0.1": "EPERM silence", "192.168.1.1": result}
    found = house.judged(told, 0, 1)
    assert found.verdict == "broken"
    assert "192.168.1.1" in found.said


def test_a_global_address_of_the_house_is_closed_by_its_owner():
    found = house.judged({"127.0.0.1": "EPERM silence", "2a01:4f8::5": "sent reached"}, 2, 2)
    assert found.verdict == "broken"
    assert "IPAddressDeny=2a01:4f8::5" in found.mend


def test_a_listener_that_hears_something_breaks_it_whatever_the_intruder_says():
    assert house.judged({"127.0.0.1": "EPERM silence"}, 1, 1).verdict == "broken"


def test_a_wall_that_refuses_holds_and_no_way_at_all_proves_nothing():
    walled = {"127.0.0.1": "EPERM EPERM", "fd00::1": "ENETUNREACH ENETUNREACH"}
    assert house.judged(walled, 0, 1).verdict == "holds"
    assert house.judged({"fd00::1": "ENETUNREACH ENETUNREACH"}, 0, 1).verdict == "not tried"
    assert house.judged({}, 0, 1).verdict == "not tried"
