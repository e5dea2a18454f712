"""Guest mode: while it is on, nothing is kept."""

from __future__ import annotations

from roomtone.base.room import Reply, Room, SetGuest
from roomtone.respond.template import Slots

ON = "Guest mode is on. I keep nothing until you say: guest mode off."
OFF = "Guest mode is off. I remember again what you have allowed."

SENTENCES: tuple[str, ...] = (
    "[the] {guest} {on}",
    "(turn|switch|put) {on} [the] {guest}",
    "(turn|switch|put) [the] {guest} {on}",
    "{start:on} [the] {guest}",
    "{end:off} [the] {guest}",
    "{guest}",
    "{arrive:on}",
    "{leave:off}",
    "{stop_keeping:on}",
    "{keep_again:off}",
    "(are you|are we|is this) [still] in {guest:asked}",
    "is [the] {guest:asked} [still] (on|off|active)",
    "(are you|do you) (keeping|remembering|keep|remember) {anything:asked}",
)
_GUESTS = r"(?:guests?|visitors?|visit|company|people over|friends over)"
LISTS: dict[str, str] = {
    "guest": "guest mode|guests mode|visitor mode|incognito mode|incognito",
    "on": "on|off",
    "start": "start|activate|enable|enter|go into|go to|begin|use",
    "end": "stop|deactivate|disable|leave|exit|end|quit",
    "arrive": rf"(?:we|i) (?:have|have got|are having|am having|are expecting) {_GUESTS}"
    rf"(?: (?:over|here|today|tonight|in the house))?|(?:my |our |the )?{_GUESTS} (?:are|is) "
    r"(?:here|coming|in the house|at the door)|there are guests(?: (?:here|in the house))?",
    "leave": rf"(?:my |our |the |all )?{_GUESTS} (?:are|is|have|has) (?:gone|left|gone home)"
    rf"(?: again)?|(?:my |our |the ){_GUESTS} left|we (?:are alone|have no guests)(?: again)?",
    "stop_keeping": r"(?:stop|quit) (?:remembering|storing|saving|keeping)(?: (?:things|everything|"
    r"anything|what (?:i|we) say|our words|my words))?|(?:do not|never) (?:remember|store|save|"
    r"keep) (?:anything|what (?:i|we) say|any of this|this conversation)|"
    r"(?:keep|remember|store) nothing|forget (?:all )?what (?:i|we) say from (?:now|here) on",
    "keep_again": r"(?:start|begin) (?:remembering|storing|saving|keeping)(?: (?:things|everything|"
    r"what (?:i|we) say))?(?: again)?|(?:you (?:can|may) )?(?:remember|keep|store) (?:things|"
    r"everything|what (?:i|we) say) again|remember again",
    "anything": "anything|everything|things|what (?:i|we) say",
}


def answer(slots: Slots, room: Room) -> Reply:
    """Turn it on or off, or tell how it is."""
    if "asked" in slots:
        state = (
            "Guest mode is on: I keep nothing."
            if room.guest
            else "Guest mode is off: I keep what you have allowed."
        )
        return Reply(text=state, skill="guest")
    on = "off" not in slots and slots.get("on") != "off"
    return Reply(text=ON if on else OFF, skill="guest", actions=(SetGuest(on),))
