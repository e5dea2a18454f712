"""What Python tells by itself of exceptions and warnings: their type and place, never their text.

Such a text may quote what was said.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import warnings
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from roomtone.system.line import Line

_log = logging.getLogger(__name__)


def install() -> None:
    """Have them logged in this process; what is logged before logs are set up, on stderr."""
    sys.excepthook = _ended
    sys.unraisablehook = _unraisable
    threading.excepthook = _thread_ended
    warnings.showwarning = _warned
    logging.raiseExceptions = False  # else a line that cannot be written is quoted on stderr
    last = logging.StreamHandler()
    last.setLevel(logging.WARNING)
    last.setFormatter(Line(journal=False))
    logging.lastResort = last


def lost(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """For `loop.set_exception_handler`: what nobody waits for any more."""
    task = context.get("task") or context.get("future")
    name = task.get_name() if isinstance(task, asyncio.Task) else ""
    _log.error("an exception was lost", exc_info=context.get("exception"), extra={"task": name})


def _ended(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        _log.critical("ended by an exception", exc_info=(kind, problem, trace))


def _thread_ended(args: threading.ExceptHookArgs) -> None:
    if not issubclass(args.exc_type, SystemExit):
        problem = args.exc_value or args.exc_type()
        _log.error("a thread was lost", exc_info=(args.exc_type, problem, args.exc_traceback))


def _unraisable(args: sys.UnraisableHookArgs) -> None:
    problem = args.exc_value or args.exc_type()
    _log.error(
        "an exception had nowhere to go", exc_info=(args.exc_type, problem, args.exc_traceback)
    )


def _warned(
    message: Warning | str,  # noqa: ARG001 - it may quote what was said
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001 - the signature of `warnings`
    line: str | None = None,  # noqa: ARG001
) -> None:
    where = f"{Path(filename).name}:{lineno}"
    _log.warning("a warning", extra={"warning": category.__name__, "where": where})
