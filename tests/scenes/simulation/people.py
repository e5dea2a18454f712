"""What people in a simulated room say and press."""

from __future__ import annotations

import random

NAMES = [
    *("pizza", "egg", "tea", "pasta", "rice", "bread", "cake", "soup", "laundry", "oven", "nap"),
    *("bath", "chicken", "coffee", "potato", "cookie", "sauna", "workout", "homework", "parking"),
]

SKILLS = [
    "what time is it",
    "what's the date",
    "how much time is left",
    "what timers are running",
    "louder",
    "quieter",
    "set the volume to fifty percent",
    "say that again",
    "what can you do",
    "what is fifteen percent of eighty",
    "how many feet are in ten meters",
    "what's your name",
]
QUESTIONS = ["who wrote hamlet", "tell me a story", "why is the sky blue", "how deep is the sea"]
STOPS = ["stop", "never mind", "be quiet", "that is enough"]
MUTE = ["mute the microphone"]
UNSURE = [f"?{text}" for text in SKILLS + QUESTIONS]
NOISE = ["", " ", "?", "\u200b"]
GARBAGE = [
    "word " * 2000,
    "\u202eetirw ot ton\u0007 \x1b[31m",
    "z" + "\u0335" * 300,
    "\U0001f9c5" * 400,
    "{name} {0} %s \\n",
    "set a timer for " + "nine" * 500 + " seconds",
]


def sentence(dice: random.Random, running: set[str]) -> str:
    """Something that one may say to Roomtone; `running` are the names of timers."""
    kinds = [SKILLS, [timer(dice, running)], QUESTIONS, STOPS, NOISE, MUTE, UNSURE, GARBAGE]
    return dice.choice(dice.choices(kinds, [30, 20, 22, 8, 7, 3, 5, 5])[0])


def timer(dice: random.Random, running: set[str]) -> str:
    """An order for a timer that is not running, or about one that is."""
    if running and dice.random() < 0.3:
        return f"cancel the {dice.choice(sorted(running))} timer"
    if running and dice.random() < 0.05:
        return "cancel all timers"
    free = [name for name in NAMES if name not in running]
    if not free:
        return "what timers are running"
    return f"set a {dice.choice(free)} timer for {dice.choice([1, 5, 20, 60, 600])} seconds"
