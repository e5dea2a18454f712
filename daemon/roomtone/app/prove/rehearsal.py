"""A visit of the recorded visitor, watched by a witness: several promises look at what it saw."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TypeVar

import msgspec

from roomtone.app.config import Config
from roomtone.app.prove import scratch
from roomtone.app.prove.scratch import Scratch
from roomtone.app.prove.visitor import recording_of
from roomtone.app.prove.witness import Orders, Witnessed
from roomtone.app.visit import VISITOR
from roomtone.base.error import RoomtoneError
from roomtone.base.event import Event, ReplyFinished, Understood
from roomtone.detect.settings import WakeSettings

Happening = TypeVar("Happening", Understood, ReplyFinished)

WAKE = WakeSettings(words={"hey_jarvis": 0.5})
"""What the recorded visitor says to be heard."""

PATIENCE = 150.0
"""Seconds for the visit, which takes a tenth of it on a small computer of today."""

LEAVING = 10.0
"""Seconds more for the witness."""


class Rehearsal(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it."""

    problem: str = ""
    """Why there was no visit that could be watched; nothing else counts then."""
    mend: str = ""
    seen: Witnessed = Witnessed()
    heard: tuple[str, ...] = ()
    """What was understood of the visitor."""
    replies: tuple[str, ...] = ()
    by_model: int = 0
    """How many replies the language model wrote."""
    folder: Path = Path()
    """Every file that was written, and the log."""
    log: bytes = b""
    recording: Path = VISITOR
    """What was played to Roomtone."""


def rehearse(config: Config, models: Path, workshop: Scratch) -> Rehearsal:
    """Let the visitor in. Raises nothing that is the machine's fault."""
    try:
        recording = recording_of(config, models, workshop)
    except RoomtoneError as problem:
        return Rehearsal(problem=f"there is no visitor: {problem}", mend="`roomtone doctor`")
    folder = workshop.folder
    settings = scratch.settings(config, workshop.place("visit"), models, wake=WAKE)
    guest = [sys.executable, "-m", "roomtone.app.prove.guest", str(settings), str(recording)]
    orders = Orders(folder=str(folder), guest=guest, patience=PATIENCE)
    answer, log = folder / "witness", folder / "visit.log"
    with answer.open("wb") as said, log.open("wb") as logged:
        witness = workshop.start(
            "roomtone.app.prove.witness", out=said, log=logged, env=workshop.environment()
        )
        with scratch.ended(witness):
            try:
                witness.communicate(msgspec.json.encode(orders), PATIENCE + LEAVING)
            except subprocess.TimeoutExpired:
                return Rehearsal(problem="the visit did not end", mend="`roomtone doctor`")
    told = _told(answer.read_bytes(), log.read_bytes(), folder)
    return msgspec.structs.replace(told, recording=recording)


def _told(answer: bytes, log: bytes, folder: Path) -> Rehearsal:
    try:
        seen = msgspec.json.decode(answer, type=Witnessed)
    except msgspec.MsgspecError:
        return Rehearsal(problem=f"the witness fell ({last_line(log)})", mend="`roomtone doctor`")
    if seen.refused:
        return Rehearsal(
            problem=f"the system gives no network of its own ({seen.refused})",
            mend="`sudo roomtone prove`",
        )
    if seen.status or seen.blind:
        blind = f"the witness is blind: it did not see {', '.join(seen.blind)}"
        failed = f"the visit failed: {last_line(log)}"
        return Rehearsal(problem=blind if seen.blind else failed, mend="`roomtone doctor`")
    replies = _events(seen, ReplyFinished)
    return Rehearsal(
        seen=seen,
        heard=tuple(one.text for one in _events(seen, Understood)),
        replies=tuple(one.text for one in replies),
        by_model=sum(one.by == "llama" for one in replies),
        folder=folder,
        log=log,
    )


def _events(seen: Witnessed, kind: type[Happening]) -> list[Happening]:
    events = (msgspec.json.decode(raw, type=Event) for raw in seen.events)
    return [one for one in events if isinstance(one, kind)]


def last_line(log: bytes) -> str:
    """What a process said last."""
    return log.decode(errors="replace").strip().rpartition("\n")[2] or "it said nothing"
