"""A deletion that leaves anything is found: in the file, its log, a copy, or the index."""

from __future__ import annotations

import pytest

from roomtone.app.prove import deletion
from roomtone.app.prove.deletion import ORDERS, found, judged

WORD = "qjzxwvkkbqpxzjwqvxkzqjwb"


@pytest.mark.parametrize("order", ORDERS)
def test_every_way_to_delete_leaves_nothing(order, tmp_path):
    trial = deletion._plain(tmp_path, order, ORDERS[order])
    assert trial.verdict == "holds", trial


def test_a_deletion_of_rows_alone_is_caught(tmp_path):
    def careless(database, _said):
        database.write("PRAGMA secure_delete=OFF")
        database.write("DELETE FROM turns")
        return 1

    trial = deletion._plain(tmp_path, "all", careless)
    assert trial.verdict == "broken"
    assert "roomtone.db" in trial.said


@pytest.mark.parametrize(
    "data",
    [
        WORD.encode(),
        WORD.upper().encode(),
        WORD[9:17].encode(),
        WORD.encode("utf-16-le"),
        b"\0\1" + WORD[:6].encode() + b"\xff",
    ],
)
def test_pieces_of_the_word_are_found_in_any_file(data, tmp_path):
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / "copy").write_bytes(bytes(100) + data)
    assert found(tmp_path, WORD) == ["copy"]


def test_fewer_letters_are_an_accident(tmp_path):
    (tmp_path / "db").write_bytes(WORD[:5].encode())
    assert found(tmp_path, WORD) == []


def test_the_verdict_wants_to_have_seen_it_before():
    assert judged("all", ["db"], [], 1).verdict == "holds"
    assert judged("all", ["db"], ["db-wal"], 1).verdict == "broken"
    assert judged("all", ["db"], [], 0).verdict == "broken"
    assert judged("all", [], [], 1).verdict == "not tried"
