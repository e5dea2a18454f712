"""The text of a key file: the key of the database itself, or that key wrapped by a secret."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import hmac
import secrets
import unicodedata
from typing import Literal

import msgspec

SIZE = 32
"""Bytes of a ChaCha20 key."""

COST = 2**15
"""N of scrypt; with r = 8 and p = 1 it takes 32 MiB, as RFC 7914 counts."""

MEMORY = 64 * 1024 * 1024
"""Bytes that scrypt may take; its tables and what OpenSSL wants beside them."""

By = Literal["passphrase", "credential"]


class Wrapped(msgspec.Struct, frozen=True, kw_only=True):
    """A key that only its secret opens: scrypt (RFC 7914), then AES key wrap (RFC 3394)."""

    by: By
    """Which secret."""
    salt: str
    """16 random bytes in hexadecimal digits."""
    wrapped: str
    """40 bytes in hexadecimal digits."""
    check: str
    """The start of the SHA-256 of the rest: a damaged file is no wrong passphrase."""


class BrokenKeyError(Exception):
    """The text is no key: damaged, or cut off."""


def plain(key: bytes) -> str:
    """The text of a key file that opens by itself."""
    return key.hex() + "\n"


def wrap(key: bytes, by: By, secret: bytes, salt: str = "") -> str:
    """The text of a key file that `secret` opens; `salt` as of another file, or a new one."""
    from cryptography.hazmat.primitives import keywrap

    salt = salt or secrets.token_hex(16)
    wrapped = keywrap.aes_key_wrap(_stretched(secret, salt), key).hex()
    made = Wrapped(by=by, salt=salt, wrapped=wrapped, check=_check(by, salt, wrapped))
    return msgspec.json.encode(made).decode() + "\n"


def read(text: str) -> bytes | Wrapped:
    """The key in the text of a key file, or what has to be unwrapped. Raises BrokenKeyError."""
    with contextlib.suppress(ValueError):
        if len(key := bytes.fromhex(text.strip())) == SIZE:
            return key
    try:
        found = msgspec.json.decode(text, type=Wrapped)
    except msgspec.DecodeError:
        raise BrokenKeyError from None
    if not hmac.compare_digest(
        found.check.encode(), _check(found.by, found.salt, found.wrapped).encode()
    ):
        raise BrokenKeyError
    return found


def unwrap(found: Wrapped, secret: bytes) -> bytes | None:
    """The key; None when `secret` is not the one it was wrapped with."""
    from cryptography.hazmat.primitives import keywrap

    try:
        return keywrap.aes_key_unwrap(_stretched(secret, found.salt), bytes.fromhex(found.wrapped))
    except keywrap.InvalidUnwrap:
        return None


def typed(passphrase: str) -> bytes:
    """A passphrase as bytes, the same from every keyboard."""
    return unicodedata.normalize("NFC", passphrase.strip()).encode()


@functools.lru_cache(maxsize=4)
def _stretched(secret: bytes, salt: str) -> bytes:
    return hashlib.scrypt(
        secret, salt=bytes.fromhex(salt), n=COST, r=8, p=1, maxmem=MEMORY, dklen=32
    )


def _check(by: str, salt: str, wrapped: str) -> str:
    return hashlib.sha256(f"{by} {salt} {wrapped}".encode()).hexdigest()[:16]
