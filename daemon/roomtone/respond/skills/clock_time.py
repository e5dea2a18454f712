"""The time of day, here and in other cities."""

from __future__ import annotations

import math
import zoneinfo

from roomtone.base.room import Reply, Room
from roomtone.respond import clock, duration
from roomtone.respond.number import opened
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
    "how (long|much time) [is it|is left] (until|till|to) {hour}",
)
LISTS: dict[str, str] = {"city": "|".join(_ELSEWHERE), "hour": clock.CLOCK}


def answer(slots: Slots, room: Room) -> Reply | None:
    """Say the time to the minute."""
    if "hour" in slots:
        return _until(slots["hour"], room)
    if "city" not in slots:
        return Reply(text=f"It's {clock.say(room.now)}.", skill="time")
    city = slots["city"]
    try:
        there = room.now.astimezone(zoneinfo.ZoneInfo(_ELSEWHERE[city]))
    except zoneinfo.ZoneInfoNotFoundError:
        return None
    half = "AM" if there.hour < 12 else "PM"
    return Reply(text=f"In {city.title()} it's {clock.say(there)} {half}.", skill="time")


def _until(said: str, room: Room) -> Reply | None:
    moment = clock.coming(said, room.now)
    if moment is None:
        return None
    left = math.ceil((moment - room.now).total_seconds() / 60) * 60
    name = said if said in ("noon", "midnight") else clock.say(moment)
    return Reply(text=opened(f"{duration.say(left)} until {name}."), skill="time")
