"""The whole behaviour of a conversation over time: four states, one table.

What is not in the table does not change the state. Mute is a closed device, not a state.
"""

from __future__ import annotations

from enum import StrEnum

from roomtone.base import event


class State(StrEnum):
    """Where the conversation stands."""

    ASLEEP = "asleep"
    LISTENING = "listening"
    THINKING = "thinking"
    SPEAKING = "speaking"


NEXT: dict[State, dict[type[event.Happened], State]] = {
    State.ASLEEP: {
        event.WakeHeard: State.LISTENING,
        event.TimerFired: State.SPEAKING,
        event.ReplyStarted: State.SPEAKING,  # an announcement: nobody asked
    },
    State.LISTENING: {
        event.SpeechEnded: State.THINKING,
        event.NothingHeard: State.ASLEEP,
        event.StopHeard: State.ASLEEP,
        event.Failed: State.ASLEEP,
    },
    State.THINKING: {
        event.ReplyStarted: State.SPEAKING,
        event.ReplyFinished: State.LISTENING,  # done without a word
        event.WakeHeard: State.LISTENING,
        event.BargedIn: State.LISTENING,  # whoever was cut off goes on
        event.StopHeard: State.ASLEEP,
        event.Failed: State.ASLEEP,
    },
    State.SPEAKING: {
        event.ReplyFinished: State.LISTENING,  # the follow-up window; NothingHeard closes it
        event.WakeHeard: State.LISTENING,
        event.BargedIn: State.LISTENING,
        event.StopHeard: State.ASLEEP,
        event.Failed: State.ASLEEP,
    },
}


def after(state: State, happened: event.Happened) -> State:
    """The state that follows `happened`; the same one when the table does not name it."""
    return NEXT[state].get(type(happened), state)


def diagram() -> str:
    """The table as a Mermaid state diagram, for the architecture page."""
    lines = ["stateDiagram-v2", "    [*] --> asleep"]
    for state, ways in NEXT.items():
        lines += [f"    {state} --> {target}: {kind.__name__}" for kind, target in ways.items()]
    return "\n".join(lines)
