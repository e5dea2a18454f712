"""Commands that the service manager starts: the page, a sigh."""

from __future__ import annotations

import argparse
import asyncio
import signal
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from roomtone.app import config as configuration
from roomtone.app.config import Config
from roomtone.base.error import OwnerError
from roomtone.system.paths import SYSTEM_SOCKET

if TYPE_CHECKING:
    from roomtone.web.gate import Application

PAGE = "http://127.0.0.1:8470"


def add(commands: Any) -> None:
    """Add the commands to the parser; they work without a home and with any configuration."""
    for name, do, load, short, long in (
        (
            "web",
            _web,
            _defaults,
            "serve the page (systemd starts this)",
            f"Serve the page at {PAGE}: state, microphone, faults; nothing of what was said. "
            "Started by roomtone-web.socket when somebody opens the page.",
        ),
        (
            "sigh",
            _sigh,
            _readable,
            "play a low, falling sound (systemd starts this)",
            "Play a low, falling sound through the loudspeaker: the daemon has failed and can make "
            "none itself. Started by roomtone-tell@.service.",
        ),
    ):
        made = commands.add_parser(name, help=short, description=long)
        made.set_defaults(do=do, load=load, config=None)


def _defaults(_path: None) -> Config:
    return Config()


def _readable(path: None) -> Config:
    """The configuration; the defaults where it is what has failed."""
    try:
        return configuration.load(path)
    except OwnerError:
        return Config()


def _web(_config: Config, _options: argparse.Namespace) -> int:
    door = handed(f"`sudo systemctl start roomtone-web.socket`, then open {PAGE}")
    from roomtone.web.client import Client
    from roomtone.web.page import page

    client = Client([SYSTEM_SOCKET])
    return _serve(lambda: page(client.status), door)


def _sigh(config: Config, _options: argparse.Namespace) -> int:
    from roomtone.app.sigh import sigh

    sigh(config.sound)
    return 0


def handed(advice: str) -> socket.socket:
    """The one socket that systemd handed over. Raises OwnerError saying how to be handed one."""
    from roomtone.system.activation import handed

    doors = handed()
    if len(doors) != 1:
        raise OwnerError(f"this is started by systemd, which opens the door: {advice}")
    return doors[0]


def _serve(made: Callable[[], Application], door: socket.socket) -> int:
    from roomtone.system import logs
    from roomtone.system.notify import Notifier
    from roomtone.web.gate import open_door

    async def serve() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        notifier = Notifier()
        async with open_door(made(), door):
            notifier.ready()
            await stop.wait()
            notifier.stopping()

    logs.configure()
    asyncio.run(serve())
    return 0
