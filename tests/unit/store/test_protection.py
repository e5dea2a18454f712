"""The words about the key promise what is true and say what is not."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from roomtone.store import protection

HOST = "5a1c6a86df9d4096b1d5a65e0862f19a"
TPM = "0c7cc07b117645919c4b0bea08bc20fe"
BOTH = "93a894094874449090caf2fc93cab553"


def sealed(folder: Path, start: str) -> Path:
    path = folder / "database-key"
    path.write_text(base64.b64encode(bytes.fromhex(start) + bytes(60)).decode()[:69] + "\n")
    return path


@pytest.mark.parametrize(
    ("start", "kind"),
    [(HOST, "host"), (TPM, "sealed"), (BOTH, "sealed"), ("00" * 16, "credential")],
)
def test_a_credential_says_by_what_it_was_sealed(tmp_path: Path, start: str, kind: str) -> None:
    assert protection.sealed_by(sealed(tmp_path, start)) == kind


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"no base64!"])
def test_what_cannot_be_known_is_not_claimed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "database-key").write_bytes(content)
    assert protection.sealed_by(tmp_path / "database-key") == "credential"
    assert protection.sealed_by(tmp_path / "nowhere") == "credential"


def test_a_key_beside_the_database_is_no_protection_of_a_stolen_card() -> None:
    for kind in ("file", "host"):
        assert "takes the" in protection.told(kind).not_against
        assert "can read all of it" in protection.told(kind).not_against
        assert "stolen" not in protection.told(kind).against


def test_each_says_against_what_in_one_sentence() -> None:
    for kind in ("file", "passphrase", "credential", "host", "sealed"):
        told = protection.told(kind)
        for words in (told.against, told.not_against):
            assert words.endswith(".")
            assert words.count(". ") == 0
