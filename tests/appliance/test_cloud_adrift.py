"""No way to the internet, in all its forms: noticed soon, and nothing is told to a stranger."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.appliance

BUSY = os.getloadavg()[0] > (os.cpu_count() or 1)
TESTS = Path(__file__).resolve().parents[1]
ADRIFT = Path(__file__).with_name("adrift.py")


@pytest.fixture
def adrift(namespaces, tmp_path):
    """What came of the questions in a scene of `adrift.py`."""

    def play(scene: str) -> list[dict]:
        paths = os.pathsep.join((str(TESTS), str(TESTS.parent / "daemon")))
        done = subprocess.run(
            ["unshare", "--net", "--mount", sys.executable, str(ADRIFT), scene, str(tmp_path)],
            env=os.environ | {"PYTHONPATH": paths},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert not done.returncode, done.stderr
        return json.loads(done.stdout)

    return play


@pytest.mark.parametrize(
    "scene", ["no interface", "no route", "silent name server", "silent provider"]
)
def test_without_a_way_it_is_offline_within_three_tenths_of_a_second(adrift, scene):
    for told in adrift(scene):
        assert (told["kind"], told["requests"]) == ("offline", 0)
        assert told["s"] <= (0.9 if BUSY else 0.3)


@pytest.mark.parametrize(
    ("scene", "connections"),
    [("portal in the house", 0), ("portal with encryption", 0), ("portal without encryption", 1)],
)
def test_a_login_page_that_answers_for_everybody_gets_not_a_byte(adrift, scene, connections):
    (told,) = adrift(scene)
    assert (told["kind"], told["requests"], told["told"]) == ("untrusted", 0, False)
    assert told["connections"] == connections


def test_a_link_that_comes_and_goes_holds_nobody_up_and_gets_answers_while_it_is_up(adrift):
    told = adrift("flapping")
    kinds = [one["kind"] for one in told]
    assert max(one["s"] for one in told) < (3.0 if BUSY else 1.5)
    assert {"answered", "offline", "resting"} <= set(kinds)
    assert set(kinds) <= {"answered", "offline", "slow", "resting", "failing", "cut"}
    assert {one["kind"] for one in told if one["up"]} <= {"answered", "resting"}
    ups = [[one["kind"] for one in told if one["phase"] == number] for number in (1, 3, 5, 7)]
    assert BUSY or all("answered" in kinds for kinds in ups), ups
