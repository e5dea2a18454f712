"""A pull fetches what is missing, checks it, and changes nothing when something is wrong."""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.hub import COMMIT, Hub, hub
from fakes.shelf import file, listing, shelf
from roomtone.base.error import OwnerError
from roomtone.system import pull
from roomtone.system.manifest import File, Model
from roomtone.system.weights import LOCK, Weights

MODEL = b"weights " * 50_000
CONFIG = b'{"sample_rate": 22050}'


@pytest.fixture
def here() -> Iterator[Hub]:
    with hub() as held:
        held.files = {"v.onnx": MODEL, "v.onnx.json": CONFIG}
        yield held


def voice(here: Hub, folder: Path, *, hashed: bool = False, more: str = "") -> Weights:
    files = (
        file("v.onnx", here.url("v.onnx"), MODEL, hashed=hashed),
        file("v.onnx.json", here.url("v.onnx.json"), CONFIG, hashed=hashed),
    )
    return shelf(folder, listing("voice", "voice", *files, entry="v.onnx", more=more))


def no_nap(_seconds: float) -> None:
    pass


def test_a_pulled_model_is_found_and_only_it_is_there(here: Hub, tmp_path: Path) -> None:
    weights = voice(here, tmp_path)
    (done,) = pull.pull(weights, ["voice"])
    assert (done.model, done.fresh, done.bytes) == ("voice", True, len(MODEL) + len(CONFIG))
    assert weights.find("voice", "voice").read_bytes() == MODEL
    names = sorted(p.name for p in weights.folder.rglob("*") if not p.name.startswith("."))
    assert names == [LOCK, "v.onnx", "v.onnx.json", "voice"]


def test_the_second_pull_fetches_nothing(here: Hub, tmp_path: Path) -> None:
    weights = voice(here, tmp_path)
    pull.pull(weights, ["voice"])
    here.asked.clear()
    (done,) = pull.pull(weights, ["voice"])
    assert (done.fresh, here.asked) == (False, [])


def test_the_first_pull_writes_down_hash_source_and_revision(here: Hub, tmp_path: Path) -> None:
    weights = voice(here, tmp_path)
    pull.pull(weights, ["voice"])
    lock = json.loads((weights.folder / LOCK).read_text())
    assert lock["voice/v.onnx"] == {
        "sha256": hashlib.sha256(MODEL).hexdigest(),
        "size": len(MODEL),
        "source": here.url("v.onnx"),
        "commit": COMMIT,
    }


def test_every_later_pull_is_held_to_the_first(here: Hub, tmp_path: Path) -> None:
    weights = voice(here, tmp_path)
    pull.pull(weights, ["voice"])
    weights.target(*first(weights)).unlink()
    here.files["v.onnx"] = MODEL[::-1]
    with pytest.raises(OwnerError, match="wrong SHA-256"):
        pull.pull(weights, ["voice"])
    assert not weights.target(*first(weights)).exists()


def test_another_revision_in_the_list_is_another_file(here: Hub, tmp_path: Path) -> None:
    pull.pull(voice(here, tmp_path), ["voice"])
    here.commit = "b" * 40
    here.files["v.onnx"] = MODEL[::-1]
    weights = voice(here, tmp_path)
    with pytest.raises(OwnerError, match="models pull voice"):
        weights.find("voice", "voice")
    pull.pull(weights, ["voice"])
    assert weights.find("voice", "voice").read_bytes() == MODEL[::-1]


def test_listed_hashes_need_no_lock(here: Hub, tmp_path: Path) -> None:
    weights = voice(here, tmp_path, hashed=True)
    pull.pull(weights, ["voice"])
    assert not (weights.folder / LOCK).exists()


def test_a_changed_file_is_fetched_again(here: Hub, tmp_path: Path) -> None:
    weights = voice(here, tmp_path, hashed=True)
    pull.pull(weights, ["voice"])
    path = weights.target(*first(weights))
    path.write_bytes(MODEL[::-1])
    (done,) = pull.pull(weights, ["voice"])
    assert (done.bytes, path.read_bytes()) == (len(MODEL), MODEL)


