"""Commands that converse: run, try, replay, ask, say."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from roomtone.app import config as configuration
from roomtone.app.config import Config
from roomtone.base import event
from roomtone.base.error import OwnerError
from roomtone.base.event import Event

Adder = Callable[..., argparse.ArgumentParser]


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    one = _adder(commands, common)
    one("run", daemon, "run the daemon in the foreground", "Hear, answer and speak until stopped.")
    trial = one(
        "try",
        _try,
        "converse now; without a microphone a recorded visitor does",
        "Converse live, or let the recorded visitor speak when there is no microphone. "
        "The conversation is printed as it goes, with the milliseconds from the last word to the "
        "first sound.",
    )
    trial.add_argument("--visitor", action="store_true", help="the visitor, even with a microphone")
    trial.add_argument(
        "--keep",
        metavar="DIR",
        type=Path,
        default=Path("try"),
        help="where the two sides of the visit are kept as sound (default: ./try)",
    )
    play = one(
        "replay",
        _replay,
        "play a recording to Roomtone and keep what it says",
        "The same pipeline with a file as the microphone. OUT is aligned with IN to the sample. "
        "Nothing is stored and no device is opened.",
    )
    play.add_argument("input", metavar="IN", type=Path, help="a recording: wav, flac, ogg, mp3")
    play.add_argument("--out", metavar="OUT.wav", type=Path, help="what Roomtone plays")
    play.add_argument("--json", action="store_true", help="one JSON object per event on stdout")
    play.add_argument("--realtime", action="store_true", help="at the pace of a room")
    ask = one("ask", _ask, "ask in writing", "Print the answer to TEXT; nothing is spoken.")
    ask.add_argument("text", metavar="TEXT", nargs="+", type=_text, help="the question")
    ask.add_argument("--json", action="store_true", help="one JSON object per event on stdout")
    speak = one("say", _say, "speak TEXT in the room", "Speak TEXT; without a daemon, into --out.")
    speak.add_argument("text", metavar="TEXT", nargs="+", type=_text, help="what to say")
    speak.add_argument("--out", metavar="FILE.wav", type=Path, help="write the sound to a file")


def _adder(
    commands: Any, common: argparse.ArgumentParser
) -> Callable[..., argparse.ArgumentParser]:
    def one(
        name: str, do: Callable[[Config, argparse.Namespace], int], short: str, long: str
    ) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(
            name, help=short, description=long, parents=[common]
        )
        made.set_defaults(do=do)
        return made

    return one


def _text(word: str) -> str:
    if not word.strip():
        raise argparse.ArgumentTypeError("say something, it is empty")
    return word


def daemon(config: Config, options: argparse.Namespace) -> int:
    """`roomtone run`. Raises OwnerError when starting it again would not help."""
    from roomtone.app import alone, run
    from roomtone.system import logs

    logs.configure(config.log.level)
    if alone.daemon(config).running():
        raise OwnerError("another Roomtone runs already; `roomtone status` shows it")
    source = configuration.locate(options.config)
    asyncio.run(run.run(config, lambda: configuration.load(options.config), source=source))
    return 0


def _try(config: Config, options: argparse.Namespace) -> int:
    from roomtone.app import visit

    return visit.converse(config, visitor=options.visitor, keep=options.keep)


def _replay(config: Config, options: argparse.Namespace) -> int:
    from rich.console import Console

    from roomtone.app import replay, transcript

    tell = _json if options.json else transcript.Transcript(Console(highlight=False), "guest").tell
    asyncio.run(replay.replay(config, options.input, options.out, tell, realtime=options.realtime))
    return 0


def _ask(config: Config, options: argparse.Namespace) -> int:
    from roomtone.app import alone

    failed = False
    for happened in alone.ask(config, " ".join(options.text)):
        if options.json:
            _json(happened)
        elif isinstance(happened, event.Sentence):
            print(happened.text, flush=True)
        failed = failed or isinstance(happened, event.Failed)
    return int(failed)


def _say(config: Config, options: argparse.Namespace) -> int:
    from roomtone.app import alone

    alone.say(config, " ".join(options.text), options.out)
    return 0


def _json(happened: Event) -> None:
    sys.stdout.write(event.to_json(happened) + "\n")
    sys.stdout.flush()
