"""Who has the floor: the state of the conversation, its turn, and the one thing being done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from roomtone.app.work import Work
from roomtone.base import event
from roomtone.base.timed import timed
from roomtone.turn import state
from roomtone.turn.state import State


class Floor:
    """Everything that happens passes through `happen`; one turn at a time has the floor."""

    def __init__(
        self, publish: Callable[[event.Event], None], failed: Callable[[str], Awaitable[None]]
    ) -> None:
        self.state = State.ASLEEP
        self.turn = 0
        self.sounded = 0
        """The last turn whose first sound has left for the room."""
        self.work = Work(failed)
        self._publish = publish
        self._ended = 0
        self._asleep = asyncio.Event()
        self._asleep.set()

    @property
    def taken(self) -> bool:
        """True while somebody speaks, is listened to, or waits for an answer."""
        return self.state is not State.ASLEEP or self.work.going

    def happen(self, happened: event.Event) -> None:
        """Publish an event and let the table decide what follows.

        What a turn says after its end, or after the next one has begun, comes too late to be told.
        """
        if 0 < happened.turn < self.turn or 0 < happened.turn <= self._ended:
            return
        self.state = state.after(self.state, happened)
        if self.state is State.ASLEEP:
            self._asleep.set()
        else:
            self._asleep.clear()
        if isinstance(happened, event.SoundStarted):
            self.sounded = happened.turn
        elif isinstance(happened, event.NothingHeard | event.StopHeard | event.Failed):
            self._ended = max(self._ended, happened.turn)
        self._publish(happened)

    def next_turn(self) -> int:
        """Number the turn that begins now."""
        self.turn += 1
        return self.turn

    async def free(self, within: float) -> bool:
        """Wait until nobody has the floor; False when somebody still has after `within` seconds."""
        try:
            async with timed(within):
                while self.taken:
                    await self._asleep.wait()
                    await self.work.over()
        except TimeoutError:
            return False
        return True
