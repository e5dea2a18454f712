"""Louder, quieter, or a level."""

from __future__ import annotations

from roomtone.base.room import Reply, Room, SetVolume
from roomtone.respond.number import figures, value
from roomtone.respond.template import Slots

STEP = 0.15
"""How far "louder" and "quieter" go, of 0..1."""

SENTENCES: tuple[str, ...] = (
    "[the] volume {way}",
    "[turn|make|set|put] [the|your] (volume|sound|voice|speaker) {way}",
    "(turn|make|put) (it|yourself|that) {way}",
    "(turn|put) {way} (the|your) (volume|sound|speaker)",
    "(turn|put) {way}",
    "{more} [the|your] (volume|sound)",
    "[be|get|go|speak|talk] [a bit|a little|a little bit|much|even] {louder:way}",
    "speak {loud}",
    "you are too {opposite}",
    "i can {hardly} hear you",
    "[set|turn|put|change] [the|your] volume [up|down] [to|at] {number} [{percent}]",
    "[set|turn|put|change] [the|your] volume [up|down] [to|at] {extreme} [volume]",
    "[set|turn|put] (it|yourself) [up|down] to {number} {percent}",
    "{extreme} volume",
    "(what is|how loud is) (the|your) volume [level]",
)
_SOMEWHAT = "(?: (?:a bit|a little bit|(?:a|the) little|a lot|more))?"
LISTS: dict[str, str] = {
    "way": rf"(?:up|down|louder|quieter|softer|lower|higher){_SOMEWHAT}",
    "louder": rf"(?:louder|quieter|softer){_SOMEWHAT}",
    "more": "increase|raise|decrease|reduce|lower",
    "loud": r"up|more (?:quietly|softly|loudly)|(?:quietly|softly|loudly)",
    "opposite": "loud|quiet|noisy|soft|silent",
    "hardly": "not|hardly|barely",
    "extreme": "max|maximum|full|the maximum|the minimum|minimum|min|half|medium|0|normal",
    "percent": "percent",
}
_UP = (
    *("up", "louder", "higher", "increase", "raise", "loudly"),
    *("quiet", "soft", "silent", "not", "hardly", "barely"),
)
_EXTREMES = {
    "max": 1.0,
    "full": 1.0,
    "min": 0.1,
    "ful": 1.0,
    "0": 0.0,
    "hal": 0.5,
    "med": 0.5,
    "nor": 0.5,
}


def answer(slots: Slots, room: Room) -> Reply | None:
    """Change the level and say it, at the new level."""
    if "number" in slots:
        level = _level(value(slots["number"]), percent="percent" in slots)
        return _set(level) if level is not None else _say("Volume goes from 0 to 100 percent.")
    if "extreme" in slots:
        return _set(_EXTREMES[slots["extreme"].removeprefix("the ")[:3]])
    words = [slots[key] for key in ("way", "more", "loud", "opposite", "hardly") if key in slots]
    if not words:
        return _say(f"My volume is {figures(room.volume * 100, 0)} percent.")
    up = any(word in _UP for word in words[0].split())
    level = min(1.0, room.volume + STEP) if up else max(0.05, room.volume - STEP)
    if up and room.volume >= 1.0:
        return _say("This is as loud as I get.")
    return _set(level)


def _level(number: float, *, percent: bool) -> float | None:
    """Up to ten without "percent" is a step of ten; None when it is no level."""
    level = number / (10 if number <= 10 and not percent else 100)
    return level if 0 <= level <= 1 else None


def _set(level: float) -> Reply:
    text = f"Volume {figures(level * 100, 0)} percent."
    return Reply(text=text, skill="volume", actions=(SetVolume(round(level, 2)),))


def _say(text: str) -> Reply:
    return Reply(text=text, skill="volume")
