"""A damaged model costs its part; a mended one brings it back, and nobody starts anything."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from faults.house import ARITHMETIC, KNOWLEDGE, House
from roomtone.app.answerer import AWAY

pytestmark = pytest.mark.fault

STARTER = Path(__file__).resolve().parents[2] / "models" / "starter"

FILES = {
    "speech": "model.bin",
    "language": "*.gguf",
    "voice": "voice.onnx",
}
"""Folder of a starter model -> the file in it that is damaged."""

PART = {"speech": "transcriber", "language": "thinker", "voice": "voice"}

AGAIN = 35.0
"""Seconds within which a degraded part is tried again, with its start."""


class Shelf:
    """Copies of the starter models that can be damaged and mended."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        shutil.copytree(STARTER, folder)
        self._whole = {kind: self._file(kind).read_bytes() for kind in FILES}
        paths = {kind: self._file(kind) for kind in FILES}
        paths["speech"] = folder / "speech"
        self.settings = "[models]\n" + "".join(f'{kind} = "{paths[kind]}"\n' for kind in FILES)

    def _file(self, kind: str) -> Path:
        return next((self._folder / kind).glob(FILES[kind]))

    def damage(self, kind: str) -> None:
        """Cut the file in the middle, as it lies: a program that has mapped it loses the rest."""
        os.truncate(self._file(kind), len(self._whole[kind]) // 2)

    def mend(self, kind: str) -> None:
        self._file(kind).write_bytes(self._whole[kind])


@pytest.fixture
def shelf(tmp_path) -> Shelf:
    return Shelf(tmp_path / "models")


def bad(house: House) -> list[str]:
    """The parts whose model is bad, as `status` tells it."""
    faults = house.daemon.client.status()["faults"]
    return sorted(fault["part"] for fault in faults if fault["kind"] == "model_bad")


def test_it_starts_without_a_language_model_says_so_and_takes_a_mended_one(
    tmp_path, voice, shelf, recovered
):
    shelf.damage("language")
    house = House(tmp_path, voice, shelf.settings)
    try:
        assert bad(house) == ["thinker"]
        thinker = house.daemon.part("thinker")
        assert thinker["degraded"]
        assert "models verify" in thinker["advice"]
        house.answers()
        house.heard_out()
        house.begin(KNOWLEDGE)
        house.wait("excuse", lambda one: AWAY["thinker"] == one.get("spoken_text"), 15)
        shelf.mend("language")
        mended = time.monotonic()
        took = house.mended("thinker", AGAIN)["at"] - mended
        recovered(34, "language model mended", took)
        assert bad(house) == []
        assert not house.daemon.part("thinker")["degraded"]
    finally:
        house.close()


def test_models_that_go_bad_while_it_runs_cost_no_more_than_their_parts(
    tmp_path, voice, shelf, recovered
):
    house = House(tmp_path, voice, shelf.settings)
    daemon = house.daemon
    try:
        for kind, part in PART.items():
            shelf.damage(kind)
            os.kill(daemon.part(part)["pid"], signal.SIGKILL)
        for part in PART.values():
            daemon.wait_for("fault", part=part, kind="model_bad", within=10)
        assert bad(house) == sorted(PART.values())
        daemon.events.clear()
        asked = time.monotonic()
        house.begin(ARITHMETIC)
        failed = daemon.wait_for("failed", within=10)
        assert (failed["part"], failed["spoken"]) == ("transcriber", True)
        assert house.loudspeaker.after(asked) < 10
        house.heard_out()
        for kind in PART:
            shelf.mend(kind)
        mended = time.monotonic()
        for part in PART.values():
            took = house.mended(part, AGAIN, "model_bad")["at"] - mended
            recovered(34, f"{part}: its model mended", took)
        house.answers()
        assert daemon.process.poll() is None
    finally:
        house.close()
