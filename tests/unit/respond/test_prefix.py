from __future__ import annotations

import os
from pathlib import Path

from roomtone.respond.prefix import KEPT, LARGEST, Prefixes, named


def test_what_is_kept_is_found_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    kept = Prefixes(str(tmp_path / "prefixes"))
    kept.keep("a", b"state")
    assert Prefixes(str(tmp_path / "prefixes")).find("a") == b"state"
    assert (tmp_path / "prefixes").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "prefixes" / "a").stat().st_mode & 0o777 == 0o600


def test_a_damaged_one_is_removed(tmp_path: Path) -> None:
    kept = Prefixes(str(tmp_path))
    kept.keep("a", b"state" * 100)
    for damage in (lambda raw: raw[:-1], lambda raw: raw[:40] + b"!" + raw[41:], lambda raw: b""):
        kept.keep("a", b"state" * 100)
        file = tmp_path / "a"
        file.write_bytes(damage(file.read_bytes()))
        assert kept.find("a") is None
        assert not file.exists()


def test_few_are_kept_and_none_that_is_too_large(tmp_path: Path) -> None:
    kept = Prefixes(str(tmp_path))
    for number in range(5):
        kept.keep(str(number), b"state")
        os.utime(tmp_path / str(number), (number, number))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["3", "4"][-KEPT:]
    kept.keep("large", bytes(LARGEST + 1))
    assert kept.find("large") is None


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    kept = Prefixes(str(tmp_path / "file"))
    kept.keep("a", b"state")
    assert kept.find("a") is None
    assert Prefixes("").find("a") is None


def test_another_model_context_or_text_has_another_name(tmp_path: Path) -> None:
    model, other = tmp_path / "model.gguf", tmp_path / "other.gguf"
    model.write_bytes(bytes(5_000_000))
    other.write_bytes(bytes(4_999_999) + b"1")
    names = {
        named(model, [1, 2], 2048, "1"),
        named(other, [1, 2], 2048, "1"),
        named(model, [1, 3], 2048, "1"),
        named(model, [1, 2], 1024, "1"),
        named(model, [1, 2], 2048, "2"),
    }
    assert len(names) == 5
