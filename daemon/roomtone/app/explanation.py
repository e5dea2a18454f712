"""Why a turn went as it did, and what left the house for it, as `roomtone explain` prints it."""

from __future__ import annotations

from typing import Any

from roomtone.base.message.cloud import FAILURES


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
    sent = [entry for entry in turn.get("ledger", ()) if entry["by"] == "cloud"]
    lines = [line for entry in sent for line in _entry(entry)]
    missing = set(turn["entries"]) - {entry["id"] for entry in turn.get("ledger", ())}
    if missing:
        lines.append("  left the house: something that the ledger has no more")
    return lines or ["  left the house: nothing"]


def _entry(entry: dict[str, Any]) -> list[str]:
    outcome = entry["outcome"] or "not over"
    lines = [
        f"  left the house: {entry['bytes']} bytes to {entry['provider']} ({entry['model']}), "
        f"{entry['milliseconds']} ms, {FAILURES.get(outcome, outcome)}"
    ]
    if entry["reason"]:
        lines.append(f"    because   {entry['reason']}")
    lines.append(f"    sent      {entry['text']}" if entry["text"] else "    the text is forgotten")
    return lines
