"""Root at work in somebody else's folder: what it makes there is theirs, or they are locked out."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from roomtone.base.error import OwnerError

PROGRAM = (os.__file__, __file__)
"""Files that stand for all of the program."""


@contextlib.contextmanager
def acting_for(folder: Path) -> Iterator[None]:
    """As root, be the user who owns `folder` meanwhile, in all threads; else change nothing.

    A folder that is not there belongs to nobody. Raises OwnerError when it is closed to this user,
    or this program to its owner: what is imported meanwhile would fail.
    """
    try:
        user, group = folder.stat().st_uid, folder.stat().st_gid
        folder.joinpath("any").exists()
    except FileNotFoundError:
        user = group = 0
    except PermissionError:
        raise OwnerError(f"{folder} belongs to another user: use `sudo roomtone ...`") from None
    if os.geteuid() != 0 or user == 0:
        yield
        return
    before = os.getegid()
    os.setegid(group)
    os.seteuid(user)
    try:
        if not all(os.access(file, os.R_OK, effective_ids=True) for file in PROGRAM):
            raise OwnerError(
                f"{folder} belongs to another user, who cannot run this Roomtone; ask with theirs"
            )
        yield
    finally:
        os.seteuid(0)
        os.setegid(before)


def hand_over(file: Path) -> None:
    """As root, give `file` to the owner of its folder. Raises OSError."""
    if os.geteuid() == 0:
        owner = file.parent.stat()
        os.chown(file, owner.st_uid, owner.st_gid)
