"""What the commands have in common: how one is added, numbers, JSON, moments, a typed yes."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from roomtone.app import config as configuration
from roomtone.app.config import Config
from roomtone.base.clock import local
from roomtone.base.error import OwnerError

Do = Callable[[Config, argparse.Namespace], int]
"""Carries a command out; its exit code."""

Adder = Callable[..., argparse.ArgumentParser]
"""Takes a command's name, what does it, one line and, by choice, a longer text."""

Load = Callable[[Path | None], Config]
"""Reads the configuration. Raises OwnerError."""

PASSPHRASE_LEAST = 8
"""Characters of a new one: what is shorter is guessed on a stolen disk."""

PASSPHRASE_LIMIT = 1024
"""Characters of a passphrase."""


def adder(commands: Any, common: argparse.ArgumentParser, load: Load = configuration.load) -> Adder:
    """Adds commands to `commands`, which read the configuration by `load`; `data` gives --json."""

    def one(
        name: str, do: Do, short: str, long: str = "", *, data: bool = False
    ) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(
            name,
            help=short,
            description=long or f"{short[0].upper()}{short[1:]}.",
            parents=[common],
        )
        if data:
            made.add_argument("--json", action="store_true", help="as JSON")
        made.set_defaults(do=do, load=load)
        return made

    return one


def group(commands: Any, name: str, short: str) -> Any:
    """A command that has commands of its own."""
    return commands.add_parser(name, help=short, description=f"{short[0].upper()}{short[1:]}.")


def positive(text: str) -> int:
    """A whole number from 1, as an argument."""
    if not (text.isascii() and text.isdigit() and len(text) < 16 and int(text) >= 1):
        raise argparse.ArgumentTypeError("it must be 1 or more")
    return int(text)


def print_json(data: object) -> int:
    """Print it; exit code 0."""
    print(json.dumps(data, indent=2, ensure_ascii=False))
    return 0


def moment(unix: float) -> str:
    """A moment as a person reads it."""
    return dt.datetime.strftime(local(unix), "%Y-%m-%d %H:%M")


def typed_yes(question: str, *, given: bool) -> None:
    """Return when the owner means it: by --yes (`given`), or a typed yes. Raises OwnerError."""
    if given:
        return
    if not sys.stdin.isatty():
        raise OwnerError("this asks for a yes and there is no terminal to type it; add --yes")
    print(question)
    try:
        typed = input('Type "yes" to go on: ')
    except EOFError:
        typed = ""
    if typed.strip().lower() != "yes":
        raise OwnerError("it was not a yes, so nothing has changed")


def passphrase(*, new: bool, from_stdin: bool) -> str:
    """A passphrase, typed unseen or one line of standard input; a `new` one is typed twice.

    Raises OwnerError. It never stands on a command line, where every user of the machine reads it.
    """
    if from_stdin:
        typed = sys.stdin.readline().removesuffix("\n")
    elif sys.stdin.isatty():
        typed = getpass.getpass("Passphrase: ")
        if new and getpass.getpass("The same again: ") != typed:
            raise OwnerError("the two are not the same; nothing has changed")
    else:
        raise OwnerError("there is no terminal to type it; add --stdin and hand over one line")
    least = PASSPHRASE_LEAST if new else 1
    if not least <= len(typed) <= PASSPHRASE_LIMIT:
        raise OwnerError(
            f"a passphrase has {least} to {PASSPHRASE_LIMIT} characters; several words are best"
        )
    return typed
