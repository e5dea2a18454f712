"""A file arrives whole and right, over a network that cuts, lies and refuses."""

from __future__ import annotations

import errno
import hashlib
import io
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fakes.hub import COMMIT, Hub, hub
from roomtone.base.error import OwnerError
from roomtone.system import fetch

CONTENT = bytes(range(256)) * 4096
HASH = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def here() -> Iterator[Hub]:
    with hub() as held:
        held.files["model.bin"] = CONTENT
        yield held


class Naps:
    """Takes the pauses between tries without sleeping."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


def test_a_file_comes_with_its_hash_and_revision(here: Hub, tmp_path: Path) -> None:
    part = tmp_path / "model.part"
    got = fetch.fetch(here.url("model.bin"), part)
    assert got == fetch.Fetched(sha256=HASH, size=len(CONTENT), commit=COMMIT)
    assert part.read_bytes() == CONTENT


def test_a_small_file_is_held_to_gits_name_for_it(here: Hub, tmp_path: Path) -> None:
    here.large = False
    assert fetch.fetch(here.url("model.bin"), tmp_path / "part").sha256 == HASH
    here.forged = "0" * 40
    with pytest.raises(OwnerError, match="not what was listed"):
        fetch.fetch(here.url("model.bin"), tmp_path / "other")


def test_progress_goes_up_to_the_whole(here: Hub, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    fetch.fetch(here.url("model.bin"), tmp_path / "p", HASH, lambda *step: told.append(step))
    assert told[0] == (0, len(CONTENT))
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert told == sorted(told)


def test_an_earlier_try_is_gone_on_with(here: Hub, tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.write_bytes(CONTENT[:700_000])
    assert fetch.fetch(here.url("model.bin"), part).sha256 == HASH
    assert here.bodies() == ["bytes=700000-"]


def test_a_cut_connection_is_taken_up_where_it_ended(here: Hub, tmp_path: Path) -> None:
    here.cuts = [300_000, 200_000]
    naps = Naps()
    fetch.fetch(here.url("model.bin"), tmp_path / "part", sleep=naps)
    assert here.bodies() == ["", "bytes=300000-", "bytes=500000-"]
    assert naps.taken == [1.0, 1.0]
    assert (tmp_path / "part").read_bytes() == CONTENT


def test_a_connection_that_never_brings_anything_is_given_up_and_the_part_kept(
    here: Hub, tmp_path: Path
) -> None:
    part = tmp_path / "part"
    part.write_bytes(CONTENT[:1000])
    here.cuts = [0] * 20
    naps = Naps()
    with pytest.raises(OwnerError, match=r"cut.*is kept"):
        fetch.fetch(here.url("model.bin"), part, sleep=naps)
    assert part.read_bytes() == CONTENT[:1000]
    assert naps.taken == list(fetch.BACKOFF)


@pytest.mark.parametrize("length", [0, 1, 255, len(CONTENT) - 1, len(CONTENT)])
def test_whatever_an_earlier_try_left_the_result_is_right(
    here: Hub, tmp_path: Path, length: int
) -> None:
    part = tmp_path / "part"
    part.write_bytes(CONTENT[:length])
    assert fetch.fetch(here.url("model.bin"), part, HASH, sleep=Naps()).sha256 == HASH


def test_a_server_without_ranges_sends_it_all_again(here: Hub, tmp_path: Path) -> None:
    here.ignores_ranges = True
    (tmp_path / "part").write_bytes(CONTENT[:500])
    fetch.fetch(here.url("model.bin"), tmp_path / "part", HASH)
    assert (tmp_path / "part").read_bytes() == CONTENT


def test_the_rest_of_another_file_is_thrown_away_once(here: Hub, tmp_path: Path) -> None:
    (tmp_path / "part").write_bytes(b"x" * 700_000)
    assert fetch.fetch(here.url("model.bin"), tmp_path / "part", HASH).sha256 == HASH
    assert here.bodies() == ["bytes=700000-", ""]


@pytest.mark.parametrize("expected", ["0" * 64, ""])
def test_wrong_content_is_deleted_and_told(here: Hub, tmp_path: Path, expected: str) -> None:
    here.forged = "f" * 64
    with pytest.raises(OwnerError, match="wrong SHA-256"):
        fetch.fetch(here.url("model.bin"), tmp_path / "part", expected)
    assert not (tmp_path / "part").exists()


def test_a_listed_hash_counts_and_not_the_servers(here: Hub, tmp_path: Path) -> None:
    here.forged = "f" * 64
    assert fetch.fetch(here.url("model.bin"), tmp_path / "part", HASH).sha256 == HASH


def test_a_file_that_nobody_vouches_for_is_not_kept(here: Hub, tmp_path: Path) -> None:
    here.nameless = True
    with pytest.raises(OwnerError, match="no hash"):
        fetch.fetch(here.url("model.bin"), tmp_path / "part")
    assert not (tmp_path / "part").exists()


def test_another_revision_than_the_pinned_one_is_refused(here: Hub, tmp_path: Path) -> None:
    pinned = here.url("model.bin")
    here.commit = "a" * 40
    with pytest.raises(OwnerError, match="not the listed one"):
        fetch.fetch(pinned, tmp_path / "part", HASH)


def test_a_busy_server_is_asked_again(here: Hub, tmp_path: Path) -> None:
    here.refusals = [503, 429]
    naps = Naps()
    assert fetch.fetch(here.url("model.bin"), tmp_path / "part", sleep=naps).sha256 == HASH
    assert naps.taken == [1.0, 2.0]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_plain_no_is_told_at_once(here: Hub, tmp_path: Path, status: int) -> None:
    here.refusals = [status]
    naps = Naps()
    with pytest.raises(OwnerError, match=f"answers {status}"):
        fetch.fetch(here.url("model.bin"), tmp_path / "part", sleep=naps)
    assert naps.taken == []


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with hub() as gone:
        url = gone.url("model.bin")
    with pytest.raises(OwnerError, match=r"model\.bin: the connection was cut"):
        fetch.fetch(url, tmp_path / "part", sleep=Naps())


def test_a_host_without_an_address_asks_for_the_network() -> None:
    problem = urllib.error.URLError(socket.gaierror(-2, "Name or service not known"))
    assert fetch._reason("https://host/a", problem).endswith("is the network up?")


def test_a_certificate_that_is_not_trusted_is_not_tried_again() -> None:
    problem = urllib.error.URLError(ssl.SSLCertVerificationError(1, "bad"))
    with pytest.raises(OwnerError, match="not trusted"):
        fetch._reason("https://host/a", problem)


class FullDisk(io.FileIO):
    """Takes the first bytes and then has no room, as a small disk does."""

    def __init__(self, path: Path, room: int) -> None:
        super().__init__(path, "wb")
        self._room = room

    def write(self, data: Any) -> int:
        taken = bytes(data)[: self._room]
        if not taken:
            raise OSError(errno.ENOSPC, "No space left on device")
        self._room -= len(taken)
        return super().write(taken)


def test_a_disk_that_fills_up_is_told_with_both_sizes(tmp_path: Path) -> None:
    part = tmp_path / "model.bin.part"
    with (
        FullDisk(part, 300_000) as file,
        pytest.raises(
            OwnerError, match=r"disk is full: model\.bin needs \d+ bytes more and \d+ are"
        ),
    ):
        fetch._copy(io.BytesIO(CONTENT), file, 0, len(CONTENT), lambda _done, _total: None)
    assert not part.exists()


def test_a_disk_that_is_too_small_is_told_before_the_first_byte(here: Hub, tmp_path: Path) -> None:
    here.announces = 1 << 60
    with pytest.raises(OwnerError, match=f"needs {1 << 60} bytes more"):
        fetch.fetch(here.url("model.bin"), tmp_path / "model.bin.part", HASH, sleep=Naps())
    assert not (tmp_path / "model.bin.part").exists()


def test_a_file_of_unknown_size_is_not_begun(here: Hub, tmp_path: Path) -> None:
    here.large, here.nameless, here.announces = False, True, -1
    with pytest.raises(OwnerError, match="does not say how large"):
        fetch.fetch(here.url("model.bin"), tmp_path / "part", HASH)
    assert not (tmp_path / "part").exists()


def test_the_hubs_own_size_will_do(here: Hub, tmp_path: Path) -> None:
    here.announces = -1
    assert fetch.fetch(here.url("model.bin"), tmp_path / "part").size == len(CONTENT)


def test_a_server_that_sends_too_much_is_stopped(here: Hub, tmp_path: Path) -> None:
    with (
        (tmp_path / "part").open("wb", buffering=0) as file,
        pytest.raises(OwnerError, match="more than it announced"),
    ):
        fetch._copy(io.BytesIO(CONTENT), file, 0, 1000, lambda _done, _total: None)


def test_a_redirect_away_from_encryption_is_not_followed() -> None:
    request = urllib.request.Request("https://host/a")
    handler = fetch._Redirects(fetch._Announced())
    with pytest.raises(OwnerError, match="without encryption"):
        handler.redirect_request(request, None, 302, "", {}, "http://host/a")
