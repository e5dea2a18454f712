"""The provider's key: from a file, from the service manager, or from the environment."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

from roomtone.respond.failure import ProviderError

CREDENTIAL = "cloud-key"
"""Name in $CREDENTIALS_DIRECTORY (systemd.exec(5)), which belongs to the service alone."""

VARIABLE = "OPENAI_API_KEY"

NONE = "none"
"""Sent to a server in the house, which asks for no key but for the header."""

LONGEST = 4096
"""Characters of a key."""


def find(key_file: str, env: Mapping[str, str], *, local: bool) -> str:
    """The key for the provider. Raises ProviderError saying how to give one, never the key.

    A `local` server gets the key of `key_file` or none: the others are meant for somebody else.
    """
    if key_file:
        return _plain(_of_file(Path(key_file).expanduser()), key_file)
    if local:
        return NONE
    handed = Path(env.get("CREDENTIALS_DIRECTORY", "/nonexistent")) / CREDENTIAL
    if handed.is_file():
        return _plain(_read(handed), f"the credential {CREDENTIAL}")
    if given := env.get(VARIABLE):
        return _plain(given, f"${VARIABLE}")
    raise ProviderError(
        "no_key", f"give the credential {CREDENTIAL}, [cloud] key_file, or ${VARIABLE}"
    )


def _of_file(path: Path) -> str:
    try:
        mode = path.stat().st_mode
    except OSError as problem:
        raise ProviderError(
            "no_key", f"{path} cannot be read ({problem.strerror}); correct [cloud] key_file"
        ) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ProviderError("no_key", f"others may read {path}: chmod 600 {path}")
    return _read(path)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST + 1).decode("ascii", "replace")
    except OSError as problem:
        raise ProviderError("no_key", f"{path} cannot be read ({problem.strerror})") from None


def _plain(text: str, where: str) -> str:
    """The key without the line end around it; anything else in it would break the header."""
    key = text.strip()
    if not key or len(key) > LONGEST or not key.isascii() or not key.isprintable() or " " in key:
        raise ProviderError("no_key", f"what stands in {where} is no key")
    return key
