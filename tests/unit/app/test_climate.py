"""Heat and a weak supply are told once, and their end as well."""

from __future__ import annotations

import asyncio

import pytest

from roomtone.app import climate
from roomtone.app.climate import CALM, Climate

FIRMWARE = "sys/devices/platform/soc/soc:firmware/get_throttled"
ZONE = "sys/class/thermal/thermal_zone0/temp"


@pytest.fixture
def told():
    return []


@pytest.fixture
def board(tmp_path, told):
    """A machine whose firmware says what the test wants."""

    def says(bits: str = "0", milli: str = "50000") -> Climate:
        for name, text in ((FIRMWARE, bits), (ZONE, milli)):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text + "\n")
        return Climate(told.append, tmp_path)

    return says


@pytest.mark.parametrize(
    ("bits", "milli", "signs"),
    [
        ("0", "50000", set()),
        ("80008", "82000", {"hot"}),
        ("0", "95000", {"hot"}),
        ("50005", "50000", {"under_voltage"}),
        ("50000", "50000", set()),
    ],
)
def test_what_is_so_now_counts_and_what_has_been_does_not(board, bits, milli, signs):
    assert board(bits, milli).signs() == signs


def test_a_fault_that_comes_and_goes_is_told_once(board, told):
    machine = board()
    for second in range(0, 100, 5):
        machine.take({"under_voltage"} if second % 10 else set(), second)
    assert [(news.part, news.kind) for news in told] == [("machine", "under_voltage")]
    assert "power supply" in told[0].action


def test_its_end_is_told_when_it_stays_away_with_the_time_it_lasted(board, told):
    machine = board()
    machine.take({"hot"}, 100.0)
    machine.take({"hot"}, 130.0)
    machine.take(set(), 130.0 + CALM - 1)
    assert len(told) == 1
    machine.take(set(), 130.0 + CALM)
    assert told[1].recovered_ms == 30_000
    machine.take({"hot"}, 500.0)
    assert len(told) == 3


def test_a_machine_without_sensors_is_left_alone(tmp_path, told):
    asyncio.run(asyncio.wait_for(Climate(told.append, tmp_path).watch(), 5))
    assert not told


def test_it_looks_again_and_again(board, told, monkeypatch, tmp_path):
    monkeypatch.setattr(climate, "LOOK", 0.01)

    async def heat() -> None:
        watching = asyncio.create_task(board().watch())
        await asyncio.sleep(0.05)
        assert not told
        (tmp_path / FIRMWARE).write_text("80008\n")
        while not told:  # noqa: ASYNC110 - nothing tells when a file was read
            await asyncio.sleep(0.01)
        watching.cancel()

    asyncio.run(asyncio.wait_for(heat(), 5))
    assert told[0].kind == "hot"


def test_a_look_that_sees_nothing_does_not_end_the_watch(monkeypatch, told):
    monkeypatch.setattr(climate, "LOOK", 0.01)
    looks = iter([set(), None, {"hot"}])

    async def heat() -> None:
        machine = Climate(told.append)
        monkeypatch.setattr(machine, "signs", lambda: next(looks, None))
        watching = asyncio.create_task(machine.watch())
        while not told:  # noqa: ASYNC110 - nothing tells when it has looked
            await asyncio.sleep(0.01)
        assert not watching.done()
        watching.cancel()

    asyncio.run(asyncio.wait_for(heat(), 5))
