"""`roomtone wake`: whose voices it knows, and how well the wake word is heard on recordings."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from roomtone.app import alone, command, microphone
from roomtone.app.bench import labels
from roomtone.app.bench.report import machine
from roomtone.app.command_bench import show
from roomtone.app.config import Config, places
from roomtone.base.error import OwnerError
from roomtone.detect.port import Floats, Samples

if TYPE_CHECKING:
    from roomtone.app.enrollment import Enrollment

RECORDINGS = 3
"""Recordings of the word that a voice is learnt from."""

ABOUT_TEST = f"""\
Play recordings to the ear's own wake word detection, faster than they last, and print how many of
them wake it, how late after the end of the word, and which do not. With --other it also prints what
else wakes it and when, and how often in an hour of speech, with the limits between which the true
rate lies in 95 of 100 cases (Poisson, exact). The network alone, with nothing but its threshold,
hears the same beside it. Nothing is kept.

A recording holds the word once. Folders are searched for sound files.

{labels.ABOUT}"""

ABOUT_ENROLL = """\
Say the wake word three times into the microphone, or give three recordings of it with --from, and
it is known in your voice: what was hardly heard and sounds like you needs half the score. All else
calls as before, whoever says it. Do not expect much: in simulated rooms and a kitchen's noise,
enrolled voices were not heard measurably better than others. What is kept, in the encrypted memory,
are 385 numbers and no sound; `roomtone wake forget` and `roomtone history forget all` delete them.
"""

SECONDS = 3.0
"""Length of one recording."""

TRIES = 3
"""Times that one recording is asked for."""


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    made = commands.add_parser("wake", help="whose voices it knows, and how well it hears its word")
    whats = made.add_subparsers(title="commands", metavar="WHAT", required=True)
    one = command.adder(whats, common)
    enroll = one("enroll", _enroll, "teach it the wake word in your voice", ABOUT_ENROLL)
    enroll.add_argument("word", metavar="WORD", help='a wake word in use, as in "hey jarvis"')
    enroll.add_argument("--name", default="owner", help="whose voice it is; else `owner`")
    enroll.add_argument(
        "--from", dest="files", type=Path, nargs=RECORDINGS, metavar="FILE", help="recordings"
    )
    one("list", _list, "whose voices are enrolled; how many false alarms are remembered", data=True)
    forget = one("forget", _forget, "forget an enrolled voice, or all that is learnt")
    which = forget.add_mutually_exclusive_group(required=True)
    which.add_argument("name", nargs="?", metavar="NAME", help="whose voice")
    which.add_argument("--all", action="store_true", help="all voices and all false alarms")
    test = whats.add_parser(
        "test",
        help="recall, false accepts and delay on recordings",
        description=ABOUT_TEST,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    test.add_argument(
        "said", type=Path, nargs="+", metavar="FILE", help="recordings of the word, or folders"
    )
    test.add_argument("--word", help="a wake word in use; else the first, as in `hey_jarvis`")
    test.add_argument(
        "--other", type=Path, nargs="+", default=[], metavar="FILE", help="of anything else"
    )
    test.add_argument("--labels", type=Path, metavar="FILE", help="where the word ends; see above")
    test.add_argument("--noise", type=Path, metavar="FILE", help="lay this noise under them")
    test.add_argument("--snr", type=float, default=10.0, metavar="DB", help="so far below; else 10")
    test.add_argument("--json", action="store_true", help="one JSON object on stdout")
    test.set_defaults(do=_test)


def _enroll(config: Config, options: argparse.Namespace) -> int:
    from roomtone.app.bench.recordings import networks, whole
    from roomtone.app.enrollment import Enrollment

    word = _plain(options.word)
    if word not in config.wake.words:
        known = ", ".join(one.replace("_", " ") for one in config.wake.words)
        raise OwnerError(f"{options.word!r} is no wake word in use; there is: {known}")
    enrollment = Enrollment(networks(config, word), word)
    own: list[Floats] = []
    for count in range(RECORDINGS):
        if options.files:
            score, traces = enrollment.said(whole(options.files[count]))
            if not traces:
                raise OwnerError(
                    f"{options.files[count]}: “{options.word}” is hardly in it (score {score:.2f}):"
                    " record it again, close to the microphone"
                )
        else:
            traces = _recorded(config, enrollment, options.word, count)
        own += traces
    with Console(stderr=True, highlight=False).status("Learning"):
        others = enrollment.others(_others(config, word))
        alone.enroll(config, enrollment.voice(options.name, own, others))
    print(f"“{options.word}” is known in the voice of {options.name}.")
    return 0


def _recorded(config: Config, enrollment: Enrollment, word: str, count: int) -> list[Floats]:
    """One recording from the microphone. Raises OwnerError when the word is not heard."""
    for _ in range(TRIES):
        try:
            input(f"{count + 1} of {RECORDINGS}: press Enter, then say “{word}” ")
        except EOFError:
            raise OwnerError(
                "it has to be said at a terminal; or give recordings: --from"
            ) from None
        _, traces = enrollment.said(microphone.record(config.sound, SECONDS))
        if traces:
            return traces
        print("That was not heard. Once more, a little louder or closer:")
    raise OwnerError(f"“{word}” was not heard; `roomtone doctor` looks at the microphone")


def _others(config: Config, word: str) -> list[Samples]:
    """What is not of this voice: the installed one, saying the word itself and other things."""
    from roomtone.app.bench.wake import called, talk
    from roomtone.system.weights import Weights

    voice = str(Weights.of(places(config)).find(config.models.voice, "voice"))
    return [*called(voice, word), *talk(voice)]


def _list(config: Config, options: argparse.Namespace) -> int:
    known = alone.learnt(config)
    if options.json:
        return command.print_json(known)
    for voice in known["voices"]:
        print(f"{voice['name']}: “{voice['word'].replace('_', ' ')}”")
    if not known["voices"]:
        print("No voice is enrolled: it treats all voices alike.")
    print(f"False alarms remembered: {known['false_alarms']}.")
    return 0


def _forget(config: Config, options: argparse.Namespace) -> int:
    gone = alone.forget_voice(config, None if options.all else options.name)
    if not gone and not options.all:
        raise OwnerError(f"no voice of {options.name!r} is enrolled; see `roomtone wake list`")
    print(f"{gone} forgotten.")
    return 0


def _plain(word: str) -> str:
    return word.strip().replace(" ", "_").lower()


def _test(config: Config, options: argparse.Namespace) -> int:
    from roomtone.app.bench import wake  # it brings the networks, which other commands do without
    from roomtone.app.bench.recordings import Noise, whole

    began, where = time.monotonic(), machine()
    word = _plain(options.word or next(iter(config.wake.words)))
    with Console(stderr=True, highlight=False).status("Listening") as line:
        said = wake.recorded(options.said, options.labels)
        other = wake.sounds(options.other)
        noise = Noise(whole(options.noise), options.snr) if options.noise else None
        listener = wake.Listener(config, word)
        report = wake.measured(listener, said, other, noise, line.update)
    took = time.monotonic() - began
    show(report, "wake test", took=took, where=where, data=options.json)
    return 0
