"""The store keeps across restarts, works in one thread, and keeps nothing when it must not."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from pathlib import Path

import msgspec
import pytest

from roomtone.base.error import OwnerError, PartError
from roomtone.base.room import AlarmClock, Note, Timer
from roomtone.store import turns
from roomtone.store.database import Database
from roomtone.store.store import Store
from roomtone.turn.ledger import Entry
from roomtone.turn.record import Turn

EGG = Timer(id=0, name="egg", seconds=60, due=65.0, boot="b", ends=61.0)
SEVEN = dt.datetime(2026, 11, 22, 7, 0)  # noqa: DTZ001 - the wall has no zone


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    async def live() -> None:
        store = await Store.open(tmp_path / "db", tmp_path / "key")
        await store.add_turn(Turn(started=1.0, heard="hello", reply="Hi."))
        await store.add_timer(EGG)
        number = await store.add_alarm(AlarmClock(id=0, at=SEVEN))
        await store.set_setting("volume", "0.5")
        await store.close()
        store = await Store.open(tmp_path / "db", tmp_path / "key")
        assert [turn.heard for turn in await store.turns(9)] == ["hello"]
        assert await store.timers() == (msgspec.structs.replace(EGG, id=1),)
        assert await store.alarms() == (AlarmClock(id=number, at=SEVEN),)
        assert await store.newest(2.0) == 1.0
        assert await store.newest(1.0) is None
        assert await store.setting("volume", "1.0") == "0.5"
        assert (await store.search("HI"))[0].reply == "Hi."
        await store.close()

    asyncio.run(live())


def test_in_memory_no_file_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def live() -> Turn | None:
        store = await Store.open()
        await store.add_turn(Turn(started=1.0, heard="secret"))
        found = await store.turn()
        await store.close()
        return found

    found = asyncio.run(live())
    assert found is not None
    assert found.heard == "secret"
    assert list(tmp_path.iterdir()) == []


def test_all_work_is_done_in_one_thread_that_is_not_the_loops() -> None:
    async def live() -> set[int]:
        store = await Store.open()
        idents = await asyncio.gather(
            *(store._do(lambda _db: threading.get_ident()) for _ in "abc")
        )
        await store.close()
        return set(idents)

    idents = asyncio.run(live())
    assert len(idents) == 1
    assert threading.get_ident() not in idents


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    async def live() -> int:
        store = await Store.open(tmp_path / "db", tmp_path / "key")
        await asyncio.gather(*(store.add_turn(Turn(started=n)) for n in range(20)))
        found = len(await store.turns(99))
        await store.close()
        return found

    assert asyncio.run(live()) == 20


def test_a_file_that_cannot_be_opened_leaves_no_thread_behind(tmp_path: Path) -> None:
    (tmp_path / "db").write_bytes(b"no database at all" * 500)
    (tmp_path / "key").write_text("00" * 32)
    before = set(threading.enumerate())
    with pytest.raises(OwnerError):
        asyncio.run(Store.open(tmp_path / "db", tmp_path / "key"))
    left = set(threading.enumerate()) - before
    assert not [thread for thread in left if thread.name.startswith("store")]


def test_a_failed_write_reaches_the_caller_and_the_store_goes_on() -> None:
    def fill(database: Database) -> None:
        database.read("PRAGMA max_page_count=1")

    async def live() -> int:
        store = await Store.open()
        await store._do(fill)
        with pytest.raises(PartError, match="full"):
            await store.add_turn(Turn(started=1.0, heard="x" * 100_000))
        await store._do(lambda database: database.read("PRAGMA max_page_count=100000"))
        return await store.add_turn(Turn(started=2.0))

    assert asyncio.run(live()) >= 1


def test_what_is_forgotten_is_gone() -> None:
    async def live() -> list[float]:
        store = await Store.open()
        for started in (1.0, 2.0, 3.0, 4.0):
            await store.add_turn(Turn(started=started))
        assert await store.forget_before(2.5) == 2
        assert await store.forget_turn(3)
        left = [turn.started for turn in await store.turns(9)]
        assert await store.forget_all() == 1
        assert await store.turn() is None
        return left

    assert asyncio.run(live()) == [4.0]


def test_a_cancelled_timer_is_gone() -> None:
    async def live() -> tuple[str, ...]:
        store = await Store.open()
        egg = await store.add_timer(EGG)
        await store.add_timer(msgspec.structs.replace(EGG, name="tea"))
        await store.cancel_timers((egg,))
        return tuple(timer.name for timer in await store.timers())

    assert asyncio.run(live()) == ("tea",)


def test_a_reader_sees_what_the_daemon_kept(tmp_path: Path) -> None:
    async def live() -> list[Turn]:
        store = await Store.open(tmp_path / "db", tmp_path / "key")
        await store._do(turns.add, Turn(started=1.0, heard="hello"))
        reader = await Store.open(tmp_path / "db", tmp_path / "key", readonly=True)
        found = await reader.turns(9)
        await reader.close()
        await store.close()
        return found

    assert [turn.heard for turn in asyncio.run(live())] == ["hello"]


def test_a_store_opens_its_file_when_it_is_needed_and_again_when_it_is_there(
    tmp_path: Path,
) -> None:
    async def live() -> None:
        folder = tmp_path / "state"
        store = Store(folder / "db", folder / "key")
        with pytest.raises(PartError) as told:
            await store.setting("volume", "1.0")
        assert told.value.kind == "disk_failed"
        folder.mkdir()
        assert await store.setting("volume", "1.0") == "1.0"
        await store.set_setting("volume", "0.5")
        await store.reopen()
        assert await store.setting("volume", "1.0") == "0.5"
        await store.close()

    asyncio.run(live())


def test_in_memory_letting_go_loses_nothing() -> None:
    async def live() -> str:
        store = Store()
        await store.set_setting("volume", "0.5")
        await store.reopen()
        return await store.setting("volume", "1.0")

    assert asyncio.run(live()) == "0.5"


def test_notes_and_what_left_the_house_are_there_after_a_restart(tmp_path: Path) -> None:
    async def live() -> None:
        store = await Store.open(tmp_path / "db", tmp_path / "key")
        milk = await store.add_note(Note(id=0, at=1.0, text="milk"))
        keys = await store.add_note(Note(id=0, at=2.0, text="keys"))
        sent = await store.note_sent(Entry(at=1.0, by="cloud", text="hello", bytes=5))
        await store.settle(sent, "answered", 700)
        number = await store.add_turn(Turn(started=1.0, entries=(sent,)))
        await store.close()
        store = await Store.open(tmp_path / "db", tmp_path / "key")
        (entry,) = await store.ledger(turn=number)
        assert (entry.id, entry.outcome, entry.milliseconds) == (sent, "answered", 700)
        assert await store.drop_notes((keys,)) == 1
        assert [note.id for note in await store.notes()] == [milk]
        assert await store.count() == await store.count(1.0) == 1
        assert (await store.oldest(), await store.count(2.0)) == (1.0, 0)
        assert await store.size() > 4096
        assert await store.check() == []
        await store.close()

    asyncio.run(live())


def test_where_no_text_is_kept_it_goes_as_its_request_ends_and_strays_can_be_forgotten() -> None:
    async def live() -> list[str]:
        store = Store()
        rows = [
            await store.note_sent(Entry(at=at, by="", bytes=3, text="hey"))
            for at in (1.0, 2.0, 3.0)
        ]
        store.keep_texts = False
        await store.settle(rows[2], "answered", 5)
        assert await store.forget_strays(2.0) == 1
        store.keep_texts = True
        await store.settle(rows[0], "answered", 5)
        found = await store.ledger()
        await store.close()
        assert {entry.bytes for entry in found} == {3}
        return [entry.text for entry in found]

    assert asyncio.run(live()) == ["", "", "hey"]


def test_every_way_of_forgetting_is_offered() -> None:
    async def live() -> list[int]:
        store = Store()
        for number in range(1, 8):
            await store.add_turn(Turn(started=float(number), heard=f"word{number}"))
        gone = [
            int(await store.forget_turn(1)),
            int(await store.forget_turn(1)),
            int(await store.forget_turn(2)),
            int(await store.forget_turn(3)),
            await store.forget_day(4.0, 5.0),
            await store.forget_matching("WORD5"),
            await store.forget_before(6.5),
            await store.forget_beyond(10_000_000),
            await store.forget_figures(3.0),
            await store.forget_all(),
        ]
        assert await store.ledger() == []
        return gone

    assert asyncio.run(live()) == [1, 0, 1, 1, 1, 1, 1, 0, 2, 1]


def test_a_forgetting_goes_on_when_whoever_asked_for_it_has_gone(tmp_path: Path) -> None:
    async def live() -> list[Turn]:
        store = await Store.open(tmp_path / "db", tmp_path / "key")
        await store.add_turn(Turn(started=1.0, heard="hello"))
        asked = asyncio.create_task(store.forget_all())
        await asyncio.sleep(0)
        asked.cancel()
        left = await store.turns(9)
        await store.close()
        return left

    assert asyncio.run(live()) == []


def test_an_idle_house_takes_one_snapshot_and_writes_no_byte_more(tmp_path: Path) -> None:
    def state() -> dict[str, tuple[int, int]]:
        stats = {path.name: path.stat() for path in tmp_path.iterdir()}
        return {name: (stat.st_mtime_ns, stat.st_size) for name, stat in stats.items()}

    async def live() -> None:
        store = await Store.open(tmp_path / "db", tmp_path / "key")
        await store.add_turn(Turn(started=1.0))
        assert await store.snapshot_made() is None
        assert await store.snapshot_if_due(2_000_000_000.0)
        assert await store.snapshot_made() == 2_000_000_000.0
        before = state()
        for hour in range(5):
            assert not await store.snapshot_if_due(2_000_000_000.0 + 3600 * hour)
            assert await store.forget_before(0.5) == await store.forget_beyond(10**9) == 0
            assert await store.forget_figures(0.5) == 0
        assert state() == before
        await store.add_turn(Turn(started=2.0))
        assert not await store.snapshot_if_due(2_000_000_100.0)
        assert await store.snapshot_if_due(2_000_001_000.0)
        await store.close()

    asyncio.run(live())


def test_a_snapshot_brings_back_what_a_damaged_file_has_lost(tmp_path: Path) -> None:
    async def live() -> None:
        store = await Store.open(tmp_path / "db", tmp_path / "key")
        await store.add_turn(Turn(started=1.0, heard="first"))
        taken = await store.snapshot()
        assert taken.bytes > 4096
        await store.add_turn(Turn(started=2.0, heard="second"))
        assert await store.restored() is None
        restored = await store.restore()
        assert restored.from_unix == taken.at
        assert await store.restored() == restored
        assert [turn.heard for turn in await store.turns(9)] == ["first"]
        await store.close()

    asyncio.run(live())


def test_a_memory_without_a_file_has_no_snapshot_and_no_passphrase() -> None:
    async def live() -> None:
        store = Store()
        assert not await store.snapshot_if_due()
        assert (await store.snapshot_made(), await store.restored()) == (None, None)
        for refused in (store.snapshot(), store.protect("four words of mine"), store.restore()):
            with pytest.raises(OwnerError):
                await refused

    asyncio.run(live())


def test_a_passphrase_locks_the_memory_until_it_is_typed(tmp_path: Path) -> None:
    async def live() -> None:
        store = await Store.open(tmp_path / "db", tmp_path / "key")
        await store.add_turn(Turn(started=1.0, heard="hello"))
        assert (await store.protection()).kind == "file"
        assert (await store.protect("four words of mine")).kind == "passphrase"
        await store.reopen()
        assert len(await store.turns(9)) == 1
        await store.close()
        store = Store(tmp_path / "db", tmp_path / "key")
        with pytest.raises(PartError) as told:
            await store.turns(9)
        assert told.value.kind == "locked"
        with pytest.raises(OwnerError):
            await store.unlock("another one")
        await store.unlock("four words of mine")
        assert len(await store.turns(9)) == 1
        assert await store.forget_all() == 1
        assert (await store.protection()).kind == "passphrase"
        await store.close()

    asyncio.run(live())


def test_a_thread_at_long_work_lives_and_one_that_hangs_does_not() -> None:
    async def live() -> tuple[bool, bool]:
        store, gate = Store(), threading.Event()
        answered = []
        for work in (store._long, store._do):
            going = asyncio.create_task(work(lambda _: gate.wait(5.0)))
            await asyncio.sleep(0.05)
            asked = asyncio.create_task(store.alive())
            await asyncio.sleep(0.05)
            answered.append(asked.done())
            gate.set()
            await asyncio.gather(going, asked)
            gate.clear()
        return answered[0], answered[1]

    assert asyncio.run(live()) == (True, False)


def test_a_muted_microphone_is_on_the_disk_when_it_is_waited_for(tmp_path: Path) -> None:
    async def live() -> None:
        path = tmp_path / "roomtone.db"
        store = await Store.open(path)
        store.sign(muted=True)
        assert await store.signed(5)
        assert (tmp_path / "muted").exists()
        await store.close()

    asyncio.run(live())


def test_a_disk_that_hangs_is_waited_for_no_longer_than_was_asked(tmp_path: Path) -> None:
    async def live() -> None:
        hangs = threading.Event()
        store = Store(tmp_path / "roomtone.db", prepare=hangs.wait)
        store.sign(muted=True)
        assert not await store.signed(0.01)
        hangs.set()
        assert await store.signed(5)
        await store.close()

    asyncio.run(live())
