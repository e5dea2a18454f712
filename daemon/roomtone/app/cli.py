"""The command line. Exit codes: 0 done, 1 failed with one line on stderr, 2 bad usage."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from roomtone import __version__
from roomtone.app import (
    command_bench,
    command_cloud,
    command_control,
    command_doctor,
    command_door,
    command_history,
    command_memory,
    command_models,
    command_prove,
    command_talk,
    command_wake,
)
from roomtone.app import config as configuration
from roomtone.base.error import OwnerError, RoomtoneError
from roomtone.system import hooks

EPILOG = """\
A running daemon is asked over its socket; `ask`, `say --out`, `timers`, `alarms`, `history`,
`explain`, `notes`, `memory status`, `cloud status`, `cloud ledger` and `cloud deny` also work
without one.
Exit codes: 0 done, 1 failed, 2 bad usage, 78 `run` needs its owner, 130 interrupted.
"""

OWNER_MUST_ACT = 78
"""Exit code of `roomtone run` when starting it again is of no use: EX_CONFIG of sysexits(3)."""


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code. Without `argv` this process is its own."""
    if argv is None:
        hooks.install()
    options = parser().parse_args(argv)
    try:
        code: int = options.do(options.load(options.config), options)
    except RoomtoneError as error:
        for line in str(error).splitlines():
            print(f"roomtone: {line}", file=sys.stderr)
        starting = options.do is command_talk.daemon
        return OWNER_MUST_ACT if starting and isinstance(error, OwnerError) else 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(
        prog="roomtone",
        description="A private voice for a room.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"roomtone {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--config",
        metavar="FILE",
        type=Path,
        help="configuration; else $ROOMTONE_CONFIG, /etc/roomtone/config.toml, "
        "~/.config/roomtone/config.toml, else the defaults",
    )
    top.set_defaults(load=configuration.load)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    command_talk.add(commands, common)
    command_control.add(commands, common)
    command_history.add(commands, common)
    command_memory.add(commands, common)
    command_cloud.add(commands, common)
    command_models.add(commands, common)
    command_doctor.add(commands, common)
    command_prove.add(commands, common)
    command_wake.add(commands, common)
    command_bench.add(commands, common)
    command_door.add(commands)
    return top
