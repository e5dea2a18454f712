"""The service, from what systemd's commands print."""

from __future__ import annotations

import pytest

from roomtone.app.doctor import service

SHOWN = {
    "LoadState": "loaded",
    "ActiveState": "active",
    "UnitFileState": "enabled",
    "NRestarts": "0",
    "Result": "success",
}


@pytest.fixture
def booted(tmp_path):
    (tmp_path / "run/systemd/system").mkdir(parents=True)
    return tmp_path


def checked(root, level: str = "0.9", **changes) -> dict:
    def asked(command: list[str]) -> str:
        if command[0] == "systemctl":
            return "\n".join(f"{key}={value}" for key, value in (SHOWN | changes).items())
        if command[-1] != "roomtone.service":
            return ""
        return f"  x  y\n\n→ Overall exposure level for roomtone.service: {level} SAFE 😀\n"

    return {one.check: one for one in service.check(asked, root)}


def test_a_service_that_runs_and_starts_with_the_machine_is_well(booted):
    found = checked(booted)
    assert {one.verdict for one in found.values()} == {"ok", "skipped"}
    assert found["service.exposure.roomtone"].value == 0.9


def test_a_machine_without_systemd_says_so(tmp_path):
    assert checked(tmp_path)["service"].verdict == "skipped"
    assert not service.installed(lambda _command: "LoadState=loaded\n", tmp_path)


def test_a_service_that_is_not_installed_says_how(booted):
    found = checked(booted, LoadState="not-found")
    assert list(found) == ["service"]
    assert "scripts/install" in found["service"].mend


@pytest.mark.parametrize(
    ("changes", "check", "verdict"),
    [
        ({"ActiveState": "failed", "Result": "exit-code"}, "service", "bad"),
        ({"ActiveState": "inactive"}, "service", "bad"),
        ({"ActiveState": "activating"}, "service", "warn"),
        ({"NRestarts": "3"}, "service", "warn"),
        ({"UnitFileState": "disabled"}, "service.boot", "warn"),
        ({"level": "4.2"}, "service.exposure.roomtone", "warn"),
    ],
)
def test_what_is_not_as_it_should_be_is_told_with_a_command(booted, changes, check, verdict):
    found = checked(booted, **changes)[check]
    assert found.verdict == verdict
    assert "`" in found.mend


def test_a_command_that_is_not_there_says_nothing():
    assert service.ask(["roomtone-has-no-such-command"]) == ""
