"""Commands that ask a running daemon, or what it has kept."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from roomtone.app import alone, command, recall
from roomtone.app import config as configuration
from roomtone.app.config import Config

SCRAPE = (
    "For Prometheus the same socket has counts and durations: "
    "`curl --unix-socket /run/roomtone/roomtone.sock http://roomtone/metrics`."
)


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    adder = command.adder(commands, common, configuration.usable)
    status = adder("status", _status, "what Roomtone is doing, in one screen", data=True)
    status.epilog = SCRAPE
    status.add_argument(
        "--wait", action="store_true", help="first wait until a daemon that starts answers"
    )
    adder("listen", _listen, "listen now, as if the wake word had been said")
    adder("hush", _hush, "stop speaking and ringing")
    adder(
        "false-wake", _false_wake, "report the last wake: the same sound then needs a clearer word"
    )
    adder("mute", _mute, "close the microphone until `roomtone unmute`; survives restarts")
    adder("unmute", _unmute, "open the microphone again")
    command.adder(commands, common, configuration.placed)(
        "reload", _reload, "read the configuration again; with a mistake the old one stays"
    )
    adder("timers", _timers, "running timers, the next one first", data=True)
    adder("alarms", _alarms, "alarms that are set, the next one first", data=True)
    command.adder(commands, common)("devices", _devices, "microphones and loudspeakers", data=True)
    settings = command.group(commands, "config", "check or show the configuration")
    _config(settings.add_subparsers(title="commands", metavar="COMMAND", required=True), common)


def _config(commands: Any, common: argparse.ArgumentParser) -> None:
    one = command.adder(commands, common)
    one("check", _config_check, "tell every mistake in the configuration")
    one("show", _config_show, "print the configuration in force, with what each key means")


def _status(config: Config, options: argparse.Namespace) -> int:
    client = alone.up(config) if options.wait else alone.daemon(config)
    status = client.status()
    if options.json:
        return command.print_json(status)
    from roomtone.app.status import show

    show(status, Console(highlight=False))
    return 0


def _reload(config: Config, _options: argparse.Namespace) -> int:
    changed = alone.daemon(config).reload()
    print(f"Reloaded: {', '.join(changed)}." if changed else "Nothing has changed.")
    return 0


def _listen(config: Config, _options: argparse.Namespace) -> int:
    alone.daemon(config).listen()
    return 0


def _hush(config: Config, _options: argparse.Namespace) -> int:
    alone.daemon(config).hush()
    return 0


def _false_wake(config: Config, _options: argparse.Namespace) -> int:
    if alone.daemon(config).false_wake():
        print("Noted: what sounds like it needs a clearer word from now on.")
    else:
        print("Counted in the metrics; nothing is kept of it: guests are here, or it is forgotten.")
    return 0


def _mute(config: Config, _options: argparse.Namespace) -> int:
    alone.daemon(config).mute(on=True)
    return 0


def _unmute(config: Config, _options: argparse.Namespace) -> int:
    alone.daemon(config).mute(on=False)
    return 0


def _timers(config: Config, options: argparse.Namespace) -> int:
    timers = recall.timers(config)
    if options.json:
        return command.print_json(timers)
    from roomtone.app.status import length

    for timer in timers:
        name = timer["name"] or "timer"
        print(f"{length(timer['left_s']):>12} left of {length(timer['seconds'])}  {name}")
    if not timers:
        print("No timer is running.")
    return 0


def _alarms(config: Config, options: argparse.Namespace) -> int:
    alarms = recall.alarms(config)
    if options.json:
        return command.print_json(alarms)
    for alarm in alarms:
        at = dt.datetime.fromisoformat(alarm["at"])
        print(f"{at:%a %Y-%m-%d %H:%M}  {alarm['name']}".rstrip())
    if not alarms:
        print("No alarm is set.")
    return 0


def _devices(_loaded: Config, options: argparse.Namespace) -> int:
    from roomtone.app.visit import devices

    found = devices()
    if options.json:
        return command.print_json(found)
    table = Table("name", "in", "out", "rate", "", box=None, header_style="dim")
    for device in found:
        default = " ".join(
            word
            for word, key in (("microphone", "default_input"), ("loudspeaker", "default_output"))
            if device.get(key)
        )
        table.add_row(
            *(escape(str(device[key])) for key in ("identity", "inputs", "outputs", "rate")),
            f"default {default}" if default else "",
        )
    console = Console(highlight=False)
    if found:
        console.print(table)
        console.print(
            "Write a name, or a part of it, into [sound] input or output. What stands in brackets "
            "stays with the device, or with its plug, at every boot.",
            style="dim",
            markup=False,
        )
    else:
        console.print(
            "No sound device. Plug one in; `arecord -l` shows what the system sees, and your user "
            "must be in the group audio."
        )
    return 0


def _config_check(_loaded: Config, options: argparse.Namespace) -> int:
    found = configuration.locate(options.config)
    print(
        f"{found}: no mistakes." if found else "No configuration file: the defaults are in force."
    )
    return 0


def _config_show(config: Config, _options: argparse.Namespace) -> int:
    from roomtone.app.config_show import show

    print(show(config), end="")
    return 0
