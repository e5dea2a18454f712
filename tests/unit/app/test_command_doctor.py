"""`roomtone doctor` as its reader sees it; what it measures is tested where it is measured."""

from __future__ import annotations

import json

import pytest

from roomtone.app import alone, cli
from roomtone.app.doctor import examination, models, service, sound
from roomtone.app.doctor.finding import Finding, bad, ok, warn, within
from roomtone.base.error import OwnerError

KEYS = {"check", "verdict", "said", "value", "unit", "mend"}


class Client:
    """A daemon that answers, or none."""

    def __init__(self, status=None, problem=None, *, starts=False):
        self._status, self._problem, self._starts = status, problem, starts

    def running(self):
        if self._problem:
            raise self._problem
        return self._status is not None

    def starting(self):
        return self._starts

    def status(self):
        return self._status


@pytest.fixture
def house(monkeypatch, tmp_path):
    """Doctor in a house whose findings the test chooses."""

    async def fast(*_):
        return [ok("thinker.speed", "fast", 90.0, "tokens/s")]

    def furnish(*found: Finding, client: Client | None = None):
        monkeypatch.setattr(alone, "daemon", lambda _config: client or Client())
        monkeypatch.setattr(sound, "check", lambda _settings: list(found))
        monkeypatch.setattr(models, "unharmed", lambda *_: [])
        monkeypatch.setattr(models, "speed", fast)
        monkeypatch.setattr(service, "present", lambda _root=None: False)
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
        monkeypatch.delenv("ROOMTONE_CONFIG", raising=False)

    return furnish


def test_a_daemon_that_is_starting_has_the_sound_devices_for_itself(house, capsys):
    house(bad("microphone", "it is in use", "end the program"), client=Client(starts=True))
    assert cli.main(["doctor", "--json"]) == 0
    found = {one["check"]: one for one in json.loads(capsys.readouterr().out)["findings"]}
    assert found["daemon"]["said"] == "it is starting and does not answer yet"
    assert "roomtone status --wait" in found["daemon"]["mend"]
    assert "microphone" not in found


def test_a_report_for_a_fleet_has_the_same_keys_everywhere(house, capsys):
    house(ok("microphone", "Mic, 48000 Hz", "Mic"))
    assert cli.main(["doctor", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"ok", "version", "at", "took_s", "findings"}
    assert report["ok"] is True
    assert all(set(one) == KEYS for one in report["findings"])
    names = [one["check"] for one in report["findings"]]
    assert len(names) == len(set(names))


def test_what_is_bad_makes_it_fail_and_a_warning_does_not(house, capsys):
    house(warn("microphone.noise_floor", "loud", "turn it down"))
    assert cli.main(["doctor", "--json"]) == 0
    house(bad("microphone", "there is none", "plug one in"))
    assert cli.main(["doctor", "--json"]) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["ok"] is False


def test_a_person_reads_what_was_measured_and_what_to_do(house, capsys):
    house(
        within(ok("microphone.signal", "level now", -61.5), "dBFS"),
        bad("loudspeaker", "there is none", "plug one in [here]"),
    )
    assert cli.main(["doctor"]) == 1
    page = capsys.readouterr().out
    assert "-61.5 dBFS" in page
    assert "BAD loudspeaker: there is none\n    plug one in [here]" in page
    assert "1 bad" in page


def test_a_mistake_in_the_configuration_is_a_finding_and_not_the_end(house, capsys, tmp_path):
    house()
    file = tmp_path / "config.toml"
    file.write_text("[sond]\n[wake]\nwrods = 1\n")
    assert cli.main(["doctor", "--json", "--config", str(file)]) == 1
    report = json.loads(capsys.readouterr().out)
    wrong = [one for one in report["findings"] if one["check"] == "configuration"]
    assert [one["verdict"] for one in wrong] == ["bad", "bad"]
    assert any(one["check"] == "thinker.speed" for one in report["findings"])


def test_a_running_daemon_keeps_its_devices_and_models_to_itself(house, capsys):
    part = {"up": True, "pid": 1, "restarts": 0}
    status = {
        "version": "1",
        "muted": False,
        "input_level_db": -60.0,
        "parts": {"ear": part, "voice": part},
    }
    house(bad("microphone", "must not be looked at", ""), client=Client(status))
    assert cli.main(["doctor", "--json"]) == 0
    found = {one["check"]: one for one in json.loads(capsys.readouterr().out)["findings"]}
    assert found["microphone"]["verdict"] == "ok"
    assert found["models.speed"]["verdict"] == "skipped"


def test_a_daemon_that_does_not_answer_is_bad_and_the_rest_is_looked_at(house, capsys):
    house(client=Client(problem=OwnerError("the daemon did not answer for 10 s")))
    assert cli.main(["doctor", "--json"]) == 1
    found = {one["check"]: one for one in json.loads(capsys.readouterr().out)["findings"]}
    assert found["daemon"]["verdict"] == "bad"
    assert "disk" in found


def test_an_installed_service_is_looked_at_where_it_keeps_its_files(house, monkeypatch):
    house()
    monkeypatch.setattr(service, "installed", lambda: True)
    where = examination._places(examination.Config())
    assert str(where.key) == "/var/lib/roomtone/key"
    assert str(where.socket) == "/run/roomtone/roomtone.sock"


def test_models_that_are_closed_to_the_asker_are_left_alone(house, capsys, monkeypatch):
    house()
    monkeypatch.setattr(examination, "_closed", lambda _folder: True)
    assert cli.main(["doctor", "--json"]) == 0
    found = {one["check"]: one for one in json.loads(capsys.readouterr().out)["findings"]}
    assert found["models"]["verdict"] == "skipped"
    assert "sudo" in found["models"]["mend"]
    assert "thinker.speed" not in found


def test_a_folder_that_is_there_or_not_yet_is_not_closed(tmp_path):
    assert not examination._closed(tmp_path)
    assert not examination._closed(tmp_path / "not yet")


def test_help_says_what_happens_to_the_sound(capsys):
    with pytest.raises(SystemExit):
        cli.main(["doctor", "--help"])
    assert "Nothing that is heard is kept" in capsys.readouterr().out
