"""What the owner reads: one line for each step, also when the terminal has gone away."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import TypeVar

from setting_up import step

T = TypeVar("T")


def doing(title: str, work: Callable[[], T]) -> T:
    """Do `work` with a line that says so and how long it took."""
    began = time.monotonic()
    show(title, "…")
    done = work()
    show(title, f"{time.monotonic() - began:.0f} s", last=True)
    return done


def show(title: str, state: str, *, last: bool = False) -> None:
    """Write the line of a step; a terminal that has gone away is no reason to stop half-way."""
    with contextlib.suppress(OSError):
        step.show(title, state, last=last)


def say(*lines: str) -> None:
    """Write lines as they are."""
    with contextlib.suppress(OSError):
        print(*lines, sep="\n", flush=True)
