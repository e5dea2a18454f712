"""Long conversations, a long history, an hour of television: does it stay as fast and as small."""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from roomtone.app.bench import figures
from roomtone.app.bench.archive import Kept, remember
from roomtone.app.bench.conversation import Spent, converse
from roomtone.app.bench.report import Report, Row
from roomtone.app.bench.shapes.models import Tell, models
from roomtone.app.bench.television import Watched, programme, watch
from roomtone.app.command import positive
from roomtone.app.config import Config, places
from roomtone.app.ear_setup import EarSetup
from roomtone.system.weights import Weights

FEW = 1_000
"""Turns of the history that the long one is held against."""

WINDOW = 20
"""Turns at the beginning and at the end whose medians are compared."""

SLOWER = 1.1
"""How many times the beginning the end may take."""

SEARCH_MS, APPEND_MS = 20.0, 5.0
"""What 95 of 100 searches and appends stay below."""

GROWTH_MB = 2.0
"""Megabytes an hour by which the ear may grow."""


def add(parser: argparse.ArgumentParser) -> None:
    """Its own arguments."""
    parser.add_argument("--turns", type=positive, default=200, help="of a conversation; else 200")
    parser.add_argument(
        "--history", type=positive, default=100_000, help="turns of a history; else 100000"
    )
    parser.add_argument(
        "--minutes", type=positive, default=60, help="of television; 1440 are a day; else 60"
    )
    parser.add_argument(
        "--television", type=Path, metavar="FILE", help="a recording of it; else one is made"
    )


def run(options: argparse.Namespace, tell: Tell) -> Report:
    """Measure. Raises OwnerError, PartError."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    config = options.configuration
    found = models(options.shapes, config, tell)
    voice = str(Weights.of(places(config)).find(config.models.voice, "voice"))
    sound = programme(voice, options.television)
    loops = max(2, round(60 * options.minutes / (len(sound) / 16_000)))
    watched = watch(asyncio.run(_ear(config)), sound, loops, tell)
    kept = remember([FEW, options.history], tell)
    spent = converse(options.turns, found, config, tell)
    return Report(
        title="Does it stay as fast, and as small",
        rows=[*_talk(spent), *_history(kept), *_television(watched, len(sound) / 16_000)],
        notes=[
            f"Models of the conversation: {found.label}.",
            "Television is "
            + (options.television.name if options.television else "made here: talk over music")
            + f", {len(sound) / 16_000:.0f} s again and again, heard as fast as it can be.",
        ],
        series={
            "time to first token": [1000 * one.first for one in spent],
            "television": [one.cpu for one in watched],
        },
    )


async def _ear(config: Config) -> EarSetup:
    from roomtone.app.build import build

    core = await build(config, private=True)
    try:
        return core.setups.ear()
    finally:
        await core.memory.close()


def _talk(spent: Sequence[Spent]) -> list[Row]:
    size = min(WINDOW, max(1, (len(spent) - 1) // 2))
    early, late = spent[1 : 1 + size], spent[-size:]
    firsts = [_median([1000 * one.first for one in some]) for some in (early, late)]
    rows = [
        Row(
            name=f"turn {name}",
            table="Conversation (medians of some turns)",
            values={
                "first token ms": _median([1000 * one.first for one in some]),
                "thinker CPU s": _median([one.cpu for one in some]),
                "thinker MB": some[-1].memory,
                "core MB": some[-1].core,
            },
            target=f"<= {SLOWER} times the first" if name == str(len(spent)) else "",
            met=firsts[1] <= SLOWER * firsts[0] if name == str(len(spent)) else None,
        )
        for name, some in (("2", early), (str(len(spent)), late))
    ]
    slopes: dict[str, Any] = {
        "first token ms": 100 * figures.slope([1000 * one.first for one in spent[1:]]),
        "thinker CPU s": 100 * figures.slope([one.cpu for one in spent[1:]]),
        "thinker MB": 100 * figures.slope([one.memory for one in spent[1:]]),
        "core MB": 100 * figures.slope([one.core for one in spent[1:]]),
    }
    return [*rows, Row(name="growth in 100 turns", table=rows[0].table, values=slopes)]


def _history(kept: Sequence[Kept]) -> list[Row]:
    rows = []
    for one in kept:
        search, append, newest = (
            1000 * figures.percentile(values, 95) for values in (one.search, one.append, one.newest)
        )
        rows.append(
            Row(
                name=f"{one.turns} turns",
                table="History",
                values={
                    "search p95 ms": search,
                    "append p95 ms": append,
                    "newest 50 p95 ms": newest,
                    "MB": one.megabytes,
                },
                target=f"search <= {SEARCH_MS:.0f}, append <= {APPEND_MS:.0f} ms",
                met=search <= SEARCH_MS and append <= APPEND_MS,
            )
        )
    return rows


def _television(watched: Sequence[Watched], seconds: float) -> list[Row]:
    an_hour = 3600 / seconds
    third = max(1, len(watched) // 3)
    growth = an_hour * figures.slope([one.memory for one in watched])
    slower = _median([one.cpu for one in watched[-third:]]) / _median(
        [one.cpu for one in watched[:third]]
    )
    values: dict[str, Any] = {
        "hours": len(watched) / an_hour,
        "CPU % of a core": 100 * sum(one.cpu for one in watched) / (len(watched) * seconds),
        "last third / first": slower,
        "growth MB/h": growth,
        "MB": watched[-1].memory,
        "wakes": sum(one.wakes for one in watched),
    }
    return [
        Row(
            name="attention, asleep",
            table="Television",
            values=values,
            target=f"<= {SLOWER} times, <= {GROWTH_MB:.0f} MB/h",
            met=slower <= SLOWER and growth <= GROWTH_MB,
        )
    ]


def _median(values: Sequence[float]) -> float:
    return figures.percentile(values, 50)
