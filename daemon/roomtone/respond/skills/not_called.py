"""Take a wake back: nobody had called."""

from __future__ import annotations

from roomtone.base.room import NotCalled, Reply, Rest, Room
from roomtone.respond.template import Slots

SENTENCES: tuple[str, ...] = (
    "[that was|it was|this was] [a|another] false (alarm|wake|wake up)",
    "that was (not|no) (me|for you|the wake word|your name)",
    "(nobody|no one) (called|was calling|was talking to|talked to|meant|woke) you",
    "(nobody|no one) said (your name|the wake word)",
    "i (did|have) not (call|called|mean|meant|woken|wake) you",
    "i (was|am) not (talking|speaking) to you",
    "i did not say (your name|the wake word)",
)
LISTS: dict[str, str] = {}


def answer(_slots: Slots, room: Room) -> Reply:
    """Promise no more than is done about it."""
    remembered = "Sorry. I will remember how that sounded."
    return Reply(
        text="Sorry. Guests are here, so I keep nothing of it." if room.guest else remembered,
        skill="not_called",
        actions=(NotCalled(), Rest()),
    )
