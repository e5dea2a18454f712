"""The time of day, here and in other cities."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from roomtone.base.room import Reply, Room
from roomtone.respond.duration import say
from roomtone.respond.template import Slots

_ZONES = {
    "Europe": "london paris berlin madrid rome dublin amsterdam vienna moscow oslo stockholm",
    "Europe/": "lisbon athens zurich brussels copenhagen helsinki prague warsaw budapest",
    "Asia": "tokyo singapore seoul bangkok dubai",
    "America": "chicago denver toronto new_york los_angeles mexico_city",
    "Australia": "sydney melbourne",
    "Africa": "cairo nairobi",
}
_ELSEWHERE = {
    city.replace("_", " "): f"{area.rstrip('/')}/{city.title()}"
    for area, cities in _ZONES.items()
    for city in cities.split()
} | {
    "munich": "Europe/Berlin",
    "hamburg": "Europe/Berlin",
    "edinburgh": "Europe/London",
    "manchester": "Europe/London",
    "beijing": "Asia/Shanghai",
    "shanghai": "Asia/Shanghai",
    "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata",
    "new delhi": "Asia/Kolkata",
    "hong kong": "Asia/Hong_Kong",
    "boston": "America/New_York",
    "miami": "America/New_York",
    "atlanta": "America/New_York",
    "philadelphia": "America/New_York",
    "washington": "America/New_York",
    "montreal": "America/Toronto",
    "dallas": "America/Chicago",
    "houston": "America/Chicago",
    "austin": "America/Chicago",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "portland": "America/Los_Angeles",
}

SENTENCES: tuple[str, ...] = (
    "(what|which) time (is it|do we have|have you got|is it right now) [now|right now|"
    "at the moment]",
    "what is the [current] time [now|right now]",
    "what time is it here",
    "[do you know|tell me|say|give me|i need] (the time|what time it is|what the time is|"
    "the current time)",
    "[do you] (know|have) the time",
    "have you got the time",
    "(time|current time|time check)",
    "how late is it",
    "[tell me] what time (is it|it is) in {city} [right now|now]",
    "(what is|tell me) the [current] time in {city} [right now|now]",
    "[the] time in {city}",
    "is it (morning|already morning|evening|noon|late|night|afternoon) [already|yet|now]",
    "how long until {hour}",
)
LISTS: dict[str, str] = {"city": "|".join(_ELSEWHERE), "hour": "midnight|noon"}


def answer(slots: Slots, room: Room) -> Reply | None:
    """Say the time to the minute."""
    if "hour" in slots:
        return _until(slots["hour"], room)
    if "city" not in slots:
        return Reply(text=f"It's {clock(room.now)}.", skill="time")
    city = slots["city"]
    try:
        there = room.now.astimezone(zoneinfo.ZoneInfo(_ELSEWHERE[city]))
    except zoneinfo.ZoneInfoNotFoundError:
        return None
    half = "AM" if there.hour < 12 else "PM"
    return Reply(text=f"In {city.title()} it's {clock(there)} {half}.", skill="time")


def clock(moment: dt.datetime) -> str:
    """Write the time of day in twelve hours: "10:05"."""
    return f"{moment.hour % 12 or 12}:{moment.minute:02d}"


def _until(hour: str, room: Room) -> Reply:
    target = room.now.replace(hour=12 if hour == "noon" else 0, minute=0, second=0, microsecond=0)
    if target <= room.now:
        target += dt.timedelta(days=1)
    left = -(-(target - room.now).total_seconds() // 60) * 60
    return Reply(text=f"It's {say(left)} until {hour}.", skill="time")
