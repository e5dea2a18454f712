"""Commands about models: list, pull, verify."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from roomtone.app.config import Config, kept
from roomtone.base.error import OwnerError
from roomtone.system import pull
from roomtone.system.manifest import Model
from roomtone.system.owner import acting_for
from roomtone.system.weights import Weights

STEP = 0.2
"""Seconds between two lines of progress on a terminal."""


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    models = commands.add_parser(
        "models",
        help="list, pull and verify models",
        description="The models that Roomtone may load, and whether they are here.",
    )
    actions = models.add_subparsers(title="actions", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help="every model and its state", parents=[common])
    listed.add_argument("--json", action="store_true", help="one JSON array on stdout")
    listed.set_defaults(do=lambda config, options: models_list(config, as_json=options.json))
    pulled = actions.add_parser(
        "pull",
        help="fetch models",
        description="Fetch models, check them, put them in place. A cut download goes on where it "
        "ended. Without a name: what the configuration needs.",
        parents=[common],
    )
    pulled.add_argument("names", metavar="NAME", nargs="*", help="a model, needed or recommended")
    pulled.set_defaults(do=lambda config, options: models_pull(config, options.names))
    verified = actions.add_parser("verify", help="hash models against the list", parents=[common])
    verified.add_argument("names", metavar="NAME", nargs="*", help="a model; all that are here")
    verified.add_argument("--json", action="store_true", help="one JSON array on stdout")
    verified.set_defaults(
        do=lambda config, options: models_verify(config, options.names, as_json=options.json)
    )


def models_list(config: Config, *, as_json: bool) -> int:
    """Print every model: its name, kind, size, state and purpose. Returns 0."""
    weights = _weights(config)
    used = selected(config)
    rows = [_row(weights, model, used) for model in weights.listed.model]
    if as_json:
        print(json.dumps(rows))
        return 0
    print(f"  {'NAME':18} {'KIND':9} {'SIZE':>8}  {'STATE':8} PURPOSE")
    for row in rows:
        mark = "*" if row["used"] else " "
        size = megabytes(row["bytes"])
        print(
            f"{mark} {row['name']:18} {row['kind']:9} {size:>8}  {row['state']:8} {row['purpose']}"
        )
    print("* in use; licences: `roomtone models list --json`")
    return 0


def models_pull(config: Config, names: list[str], stream: TextIO | None = None) -> int:
    """Fetch the named models, or what the configuration needs, with progress on stderr. Returns 0.

    Raises OwnerError when one cannot be had; those before it are in place.
    """
    weights = _weights(config)
    used = selected(config)
    listed = [name for name in used if name in weights.listed.by_name]
    told = progress(stream or sys.stderr)
    with acting_for(kept(config).state):
        done = pull.pull(weights, names or ["needed", *listed], told)
    for one in done:
        state = f"pulled, {megabytes(one.bytes)}" if one.fresh else "here already"
        print(f"{one.model}: {state}")
    lines = config_lines(done, used)
    if names and lines:
        print("To use them, write in the configuration:", *lines, sep="\n")
    return 0


def models_verify(config: Config, names: list[str], *, as_json: bool) -> int:
    """Hash the files of the named models, or of all that are here. Returns 1 if one is bad."""
    weights = _weights(config)
    found = weights.verify(names)
    if as_json:
        print(json.dumps([{"model": v.model, "file": v.file, "state": v.state} for v in found]))
    else:
        for one in found:
            print(f"{'ok ' if one.good else 'BAD'} {one.model}/{one.file} ({one.state})")
    bad = dict.fromkeys(one.model for one in found if not one.good)
    if bad:
        print(f"roomtone: run `roomtone models pull {' '.join(bad)}`", file=sys.stderr)
    return int(bool(bad))


def selected(config: Config) -> list[str]:
    """The models that the configuration names; paths are left out."""
    models = config.models
    names = [*config.wake.words, models.speech, models.language, models.voice]
    return [name for name in names if "/" not in name]


def config_lines(done: Iterable[pull.Pulled], used: Iterable[str]) -> list[str]:
    """The lines of a configuration that select these models, without those in use."""
    fresh = [one for one in done if one.model not in set(used)]
    words = [f"{one.model} = 0.5" for one in fresh if one.kind == "wake"]
    models = [
        f'{one.kind} = "{one.model}"'
        for one in fresh
        if one.kind in {"speech", "language", "voice"}
    ]
    return [
        *(["[models]", *models] if models else []),
        *(["[wake.words]", *words] if words else []),
    ]


def progress(stream: TextIO) -> Callable[[str, str, int, int], None]:
    """Tell how far a pull is: a line that moves on a terminal, else one line a file."""
    terminal = stream.isatty()
    last = [0.0]

    def told(model: str, file: str, done: int, total: int) -> None:
        whole = total > 0 and done >= total
        if terminal and (whole or time.monotonic() - last[0] >= STEP):
            last[0] = time.monotonic()
            share = f"{done * 100 // total:3} %" if total else ""
            of = f" of {megabytes(total)}" if total else ""
            end = "\n" if whole else ""
            stream.write(f"\r{model}/{file}  {megabytes(done)}{of}  {share}\x1b[K{end}")
            stream.flush()
        elif not terminal and done == 0:
            stream.write(f"{model}/{file}  {megabytes(total) if total else ''}\n")

    return told


def megabytes(size: int) -> str:
    """A size for people: "63.2 MB"."""
    return f"{size / 1e6:.1f} MB" if size < 1e9 else f"{size / 1e9:.2f} GB"


def _row(weights: Weights, model: Model, used: list[str]) -> dict[str, Any]:
    places = [weights.place(model, file) for file in model.files]
    if None in places:
        state = "missing"
    elif all(place and place.is_relative_to(weights.shipped) for place in places):
        state = "shipped"
    else:
        state = "here"
    return {
        "name": model.name,
        "kind": model.kind,
        "purpose": model.purpose,
        "licence": model.licence,
        "bytes": model.size,
        "state": state,
        "used": model.name in used or (model.needed and model.kind != "wake"),
        "recommended": model.recommended,
    }


def _weights(config: Config) -> Weights:
    """The models of this Roomtone: those of the service, when this is the service's own command."""
    where = kept(config)
    if where.state.exists() and not os.access(where.state, os.X_OK):
        raise OwnerError(f"{where.models} belongs to the service: use `sudo roomtone models ...`")
    return Weights.of(where)
