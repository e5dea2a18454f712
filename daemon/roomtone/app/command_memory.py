"""Commands about the memory itself: how it stands, its copies, and what opens it."""

from __future__ import annotations

import argparse
import contextlib
import time
from typing import Any

from roomtone.app import alone, command, recall
from roomtone.app import config as configuration
from roomtone.app.config import Config
from roomtone.base.error import OwnerError
from roomtone.system.paths import SYSTEM_STATE
from roomtone.web.client import Client

SEAL = """\
A credential of systemd keeps the key: sealed to this machine's TPM where it has one, else to a key
of the machine's own. Roomtone has no right to make one. For roomtone.service, as root, in this
order (from a passphrase, `roomtone memory protect --key-file` comes first):
  systemd-creds encrypt --name=database-key {key} /etc/credstore.encrypted/database-key
  systemctl restart roomtone
  roomtone memory check
When the last one says that all is well, and only then, delete the open key:
  shred --remove {key}
`roomtone memory status` then tells what it protects against."""


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    memory = command.group(commands, "memory", "the encrypted memory: state, copies, protection")
    one = command.adder(
        memory.add_subparsers(title="commands", metavar="COMMAND", required=True),
        common,
        configuration.usable,
    )
    one("status", _status, "size, age, copies and protection of what is kept", data=True)
    one(
        "check",
        _check,
        "read the whole memory and tell what is wrong",
        "Read every page of the memory. Ends with 1 when something is wrong.",
        data=True,
    )
    one("snapshot", _snapshot, "write a copy of the memory now", data=True)
    restore = one(
        "restore",
        _restore,
        "go back to the newest copy that is whole",
        "Put the newest copy that is whole in the memory's place. What was kept since it was made "
        "is lost, and so it asks for a typed yes.",
        data=True,
    )
    restore.add_argument("--yes", action="store_true", help="do not ask first")
    protect = one(
        "protect",
        _protect,
        "choose what opens the memory",
        "Choose what opens the memory: a passphrase that is typed after each start, a key file "
        "beside it, or a credential of systemd.",
        data=True,
    )
    kind = protect.add_mutually_exclusive_group(required=True)
    kind.add_argument("--passphrase", action="store_true", help="ask for a passphrase, twice")
    kind.add_argument("--key-file", action="store_true", help="open it without being asked")
    kind.add_argument("--credential", action="store_true", help="tell how systemd can keep the key")
    unlock = one(
        "unlock",
        _unlock,
        "type the passphrase that the memory waits for",
        "Open a memory that waits for its passphrase after a start. It is typed unseen and never "
        "stands on a command line.",
    )
    for made in (protect, unlock):
        made.add_argument(
            "--stdin", action="store_true", help="read the passphrase as one line, for scripts"
        )


def _status(config: Config, options: argparse.Namespace) -> int:
    memory = recall.memory(config)
    if options.json:
        return command.print_json(memory)
    for line in standing(memory, time.time()):
        print(line)
    return 0


def standing(memory: dict[str, Any], now: float) -> list[str]:
    """How the memory stands at Unix time `now`, a line each."""
    from roomtone.app.status import length

    oldest = (
        "" if memory["oldest"] is None else f", the oldest of {command.moment(memory['oldest'])}"
    )
    snapshot = memory["snapshot"]
    copy = "none yet" if snapshot is None else f"{length(max(0.0, now - snapshot))} old"
    lines = [
        f"{memory['file']}: {memory['bytes'] / 1e6:.1f} MB, {memory['turns']} turns{oldest}.",
        f"  copy        {copy}",
    ]
    lines += protected(memory["protection"])
    if memory["restored"] is not None:
        lines.append(
            f"  restored    from a copy of {command.moment(memory['restored']['from_unix'])}"
        )
    if memory["guest"]:
        lines.append("  guests      are here: nothing is kept")
    lines += [f"! {fault}" for fault in memory["faults"]]
    return lines


def protected(protection: dict[str, Any]) -> list[str]:
    """What keeps a thief from reading it, a line each."""
    return [
        f"  opened by   {protection['kind']}",
        f"              {protection['against']}",
        f"              {protection['not_against']}",
    ]


def _check(config: Config, options: argparse.Namespace) -> int:
    wrong = alone.daemon(config).check_memory()
    if options.json:
        command.print_json(wrong)
    else:
        for line in wrong:
            print(f"! {line}")
        print("`roomtone memory restore` goes back to a copy." if wrong else "All is well.")
    return int(bool(wrong))


def _snapshot(config: Config, options: argparse.Namespace) -> int:
    made = alone.daemon(config).snapshot()
    if options.json:
        return command.print_json(made)
    print(f"{made['file']}: {made['bytes'] / 1e6:.1f} MB.")
    return 0


def _restore(config: Config, options: argparse.Namespace) -> int:
    client = alone.daemon(config)
    command.typed_yes(f"What was kept since {_newest(client)} will be lost.", given=options.yes)
    restored = client.restore()
    if options.json:
        return command.print_json(restored)
    print(f"Restored: the memory is that of {command.moment(restored['from_unix'])}.")
    return 0


def _newest(client: Client) -> str:
    """The newest copy in words; a memory that is damaged may not know its time."""
    with contextlib.suppress(OwnerError):
        if (snapshot := client.memory()["snapshot"]) is not None:
            return f"the newest copy, of {command.moment(snapshot)},"
    return "the newest copy"


def _protect(config: Config, options: argparse.Namespace) -> int:
    if options.credential:
        print(SEAL.format(key=SYSTEM_STATE / "key"))
        return 0
    secret = command.passphrase(new=True, from_stdin=options.stdin) if options.passphrase else None
    protection = alone.daemon(config).protect(secret)
    if options.json:
        return command.print_json(protection)
    for line in protected(protection):
        print(line)
    if options.passphrase:
        print(
            "After each start it waits for `roomtone memory unlock`. A passphrase that is lost "
            "cannot be recovered, nor what it closes."
        )
    return 0


def _unlock(config: Config, options: argparse.Namespace) -> int:
    alone.daemon(config).unlock(command.passphrase(new=False, from_stdin=options.stdin))
    print("The memory is open.")
    return 0
