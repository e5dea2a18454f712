"""Dice, coins and numbers drawn at random."""

from __future__ import annotations

import random

from roomtone.base.room import Reply, Room
from roomtone.respond.number import opened, value
from roomtone.respond.template import Slots

MOMENT = 2
"""Seconds of one draw: what is drawn before the end of a question is sure holds when it is. Nobody
asks twice within it."""

SENTENCES: tuple[str, ...] = (
    "(roll|throw) [a|the|1] {die}",
    "(roll|throw) [the] {dice}",
    "(flip|toss|throw) (a|the) {coin}",
    "{coin:toss}",
    "(pick|choose|give me|tell me|say) (a|any) [random] number between {number:low} and "
    "{number:high}",
    "(pick|choose|give me|tell me|say) (a|any) [random] number from {number:low} to {number:high}",
    "(pick|give me|tell me|say) a random number",
)
LISTS: dict[str, str] = {
    "die": "die|dice",
    "dice": "2 dice|the dice",
    "coin": "coin|heads or tails",
}


def answer(slots: Slots, room: Room) -> Reply | None:
    """Drawn from the clock, so that the same moment gives the same answer."""
    draw = random.Random(int(room.now.timestamp()) // MOMENT)  # noqa: S311 - a game, no secret
    if "die" in slots:
        return _say(f"{draw.randint(1, 6)}.")
    if "dice" in slots:
        return _say(f"{draw.randint(1, 6)} and {draw.randint(1, 6)}.")
    if "coin" in slots or "toss" in slots:
        return _say(draw.choice(("Heads.", "Tails.")))
    low, high = round(value(slots.get("low", "1"))), round(value(slots.get("high", "100")))
    return _say(f"{draw.randint(low, high)}.") if low <= high else None


def _say(text: str) -> Reply:
    return Reply(text=opened(text), skill="chance")
