"""Files that are written are held on to, also those that are gone again."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from roomtone.app.prove import traces
from roomtone.app.prove.traces import KEPT, Traces


def kept(folder: Path) -> set[bytes]:
    return {path.read_bytes() for path in (folder / KEPT).iterdir()}


def test_a_file_that_was_removed_is_still_there(tmp_path):
    (tmp_path / "before").write_bytes(b"old")
    watched = Traces(tmp_path)
    (tmp_path / "sound.raw").write_bytes(b"sound")
    watched.look()
    (tmp_path / "sound.raw").unlink()
    watched.look()
    assert kept(tmp_path) == {b"sound"}
    assert watched.count == 1


def test_a_file_that_never_had_a_name_is_seen_and_the_trial_leaves_nothing(tmp_path):
    watched = Traces(tmp_path)
    assert watched.trial()
    assert watched.count == 0
    assert kept(tmp_path) == set()
    with tempfile.TemporaryFile(dir=tmp_path) as file:
        file.write(b"hidden")
        file.flush()
        watched.look()
    assert b"hidden" in kept(tmp_path)


def test_what_another_process_holds_open_for_writing_is_known(tmp_path):
    script = f"exec 7>{tmp_path}/written 8</dev/null; echo; read line"
    with subprocess.Popen(
        ["sh", "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as shell:
        assert shell.stdout is not None
        shell.stdout.readline()
        assert shell.pid in list(traces.family(os.getpid()))
        held = {str(path.readlink()) for path in traces.written(iter([shell.pid]))}
        shell.communicate()
    assert held == {str(tmp_path / "written")}
