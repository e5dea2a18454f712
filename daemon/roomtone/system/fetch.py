"""Fetches one file over HTTPS: resumed after a cut, held to its hash, never half there."""

from __future__ import annotations

import errno
import hashlib
import http.client
import io
import re
import shutil
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from roomtone.base.error import OwnerError

PIECE = 1 << 18
"""Bytes per read."""

BACKOFF = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds before the next try, by tries in a row that brought nothing."""

SILENCE = 30.0
"""Seconds without a byte before a connection counts as cut."""

Progress = Callable[[int, int], None]
"""(bytes there, bytes in all or 0) -> None."""

_FULL = {errno.ENOSPC, errno.EDQUOT}
_RETRIED = {408, 425, 429, 500, 502, 503, 504}


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is whole and is what was expected."""

    sha256: str
    size: int
    commit: str = ""
    """The hub's revision, when it names one."""


class _Announced(msgspec.Struct):
    """What the server says about the file, on the way to it and at the end."""

    etag: str = ""
    size: int = 0
    commit: str = ""

    def note(self, headers: Any, *, last: bool) -> None:
        """Read one answer's headers; the first hop that knows wins.

        Hugging Face sends the file's own hash as X-Linked-ETag beside the redirect; the ETag of a
        file that is no redirect is its hash too (SHA-256, or the git blob's SHA-1).
        """
        linked = headers.get("X-Linked-ETag", "") or (headers.get("ETag", "") if last else "")
        self.etag = self.etag or linked.removeprefix("W/").strip('"').lower()
        self.size = self.size or _count(headers.get("X-Linked-Size"))
        self.commit = self.commit or headers.get("X-Repo-Commit", "")


