"""What other assistants do and Roomtone cannot do yet: said, so that none of it is pretended."""

from __future__ import annotations

from roomtone.base.room import Reply, Room
from roomtone.respond.slot import WEEKDAYS
from roomtone.respond.template import Slots

_SORRY = {
    "lights": "I can't control lights yet.",
    "device": "I can't control devices yet.",
    "heating": "I can't control the heating yet.",
    "music": "I can't play music or radio yet.",
    "weather": "I can't look up the weather yet.",
    "list": "I can't keep lists yet.",
    "calendar": "I can't see a calendar yet.",
    "alarm": "I can't do that with alarms yet. I can set, list and cancel single ones.",
    "reminder": "I can't remind you at a time of day yet, but I can in so many minutes.",
    "call": "I can't make calls or send messages.",
    "paused": "I can't pause or rename timers yet.",
    "sun": "I can't look up sunrise and sunset yet.",
    "money": "I don't know exchange rates.",
    "system": "That is done with the command line, not by voice.",
}
"""By the slot that every template of the kind has."""
_FACTS = frozenset({"weather", "sun", "money"})
"""Kinds that only a fact is missing for, not a hand."""

SENTENCES: tuple[str, ...] = (
    "(turn|switch|put|leave) {on} [all|all of] [the|my] [{room}] {lights} [{where}]",
    "(turn|switch|put|leave) [all|all of] [the|my] [{room}] {lights} {on} [{where}]",
    "(set|make|turn) [the|my] [{room}] {lights} [{where}] [to] ({number} [percent]|{colour})",
    "(dim|brighten) [the|my] [{room}] {lights} [{where}] [to ({number} [percent]|half|full)]",
    "[all] [the] [{room}] {lights} {on} [{where}]",
    "(are|is) [all|all of] [the|my] [{room}] {lights} [still] {on} [{where}]",
    "(turn|switch) {on} [the|my] [{room}] {device} [{where}]",
    "(turn|switch) [the|my] [{room}] {device} {on} [{where}]",
    "(start|open|close|raise|lower|lock|unlock) [the|my] [{room}] {device} [{where}]",
    "is [the|my] [{room}] {device} [still] (on|off|running|open|closed|locked) [{where}]",
    "(set|change) the [{room}] {heating} [{where}] [to] {number} [degrees]",
    "(turn|switch) [{on}] the {heating} [{on}] [by {number} degrees] [{where}]",
    "(raise|lower) the {heating} [by {number} degrees]",
    "set the {heating} in the {room} [to] {number} [degrees]",
    "switch the {heating} to [{what}]",
    "{indoors:heating} in the {room}",
    "how (warm|cold|hot) is it {here:heating}",
    "it is too (warm|cold|hot) {here:heating}",
    "make it {warmer:heating} [{where}]",
    "make it {brighter:lights} [{where}]",
    "it is too {dark:lights} [{where}]",
    "play [some|me|my|a|an|the|me some] {music} [{where}]",
    "(pause|stop|resume|continue|skip|next|previous) [the|my|this] {music}",
    "(turn|switch) {on} (the|my) {music}",
    "{shuffle:music}",
    "[the] (next|previous|last) {song:music}",
    "what {song:music} is (this|this called|playing)",
    "what is {playing:music}",
    "mute the {device}",
    "(turn|switch) (the|my) {music} {on}",
    "(what|how) is the {weather} [like] [{when}] [in {place}] [{when}]",
    "[give me] [the] {weather} [forecast|report] [for|in] [{place}] [{when}]",
    "(will|is) it [going to] {rain:weather} [{when}] [in {place}] [{when}]",
    "do i need {umbrella:weather} [{when}]",
    "how (much|many) is {number} {money} in {money}",
    "[what is] {number} {money} in {money}",
    "how {hot:weather} (is it|will it be) [{when}] [in {place}]",
    "is it {raining:weather} [{when}] [in {place}]",
    "when will {it_rains:weather}",
    "what should i {wear:weather} [{when}]",
    "(when|what time) (does|will|is|was) [the] {sun} [{when}]",
    "(add|put|write) {things} (to|on) (the|my|our) {list}",
    "(remove|delete|take|cross) {things} (from|off) (the|my|our) {list}",
    "what is on (the|my|our) {list}",
    "is {things} on (the|my|our) {list}",
    "how many things are on (the|my|our) {list}",
    "create a [new] {list} [called|named] [{what}]",
    "(read|clear|empty|delete|show) [me|out] (the|my|our) {list}",
    "(what is|is there anything|do i have anything) (on|in) my {calendar} [{when}]",
    "when is my next {meeting:calendar}",
    "do i have [any|a] {meetings:calendar} [planned] [{when}]",
    "(cancel|move) (my|the) {meeting:calendar} [{what}]",
    "(add|schedule|create) (a|an) {meeting:calendar} [{what}]",
    "am i {free:calendar} {when}",
    "[set|make|create] (an|another|a new|the|my) {alarm} (for|at|to) {what}",
    "(set|make|create) (an|another|a new|the|my) {alarm}",
    "{alarm} (for|at) {what}",
    "{wake:alarm} [up] (at|tomorrow|on) {what}",
    "(cancel|delete|turn off|change|stop) [all] (the|my) {alarm} [(for|to) {what}]",
    "{snooze:alarm} [the alarm] [for {duration}]",
    "is there an {alarm} [set] [for] [{what}]",
    "move my {alarm} {what}",
    "(what|when is my|when is my next|do i have an) {alarm} [do i have|are set]",
    "{remind:reminder} (to|at|on|tomorrow|tonight|every|next) {what}",
    "(set|add|create|make) {a_reminder:reminder} (to|for|at) {what}",
    "what are {my_reminders:reminder} [for {when}]",
    "do i have [any] [new] {reminders:reminder}",
    "(cancel|delete) [all] [my|the] {reminders:reminder} [to {what}]",
    "do not {let_me:reminder} {what}",
    "{phone:call} {person}",
    "{message:call} {person}",
    "{pause:paused} [the|my] [{name}] timer [to {name}]",
    "{system} (the system|the assistant|yourself|the computer|roomtone)",
    "(check for|install) {updates:system}",
)
_KIN = "mom|dad|grandma|grandpa|my (?:mother|father|sister|brother|wife|husband)|the doctor"
LISTS: dict[str, str] = {
    "on": "(?:on|off|up|down)",
    "room": r"kitchen|bedroom|bathroom|hallway|hall|office|garage|garden|basement|attic|nursery|"
    r"study|porch|balcony|playroom|terrace|cellar|(?:living|dining|guest|laundry|kids?'?s?) room",
    "where": r"(?:in|on) (?:the|my) \w+(?: room)?|in here|in the house|upstairs|downstairs|"
    r"everywhere",
    "colour": "red|green|blue|white|warm white|cool white|yellow|orange|purple|pink|violet|"
    "half|full",
    "lights": r"(?:(?:ceiling|reading|floor|desk|bed(?:room)?) )?(?:lights?|lamps?)|spotlights",
    "device": r"fan|heater|coffee machine|television|tv|kettle|air conditioner|humidifier|printer|"
    r"washing machine|dishwasher|dryer|oven|vacuum cleaner|sprinkler|plug|outlet|projector|"
    r"blinds|curtains|shutters|shades|awning|gate|windows?|(?:front |back |garage )?door",
    "heating": "heating|heat|thermostat|temperature|air conditioning",
    "music": r"music|jazz|classical music|rock music|pop music|relaxing music|radio|news|playlist|"
    r"audiobook|podcast|blues|christmas songs|white noise|country music|piano music|ocean sounds|"
    r"rain sounds|songs?|next song|tracks?|playback|station",
    "weather": "weather|weather forecast|forecast",
    "hot": "hot|cold|warm|windy",
    "raining": "raining|snowing|sunny|cold|windy|warm|freezing|cloudy|foggy|hot",
    "it_rains": "it stop raining|it rain|the rain stop|it snow|it get warmer",
    "wear": "wear",
    "sun": "sun rise|sun set|sunrise|sunset",
    "money": "dollars?|euros?|pounds?|yen|francs?",
    "indoors": r"(?:what is the|how is the) (?:temperature|humidity)",
    "here": r"inside|in here|in the (?:\w+ )?\w+",
    "warmer": "warmer|cooler|colder",
    "brighter": "brighter|darker",
    "dark": "dark|bright",
    "shuffle": r"shuffle my (?:playlist|music)",
    "song": "song|track|station",
    "playing": "playing",
    "meetings": "appointments?|meetings?|events?|anything",
    "free": "free",
    "snooze": "snooze",
    "reminders": "reminders?",
    "let_me": "let me forget to",
    "system": "restart|reboot|update|shut down",
    "updates": "updates",
    "rain": r"rain|snow|freeze|hail|storm|raining|snowing|be (?:sunny|cold|hot|windy|cloudy|"
    r"warm|foggy)",
    "umbrella": "an umbrella|a jacket|a coat|sunscreen|boots|gloves|a sweater",
    "when": r"today|tomorrow|tonight|now|right now|outside|later|this \w+|next \w+|tomorrow \w+|"
    rf"the day after tomorrow|on (?:{'|'.join(WEEKDAYS)})",
    "place": r"(?!the\b)[a-z]+(?: [a-z]+)?",
    "things": r"[\w']+(?: [\w']+){0,7}?",
    "list": r"(?:\w+ )?(?:shopping|to do|grocery|packing|wish) list|list",
    "calendar": "calendar|schedule",
    "meeting": "meeting|appointment|event",
    "alarm": "alarms?",
    "wake": "wake me",
    "what": r"[\w'.:]+(?: [\w'.:]+){0,11}",
    "remind": "remind me",
    "a_reminder": "a reminder",
    "my_reminders": "my reminders",
    "phone": "call|phone|text|dial|ring",
    "person": rf"{_KIN}|[a-z]+",
    "message": "send a (?:text|message) to|send a text message to",
    "pause": "pause|resume|restart|rename",
}


def answer(slots: Slots, _room: Room) -> Reply | None:
    """Say that it cannot be done, and what can, if anything comes near."""
    kind = next((kind for kind in _SORRY if kind in slots), None)
    if kind is None:
        return None
    return Reply(text=_SORRY[kind], skill="cannot", unknown=kind in _FACTS)
