"""Whatever the disk does, nothing stops, nothing acknowledged is lost, and it heals by itself."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.household import Disk, Keeper
from roomtone.store.database import Database

pytestmark = pytest.mark.fault


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    made = Disk(tmp_path / "disk")
    yield made
    made.gone()


@pytest.fixture
def keep(tmp_path: Path):
    """Starts keepers on a folder, and ends them after the test."""
    started: list[Keeper] = []

    def start(disk: Disk | None = None) -> Keeper:
        folder = disk.place / "state" if disk else tmp_path / "state"
        started.append(Keeper(folder, disk))
        return started[-1]

    yield start
    for keeper in started:
        keeper.kill()


def used(keep, disk: Disk | None = None) -> Keeper:
    """A keeper with something to lose."""
    keeper = keep(disk)
    keeper.ask("timer old")
    keeper.ask("volume 0.5")
    keeper.ask("turn before")
    return keeper


def test_a_disk_that_is_full_costs_nothing_and_is_written_when_there_is_room(disk, keep, recovered):
    keeper = used(keep, disk)
    disk.fill()
    keeper.ask("turn " + "word " * 2000)
    for number in range(5):
        assert keeper.ask(f"timer t{number}") < 3.0
    keeper.ask("cancel old")
    assert keeper.ask("faults") == ["disk_full"]
    assert "free some" in keeper.ask("action")[0]
    assert keeper.ask("timers") == ["t0", "t1", "t2", "t3", "t4"]
    disk.drain()
    seconds = keeper.wait_for("faults", [])
    recovered(43, "disk full while running", seconds)
    keeper.kill()
    again = keep(disk)
    assert again.ask("timers") == ["t0", "t1", "t2", "t3", "t4"]
    assert len(again.ask("heard")) == 2


def test_a_start_on_a_full_disk_knows_its_timers(disk, keep, recovered):
    used(keep, disk).end()
    disk.fill()
    keeper = keep(disk)
    assert keeper.ask("faults") == ["disk_full"]
    assert keeper.ask("timers") == ["old"]
    keeper.ask("timer new")
    disk.drain()
    recovered(43, "disk full at the start", keeper.wait_for("faults", []))
    keeper.kill()
    assert keep(disk).ask("timers") == ["new", "old"]


def test_a_first_start_on_a_full_disk_works_from_memory(disk, keep, recovered):
    disk.fill()
    keeper = keep(disk)
    assert keeper.ask("timer first") < 3.0
    assert keeper.ask("faults") == ["disk_full"]
    disk.drain()
    recovered(43, "disk full at the first start", keeper.wait_for("faults", []))
    keeper.kill()
    assert keep(disk).ask("timers") == ["first"]


def test_a_card_that_dies_is_left_and_another_in_its_place_taken_up(tmp_path, keep, recovered):
    card = Disk.card(tmp_path / "card")
    try:
        keeper = used(keep, card)
        card.die()
        keeper.ask("timer new")
        keeper.ask("turn meanwhile")
        assert keeper.ask("faults") == ["disk_readonly"]
        assert keeper.ask("timers") == ["new", "old"]
        assert keeper.ask("heard") == ["meanwhile", "before"]
        card.exchange()
        recovered(44, "card turns read-only, another put in", keeper.wait_for("faults", []))
        keeper.kill()
        again = keep(card)
        assert again.ask("timers") == ["new", "old"]
        assert again.ask("heard") == ["meanwhile", "before"]
        again.kill()
    finally:
        card.gone()


def test_a_start_on_a_read_only_disk_knows_its_timers(disk, keep, recovered):
    used(keep, disk).kill()
    disk.remount("ro")
    keeper = keep(disk)
    assert keeper.ask("faults") == ["disk_readonly"]
    assert keeper.ask("timers") == ["old"]
    keeper.ask("timer new")
    disk.remount("rw")
    recovered(44, "read-only at the start", keeper.wait_for("faults", []))
    keeper.kill()
    assert keep(disk).ask("timers") == ["new", "old"]


def test_a_state_folder_that_is_removed_is_made_anew(keep, recovered):
    keeper = used(keep)
    shutil.rmtree(keeper.folder)
    keeper.ask("timer new")
    assert keeper.ask("faults") == ["disk_failed"]
    recovered(45, "state folder removed", keeper.wait_for("faults", []))
    keeper.kill()
    assert keep().ask("timers") == ["new", "old"]


def damaged(path: Path, how: str) -> None:
    data = bytearray(path.read_bytes())
    match how:
        case "flipped":
            for at in range(4096 + 100, len(data), 4096):
                data[at] ^= 0xFF
        case "truncated":
            del data[len(data) // 2 + 1 :]
        case "replaced":
            data = bytearray(b"no database at all\n" * 500)
        case "emptied at its head":
            data[:4096] = bytes(4096)
    path.write_bytes(data)


HOW = ["flipped", "truncated", "replaced", "emptied at its head"]


def without_snapshots(folder: Path) -> Path:
    """The database in `folder`, of which there is no snapshot any more."""
    for one in folder.glob("*.snapshot-*"):
        one.unlink()
    return folder / "roomtone.db"


@pytest.mark.parametrize("how", [*HOW, "gone"])
def test_a_damaged_file_is_restored_from_its_snapshot_before_anybody_waits(keep, recovered, how):
    keeper = used(keep)
    keeper.ask("snapshot")
    keeper.ask("timer late")
    keeper.end()
    path = keeper.folder / "roomtone.db"
    if how == "gone":
        path.unlink()
    else:
        damaged(path, how)
    began = time.monotonic()
    again = keep()
    assert again.ask("faults") == []
    assert 0.0 <= again.ask("restored") < time.monotonic() - began + 60.0
    assert again.ask("timers") == ["late", "old"]  # an orderly end leaves a copy of all
    assert again.ask("heard") == ["before"]
    again.ask("timer new")
    recovered(42, f"file {how}: restored at the start", time.monotonic() - began)
    again.end()
    assert keep().ask("timers") == ["late", "new", "old"]


def test_a_file_damaged_under_a_running_daemon_is_restored_and_loses_no_timer(keep, recovered):
    keeper = used(keep)
    for _ in range(40):
        keeper.ask("turn " + "word " * 15_000)  # more than SQLite keeps in memory
    keeper.ask("snapshot")
    keeper.ask("timer late")
    damaged(keeper.folder / "roomtone.db", "flipped")
    began = time.monotonic()
    keeper.ask("heard")
    keeper.ask("timer meanwhile")
    assert keeper.ask("faults") == ["database_bad"]
    keeper.wait_for("faults", [])
    recovered(42, "file flipped under a running daemon", time.monotonic() - began)
    assert keeper.ask("timers") == ["late", "meanwhile", "old"]
    assert len(keeper.ask("heard")) == 41
    keeper.end()
    assert keep().ask("timers") == ["late", "meanwhile", "old"]


@pytest.mark.parametrize("how", HOW)
def test_a_damaged_file_without_a_snapshot_is_left_alone_and_a_backup_taken_up(
    keep, recovered, how
):
    keeper = used(keep)
    keeper.end()
    path = without_snapshots(keeper.folder)
    backup = path.read_bytes()
    damaged(path, how)
    left = path.read_bytes()
    keeper = keep()
    assert keeper.ask("faults") == ["database_bad"]
    assert "backup" in keeper.ask("action")[0]
    assert keeper.ask("timer new") < 3.0
    assert path.read_bytes() == left
    whole = path.with_suffix(".back")
    whole.write_bytes(backup)
    whole.rename(
        path
    )  # in one step: a file that is still being copied could be taken for a new one
    recovered(42, f"file {how}, backup put back", keeper.wait_for("faults", []))
    assert keeper.ask("timers") == ["new", "old"]
    keeper.kill()
    assert keep().ask("timers") == ["new", "old"]


def test_a_damaged_file_that_is_moved_away_makes_room_for_a_new_one(keep, recovered):
    keeper = used(keep)
    keeper.end()
    path = without_snapshots(keeper.folder)
    damaged(path, "replaced")
    keeper = keep()
    keeper.ask("timer new")
    path.rename(path.with_suffix(".bad"))
    recovered(42, "damaged file moved away", keeper.wait_for("faults", []))
    keeper.kill()
    assert keep().ask("timers") == ["new"]
    assert path.with_suffix(".bad").exists()


def test_a_full_disk_has_room_for_what_is_restored(disk, keep, recovered):
    keeper = used(keep, disk)
    keeper.ask("snapshot")
    keeper.end()
    place = keeper.folder / "roomtone.db"
    disk.run("dd", "if=/dev/urandom", f"of={place}", "bs=4k", "count=1", "conv=notrunc")
    disk.fill()
    again = keep(disk)
    assert again.ask("timers") == ["old"]
    assert again.ask("faults") in ([], ["disk_full"])
    again.ask("timer new")
    disk.drain()
    recovered(42, "damaged on a full disk", again.wait_for("faults", []))
    again.kill()
    assert keep(disk).ask("timers") == ["new", "old"]


def test_a_damaged_file_does_not_open_a_microphone_that_was_closed(keep):
    keeper = used(keep)
    keeper.ask("mute on")
    keeper.end()
    damaged(without_snapshots(keeper.folder), "replaced")
    again = keep()
    assert again.ask("faults") == ["database_bad"]
    assert again.ask("muted") is True
    again.ask("mute off")
    again.end()
    assert keep().ask("muted") is False, "the last wish counts, whatever the database keeps"


@pytest.mark.parametrize("how", ["replaced", "lost", "broken"])
def test_without_its_key_nothing_is_overwritten(keep, recovered, how):
    used(keep).end()
    folder = keep().folder
    secret = (folder / "key").read_text()
    match how:
        case "replaced":
            (folder / "key").write_text("00" * 32 + "\n")
        case "lost":
            (folder / "key").unlink()
        case "broken":
            (folder / "key").write_text("no key")
    before = (folder / "roomtone.db").read_bytes()
    keeper = keep()
    assert keeper.ask("faults") == ["database_bad"]
    keeper.ask("timer new")
    assert (folder / "roomtone.db").read_bytes() == before
    (folder / "key").write_text(secret)
    recovered(48, f"key {how}, put back", keeper.wait_for("faults", []))
    keeper.kill()
    assert keep().ask("timers") == ["new", "old"]


def test_a_database_that_another_program_holds_keeps_nobody_waiting(keep, recovered):
    keeper = used(keep)
    secret = bytes.fromhex((keeper.folder / "key").read_text())
    holder = Database(keeper.folder / "roomtone.db", secret)
    holder.read("BEGIN IMMEDIATE")
    assert keeper.ask("timer new") < 3.0
    assert keeper.ask("faults") == ["disk_failed"]
    assert keeper.ask("timers") == ["new", "old"]
    holder.read("ROLLBACK")
    holder.close()
    recovered(46, "database locked by another program", keeper.wait_for("faults", []))
    keeper.kill()
    assert keep().ask("timers") == ["new", "old"]


def test_the_log_shrinks_again_when_a_reader_that_held_it_has_gone(keep, recovered):
    keeper = used(keep)
    secret = bytes.fromhex((keeper.folder / "key").read_text())
    log = keeper.folder / "roomtone.db-wal"
    reader = Database(keeper.folder / "roomtone.db", secret, readonly=True)
    reader.read("BEGIN")
    reader.read("SELECT count(*) FROM turns")
    for _ in range(60):
        keeper.ask("turn " + "word " * 15_000)
    held = log.stat().st_size
    assert held > 4_194_304
    assert keeper.ask("faults") == []
    reader.read("COMMIT")
    reader.close()
    began = time.monotonic()
    for _ in range(3):
        keeper.ask("turn after")
    assert log.stat().st_size <= 4_194_304 + 65_536
    recovered(49, f"log of {held >> 20} MiB held by a reader", time.monotonic() - began)


def test_a_disk_that_does_not_answer_keeps_nobody_waiting(keep, recovered, tmp_path):
    """A held lock longer than the patience of the database stands for a card that hangs."""
    keeper = used(keep)
    secret = bytes.fromhex((keeper.folder / "key").read_text())
    holder = Database(keeper.folder / "roomtone.db", secret)
    holder.read("BEGIN IMMEDIATE")
    timer = threading.Timer(4.0, lambda: None)
    timer.start()
    began = time.monotonic()
    assert keeper.ask("timer one") < 3.0
    assert keeper.ask("timer two") < 0.1
    assert keeper.ask("heard") == ["before"]
    timer.join()
    holder.read("ROLLBACK")
    holder.close()
    keeper.wait_for("faults", [])
    recovered(45, "disk silent for 4 s", time.monotonic() - began - 4.0)
