"""Why a turn went as it did, and what left the house for it, as `roomtone explain` prints it."""

from __future__ import annotations

from typing import Any

from roomtone.base.message.cloud import FAILURES
from roomtone.turn.ledger import MAY_HAVE_LEFT, NOT_SENT

OUTCOMES = {
    "": "what came of it is not known",
    "given up": "given up before the answer was over",
    "tried again": "it failed and was tried again",
    MAY_HAVE_LEFT: "given up, and it may have left",
}
"""What may come of a request besides an answer and `FAILURES`, in plain words."""


def explained(turn: dict[str, Any]) -> list[str]:
    """The lines about a turn, which is plain data with its entries of the ledger."""
    lines = [f"Turn {turn['id']}, {turn['at']}: {turn['outcome']}"]
    if turn["wake_phrase"]:
        lines.append(f"  woken by    {turn['wake_phrase']} (score {turn['wake_score']:.2f})")
    if turn["heard"]:
        sure = round(turn["confidence"] * 100)
        lines.append(f"  heard       {turn['heard']!r}, {sure} % sure")
    skill = f" ({turn['skill']})" if turn["skill"] else ""
    lines.append(f"  answered by {turn['by'] or 'nobody'}{skill}")
    if turn["reason"]:
        lines.append(f"  because     {turn['reason']}")
    lines.append(f"  answer      {turn['reply']!r}")
    if not turn["spoken"] and not turn["milliseconds"]:
        lines.append("  in writing  nothing was spoken")
    elif turn["spoken"] != turn["reply"]:
        lines.append(f"  of it heard {turn['spoken']!r}")
    lines += [
        f"  {phase.replace('_', ' '):<11} {milliseconds} ms"
        for phase, milliseconds in turn["milliseconds"].items()
    ]
    return lines + _left(turn)


def _left(turn: dict[str, Any]) -> list[str]:
    """What left the house; what the ledger has lost is told, and never counts as nothing."""
    asked = [entry for entry in turn.get("ledger", ()) if entry["by"] == "cloud"]
    lines = [line for entry in asked for line in _entry(entry)]
    missing = set(turn["entries"]) - {entry["id"] for entry in turn.get("ledger", ())}
    if missing:
        lines.append("  left the house: something that the ledger has no more")
    return lines or ["  left the house: nothing"]


def sent(entry: dict[str, Any]) -> str:
    """How much of a request was sent, to whom, and what came of it."""
    whom, outcome = f"to {entry['provider']} ({entry['model']})", entry["outcome"]
    if outcome == NOT_SENT:
        return f"nothing, as a request {whom} was given up before it was sent"
    came = OUTCOMES.get(outcome) or FAILURES.get(outcome, outcome)
    return f"{entry['bytes']} bytes {whom}, {entry['milliseconds']} ms, {came}"


def _entry(entry: dict[str, Any]) -> list[str]:
    lines = [f"  left the house: {sent(entry)}"]
    if entry["reason"]:
        lines.append(f"    because   {entry['reason']}")
    if entry["text"]:
        lines.append(f"    sent      {entry['text']}")
    elif entry["outcome"] != NOT_SENT:
        lines.append("    the text is forgotten")
    return lines
