"""`roomtone prove` as its reader sees it; what it tries is tested where it is tried."""

from __future__ import annotations

import json

import pytest

from roomtone.app import cli, command_prove
from roomtone.app.prove import proving
from roomtone.app.prove.proof import Proof, broken, holds, untried

WHOLE = Proof(promise="leaving", says="Nothing leaves", trials=(holds("visit", "0 packets"),))
PARTLY = Proof(
    promise="mute",
    says="Mute closes",
    trials=(holds("restart", "stays closed"), untried("device", "no microphone", "plug [one] in")),
)
UNTRIED = Proof(promise="house", says="No house", trials=(untried("unit", "not root", "`sudo`"),))
BROKEN = Proof(
    promise="words",
    says="No words",
    trials=(holds("visit", "none"), broken("debug", "2 of them", "see [log]")),
)


@pytest.fixture
def tried(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("ROOMTONE_CONFIG", raising=False)

    def come_to(*proofs):
        monkeypatch.setattr(proving, "prove", lambda _config, _tell: iter(proofs))

    return come_to


def test_a_promise_is_as_good_as_its_worst_trial():
    assert [one.verdict for one in (WHOLE, PARTLY, UNTRIED, BROKEN)] == [
        "holds",
        "holds",
        "not tried",
        "broken",
    ]


def test_what_is_broken_makes_it_fail_and_what_was_not_tried_does_not(tried, capsys):
    tried(WHOLE, PARTLY, UNTRIED)
    assert cli.main(["prove"]) == 0
    tried(WHOLE, BROKEN)
    assert cli.main(["prove"]) == 1
    assert "1 broken" in capsys.readouterr().out


def test_the_report_as_data_has_the_same_keys_everywhere(tried, capsys):
    tried(WHOLE, PARTLY, UNTRIED, BROKEN)
    assert cli.main(["prove", "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"ok", "complete", "version", "at", "took_s", "promises"}
    assert (report["ok"], report["complete"]) == (False, False)
    for promise in report["promises"]:
        assert set(promise) == {"promise", "says", "verdict", "trials"}
        for trial in promise["trials"]:
            assert set(trial) == {"trial", "verdict", "said", "mend"}


def test_complete_means_that_everything_was_tried(tried, capsys):
    tried(WHOLE)
    assert cli.main(["prove", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["ok"], report["complete"]) == (True, True)


def test_the_summary_claims_no_more_than_was_tried():
    assert command_prove.summary([WHOLE, PARTLY, UNTRIED, BROKEN]) == (
        "Of 4 promises: 1 broken, 1 held in every trial, 1 held as far as they could be tried, "
        "1 not tried."
    )


def test_a_person_reads_what_would_let_it_be_tried(tried, capsys):
    tried(PARTLY, BROKEN)
    cli.main(["prove"])
    page = capsys.readouterr().out
    assert "holds     Mute closes (1 of 2 not tried)" in page
    assert "not tried device: no microphone" in page
    assert "plug [one] in" in page
    assert "broken debug: 2 of them" in page