class _Redirects(urllib.request.HTTPRedirectHandler):
    def __init__(self, announced: _Announced) -> None:
        self._announced = announced

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Any:  # the shape urllib calls
        self._announced.note(headers, last=False)
        if req.full_url.startswith("https:") and not newurl.startswith("https:"):
            raise OwnerError(f"{req.host} redirects to an address without encryption; not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(
    url: str,
    part: Path,
    sha256: str = "",
    progress: Progress = lambda _done, _total: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Load `url` into `part`, going on where an earlier try ended.

    `sha256` is the hash it must have; empty takes the one that the hub announces. A `part` that
    turns out wrong is deleted. Raises OwnerError: cut off (what is there is kept), refused, wrong
    content, no hash to hold it to, no room on the disk.
    """
    resumed = part.exists()
    barren = 0
    while True:
        before = _length(part)
        announced = _Announced()
        try:
            total = _continue(url, part, announced, progress)
            break
        except (urllib.error.URLError, http.client.HTTPException, OSError) as problem:
            reason = _reason(url, problem)
            if _length(part) > before:
                barren = 0
            if barren == len(BACKOFF):
                raise OwnerError(
                    f"{reason}; what is there is kept, run the same again"
                ) from problem
            sleep(BACKOFF[barren])
            barren += 1
    try:
        return _checked(url, part, total, sha256, announced)
    except OwnerError:
        part.unlink(missing_ok=True)
        if not resumed:
            raise
    return fetch(url, part, sha256, progress, sleep)


def _continue(url: str, part: Path, announced: _Announced, progress: Progress) -> int:
    """One connection: append what is missing; the size in all."""
    start = _length(part)
    headers = {"User-Agent": "roomtone", "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    opener = urllib.request.build_opener(_Redirects(announced))
    try:
        answer = opener.open(urllib.request.Request(url, headers=headers), timeout=SILENCE)  # noqa: S310 - the manifest admits https only
    except urllib.error.HTTPError as problem:
        if problem.code == 416 and start:
            announced.note(problem.headers, last=False)
            return start
        raise
    with answer:
        announced.note(answer.headers, last=True)
        going_on = answer.status == 206 and _starts(answer.headers) == start
        length = _count(answer.headers.get("Content-Length"))
        begun = start if going_on else 0
        total = begun + length if length else announced.size
        if not total:
            raise OwnerError(f"{_name(url)}: the server does not say how large it is; not fetched")
        with part.open("ab" if going_on else "wb", buffering=0) as file:
            if total - begun > shutil.disk_usage(part.parent).free:
                raise no_room(part, total - begun)
            _copy(answer, file, begun, total, progress)
    if _length(part) < total:
        raise http.client.IncompleteRead(b"")
    return total


def _copy(answer: Any, file: io.FileIO, done: int, total: int, progress: Progress) -> None:
    part = Path(str(file.name))
    progress(done, total)
    while piece := answer.read(PIECE):
        rest = memoryview(piece)
        try:
            while rest:
                rest = rest[file.write(rest) :]
        except OSError as problem:
            raise no_room(part, max(total - done, len(piece)), problem) from problem
        done += len(piece)
        progress(done, total)
        if done > total:
            raise OwnerError("the server sends more than it announced; run the same again")


def _checked(url: str, part: Path, total: int, sha256: str, announced: _Announced) -> Fetched:
    size = _length(part)
    pinned = re.search(r"/resolve/([0-9a-f]{40})/", url)
    if pinned and announced.commit and announced.commit != pinned[1]:
        raise OwnerError(
            f"{_name(url)}: the hub sent revision {announced.commit}, not the listed one"
        )
    for expected in {total, announced.size} - {0}:
        if size != expected:
            raise OwnerError(f"{_name(url)} has {size} bytes, not {expected}; it was deleted")
    with part.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    etag = announced.etag
    if sha256:
        good = found == sha256
    elif re.fullmatch(r"[0-9a-f]{64}", etag):
        good = found == etag
    elif re.fullmatch(r"[0-9a-f]{40}", etag):
        good = _git_blob(part) == etag
    else:
        raise OwnerError(
            f"{_name(url)}: no hash is listed and the server names none; it was deleted"
        )
    if not good:
        raise OwnerError(
            f"{_name(url)} is not what was listed (wrong SHA-256); it was deleted, nothing changed"
        )
    return Fetched(sha256=found, size=size, commit=announced.commit)


def _git_blob(path: Path) -> str:
    """Git's name for a file's content: SHA-1 over "blob SIZE NUL" and the content."""
    digest = hashlib.sha1(f"blob {_length(path)}\0".encode(), usedforsecurity=False)
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def no_room(part: Path, needed: int, problem: OSError | None = None) -> OwnerError:
    """Delete `part` and say that the disk cannot take `needed` bytes more."""
    part.unlink(missing_ok=True)
    if problem is not None and problem.errno not in _FULL:
        return OwnerError(f"{part.parent} cannot be written: {problem.strerror}")
    free = shutil.disk_usage(part.parent).free
    return OwnerError(
        f"the disk is full: {part.stem} needs {needed} bytes more and {free} are free in "
        f"{part.parent}; make room, or set [paths] models to a larger disk"
    )


def _reason(url: str, problem: Exception) -> str:
    """The problem in words when another try may help. Raises OwnerError when none will."""
    if isinstance(problem, urllib.error.HTTPError):
        if problem.code in _RETRIED:
            return f"{_name(url)}: the server answers {problem.code}"
        raise OwnerError(f"{_name(url)}: the server answers {problem.code} for {url}") from problem
    inner = problem.reason if isinstance(problem, urllib.error.URLError) else problem
    if isinstance(inner, ssl.SSLCertVerificationError):
        raise OwnerError(
            f"{_name(url)}: the server's certificate is not trusted ({inner.strerror}); "
            "check the clock and the network"
        ) from problem
    if isinstance(inner, socket.gaierror):
        return f"{_name(url)}: no way to the server; is the network up?"
    words = "" if isinstance(inner, http.client.IncompleteRead) else f" ({inner})"
    return f"{_name(url)}: the connection was cut{words}"


def _starts(headers: Any) -> int:
    found = re.match(r"bytes (\d+)-", headers.get("Content-Range") or "")
    return int(found[1]) if found else -1


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _name(url: str) -> str:
    return url.rsplit("/", 1)[-1]
