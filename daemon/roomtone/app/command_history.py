"""Commands about what was said and kept: history, explain, notes, guests."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from roomtone.app import alone, command, recall
from roomtone.app import config as configuration
from roomtone.app.config import Config
from roomtone.app.explanation import explained
from roomtone.base.error import OwnerError

LIMIT = 1000
"""Turns that are listed or found at a time, at most."""

NOTES = 500
"""Notes that are forgotten at a time."""


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    history = command.group(
        commands, "history", "what was said: list, search, show, export, forget"
    )
    _history(
        command.adder(
            history.add_subparsers(title="commands", metavar="COMMAND", required=True),
            common,
            configuration.usable,
        )
    )
    one = command.adder(commands, common, configuration.usable)
    explain = one(
        "explain",
        _show,
        "why a turn went as it did, and what left the house for it",
        data=True,
    )
    _turn(explain)
    _notes(commands, common)
    guest = one(
        "guest",
        _guest,
        "keep nothing while guests are here",
        "With `on` nothing of what is said is kept and the cloud is not asked, until `off`. "
        "Without either it tells which it is.",
    )
    guest.add_argument("switch", metavar="on|off", nargs="?", choices=("on", "off"), default=None)


def _history(one: command.Adder) -> None:
    listing = one("list", _list, "the last turns, newest first", data=True)
    found = one(
        "search",
        _search,
        "turns in which all WORDS were said",
        "The last turns in which all WORDS were heard or said, newest first.",
        data=True,
    )
    found.add_argument("words", metavar="WORDS", nargs="+", type=_text, help="what to look for")
    for made in (listing, found):
        made.add_argument(
            "--limit", type=command.positive, default=20, help="how many (default: 20)"
        )
    _turn(one("show", _show, "everything that is kept of one turn", data=True))
    export = one(
        "export",
        _export,
        "all that is kept, as lines of JSON",
        "Everything that is kept, one JSON object on each line: turns, ledger, notes, timers, "
        "alarms and choices. FILE is there when all of it is in it, for your eyes alone.",
    )
    export.add_argument("--out", metavar="FILE", type=Path, help="a new file; else standard output")
    forget = one(
        "forget",
        _forget,
        "forget turns, and what left the house for them, for good",
        "Forget the last turn, those of today, everything, or one turn by its number: out of the "
        "memory, its copies and the texts of the ledger, for good. Works also without a daemon.",
    )
    what = forget.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "what", metavar="last|today|all|TURN", nargs="?", type=_what, help="which turns"
    )
    what.add_argument(
        "--match", metavar="TEXT", type=_text, help="every turn, note and sent text that holds it"
    )
    forget.add_argument("--yes", action="store_true", help="do not ask first")


def _notes(commands: Any, common: argparse.ArgumentParser) -> None:
    notes = command.adder(commands, common, configuration.usable)(
        "notes",
        _notes_do,
        "what it was asked to remember; `notes forget ID...` forgets",
        "What it was asked to remember, the oldest first. With `forget` and numbers: forget these "
        "notes, for good.",
        data=True,
    )
    notes.add_argument("action", metavar="forget", nargs="?", choices=("forget",), help="forget")
    notes.add_argument("ids", metavar="ID", nargs="*", type=command.positive, help="which notes")
    notes.set_defaults(misused=notes.error)


def _turn(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "turn",
        metavar="TURN",
        nargs="?",
        default="last",
        help="`last`, or a number of `history list`",
    )


def _text(word: str) -> str:
    if not word.strip():
        raise argparse.ArgumentTypeError("it is empty")
    return word


def _what(word: str) -> str:
    if word in ("last", "today", "all"):
        return word
    try:
        return str(command.positive(word))
    except argparse.ArgumentTypeError:
        raise argparse.ArgumentTypeError("give last, today, all or the number of a turn") from None


def _list(config: Config, options: argparse.Namespace) -> int:
    return _printed(recall.history(config, min(options.limit, LIMIT)), options, "No turns yet.")


def _search(config: Config, options: argparse.Namespace) -> int:
    found = recall.search(config, " ".join(options.words), min(options.limit, LIMIT))
    return _printed(found, options, "No turn has all of these words.")


def _printed(turns: list[dict[str, Any]], options: argparse.Namespace, none: str) -> int:
    if options.json:
        return command.print_json(turns)
    for turn in turns:
        heard = repr(turn["heard"]) if turn["heard"] else "(nobody asked)"
        print(f"{turn['id']:>5}  {turn['at']}  {heard} -> {turn['reply']!r}")
    if not turns:
        print(none)
    return 0


def _show(config: Config, options: argparse.Namespace) -> int:
    turn = recall.explain(config, options.turn)
    if options.json:
        return command.print_json(turn)
    for line in explained(turn):
        print(line)
    return 0


def _export(config: Config, options: argparse.Namespace) -> int:
    records = recall.export(config)
    if options.out in (None, Path("-")):
        _write(records, sys.stdout)
        return 0
    if options.out.exists():
        raise OwnerError(f"{options.out} is there already; give a new file")
    try:
        with _whole(options.out) as file:
            count = _write(records, file)
    except OSError as problem:
        raise OwnerError(
            f"{options.out} cannot be written ({problem.strerror}); give another --out"
        ) from problem
    print(f"{options.out}: {count} records.")
    return 0


def _write(records: Iterable[dict[str, Any]], file: TextIO) -> int:
    count = 0
    for count, record in enumerate(records, 1):  # noqa: B007 - the last one is the count
        file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return count


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[TextIO]:
    """A file of this user alone that is at `path` when all is written, and else nowhere."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123 - it is open already
            yield file
            file.flush()
            os.fsync(descriptor)
        Path(name).rename(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _forget(config: Config, options: argparse.Namespace) -> int:
    if not options.yes and (options.match is not None or options.what in ("today", "all")):
        command.typed_yes(_concerned(config, options), given=False)
    if options.match is not None:
        gone = recall.forget_matching(config, options.match)
    else:
        gone = recall.forget(config, options.what)
    if options.what == "all" and options.match is None:
        print(f"Everything is forgotten: {_turns(gone)}, all notes and the ledger. The key is new.")
    else:
        print(f"Forgotten: {gone}." if gone else "There was nothing to forget.")
    return 0


def _concerned(config: Config, options: argparse.Namespace) -> str:
    """How many it concerns, before a yes."""
    if options.match is not None:
        found = _turns(len(recall.search(config, options.match, LIMIT)))
        return (
            f"{found} with these words, and every note and sent text that holds them, "
            "will be forgotten for good."
        )
    if options.what == "today":
        found = _turns(recall.kept(config, "today"))
        return f"{found} of today will be forgotten for good; notes stay."
    return (
        f"{_turns(recall.kept(config, 'all'))}, all notes and the whole ledger will be forgotten "
        "for good."
    )


def _turns(count: int) -> str:
    return "1 turn" if count == 1 else f"{count} turns"


def _notes_do(config: Config, options: argparse.Namespace) -> int:
    if options.action == "forget":
        return _forget_notes(config, options)
    notes = recall.notes(config)
    if options.json:
        return command.print_json(notes)
    for note in notes:
        print(f"{note['id']:>5}  {note['at']}  {note['text']!r}")
    if not notes:
        print("No notes.")
    return 0


def _forget_notes(config: Config, options: argparse.Namespace) -> int:
    if not options.ids:
        options.misused("which ones? give the numbers that `roomtone notes` shows")
    client, wanted = alone.daemon(config), sorted(set(options.ids))[:NOTES]
    unknown = set(wanted) - {note["id"] for note in client.notes()}
    gone = client.drop_notes(wanted)
    if gone:
        print(f"Forgotten: {gone}.")
    if gone + len(unknown) < len(wanted):
        raise OwnerError("the rest had just been forgotten; see `roomtone notes`")
    if unknown:
        numbers = ", ".join(str(number) for number in sorted(unknown))
        raise OwnerError(f"there is no note {numbers}; see `roomtone notes`")
    return 0


def _guest(config: Config, options: argparse.Namespace) -> int:
    client = alone.daemon(config)
    if options.switch is None:
        guest = client.memory()["guest"]
        print("Guests are here: nothing is kept." if guest else "No guests: what is said is kept.")
        return 0
    client.guest(on=options.switch == "on")
    return 0
