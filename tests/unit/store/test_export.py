"""The export holds every column of every table, whatever the schema becomes."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import msgspec

from roomtone.base.room import AlarmClock, Note, Timer
from roomtone.store import export
from roomtone.store.database import Database
from roomtone.store.store import Store
from roomtone.turn.ledger import Entry
from roomtone.turn.record import Turn

INDEX = {"words", "words_config", "words_content", "words_data", "words_docsize", "words_idx"}
"""The index of words and its parts: they are made of the turns."""


async def filled() -> Store:
    store = Store()
    await store.add_turn(Turn(started=1.0, heard="Zürich", milliseconds={"recognize": 31}))
    await store.add_note(Note(id=0, at=2.0, text="milk"))
    await store.note_sent(Entry(at=3.0, by="cloud", text="hello"))
    await store.add_timer(Timer(id=0, name="egg", seconds=60, due=65.0))
    await store.add_alarm(AlarmClock(id=0, at=dt.datetime(2026, 11, 22, 7, 0)))  # noqa: DTZ001
    await store.set_setting("volume", "0.5")
    return store


async def exported(store: Store) -> list[dict[str, Any]]:
    return [line async for line in store.export()]


def schema(database: Database) -> dict[str, set[str]]:
    """Every table that is not SQLite's own or part of the index, with its columns."""
    names = {name for (name,) in database.read("SELECT name FROM sqlite_schema WHERE type='table'")}
    return {
        name: {row[1] for row in database.read(f"PRAGMA table_info({name})")}
        for name in names - INDEX
        if not name.startswith("sqlite_")
    }


def test_every_column_of_every_table_is_in_the_export() -> None:
    async def live() -> tuple[list[dict[str, Any]], dict[str, set[str]]]:
        store = await filled()
        return await exported(store), await store._do(schema)

    lines, there = asyncio.run(live())
    told = {line["table"]: set(line["row"]) for line in lines[1:]}
    assert told == there


def test_a_table_that_somebody_adds_is_exported_too() -> None:
    async def live() -> list[dict[str, Any]]:
        store = await filled()
        await store._do(lambda db: db.write("CREATE TABLE moods (mood TEXT, at REAL)"))
        await store._do(lambda db: db.write("INSERT INTO moods VALUES ('calm', 1.0)"))
        return await exported(store)

    moods = [line for line in asyncio.run(live()) if line.get("table") == "moods"]
    assert moods == [{"table": "moods", "row": {"mood": "calm", "at": 1.0}}]


def test_the_first_line_says_schema_and_time_and_a_turn_is_readable() -> None:
    async def live() -> list[dict[str, Any]]:
        return await exported(await filled())

    head, *lines = asyncio.run(live())
    assert head["schema"] == 4
    assert head["at"] > 1_700_000_000
    (turn,) = [line["row"] for line in lines if line["table"] == "turns"]
    assert turn["record"]["heard"] == "Zürich"
    assert turn["record"]["milliseconds"] == {"recognize": 31}


def test_every_row_comes_once_however_many_there_are() -> None:
    count = 2 * export.BATCH + 1

    async def live() -> list[int]:
        store = Store()
        for number in range(count):
            await store.add_turn(Turn(started=float(number)))
        rows = [line["row"] for line in await exported(store) if line.get("table") == "turns"]
        return [row["id"] for row in rows]

    assert asyncio.run(live()) == list(range(1, count + 1))


def test_a_forgetful_house_can_be_built_again_from_its_export(tmp_path: Any) -> None:
    """Export, erase, import: row by row the same."""

    async def live() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        store = await filled()
        lines = (await exported(store))[1:]
        again = await Store.open(tmp_path / "db", tmp_path / "key")
        for line in lines:
            row = line["row"]
            if line["table"] == "turns":
                row = row | {"record": msgspec.json.encode(row["record"]).decode()}
            marks = ", ".join("?" * len(row))
            sql = f"INSERT INTO {line['table']} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608
            await again._do(Database.write, sql, list(row.values()))
        found = (await exported(again))[1:]
        await again.close()
        return lines, found

    lines, found = asyncio.run(live())
    assert found == lines
