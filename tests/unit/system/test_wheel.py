"""Single files come out of a wheel."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from roomtone.base.error import OwnerError
from roomtone.system import wheel
from roomtone.system.manifest import Wheel

INSIDE = Wheel("demo", "1.0", "demo/model.onnx")
METADATA = "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n"


def build(folder: Path, content: bytes = b"weights") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "demo-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("demo/model.onnx", content)
        archive.writestr("demo-1.0.dist-info/METADATA", METADATA)
        archive.writestr("demo-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr("demo-1.0.dist-info/RECORD", "")
    return path


def test_only_the_named_file_is_taken(tmp_path: Path) -> None:
    build(tmp_path / "around" / "demo-1.0")
    wheel.take(INSIDE, tmp_path / "part", 7, tmp_path / "around")
    assert (tmp_path / "part").read_bytes() == b"weights"


def test_a_wheel_without_the_file_is_told(tmp_path: Path) -> None:
    build(tmp_path / "demo-1.0")
    with pytest.raises(OwnerError, match=r"does not hold demo/other\.onnx"):
        wheel.take(Wheel("demo", "1.0", "demo/other.onnx"), tmp_path / "part", 7, tmp_path)


def test_a_broken_wheel_is_told(tmp_path: Path) -> None:
    build(tmp_path / "demo-1.0").write_bytes(b"no archive")
    with pytest.raises(OwnerError, match="does not hold"):
        wheel.take(INSIDE, tmp_path / "part", 7, tmp_path)


def test_a_file_larger_than_listed_is_not_unpacked(tmp_path: Path) -> None:
    build(tmp_path / "demo-1.0", b"\0" * 100_000)
    with pytest.raises(OwnerError, match="larger than listed"):
        wheel.take(INSIDE, tmp_path / "part", 7, tmp_path)
    assert not (tmp_path / "part").exists()
