"""The key of the database: 32 random bytes, in a file of the state folder or behind a secret."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path

import apsw

from roomtone.base.error import OwnerError
from roomtone.store import connection, files, protection, rotation, snapshots, trouble, wrapping
from roomtone.store.protection import Protection
from roomtone.store.wrapping import SIZE, By, Wrapped

__all__ = ["SIZE", "Lock", "load"]


def load(path: Path, database: Path) -> bytes:
    """The key in `path`, as `Lock.open` finds it."""
    return Lock(database, path).open()


class Lock:
    """Opens the key of one database, and changes how it is kept."""

    def __init__(self, database: Path, given: Path) -> None:
        """`given` is the key file beside the database, or a credential of the service manager.

        A credential lies in another folder. It is the key itself, or it unwraps the key file
        `key` beside the database. A passphrase, once given, stays in memory.
        """
        handed = given.parent != database.parent and given.is_file()
        self.database = database
        self.file = database.with_name("key") if handed else given
        self._credential = given if handed else None
        self._passphrase: str | None = None

    @property
    def next(self) -> Path:
        """Where the key lies that takes the place of this one; see `rotation`."""
        return self.file.with_name(f"{self.file.name}.next")

    def unlock(self, passphrase: str) -> None:
        """Take a passphrase, if the key has one. Raises OwnerError when it does not open it."""
        found = self._found(self.file)
        if not isinstance(found, Wrapped) or found.by != "passphrase":
            return
        before, self._passphrase = self._passphrase, passphrase
        try:
            self._read(self.file)
        except OwnerError:
            self._passphrase = before
            raise

    def open(self, *, readonly: bool = False) -> bytes:
        """The key; made at the first start, while the database does not exist yet.

        Ends a change of the key that was cut off, unless `readonly`. Raises OwnerError: locked
        (kind "locked"), wrong passphrase, missing although there is a database, broken.
        """
        if not readonly:
            with contextlib.suppress(OSError):
                files.finish(self.file)
        key = self._now(readonly=readonly)
        if self.next.exists():
            return self._settled(key, readonly=readonly)
        if not readonly:
            with contextlib.suppress(OSError):
                rotation.clear(self.database)
        return key

    def protect(self, passphrase: str | None) -> None:
        """Keep the same key behind a passphrase, or as without one: credential, or plain file.

        The file is the old one or the new one at any moment. Raises OwnerError; also when the
        credential is the key itself, as no passphrase closes what that opens: give the database a
        new key first (`Database.rotate`).
        """
        key = self.open()
        if passphrase is not None and not wrapping.typed(passphrase):
            raise OwnerError("an empty passphrase protects nothing; give one of several words")
        if self.handed:
            if passphrase is None:
                return
            raise OwnerError(
                f"the credential {self._credential} opens the database by itself; erase everything "
                "once, which gives the database a new key, then set the passphrase"
            )
        before, self._passphrase = self._passphrase, passphrase
        try:
            self._keep(key, self._wanted())
        except OwnerError:
            self._passphrase = before
            raise

    def protection(self) -> Protection:
        """How the key is kept, in words."""
        try:
            found = wrapping.read(self.file.read_text("ascii"))
        except (OSError, UnicodeDecodeError, wrapping.BrokenKeyError):
            found = None
        if isinstance(found, Wrapped) and found.by == "passphrase":
            return protection.told("passphrase")
        if found is not None and not isinstance(found, Wrapped):
            return protection.told("file")
        if self._credential is not None or found is not None:
            return protection.told(protection.sealed_by())
        return protection.told("file")

    def prepare(self) -> bytes:
        """Lay a new key beside the old one, kept as that is. Raises OwnerError."""
        key = secrets.token_bytes(SIZE)
        try:
            files.write_new(self.next, self._text(key, self._wanted()))
            files.sync(self.next.parent)
        except OSError as problem:
            raise self._unwritten(problem) from problem
        return key

    def take_next(self) -> None:
        """Put the new key in the place of the old one, and overwrite that. Raises OSError."""
        files.replace(self.next, self.file)

    @property
    def handed(self) -> bool:
        """Whether the credential is the key itself."""
        if self._credential is None:
            return False
        if not self.file.exists():
            return True
        return not isinstance(self._found(self.file), Wrapped)

    def _now(self, *, readonly: bool) -> bytes:
        """The key as it lies there, or a first one."""
        if self.file.exists() and not self.handed:
            return self._read(self.file)
        if self._credential is not None:
            return self._from_credential(self._credential)
        if readonly and not _needed(self.database):
            raise OwnerError(f"nothing is kept yet: {self.database} does not exist")
        if _needed(self.database):
            raise OwnerError(
                f"the key {self.file} is missing, but {self.database} needs it: put the key back "
                "from a backup, or move the database away to start afresh",
                kind="database_bad",
            )
        return self._create()

    def _settled(self, key: bytes, *, readonly: bool) -> bytes:
        """Of the old key and the new one the one that opens the database; the other goes."""
        try:
            if connection.opens(self.database, key):
                if not readonly:
                    rotation.clear(self.database)
                    files.shred(self.next)
                return key
            with contextlib.suppress(OwnerError):
                if connection.opens(self.database, new := self._read(self.next)):
                    if not readonly:
                        rotation.clear(self.database)
                        self.take_next()
                    return new
        except (apsw.Error, OSError) as problem:
            raise OwnerError(
                trouble.advice(problem, self.database), kind=trouble.kind(problem, self.database)
            ) from problem
        return key

    def _found(self, path: Path) -> bytes | Wrapped:
        broken = OwnerError(
            f"the key {path} is broken; put it back from a backup", kind="database_bad"
        )
        try:
            text = path.read_text("ascii")
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                with contextlib.suppress(OSError):  # a credential of systemd cannot be changed
                    path.chmod(0o600)
            return wrapping.read(text)
        except wrapping.BrokenKeyError:
            raise broken from None
        except (OSError, UnicodeDecodeError) as problem:
            raise OwnerError(
                f"the key {path} cannot be read; put it back from a backup", kind="database_bad"
            ) from problem

    def _read(self, path: Path) -> bytes:
        found = self._found(path)
        if not isinstance(found, Wrapped):
            return found
        key = wrapping.unwrap(found, self._secret(found.by))
        if key is None:
            raise OwnerError(
                "that is not the passphrase of the memory; try again: `roomtone memory unlock`"
                if found.by == "passphrase"
                else f"the credential {self._credential} does not open the key {path}; put the "
                "right one back",
                kind="locked" if found.by == "passphrase" else "database_bad",
            )
        return key

    def _secret(self, by: By) -> bytes:
        if by == "passphrase":
            if self._passphrase is None:
                raise OwnerError(
                    "the memory is locked by its passphrase; open it with `roomtone memory unlock`",
                    kind="locked",
                )
            return wrapping.typed(self._passphrase)
        if self._credential is None:
            raise OwnerError(
                f"the key {self.file} needs the credential database-key, which systemd did not "
                "hand over; put it back into /etc/credstore.encrypted, or put the key back from a "
                "backup",
                kind="database_bad",
            )
        return self._handed_text(self._credential).encode()

    def _from_credential(self, path: Path) -> bytes:
        """The credential is the key itself, or a secret that wraps the first one."""
        text = self._handed_text(path)
        with contextlib.suppress(wrapping.BrokenKeyError):
            if isinstance(found := wrapping.read(text), bytes):
                return found
        raise OwnerError(
            f"the key {path} is broken; put it back from a backup", kind="database_bad"
        )

    def _handed_text(self, path: Path) -> str:
        try:
            return path.read_text("ascii").strip()
        except (OSError, UnicodeDecodeError) as problem:
            raise OwnerError(
                f"the key {path} cannot be read; put it back from a backup", kind="database_bad"
            ) from problem

    def _wanted(self) -> By | None:
        """What a key is kept behind, by what there is; None for a plain file."""
        if self._passphrase is not None:
            return "passphrase"
        return None if self._credential is None else "credential"

    def _text(self, key: bytes, by: By | None) -> str:
        return wrapping.plain(key) if by is None else wrapping.wrap(key, by, self._secret(by))

    def _keep(self, key: bytes, by: By | None) -> None:
        part = files.part_of(self.file)
        try:
            files.write_new(part, self._text(key, by))
            files.replace(part, self.file)
        except OSError as problem:
            raise self._unwritten(problem) from problem
        finally:
            with contextlib.suppress(OSError):
                part.unlink()

    def _create(self) -> bytes:
        """Write a new key whole or not at all; of two starters at once one wins."""
        key = secrets.token_bytes(SIZE)
        part = files.part_of(self.file)
        try:
            files.write_new(part, wrapping.plain(key))
            os.link(part, self.file)
            files.sync(self.file.parent)
        except FileExistsError:
            return self._read(self.file)
        except OSError as problem:
            raise self._unwritten(problem) from problem
        finally:
            with contextlib.suppress(OSError):
                part.unlink()
        return key

    def _unwritten(self, problem: OSError) -> OwnerError:
        return OwnerError(
            f"the key {self.file} cannot be written ({problem.strerror}); make room or correct "
            "[paths] state",
            kind=trouble.kind(problem, self.file),
        )


def _needed(database: Path) -> bool:
    """Whether something is there that was written under the key."""
    return bool((database.exists() and database.stat().st_size) or snapshots.of(database))
