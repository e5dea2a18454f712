"""Whole rooms in virtual time, at the mercy of a seed: people, faults, and what must always hold.

    python tests/bench/simulator.py [--turns 100000] [--seed 1] [--on-disk 0.1]
    python tests/bench/simulator.py --seed 4711 --turns 900 --trace

The first plays rooms of 1,000 turns each, from the seed on, and prints the figures, also when it
is stopped by Ctrl-C; a room that breaks an invariant is named with its seed. The second plays one
room and tells everything that happens in it; all that is said there is made up.
"""

from __future__ import annotations

import argparse
import contextlib
import math
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scenes.simulation.play import Told, play

ROOM = 1000
"""Turns of one room."""


def main() -> int:
    """Print the figures; 1 when something broke."""
    arguments = _arguments()
    if arguments.trace:
        told = play(arguments.seed, arguments.turns, trace=print)
        print(told.broken or "all invariants hold")
        return bool(told.broken)
    began = time.monotonic()
    rooms: list[Told] = []
    turns = min(ROOM, arguments.turns)
    with contextlib.suppress(KeyboardInterrupt):
        for number in range(math.ceil(arguments.turns / ROOM)):
            on_disk = int((number + 1) * arguments.on_disk) > int(number * arguments.on_disk)
            rooms.append(_play(arguments.seed + number, turns, on_disk=on_disk))
            if rooms[-1].broken:
                print(f"seed {rooms[-1].seed}, after {rooms[-1].turns} turns: {rooms[-1].broken}")
    _tell(rooms, time.monotonic() - began)
    return any(room.broken for room in rooms)


def _play(seed: int, turns: int, *, on_disk: bool) -> Told:
    if not on_disk:
        return play(seed, turns)
    with tempfile.TemporaryDirectory() as folder:
        return play(seed, turns, state=Path(folder))


def _tell(rooms: list[Told], seconds: float) -> None:
    faults: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for room in rooms:
        faults.update(room.faults)
        seen.update(room.seen)
    turns = sum(room.turns for room in rooms)
    days = sum(room.virtual for room in rooms) / 86_400
    broken = sum(bool(room.broken) for room in rooms)
    print(f"turns      {turns} in {len(rooms)} rooms, {days:.1f} days of virtual time")
    print(f"took       {seconds:.1f} s, {turns / seconds:.0f} turns/s")
    print(f"worst      {max(room.worst for room in rooms):.2f} s from the end of speech to a word")
    print(f"faults     {sum(faults.values())}")
    for name, count in faults.most_common():
        print(f"           {count:7} {name}")
    print(f"events     {sum(seen.values())}")
    for name, count in seen.most_common():
        print(f"           {count:7} {name}")
    print(f"broken     {broken}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=100_000, help="turns to play in all")
    parser.add_argument(
        "--seed", type=int, default=1, help="of the first room; each next has one more"
    )
    parser.add_argument(
        "--on-disk", type=float, default=0.1, help="share of rooms with a real disk"
    )
    parser.add_argument("--trace", action="store_true", help="one room, and everything in it")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
