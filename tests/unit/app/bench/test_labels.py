"""Where the word ends in a recording, as its owner wrote it down."""

from __future__ import annotations

from pathlib import Path

import pytest

from roomtone.app.bench.labels import ends_of
from roomtone.base.error import OwnerError

FILES = [Path("a/one.wav"), Path("b/one.wav"), Path("b/two.wav")]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "table"


def test_a_table_names_files_or_folders_and_files(table: Path) -> None:
    table.write_text("file,end\na/one.wav,1.5\n\nb/one.wav, 2\n")
    assert ends_of(FILES, table) == {FILES[0]: 1.5, FILES[1]: 2.0}
    table.write_text('{"one.wav": 0.5, "b/two.wav": 1}')
    assert ends_of(FILES, table) == {FILES[0]: 0.5, FILES[1]: 0.5, FILES[2]: 1.0}


@pytest.mark.parametrize(
    ("text", "end"), [("1.25\n", 1.25), ("0.5\t1.75\talexa\n2\t3\tx\n", 1.75), ("0 0.5", 0.5)]
)
def test_a_note_lies_beside_its_sound(tmp_path: Path, text: str, end: float) -> None:
    sound = tmp_path / "word.flac"
    (tmp_path / "word.txt").write_text(text)
    assert ends_of([sound, tmp_path / "other.flac"], None) == {sound: end}


def test_the_table_counts_for_more_than_the_note(tmp_path: Path, table: Path) -> None:
    (tmp_path / "word.txt").write_text("1")
    table.write_text("word.wav,2")
    assert ends_of([tmp_path / "word.wav"], table) == {tmp_path / "word.wav": 2.0}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("one.wav,soon", "no end in seconds"),
        ("one.wav", "no end in seconds"),
        ("one.wav,-1", "no end in seconds"),
        ("one.wav,nan", "no end in seconds"),
        ('{"one.wav": true}', "no end in seconds"),
        ('{"one.wav": 1', "no JSON"),
        ("three.wav,1", "none of the recordings is called 'three.wav'"),
        ("", "no label is in it"),
    ],
)
def test_a_table_that_makes_no_sense_is_told_with_what_to_do(
    table: Path, text: str, says: str
) -> None:
    table.write_text(text)
    with pytest.raises(OwnerError, match=says):
        ends_of(FILES, table)


def test_a_table_that_cannot_be_read_is_told(table: Path) -> None:
    with pytest.raises(OwnerError, match="cannot be read"):
        ends_of(FILES, table)
    table.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OwnerError, match="this is no text"):
        ends_of(FILES, table)


@pytest.mark.parametrize("text", ["", "alexa", "2 1 alexa", "0"])
def test_a_note_that_makes_no_sense_is_told_with_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / "word.txt").write_text(text)
    with pytest.raises(OwnerError, match="its first line has to be"):
        ends_of([tmp_path / "word.wav"], None)