def test_wrong_content_leaves_the_old_file_in_place(here: Hub, tmp_path: Path) -> None:
    weights = voice(here, tmp_path, hashed=True)
    old = weights.target(*first(weights))
    old.parent.mkdir(parents=True)
    old.write_bytes(b"an older version")
    here.files["v.onnx"] = b"something else"
    with pytest.raises(OwnerError, match="wrong SHA-256"):
        pull.pull(weights, ["voice"])
    assert old.read_bytes() == b"an older version"
    assert not list(weights.folder.rglob("*.part"))


def test_a_cut_pull_goes_on_with_the_next_command(here: Hub, tmp_path: Path) -> None:
    weights = voice(here, tmp_path)
    here.cuts = [100_000] + [0] * 9
    with pytest.raises(OwnerError, match="run the same again"):
        pull.pull(weights, ["voice"], sleep=no_nap)
    here.cuts = []
    here.asked.clear()
    pull.pull(weights, ["voice"])
    assert here.bodies()[0] == "bytes=100000-"
    assert weights.find("voice", "voice").read_bytes() == MODEL


def test_the_next_source_is_tried_when_one_fails(here: Hub, tmp_path: Path) -> None:
    both = file("v.onnx", "SOURCE", MODEL).replace(
        '"SOURCE"', f'"{here.address}/resolve/{COMMIT}/gone", "{here.url("v.onnx")}"'
    )
    weights = shelf(tmp_path, listing("voice", "voice", both, entry="v.onnx"))
    pull.pull(weights, ["voice"])
    assert weights.find("voice", "voice").read_bytes() == MODEL


def test_a_disk_too_small_is_told_before_anything_is_asked(here: Hub, tmp_path: Path) -> None:
    huge = file("v.onnx", here.url("v.onnx"), MODEL).replace(f"{len(MODEL)}", f"{1 << 60}")
    weights = shelf(tmp_path, listing("voice", "voice", huge, entry="v.onnx"))
    with pytest.raises(OwnerError, match=rf"{1 << 60} bytes are needed and \d+ are free"):
        pull.pull(weights, ["voice"])
    assert here.asked == []


def test_two_pulls_at_once_do_not_write_the_same_file(here: Hub, tmp_path: Path) -> None:
    weights = voice(here, tmp_path)
    weights.folder.mkdir()
    with (weights.folder / ".pull").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(OwnerError, match="another `roomtone models pull`"):
            pull.pull(weights, ["voice"])
    assert here.asked == []


def test_groups_are_named_by_what_they_are_for(here: Hub, tmp_path: Path) -> None:
    files = file("a", here.url("a"), b"a")
    weights = shelf(
        tmp_path,
        listing("base", "vad", files, entry="a", more="needed = true"),
        listing("good", "voice", files, entry="a", more="recommended = true"),
        listing("other", "voice", files, entry="a"),
    )
    for names, meant in (
        (["needed"], ["base"]),
        (["recommended"], ["base", "good"]),
        (["other", "needed", "base"], ["other", "base"]),
    ):
        assert [model.name for model in pull.chosen(weights, names)] == meant
    with pytest.raises(OwnerError, match="no model is called all"):
        pull.chosen(weights, ["all"])


def test_a_shipped_model_needs_no_pull(here: Hub, tmp_path: Path) -> None:
    weights = shelf(tmp_path, listing("s", "speech", file("m", "repo:models/m", b"m")))
    (tmp_path / "models/m").write_bytes(b"m")
    (done,) = pull.pull(weights, ["s"])
    assert (done.fresh, here.asked) == (False, [])


def test_a_shipped_model_that_is_gone_cannot_be_pulled(tmp_path: Path) -> None:
    weights = shelf(tmp_path, listing("s", "speech", file("m", "repo:models/m", b"m")))
    with pytest.raises(OwnerError, match="did not come with this copy"):
        pull.pull(weights, ["s"])


def test_progress_names_the_model_and_the_file(here: Hub, tmp_path: Path) -> None:
    told: list[tuple[str, str, int, int]] = []
    pull.pull(voice(here, tmp_path), ["voice"], lambda *step: told.append(step))
    assert told[-1] == ("voice", "v.onnx.json", len(CONFIG), len(CONFIG))
    assert ("voice", "v.onnx", len(MODEL), len(MODEL)) in told


def first(weights: Weights) -> tuple[Model, File]:
    model = weights.listed.model[0]
    return model, model.files[0]
