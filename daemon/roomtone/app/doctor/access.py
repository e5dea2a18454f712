"""Who may do what: groups, the folder of what is kept, the key, the control socket."""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import stat
from collections.abc import Iterator
from pathlib import Path

from roomtone.app.doctor.finding import Finding, bad, ok, skipped, warn
from roomtone.system.health import ROOT
from roomtone.system.paths import Paths


def check(where: Paths, root: Path = ROOT) -> Iterator[Finding]:
    """All of them, for the user who asks."""
    yield _sound_group(root)
    yield _closed("state", where.state, 0o700)
    yield _key(where, root)
    yield _door(where)


def _sound_group(root: Path) -> Finding:
    name = "groups"
    device = next((root / "dev/snd").glob("pcm*"), None)
    if device is None:
        return skipped(name, "the system has no sound device of its own (/dev/snd)")
    if os.access(device, os.R_OK | os.W_OK):
        return ok(name, "you may open the sound devices")
    with contextlib.suppress(KeyError):
        return warn(
            name,
            "you may not open the sound devices; the service may, as the user roomtone",
            f"`sudo adduser {pwd.getpwuid(os.getuid()).pw_name} "
            f"{grp.getgrgid(device.stat().st_gid).gr_name}`, then log in again",
        )
    return bad(name, "the sound devices belong to a group without a name", "`ls -l /dev/snd`")


def _key(where: Paths, root: Path) -> Finding:
    """The key of the database: a file, or sealed to this machine as a credential."""
    with contextlib.suppress(PermissionError):
        if where.database.exists() and not where.key.exists():
            if any((root / "etc").glob("credstore*/database-key")):
                return ok("key", "sealed to this machine, as a credential of the service")
            advice = f"put {where.key} back from a backup, or move {where.database} away"
            return bad("key", f"{where.key} is missing, and the database needs it", advice)
    return _closed("key", where.key, 0o600)


def _closed(name: str, path: Path, mode: int) -> Finding:
    """What is kept is for its owner alone."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return ok(name, f"{path} is not there yet; the first start makes it")
    except PermissionError:
        return ok(name, f"{path} is closed to you, as it should be to anybody but its owner")
    held = stat.S_IMODE(found.st_mode)
    if held & 0o077:
        said = f"others may read {path} (mode {held:04o})"
        return bad(name, said, f"`sudo chmod {mode:04o} {path}`", f"{held:04o}")
    if found.st_uid != os.getuid() and os.getuid():
        owner = _owner(found.st_uid)
        return warn(name, f"{path} belongs to {owner}", f"`sudo -u {owner} roomtone doctor`")
    return ok(name, f"{path} is its owner's alone", f"{held:04o}")


def _door(where: Paths) -> Finding:
    """The control socket: it opens for its owner, and for the group that was let in."""
    for path in where.sockets:
        try:
            found = path.stat()
        except PermissionError:
            said = f"{path} is closed to you"
            return warn("socket", said, "`sudo adduser $USER roomtone`, then log in again")
        except OSError:
            continue
        held = stat.S_IMODE(found.st_mode)
        if held & 0o007:
            said = f"anybody may ask at {path} (mode {held:04o})"
            return bad("socket", said, "`sudo systemctl restart roomtone`", f"{held:04o}")
        return ok("socket", str(path), f"{held:04o}")
    return skipped("socket", "there is none, for no daemon runs", "`roomtone run`")


def _owner(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"
