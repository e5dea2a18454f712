"""The table, exhausted: every state against every event."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from roomtone.base import event
from roomtone.turn.state import NEXT, State, after, diagram

KINDS = get_args(event.Event)
SAMPLES = {
    kind: kind(
        **{
            name: {"str": "", "float": 0.5, "int": 1, "bool": True, "int | None": None}[typed]
            for name, typed in kind.__annotations__.items()
        }
    )
    for kind in KINDS
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("kind", KINDS)
def test_every_event_in_every_state_leads_where_the_table_says(
    state: State, kind: type[event.Happened]
) -> None:
    assert after(state, SAMPLES[kind]) is NEXT[state].get(kind, state)


def test_every_state_can_be_reached_and_left() -> None:
    reached = {target for ways in NEXT.values() for target in ways.values()}
    assert reached == set(State)
    assert all(set(ways.values()) - {state} for state, ways in NEXT.items())


@pytest.mark.parametrize("state", [State.LISTENING, State.THINKING, State.SPEAKING])
@pytest.mark.parametrize("kind", [event.StopHeard, event.Failed])
def test_stop_and_failure_end_in_sleep_from_everywhere(
    state: State, kind: type[event.Happened]
) -> None:
    assert after(state, SAMPLES[kind]) is State.ASLEEP


def test_the_diagram_names_every_way_once() -> None:
    ways = [line for line in diagram().splitlines() if "-->" in line]
    assert len(ways) == len(set(ways)) == 1 + sum(len(ways) for ways in NEXT.values())


def test_the_architecture_page_shows_the_table_as_it_is() -> None:
    page = Path(__file__).parents[3] / "daemon" / "README.md"
    assert diagram() in page.read_text()
