"""What keeps a thief from reading the memory, in plain words that promise no more than is true."""

from __future__ import annotations

import base64
import binascii
import contextlib
from pathlib import Path
from typing import Literal

import msgspec

Kind = Literal["file", "passphrase", "credential", "host", "sealed"]

SEALED = Path("/etc/credstore.encrypted/database-key")
"""Where systemd finds the credential that `roomtone.service` asks for."""


class Protection(msgspec.Struct, frozen=True, kw_only=True):
    """How the key of the memory is kept."""

    kind: Kind
    """The key lies in a file, or is opened by a passphrase, or by a credential of systemd: one that
    is tied to the machine's own key (host), to its TPM (sealed), or to what cannot be known."""
    against: str
    """What it protects against, one sentence."""
    not_against: str
    """What it does not protect against, one sentence."""


_WORDS: dict[Kind, tuple[str, str]] = {
    "file": (
        "A copy of the database alone cannot be read.",
        "Whoever takes the card or the disk can read all of it, as the key lies beside the "
        "database.",
    ),
    "passphrase": (
        "A machine or card that is stolen while it is switched off cannot be read.",
        "It does not protect a machine that is running and unlocked, and the passphrase must be "
        "typed after each start.",
    ),
    "credential": (
        "A copy of the database and its folder cannot be read.",
        "Whether it protects a stolen card cannot be known from here: it does when the credential "
        "is sealed to a TPM, it does not when the machine's own key lies on the same card.",
    ),
    "host": (
        "A copy of the database cannot be read, nor a copied disk that lacks "
        "/var/lib/systemd/credential.secret.",
        "Whoever takes the whole card or disk can read all of it, as the machine's own key lies "
        "on it too.",
    ),
    "sealed": (
        "A card or disk that is stolen without the machine cannot be read.",
        "It does not protect against somebody with root on the running machine, nor against one "
        "who takes the whole machine and can start it.",
    ),
}

_HOST = {"5a1c6a86df9d4096b1d5a65e0862f19a", "55b9ed1d38594d43a8319d2ebb332ac6"}
_TPM = {
    "0c7cc07b117645919c4b0bea08bc20fe",
    "faf7eb9341e3412ca1a436f95a29362f",
    "93a8940948744490 90caf2fc93cab553".replace(" ", ""),
    "ef4ac13679a9480ea7db68897f9f165d",
    "af4950a849134eb1a73846304ff30c05",
}
"""First 16 bytes of an encrypted credential: how it was sealed (systemd, creds-util.h)."""


def told(kind: Kind) -> Protection:
    """The protection of this kind, in words."""
    against, not_against = _WORDS[kind]
    return Protection(kind=kind, against=against, not_against=not_against)


def sealed_by(credential: Path = SEALED) -> Kind:
    """How the encrypted credential was sealed; `credential` when that cannot be known."""
    with contextlib.suppress(OSError, ValueError, binascii.Error):
        with credential.open("rb") as file:
            start = base64.b64decode(b"".join(file.read(64).split())[:24])[:16].hex()
        if start in _HOST:
            return "host"
        if start in _TPM:
            return "sealed"
    return "credential"
