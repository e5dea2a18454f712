"""What can be said without a voice: where sentences are cut, and the advice to the owner."""

from __future__ import annotations

from pathlib import Path

import pytest

from roomtone.base.error import OwnerError
from roomtone.speak.piper import LONG, SHORTEST_CLAUSE, Piper, clauses
from roomtone.speak.settings import VoiceSettings


def test_a_short_sentence_stays_whole() -> None:
    sentence = list("wel, jEs, its ten oh faiv.")
    assert clauses(sentence) == [sentence]


def test_a_long_sentence_is_cut_behind_its_commas() -> None:
    sentence = list("a" * 30 + "," + "b" * 30 + ";" + "c" * 30 + ".")
    cut = clauses(sentence)
    assert ["".join(part) for part in cut] == ["a" * 30 + ",", "b" * 30 + ";", "c" * 30 + "."]


def test_no_clause_is_too_short_to_have_a_rhythm() -> None:
    sentence = list("a," + "b" * LONG + ",c,d.")
    assert clauses(sentence) == [sentence]


def test_nothing_is_lost_and_nothing_made_up() -> None:
    sentence = list(("aaaa, bbbbbbbbbbbbbbbbbbbb; cc: ddddddddddddd, " * 7).strip())
    cut = clauses(sentence)
    assert [phoneme for part in cut for phoneme in part] == sentence
    assert all(len(part) >= SHORTEST_CLAUSE for part in cut)


def test_no_phonemes_make_no_clause() -> None:
    assert clauses([]) == []


def test_a_missing_voice_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OwnerError) as told:
        Piper(str(tmp_path / "amy.onnx"), VoiceSettings())
    assert str(tmp_path / "amy.onnx") in str(told.value)
    assert "roomtone models pull" in str(told.value)


def test_a_folder_with_two_voices_is_not_guessed_at(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.onnx").touch()
    with pytest.raises(OwnerError, match="holds 2 voices instead of one"):
        Piper(str(tmp_path), VoiceSettings())


def test_a_voice_without_its_description_is_named(tmp_path: Path) -> None:
    (tmp_path / "amy.onnx").touch()
    with pytest.raises(OwnerError, match=r"no readable \.json"):
        Piper(str(tmp_path / "amy.onnx"), VoiceSettings())
