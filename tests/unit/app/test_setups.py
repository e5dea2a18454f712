"""The first message to each part is made when it starts, not before."""

from __future__ import annotations

from types import SimpleNamespace

import msgspec
import pytest

from roomtone.app.config import Config
from roomtone.app.setups import Setups, Sounds
from roomtone.base.error import OwnerError
from roomtone.system.settings import ModelSettings


def setups(memory: SimpleNamespace | None = None, config: Config | None = None) -> Setups:
    kept = memory or SimpleNamespace(
        volume=1.0, muted=False, echo_delay=0.0, chosen=lambda _name: ""
    )
    return Setups(config or Config(), Sounds(), kept)  # type: ignore[arg-type]


def test_an_ear_that_comes_back_is_muted_from_its_first_moment():
    memory = SimpleNamespace(volume=1.0, muted=False, echo_delay=0.0, chosen=lambda _name: "")
    made = setups(memory)
    assert not made.ear().muted
    memory.muted, memory.volume = True, 0.3
    assert (made.ear().muted, made.ear().volume) == (True, 0.3)


def test_a_new_configuration_counts_from_the_next_start():
    made = setups()
    changed = msgspec.structs.replace(made.config.answer, max_tokens=17)
    made.config = msgspec.structs.replace(made.config, answer=changed)
    assert made.thinker().answer.max_tokens == 17


def test_without_the_networks_for_turns_and_voices_over_ours_there_is_an_ear(monkeypatch):
    def find(made: Setups, name: str, kind: str) -> str:
        if name in {"roomtone-near", "smart-turn"}:
            raise OwnerError("it is missing")
        return f"{name}.onnx"

    monkeypatch.setattr(Setups, "_find", find)
    files = setups().ear().files
    assert (files.near, files.turn, files.vad) == ("", "", "silero-vad.onnx")


def test_a_missing_model_is_told_when_its_part_starts(tmp_path):
    models = ModelSettings(voice=str(tmp_path / "voice.onnx"))
    with pytest.raises(OwnerError, match=r"voice\.onnx"):
        setups(config=Config(models=models)).voice()
