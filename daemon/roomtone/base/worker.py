"""The loop of a child that does jobs one after another and can be told to give one up."""

from __future__ import annotations

import contextlib
import queue
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import msgspec

from roomtone.base import message
from roomtone.base.error import OwnerError
from roomtone.base.rhythm import until
from roomtone.base.wire import ChildWire

DEPTH = 32
"""Jobs that may wait; the reader stops reading beyond, so the core feels it."""

BEAT = 1.0
"""Seconds between two beats."""

S = TypeVar("S", bound=msgspec.Struct)


class Job(Protocol):
    """A request with a number."""

    @property
    def job(self) -> int:
        """The number that its answers carry."""
        ...


class Cancelled(Protocol):
    """Asks whether the current job was given up; asking is a sign of life.

    A doer asks between two pieces of its work, the more often the better.
    """

    def __call__(self) -> bool:
        """True once it was."""
        ...


Doer = Callable[[Any, Callable[[msgspec.Struct], None], Cancelled], None]
"""(request, send, cancelled) -> None: does one job, sending what it makes as it is made."""


def wire_of(argv: list[str]) -> socket.socket:
    """The socket that the core passed as `--wire FD`. Raises SystemExit(2) without one."""
    if len(argv) != 3 or argv[1] != "--wire" or not argv[2].isdigit():
        sys.exit(f"{argv[0]}: a part of Roomtone, started by `roomtone run`")
    return socket.socket(fileno=int(argv[2]))


def serve(
    sock: socket.socket,
    setup_type: type[S],
    incoming: Any,
    start: Callable[[S], tuple[Doer, dict[str, str | int | float | bool]]],
    outdates: Callable[[Any, Any], bool] = lambda _newer, _older: False,
) -> None:
    """Read the setup, load with `start`, then do jobs until the core closes the socket.

    A request that the next one `outdates` (newer, older) is given up as if it had been cancelled.

    An OwnerError while loading is told to the core as `Unable`; an error inside a job becomes that
    job's `Done.error`, by type only, for its text could hold what was said.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the core says when to end, by closing the socket
    first: ChildWire[S] = ChildWire(sock, setup_type)
    setup = first.receive()
    if setup is None:
        return
    wire = first.retype(incoming)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # no core: nothing to do
        try:
            do, detail = start(setup)
        except OwnerError as unable:
            wire.send(message.Unable(advice=str(unable)))
            return
        wire.send(message.Ready(detail=detail))
        _work(wire, do, outdates)


def _work(wire: ChildWire[Any], do: Doer, outdates: Callable[[Any, Any], bool]) -> None:
    """Do one job after another, until the core closes the socket."""
    jobs: queue.Queue[Any] = queue.Queue(DEPTH)
    given_up: set[int] = set()
    heart = _Heart(wire)
    threading.Thread(target=_read, args=(wire, jobs, given_up, outdates), daemon=True).start()
    while (request := heart.next(jobs)) is not None:
        number = request.job
        error = ""

        def cancelled(number: int = number) -> bool:
            heart.step()
            return number in given_up

        try:
            if number not in given_up:
                do(request, wire.send, cancelled)
        except (BrokenPipeError, ConnectionResetError):
            raise
        except Exception as problem:  # noqa: BLE001 - one bad job must not end the part
            error = type(problem).__name__
        given_up.difference_update(old for old in list(given_up) if old <= number)
        wire.send(message.Done(job=number, error=error))


class _Heart:
    """Beats about once a second, in the thread that works: while it waits and between its steps."""

    def __init__(self, wire: ChildWire[Any]) -> None:
        self._wire = wire
        self._steps = 0
        self._due = 0.0

    def next(self, jobs: queue.Queue[Any]) -> Any:
        """The next request, beating until there is one."""
        while True:
            try:
                return jobs.get(timeout=until(BEAT, time.monotonic()))
            except queue.Empty:
                self._wire.send(message.Beat(steps=self._steps, busy=False))

    def step(self) -> None:
        """Work went forward."""
        self._steps += 1
        if (now := time.monotonic()) >= self._due:
            self._due = now + BEAT
            self._wire.send(message.Beat(steps=self._steps, busy=True))


def _read(
    wire: ChildWire[Any],
    jobs: queue.Queue[Any],
    given_up: set[int],
    outdates: Callable[[Any, Any], bool],
) -> None:
    last: Any = None
    try:
        while (request := wire.receive()) is not None:
            if isinstance(request, message.Cancel):
                given_up.add(request.job)
            else:
                if last is not None and outdates(request, last):
                    given_up.add(last.job)
                last = request
                jobs.put(request)
    except ConnectionResetError:
        pass
    finally:
        jobs.put(None)
