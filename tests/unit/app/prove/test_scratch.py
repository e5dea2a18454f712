"""A folder of its own: nothing of the service's leads there, and nothing of it stays."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from roomtone.app import config as configuration
from roomtone.app.config import Config
from roomtone.app.prove import scratch
from roomtone.app.prove.scratch import Scratch
from roomtone.app.prove.traces import family
from roomtone.system.settings import CloudSettings


def test_it_is_its_users_alone_and_gone_afterwards():
    with Scratch() as workshop:
        assert workshop.folder.stat().st_mode & 0o777 == 0o700
        workshop.place("one").joinpath("file").write_text("x")
    assert not workshop.folder.exists()


def test_no_variable_of_the_service_or_the_owner_reaches_what_runs_in_it(monkeypatch):
    for name in ("STATE_DIRECTORY", "NOTIFY_SOCKET", "OPENAI_API_KEY", "JOURNAL_STREAM"):
        monkeypatch.setenv(name, "/var/lib/roomtone")
    with Scratch() as workshop:
        env = workshop.environment()
        assert "/var/lib/roomtone" not in env.values()
        assert Path(env["TMPDIR"]).is_relative_to(workshop.folder)
        assert Path(env["HOME"]).is_dir()


def test_what_was_started_in_it_ends_with_it_and_so_does_what_that_has_started(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/sh")
    with Scratch() as workshop, (workshop.folder / "log").open("wb") as log:
        script = workshop.folder / "script"
        script.write_text("trap '' TERM\nsleep 60 & echo $!; wait; wait\n")
        monkeypatch.setattr(scratch, "GRACE", 0.1)
        process = workshop.start(str(script), log=log, env={"PATH": os.environ["PATH"]})
        process.kill()
        process.wait()
    assert process.pid not in list(family(os.getpid()))


def test_the_configuration_leads_into_it_logs_everything_and_asks_nobody(tmp_path):
    owners = Config(cloud=CloudSettings(policy="cloud-first"))
    file = scratch.settings(owners, tmp_path, tmp_path / "models")
    found = configuration.load(file)
    assert found.paths.state == str(tmp_path)
    assert found.log.level == "debug"
    assert found.cloud.policy == "local"
