"""System messages with names, notes and facts of the house, and questions about them.

A note is a sentence the owner told the assistant; the answer copies it, with "my" and "our"
turned into "your".
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from dialogues_grammar import expand, made_up
from dialogues_tables import load

from domain import words

TEXT: dict[str, Any] = load("dialogues_context")
HEADS = ("Notes: ", "Notes: ", "Notes: ", "Notes:\n- ", "Known notes: ", "Notes from the owner: ")
MADE_UP_SHARE = 0.2
LISTS = {
    "place": "places", "time": "times", "service": "services", "bin": "bins", "done": "happens",
    "event": "events", "code": "codes", "pet": "pets", "street": "streets", "role": "roles",
    "verb": "whoverbs",
}  # fmt: skip


@dataclass
class Note:
    """One note, wordings that ask for it, and the values of its slots."""

    text: str
    ask: list[str]
    slots: dict[str, str]
    absent: str


@dataclass
class Context:
    """What the system message of one dialogue says."""

    name: str = "Roomtone"
    system: str = TEXT["default"]
    extra: str = ""
    notes: list[Note] = field(default_factory=list)
    moment: datetime | None = None
    household: list[str] = field(default_factory=list)


def told(text: str) -> str:
    """Turn a note into the sentence that answers with it."""
    swapped = re.sub(r"\bmy\b|\bour\b", "your", text)
    return swapped[:1].upper() + swapped[1:] + "."


def thing(rng: random.Random) -> str:
    """Return a thing without article; one in five is made up."""
    name = made_up(rng) if rng.random() < MADE_UP_SHARE else rng.choice(TEXT["things"])
    return f"{rng.choice(TEXT['colors'])} {name}" if rng.random() < 0.15 else name


def value(name: str, rng: random.Random) -> str:
    """Return a value for a slot of a note."""
    odd = rng.random() < MADE_UP_SHARE
    people = [p.lower() for p in TEXT["people"]]
    if name == "place" and odd:
        return f"{rng.choice(['in', 'under', 'behind', 'near', 'on'])} the {made_up(rng)}"
    if name == "event" and odd:
        return f"{made_up(rng)} {rng.choice(['meeting', 'class', 'party'])}"
    if name in LISTS:
        return rng.choice(TEXT[LISTS[name]])
    digits = " ".join(words(rng.randint(0, 9)) for _ in range(rng.randint(2, 5)))
    makers = {
        "mine": lambda: rng.choice(["the", "the", "the", "my", "our"]),
        "thing": lambda: thing(rng),
        "person": lambda: rng.choice(
            [
                rng.choice(people),
                rng.choice(TEXT["relatives"]),
                (f"{rng.choice(['mr', 'mrs'])} {made_up(rng)}"),
            ]
        ),
        "digits": lambda: digits,
        "number": lambda: words(rng.randint(2, 99)),
        "name": lambda: rng.choice([made_up(rng), rng.choice(TEXT["names"]).lower()]),
        "value": lambda: rng.choice(
            [digits, words(rng.randint(5, 99)), made_up(rng), rng.choice(TEXT["colors"])]
        ),
    }
    return makers[name]()


def any_note(rng: random.Random) -> Note:
    """Draw a note."""
    row = rng.choices(TEXT["notes"], [r["w"] for r in TEXT["notes"]])[0]
    slots: dict[str, str] = {}

    def fill(name: str) -> str:
        return slots.setdefault(name, value(name, rng))

    text = expand(row["text"], rng, fill)
    if "thing" in slots:
        plural = re.search(r"[^s]s$", slots["thing"]) and not slots["thing"].endswith("ss")
        text = re.sub(r" (is|are) ", " are " if plural else " is ", text, count=1)
        slots["be"] = "are" if plural else "is"
        slots["which"] = (
            f"{rng.choice([slots['mine'], slots['mine'], 'the', 'my'])} {slots['thing']}"
        )
    return Note(text, row["ask"], slots, row.get("absent", "absent"))


def question(note: Note, rng: random.Random) -> str:
    """Return a question that a note answers."""
    return expand(rng.choice(note.ask), rng, lambda n: note.slots.get(n) or value(n, rng))


def persona(rng: random.Random) -> tuple[str, str]:
    """Return a name and the system message that gives it."""
    if rng.random() < 0.55:
        return "Roomtone", TEXT["default"]
    name = made_up(rng).capitalize() if rng.random() < 0.35 else rng.choice(TEXT["names"])
    text = rng.choice(TEXT["personas"]).replace("{N}", name)
    while "{adj}" in text:
        text = text.replace("{adj}", rng.choice(TEXT["adjectives"]), 1)
    return name, " ".join(text.split())


def house(ctx: Context, rng: random.Random) -> str:
    """Draw the date and the people of the house; return the line that tells them."""
    ctx.moment = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=rng.randrange(2_900_000))
    people = rng.sample(TEXT["people"], rng.randint(1, 4)) if rng.random() < 0.75 else []
    ctx.household = people
    m = ctx.moment
    tail = f" The household: {', '.join(people)}." if people else ""
    return f"Facts: It is {m:%A}, {m.day} {m:%B %Y}, {m:%H:%M}.{tail}"


def context(rng: random.Random) -> Context:
    """Draw the system message of one dialogue."""
    ctx = Context(*persona(rng))
    parts = [house(ctx, rng)] if rng.random() < 0.13 else []
    if rng.random() < 0.42:
        ctx.notes = [any_note(rng) for _ in range(rng.choice([1, 1, 1, 2, 2, 3, 4]))]
        head = rng.choice(HEADS)
        joint = ".\n- " if "\n" in head else rng.choice([". ", ". ", ". ", "; "])
        parts.append(head + joint.join(n.text for n in ctx.notes) + ".")
    rng.shuffle(parts)
    ctx.extra = rng.choice(["\n", "\n", " "]).join(parts)
    return ctx


def key(note: Note) -> str:
    """Return what a note is about, to tell two notes apart."""
    return " ".join(
        note.slots.get(n, "")
        for n in ("thing", "service", "event", "code", "pet", "bin", "role", "verb", "person")
    )


def ask_note(ctx: Context, rng: random.Random) -> tuple[str, str]:
    """Ask for a note that is there (two of three, if any) or for one that is not."""
    if ctx.notes and rng.random() < 0.68:
        note = rng.choice(ctx.notes)
        return question(note, rng), told(note.text)
    taken = {key(n) for n in ctx.notes}
    note = any_note(rng)
    while key(note) in taken:
        note = any_note(rng)
    return question(note, rng), rng.choice(TEXT[note.absent])


def ask_house(ctx: Context, rng: random.Random) -> tuple[str, str] | None:
    """Ask for the time, the date or the people in the house, where the message tells them."""
    options: list[tuple[str, str]] = []
    if ctx.moment:
        m = ctx.moment
        options += [
            ("moment", f"It is {m:%H:%M}."),
            ("day", f"It is {m:%A}."),
            ("date", f"It is {m.day} {m:%B %Y}."),
            ("month", f"It is {m:%B %Y}."),
        ]
    if ctx.household:
        *most, last = ctx.household
        text = f"{', '.join(most)} and {last} live here." if most else f"{last} lives here."
        options += [("people", text)] * 2
    if not options:
        return None
    kind, answer = rng.choice(options)
    return expand(rng.choice(TEXT["house"][kind]), rng), answer
