"""Commands about the cloud: status, allow, deny, ledger, and the process that systemd starts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from roomtone.app import agreement, alone, command, recall
from roomtone.app import config as configuration
from roomtone.app.config import Config
from roomtone.app.consents import DENIED
from roomtone.app.explanation import sent
from roomtone.base.error import OwnerError
from roomtone.base.message.cloud import FAILURES
from roomtone.store import choices
from roomtone.system.owner import hand_over
from roomtone.system.paths import private_folder
from roomtone.turn.ledger import NOT_SENT

CLOSED = (
    "closed, nobody answers there: a daemon in the foreground opens it within seconds; of the "
    "service `sudo systemctl enable --now roomtone-cloud.socket` opens it"
)

ANSWERERS = ("skill", "llama", "daemon")
"""Who answers in the house; the reason of a turn that no policy was asked about."""


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    cloud = command.group(commands, "cloud", "whether the cloud may be asked, and what left")
    one = command.adder(
        cloud.add_subparsers(title="commands", metavar="COMMAND", required=True),
        common,
        configuration.usable,
    )
    one(
        "status",
        _status,
        "whether the cloud may be asked, and how it stands",
        "Whether the cloud may be asked, by whose yes, what would be sent to whom, and how the way "
        "to it stands. Nothing is sent for this.",
        data=True,
    )
    allow = one(
        "allow",
        _allow,
        "agree to what [cloud] says, after reading it",
        "Tell what will leave the house, to whom, what is replaced, and how to see and stop it; "
        "then ask for a typed yes. Another provider, model or more context needs a new yes.",
    )
    allow.add_argument("--yes", action="store_true", help="agree without being asked, for scripts")
    one(
        "deny",
        _deny,
        "take the yes back; works also without a daemon",
        "Take the yes back. What is being asked is cut off, and nothing is sent until "
        "`roomtone cloud allow`. Without a daemon the next one finds the no.",
    )
    _ledger_command(one)
    serving = one(
        "serve",
        _serve,
        "be the way to the internet (systemd starts this)",
        "Ask the provider for the core, over the socket that systemd hands over. Started by "
        "roomtone-cloud.socket, which is off unless you enable it.",
    )
    serving.set_defaults(load=configuration.load)


def _ledger_command(one: command.Adder) -> None:
    ledger = one(
        "ledger",
        _ledger,
        "what left the house, newest first",
        "List every request to the cloud with the text that was sent, to the byte, and every turn "
        "for which nothing left the house; with TURN only what belongs to that turn. A request is "
        "written down here before it may leave.",
        data=True,
    )
    ledger.add_argument(
        "turn", metavar="TURN", nargs="?", type=command.positive, help="a number of `history list`"
    )
    ledger.add_argument(
        "--limit", type=command.positive, default=20, help="how many (default: 20, at most 1000)"
    )


def _status(config: Config, options: argparse.Namespace) -> int:
    cloud = recall.cloud(config)
    if options.json:
        return command.print_json(cloud)
    for line in standing(cloud):
        print(line)
    return 0


def standing(cloud: dict[str, Any]) -> list[str]:
    """How the cloud stands, a line each."""
    consent, terms, way = cloud["consent"], cloud["terms"], cloud["standing"]
    why_not = cloud.get("why_not", "")
    why_not = why_not or _obstacle(way)
    lines = [f"The cloud is not asked: {why_not}." if why_not else "The cloud may be asked."]
    lines.append(f"  policy      {cloud['policy']}")
    lines.append(f"  provider    {terms['provider']}, {terms['model']}")
    lines.append(f"              {agreement.whom(terms['provider'])}")
    lines.append(f"  sent along  {terms['context']} earlier turns")
    if consent is not None:
        lines.append(f"  allowed     by {consent['by']}, {command.moment(consent['at'])}")
    if way is not None:
        lines += _way(way)
    elif cloud["allowed"]:
        lines.append(f"  way         {CLOSED}")
    used = "never" if cloud["last_used"] is None else command.moment(cloud["last_used"])
    lines.append(f"  sent today  {cloud['sent_today_bytes']} bytes; last used: {used}")
    return lines


def _obstacle(way: dict[str, Any] | None) -> str:
    """What keeps an allowed question from being sent, in a few words; empty when nothing does."""
    if way is None:
        return "the way to it is closed"
    if not way["has_key"]:
        return "there is no key for the provider"
    return FAILURES["refused"] if way["last_failure"] == "refused" else ""


def _way(way: dict[str, Any]) -> list[str]:
    lines = [f"  key         {'there' if way['has_key'] else 'missing'}"]
    if way["rests_s"]:
        lines.append(f"  way         rests for {round(way['rests_s'])} s after failures")
    if way["last_failure"]:
        told = way["detail"] or FAILURES.get(way["last_failure"], way["last_failure"])
        lines.append(f"  last failure  {told}")
    return lines


def _allow(config: Config, options: argparse.Namespace) -> int:
    client = alone.daemon(config)
    cloud = client.cloud()
    terms = cloud["terms"]
    if cloud["policy"] == "local":
        raise OwnerError(
            '[cloud] policy is "local", so the cloud would never be asked; set another policy, '
            "`roomtone reload`, then allow it"
        )
    print(agreement.words(terms))
    command.typed_yes("\nDo you agree?", given=options.yes)
    client.allow(terms["provider"], terms["model"], terms["context"])
    print("Allowed. `roomtone cloud status` shows how it stands.")
    if cloud["standing"] is None:
        print(f"The way to it is {CLOSED}.")
    elif not cloud["standing"]["has_key"]:
        print(
            "There is no key for the provider yet: [cloud] key_file, or the credential cloud-key."
        )
    return 0


def _deny(config: Config, _options: argparse.Namespace) -> int:
    client = alone.daemon(config)
    if not client.running():
        absent = (
            "The daemon is starting and" if client.starting() else "No daemon runs; the next one"
        )
        print(f"Denied. {absent} finds {_sign(config)}.")
        return 0
    try:
        client.deny()
    except OwnerError as problem:
        raise OwnerError(f"{problem}; it is denied by {_sign(config)} all the same") from problem
    print("Denied. Nothing is sent any more.")
    return 0


def _sign(config: Config) -> Path:
    """Deny it with a file, which always wins; the file. Raises OwnerError."""
    state = alone.whereabouts(config).state
    sign = state / DENIED
    try:
        private_folder(state)
        sign.touch(mode=0o600)
        hand_over(sign)
        choices.sign(sign, on=True)
    except OSError as problem:
        raise OwnerError(
            f"{sign} cannot be written ({problem.strerror}); "
            "`sudo systemctl mask --now roomtone-cloud.socket roomtone-cloud.service` locks it"
        ) from problem
    return sign


def _ledger(config: Config, options: argparse.Namespace) -> int:
    entries = recall.ledger(config, min(options.limit, 1000), options.turn)
    if options.json:
        return command.print_json(entries)
    for entry in entries:
        for line in told(entry):
            print(line)
    if not any(entry["by"] == "cloud" and entry["outcome"] != NOT_SENT for entry in entries):
        print(_nothing(entries, options.turn))
    return 0


def _nothing(entries: list[dict[str, Any]], turn: int | None) -> str:
    if entries:
        return "Nothing left the house for any of these."
    if turn is not None:
        return f"The ledger has nothing of a turn {turn}; `roomtone history list` shows the turns."
    return (
        "The ledger is empty: nothing was written down since it was begun, or since everything "
        "was forgotten. What leaves the house is written down before."
    )


def told(entry: dict[str, Any]) -> list[str]:
    """One entry of the ledger, a line each."""
    when, turn = command.moment(entry["at"]), entry["turn"]
    of = f"turn {turn}" if turn is not None else "a turn that is not in the history"
    if entry["by"] != "cloud":
        why = entry["reason"]
        why = f" (answered by {why})" if why in ANSWERERS else f" ({why})" if why else ""
        return [f"{when}  {of}: nothing left the house{why}"]
    lines = [f"{when}  {of}: {sent(entry)}"]
    if entry["reason"]:
        lines.append(f"    asked by the policy {entry['reason']}")
    if entry["text"]:
        lines.append(f"    sent: {entry['text']}")
    elif entry["outcome"] != NOT_SENT:
        lines.append("    the text is forgotten")
    return lines


def _serve(config: Config, options: argparse.Namespace) -> int:
    from roomtone.app.command_door import handed

    door = handed("`sudo systemctl start roomtone-cloud.socket`")
    from roomtone.app.cloud import serve

    file: Path | None = options.config
    return serve(config, door, lambda: configuration.load(file))
