"""A model is found where it lies, and only when it is what was listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.shelf import file, listing, shelf
from roomtone.base.error import OwnerError
from roomtone.system import paths
from roomtone.system.manifest import Kind
from roomtone.system.weights import LOCK, Locked, Weights, installed

VOICE = b"a voice"
CONFIG = b"{}"


def one_voice(folder: Path) -> Weights:
    files = (
        file("v.onnx", "https://h/v.onnx", VOICE),
        file("v.onnx.json", "https://h/v.onnx.json", CONFIG),
    )
    return shelf(folder, listing("voice", "voice", *files, entry="v.onnx"))


def pulled(weights: Weights, name: str, content: bytes, model: str = "voice") -> Path:
    path = weights.folder / model / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_pulled_model_is_found_by_its_entry(tmp_path: Path) -> None:
    weights = one_voice(tmp_path)
    path = pulled(weights, "v.onnx", VOICE)
    pulled(weights, "v.onnx.json", CONFIG)
    assert weights.find("voice", "voice") == path


def test_a_folder_that_is_closed_to_us_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    weights = one_voice(tmp_path)
    monkeypatch.setattr(Path, "is_file", closed)
    with pytest.raises(OwnerError, match="may not be read by this user"):
        weights.find("voice", "voice")


def test_a_shipped_model_is_used_where_it_lies(tmp_path: Path) -> None:
    content = file("model.bin", "repo:models/starter/model.bin", b"m")
    weights = shelf(tmp_path, listing("starter", "speech", content))
    (tmp_path / "models/starter").mkdir()
    (tmp_path / "models/starter/model.bin").write_bytes(b"m")
    assert weights.find("starter", "speech") == tmp_path / "models/starter"


def test_what_an_appliance_ships_besides_is_used_when_its_size_is_right(tmp_path: Path) -> None:
    weights = one_voice(tmp_path)
    beside = tmp_path / "models/voice"
    beside.mkdir()
    (beside / "v.onnx").write_bytes(VOICE)
    (beside / "v.onnx.json").write_bytes(b"{ }")
    voice = weights.model("voice")
    assert [weights.place(voice, one) for one in voice.files] == [beside / "v.onnx", None]


def test_a_file_of_an_installed_package_is_used_when_it_is_the_same() -> None:
    listed = Weights(paths.shipped() / "manifest.toml", Path("/nowhere"))
    model = listed.model("silero-vad")
    found = installed(model.files[0])
    assert found is not None
    assert listed.find("silero-vad", "vad") == found


def test_a_missing_model_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="run `roomtone models pull voice`"):
        one_voice(tmp_path).find("voice", "voice")


def test_a_shipped_model_that_is_gone_and_has_no_like_is_to_be_fetched_again(
    tmp_path: Path,
) -> None:
    content = file("near.onnx", "repo:models/near.onnx", b"n")
    with pytest.raises(OwnerError, match=r"fetch it again$"):
        shelf(tmp_path, listing("near", "near", content)).find("near", "near")


def test_half_a_model_is_missing(tmp_path: Path) -> None:
    weights = one_voice(tmp_path)
    pulled(weights, "v.onnx", VOICE)
    with pytest.raises(OwnerError, match="models pull voice"):
        weights.find("voice", "voice")


def test_a_file_of_another_size_is_not_loaded(tmp_path: Path) -> None:
    weights = one_voice(tmp_path)
    pulled(weights, "v.onnx", VOICE + b"!")
    pulled(weights, "v.onnx.json", CONFIG)
    with pytest.raises(OwnerError, match="models pull voice"):
        weights.find("voice", "voice")


def test_a_file_that_no_pull_vouched_for_is_not_loaded(tmp_path: Path) -> None:
    unseen = file("v.onnx", "https://h/v.onnx", VOICE, hashed=False)
    weights = shelf(tmp_path, listing("voice", "voice", unseen, entry="v.onnx"))
    pulled(weights, "v.onnx", VOICE)
    with pytest.raises(OwnerError, match="models pull voice"):
        weights.find("voice", "voice")
    assert [found.state for found in weights.verify()] == ["unlisted"]


def test_a_lost_starter_model_names_another(tmp_path: Path) -> None:
    starter = file("l.gguf", "repo:models/l.gguf", b"x")
    real = file("q.gguf", "https://h/q.gguf", b"x", hashed=False)
    weights = shelf(
        tmp_path,
        listing("starter", "language", starter, entry="l.gguf"),
        listing("real", "language", real, entry="q.gguf"),
    )
    with pytest.raises(OwnerError, match="models pull real` and set"):
        weights.find("starter", "language")


def test_an_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="no model is called vioce; there are voice"):
        one_voice(tmp_path).find("vioce", "voice")


def test_a_voice_is_not_taken_for_ears(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="is a voice model, not a speech model"):
        one_voice(tmp_path).find("voice", "speech")


def test_the_owners_own_models_are_taken_by_path(tmp_path: Path) -> None:
    weights = one_voice(tmp_path)
    speech = tmp_path / "mine"
    speech.mkdir()
    (speech / "model.bin").write_bytes(b"")
    voice = tmp_path / "mine.onnx"
    voice.write_bytes(b"")
    (tmp_path / "mine.onnx.json").write_bytes(b"")
    assert weights.find(str(speech), "speech") == speech
    assert weights.find(str(voice), "voice") == voice


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("nothing.gguf", "language", "does not exist"),
        ("model.pt", "language", r"must end in \.gguf"),
        ("model.pkl", "wake", r"must end in \.onnx"),
        ("alone.onnx", "voice", "must lie beside it"),
        ("folder", "speech", r"holds no model\.bin"),
    ],
)
def test_what_is_no_model_is_told(tmp_path: Path, name: str, kind: Kind, reason: str) -> None:
    for made in ("model.pt", "model.pkl", "alone.onnx"):
        (tmp_path / made).write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OwnerError, match=reason):
        one_voice(tmp_path).find(str(tmp_path / name), kind)


def test_verify_finds_the_flipped_bit_that_find_does_not_see(tmp_path: Path) -> None:
    weights = one_voice(tmp_path)
    pulled(weights, "v.onnx", b"b voice")
    pulled(weights, "v.onnx.json", CONFIG)
    states = {found.file: (found.state, found.good) for found in weights.verify()}
    assert states == {"v.onnx": ("changed", False), "v.onnx.json": ("pulled", True)}


def test_verify_of_a_name_tells_what_is_missing(tmp_path: Path) -> None:
    weights = one_voice(tmp_path)
    assert weights.verify() == []
    assert {found.state for found in weights.verify(["voice"])} == {"missing"}


def test_a_broken_lock_is_told(tmp_path: Path) -> None:
    weights = one_voice(tmp_path)
    weights.folder.mkdir()
    (weights.folder / LOCK).write_text("{")
    with pytest.raises(OwnerError, match="delete it and pull"):
        weights.locked()


def test_without_a_lock_nothing_is_locked(tmp_path: Path) -> None:
    assert one_voice(tmp_path).locked() == dict[str, Locked]()
