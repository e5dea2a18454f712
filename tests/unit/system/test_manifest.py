"""The list of models is whole, honest and leads nowhere else."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from roomtone.base.error import OwnerError
from roomtone.system import manifest, paths
from roomtone.system.manifest import File, Wheel

LISTED = manifest.load(paths.shipped() / "manifest.toml")
FILES = [(model, file) for model in LISTED.model for file in model.files]

MODEL = """
[[model]]
name = "m"
kind = "voice"
purpose = "p"
licence = "l"
files = [{ path = "PATH", size = 1, sha256 = "SHA", sources = ["SOURCE"] }]
"""


def written(folder: Path, path: str = "a.onnx", sha: str = "", source: str = "https://x/a") -> Path:
    file = folder / "manifest.toml"
    file.write_text(MODEL.replace("PATH", path).replace("SHA", sha).replace("SOURCE", source))
    return file


def test_no_name_is_listed_twice() -> None:
    assert len(LISTED.by_name) == len(LISTED.model)


def test_every_model_has_its_entry_among_its_files() -> None:
    for model in LISTED.model:
        assert not model.entry or model.entry in [file.path for file in model.files]


def test_every_file_from_the_web_is_pinned_to_a_revision() -> None:
    for _model, file in FILES:
        for url in file.urls:
            revision = url.split("/resolve/")[1].split("/")[0]
            assert len(revision) == 40


def test_every_file_that_was_at_hand_has_its_hash() -> None:
    for model, file in FILES:
        at_hand = not file.urls and model.name != "starter-language"
        assert bool(file.sha256) == at_hand or file.shipped, file


def test_shipped_files_are_what_the_list_says() -> None:
    for _model, file in FILES:
        path = paths.shipped() / file.shipped
        if file.shipped and path.is_file():
            data = path.read_bytes()
            assert (len(data), hashlib.sha256(data).hexdigest()) == (file.size, file.sha256), path


def test_the_recommended_set_speaks_hears_and_answers() -> None:
    kinds = [model.kind for model in LISTED.model if model.recommended]
    assert sorted(kinds) == ["language", "speech", "voice"]


def test_the_needed_set_hears_a_wake_word_and_its_end() -> None:
    kinds = {model.kind for model in LISTED.model if model.needed}
    assert kinds == {"features", "wake", "vad", "turn", "near"}


def test_names_are_told_by_kind() -> None:
    assert LISTED.names("wake")[0] == "hey_jarvis"
    assert set(LISTED.names("wake")) < set(LISTED.names())


def test_sources_are_read_apart() -> None:
    sources = ("pypi:some-thing==1.2!some/a.onnx", "https://host/a", "repo:models/s/a")
    file = File(path="a", size=1, sources=sources)
    assert file.wheel == Wheel("some-thing", "1.2", "some/a.onnx")
    assert file.urls == ("https://host/a",)
    assert file.shipped == "s/a"


@pytest.mark.parametrize(
    "source",
    ["http://example.org/a", "ftp://x/a", "file:///etc/passwd", "repo:../a", "repo:models/../../a"],
)
def test_a_source_that_is_not_safe_is_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(OwnerError, match="no source"):
        manifest.load(written(tmp_path, source=source))


@pytest.mark.parametrize("path", ["../a", "/etc/a", "a/../../b"])
def test_a_path_that_leads_out_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(OwnerError, match="leads out"):
        manifest.load(written(tmp_path, path=path))


def test_a_hash_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="64 hex digits"):
        manifest.load(written(tmp_path, sha="abc"))


def test_a_broken_or_missing_list_is_told(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="is missing"):
        manifest.load(tmp_path / "manifest.toml")
    (tmp_path / "manifest.toml").write_text("[[model]]\nname = 3")
    with pytest.raises(OwnerError, match="cannot be read"):
        manifest.load(tmp_path / "manifest.toml")
