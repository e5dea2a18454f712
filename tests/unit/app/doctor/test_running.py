"""What a daemon says of itself, judged."""

from __future__ import annotations

import pytest

from roomtone.app.doctor import running


def part(**changes) -> dict:
    return {"up": True, "pid": 7, "restarts": 0} | changes


def status(**changes) -> dict:
    return {
        "version": "1.2.3",
        "muted": False,
        "input_level_db": -60.0,
        "starter_models": [],
        "health": {"ready": True, "frame_age_s": 0.1, "microphone": "open"},
        "parts": {"ear": part(input="Mic", output="Box"), "voice": part()},
        "faults": [],
    } | changes


def checked(**changes) -> dict:
    return {one.check: one for one in running.check(status(**changes))}


def test_a_daemon_that_is_well_is_told_as_well():
    found = checked(walls={"sockets": {"holds": True, "how": "refused"}})
    assert {one.verdict for one in found.values()} == {"ok", "skipped"}
    assert found["round_trip"].verdict == "skipped"
    assert "stop" in found["round_trip"].said


@pytest.mark.parametrize(
    ("changes", "check", "verdict", "advice"),
    [
        ({"muted": True}, "microphone", "warn", "unmute"),
        (
            {"health": {"microphone": "open", "in_trouble": "the ear hangs"}},
            "daemon.alive",
            "bad",
            "restart",
        ),
        ({"health": {"microphone": "missing"}}, "microphone", "bad", "arecord"),
        (
            {"health": {"microphone": "open", "frame_age_s": 9.0}},
            "microphone.frame_age",
            "bad",
            "dmesg",
        ),
        ({"parts": {"ear": part(), "voice": part(up=False)}}, "part.voice", "bad", "journalctl"),
        ({"parts": {"ear": part(degraded=True)}}, "part.ear", "bad", "journalctl"),
        ({"parts": {"ear": part(restarts=2)}}, "part.ear", "warn", "journalctl"),
        ({"erle_db": 6.0}, "echo", "warn", "lower the volume"),
        ({"starter_models": ["starter-voice"]}, "models.starter", "warn", "pull recommended"),
        (
            {"walls": {"bus": {"holds": False, "how": "a bus answers"}}},
            "walls",
            "warn",
            "scripts/install",
        ),
    ],
)
def test_what_is_wrong_is_judged_and_mended(changes, check, verdict, advice):
    found = checked(**changes)[check]
    assert found.verdict == verdict
    assert advice in found.mend


def test_an_echo_under_control_is_told_with_its_figure():
    found = checked(erle_db=24.0)["echo"]
    assert (found.verdict, found.value, found.unit) == ("ok", 24.0, "dB")


def test_a_fault_that_lasts_is_bad_and_has_its_command():
    fault = {"part": "store", "kind": "disk_full", "fault": "no room", "action": "in memory"}
    found = checked(faults=[fault])["fault.disk_full"]
    assert (found.verdict, found.said) == ("bad", "store: no room")
    assert "make room" in found.mend


MISSING = {"microphone": "missing"}


def test_a_missing_microphone_is_told_once_with_what_keeps_it_away():
    busy = {"part": "ear", "kind": "microphone_busy", "fault": "'Mic' is in use", "action": "none"}
    full = {"part": "store", "kind": "disk_full", "fault": "no room", "action": "in memory"}
    found = checked(health=MISSING, faults=[busy, full])
    assert (found["microphone"].verdict, found["microphone"].said) == ("bad", "'Mic' is in use")
    assert "fuser" in found["microphone"].mend
    assert [name for name in found if name.startswith("fault")] == ["fault.disk_full"]


def test_a_fault_of_a_microphone_that_hears_again_is_a_fault_of_its_own():
    rate = {"part": "ear", "kind": "microphone_rate", "fault": "too slow", "action": "none"}
    found = checked(faults=[rate])
    assert found["microphone"].verdict == "ok"
    assert found["fault.microphone_rate"].verdict == "bad"


def test_a_fault_of_an_unknown_kind_has_the_action_it_came_with():
    fault = {"part": "ear", "kind": "odd", "fault": "odd", "action": "none"}
    assert checked(faults=[fault])["fault.odd"].mend == "none"


def test_a_fault_that_passes_is_only_worth_a_word():
    fault = {"part": "ear", "kind": "sound_lost", "fault": "sound was lost", "action": "none"}
    assert checked(faults=[fault])["fault.sound_lost"].verdict == "warn"
