"""Fourth generation, plain sentences of many countries: what must stay secret."""

from __future__ import annotations

import string
from random import Random

from roomtone.respond.redact.made.pieces import LASTS, WORDS, Made, in_frame, number
from roomtone.respond.redact.word_list import in_order

_MONTHS = in_order("january february march april june july august october november december")
_ORDINALS = in_order("first third fifth ninth twelfth fifteenth nineteenth")
_EVERYDAY = in_order("imagine half affect tomato begin analysis expert build former teach choose")
_COUNTRIES = in_order("GB DE FR CZ CH SE IT")


def _capitals(random: Random, count: int) -> str:
    return "".join(random.choice(string.ascii_uppercase) for _ in range(count))


def card(random: Random) -> Made:
    """The last digits of one, and a number in groups with commas."""
    d = number(random, 16)
    tail = random.choice((d[-4:], " ".join(d[-4:])))
    value, text = random.choice(
        (
            (tail, f"which of my cards is ending in {tail}?"),
            (tail, f"The one ending in {tail} please"),
            (f"{d[:4]}, {d[4:8]}, {d[8:12]}, {d[12:]}", "Freeze {}"),
            (f"{d[:4]}.{d[4:8]}.{d[8:12]}.{d[12:]}", "did I pay with {} yesterday"),
        )
    )
    return text.replace("{}", value), value, [], []


def account(random: Random) -> Made:
    """Codes of banks, which are letters alone."""
    value = f"{_capitals(random, 4)}{random.choice(_COUNTRIES)}{_capitals(random, 2)}"
    value += random.choice(("", _capitals(random, 3)))
    if random.random() < 0.3:
        value = value.lower()
    frames = (
        "Is {} the right bank code?",
        "the bank details are {}",
        "pay the rent to {}",
        "My account number is {}",
    )
    return in_frame(random, value, frames), value, [], []


def identity(random: Random) -> Made:
    """Number plates without a word that tells so."""
    d = number(random, 4)
    a, b = _capitals(random, 3), _capitals(random, 2)
    value = random.choice(
        (
            f"{a}-{d[:3]}",
            f"{d[:3]} {a}",
            f"{b}-{d[:3]}-{b}",
            f"{b}{d[:2]} {a}",
            f"{d[:3]}-{a}-{d[2:]}",
        )
    )
    if random.random() < 0.4:
        value = value.lower()
    frames = (
        "someone hit my car and drove off, plate {}",
        "Where is {} registered?",
        "A car with the plate {} is blocking my driveway",
        "Find the owner of the car with the plate {}",
    )
    return in_frame(random, value, frames), value, [], []


def birthday(random: Random) -> Made:
    """Whole dates where nobody says "born"."""
    year, day = random.randint(1930, 2015), random.randint(1, 28)
    month, ordinal = random.choice(_MONTHS), random.choice(_ORDINALS)
    value = random.choice(
        (
            f"{month.capitalize()} {day}, {year}",
            f"{day} {month.capitalize()} {year}",
            f"{day:02}-04-{year}",
            f"{year}-08-{day:02}",
            f"the {ordinal} of {month} nineteen {random.choice(('fifty', 'eighty'))} "
            + random.choice(WORDS[1:]),
        )
    )
    frames = (
        "Calculate my age: {}",
        "She is from {}, a Virgo",
        "he came into the world on {}",
        "he is {} so how old",
        "I'm from {}, what was the best song then?",
    )
    return in_frame(random, value, frames), value, [], []


def password(random: Random) -> Made:
    """Everyday words, told by what is said of them; a misspelt announcement; short codes."""
    one, two = random.sample(_EVERYDAY, 2)
    d = number(random, 4)
    value, frames = random.choice(
        (
            (f"{one.capitalize()}${d}", ("Is {} a strong password?", "what does {} mean")),
            (f"{one}{two}{d[:2]}", ("my pasword is {} can you remember it", "Would {} be safe?")),
            (f"{one} {two} {d[:2]}", ("wifi key {}", "i use {} for everything")),
            (f"{one}-{two}-{d[:1]}", ("CHANGE PASSWORD TO {}", "the pasword is {}")),
            (f"{d[:2]}{one.capitalize()})#{d[2:]}", ("{}", "Netflix pw {}", "it was {} i think")),
            (
                f"*{d}",
                ("code for the front door {}", "the alarm wants {}, what if I forget the code"),
            ),
            (f"{d[0]} {d[1]} {d[2]} {d[3]}", ("unlock with {}", "burglar alarm {}")),
        )
    )
    return in_frame(random, value, frames), value, [], []


def network(random: Random) -> Made:
    """Addresses of machines in passing, and pages under a name."""
    last = random.choice(LASTS).lower()
    a, b = random.randint(11, 250), random.randint(11, 250)
    value, part = random.choice(
        (
            (f"{a}.{b}.12.{a}:8080", ""),
            (f"{a} dot {b} dot 7 dot {b}", ""),
            (f"facebook dot com slash eryk {last}", last),
            (f"linkedin.com/in/maria-{last}-{a}", last),
            (f"53c8:1dba:9240:{a}:58fd::{b}", ""),
        )
    )
    frames = ("Block traffic from {}", "Bookmark {}", "what is behind {}", "Look at {} please")
    return in_frame(random, value, frames), value, [part] if part else [], []


def token(random: Random) -> Made:
    """Keys without a digit, vouchers, numbers of orders."""
    small = "".join(random.choice(string.ascii_lowercase) for _ in range(24))
    d = number(random, 6)
    value = random.choice(
        (
            f"sk-{small}",
            f"ABC-{d[:5]}-{_capitals(random, 2)}",
            f"{_capitals(random, 7)}{d[:1]}",
            d + "Q7",
        )
    )
    frames = ("warranty for {}", "{} expired", "what is the status of {}", "redeem {}")
    return in_frame(random, value, frames), value, [], []
