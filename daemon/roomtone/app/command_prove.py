"""`roomtone prove`: the promises about privacy, tried on this machine."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import signal
import sys
import time
from typing import Any, NoReturn

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from roomtone import __version__
from roomtone.app.config import Config
from roomtone.app.prove.proof import Proof

ABOUT = """\
Try every promise about privacy on this machine, within some minutes, and say what was seen.

A recorded visitor is answered in a network of its own in which every packet would be heard; what
is written then is searched for its voice, and what is logged for its words. Then come mute,
deletion, the wall in front of the home network, redaction, and the permission to ask the cloud.
All of it happens in a folder of its own that is gone afterwards. A running service goes on: it is
asked one question, and its microphone is closed for a moment unless it is muted already.
"""

EPILOG = """\
A promise holds, is broken, or was not tried; the reason is told, and what would let it be tried.
--json prints {"ok", "complete", "version", "at", "took_s", "promises": [{"promise", "says",
"verdict", "trials": [{"trial", "verdict", "said", "mend"}]}]}; names stay the same from version to
version. Exit codes: 0 nothing is broken, 1 something is, 2 bad usage, 130 interrupted.
"""

STYLES = {"holds": "green", "broken": "bold red", "not tried": "yellow"}


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    made = commands.add_parser(
        "prove",
        help="try the promises about privacy on this machine",
        description=ABOUT,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    made.add_argument("--json", action="store_true", help="one JSON object on stdout")
    made.set_defaults(do=_prove)


def _prove(config: Config, options: argparse.Namespace) -> int:
    from roomtone.app.prove import proving

    signal.signal(signal.SIGTERM, _leave)
    began, at = time.monotonic(), dt.datetime.now().astimezone()
    page = Console(highlight=False, stderr=options.json)
    proofs: list[Proof] = []
    with Console(stderr=True, highlight=False).status("Trying") as line:
        for proof in proving.prove(config, lambda what: line.update(f"Trying: {what}")):
            proofs.append(proof)
            page.print(_line(proof))
    took = time.monotonic() - began
    if options.json:
        print(json.dumps(as_data(proofs, at=at, took=took), ensure_ascii=False))
    else:
        _details(page, proofs)
        page.print(f"\n{summary(proofs)} Took {took:.0f} s.")
    return int(any(proof.verdict == "broken" for proof in proofs))


def as_data(proofs: list[Proof], *, at: dt.datetime, took: float) -> dict[str, Any]:
    """The report as JSON data."""
    return {
        "ok": not any(proof.verdict == "broken" for proof in proofs),
        "complete": not any(proof.untried for proof in proofs),
        "version": __version__,
        "at": at.isoformat(timespec="seconds"),
        "took_s": round(took, 1),
        "promises": [
            {
                "promise": proof.promise,
                "says": proof.says,
                "verdict": proof.verdict,
                "trials": msgspec.to_builtins(proof.trials),
            }
            for proof in proofs
        ],
    }


def summary(proofs: list[Proof]) -> str:
    """One sentence that claims no more than was tried."""
    whole = [proof for proof in proofs if proof.verdict == "holds" and not proof.untried]
    partly = [proof for proof in proofs if proof.verdict == "holds" and proof.untried]
    counts = (
        (len([proof for proof in proofs if proof.verdict == "broken"]), "broken"),
        (len(whole), "held in every trial"),
        (len(partly), "held as far as they could be tried"),
        (len([proof for proof in proofs if proof.verdict == "not tried"]), "not tried"),
    )
    told = ", ".join(f"{count} {words}" for count, words in counts if count)
    return f"Of {len(proofs)} promises: {told}."


def _line(proof: Proof) -> Text:
    missing = f" ({len(proof.untried)} of {len(proof.trials)} not tried)"
    told = missing if proof.untried and proof.verdict != "not tried" else ""
    return Text.assemble((f"{proof.verdict:<10}", STYLES[proof.verdict]), proof.says, told)


def _details(page: Console, proofs: list[Proof]) -> None:
    """What was seen in each trial; what mends it, or lets it be tried."""
    for proof in proofs:
        page.print(Text(f"\n{proof.says}", "bold"))
        for trial in proof.trials:
            mark = (f"{trial.verdict} ", STYLES[trial.verdict])
            said = Text.assemble(mark, f"{trial.trial}: {trial.said}")
            page.print(Padding(said, (0, 0, 0, 2)))
            if trial.mend:
                page.print(Padding(Text(trial.mend), (0, 0, 0, 6)))


def _leave(_number: int, _frame: object) -> NoReturn:
    """End as an interrupt does, so that everything is put away."""
    sys.exit(128 + signal.SIGTERM)
