"""Follow-up questions that lean on what was said before."""

from __future__ import annotations

import random

from dialogues_facts import Knowledge
from dialogues_grammar import expand
from dialogues_tables import Fact

UNCLEAR = "I'm not sure who or what you mean. Please ask me the whole question."
UNKNOWN_PRON = {
    "there": [
        "how many people live there",
        "who is the president [there]",
        "what is the population",
        "how big is it",
        "what is the weather like there",
        "what is it famous for",
        "what do they eat there",
        "who is the mayor",
        "how do i get there",
        "how old is it",
        "what is the anthem",
        "what does the flag look like",
        "how far is it",
        "what can i see there",
        "is it expensive there",
        "who rules there",
    ],
    "he": [
        "how did {he} die",
        "was {he} married",
        "how tall was {he}",
        "how many children did {he} have",
        "where is {he} buried",
        "was {he} rich",
        "what did {he} eat",
        "who was {his} wife",
        "what was {his} favorite food",
        "what was {his} mother's name",
        "how many languages did {he} speak",
    ],
    "it": [
        "how much does it weigh",
        "how much does it cost",
        "what color is it",
        "who owns it",
        "what is it about",
        "what does it taste like",
        "how loud is it",
        "is it dangerous",
        "who sells it",
        "how many people work there",
        "how deep is it",
        "what is it worth",
    ],
}

SWAPS = {
    "capital",
    "language",
    "currency",
    "continent",
    "author",
    "painter",
    "composer",
    "who",
    "lived",
    "from",
    "inventor",
    "discoverer",
    "distance",
    "size",
    "age",
    "heat",
    "count",
    "lifespan",
    "diet",
    "symbol",
    "calories",
    "players",
    "where",
    "height",
    "length",
    "most",
    "causes",
    "speed",
    "watertemp",
    "whose_capital",
}
PERSONAL = ("who", "lived", "works", "from")


def swap(know: Knowledge, topic: Fact, rng: random.Random) -> tuple[str, str, Fact | None] | None:
    """Ask the same of something else: "and of spain". The new topic is None after a refusal."""
    if topic.relation not in SWAPS:
        return None
    frame = know.frames[topic.relation]
    if topic.relation in know.odd and rng.random() < 0.25 and topic.relation != "most":
        name = rng.choice(know.pools[know.odd[topic.relation]])
        return short(know, frame["prep"], name, rng), know.refuse(topic.relation, rng), None
    others = [f for f in know.by_group[topic.group] if f is not topic and f.relation in SWAPS]
    if topic.relation != "count":
        others = [f for f in others if f.relation == topic.relation or topic.group == "work"]
    if not others:
        return None
    new = rng.choice(others)
    if new.relation == "count" and new.slots["x"].count("human") and rng.random() < 0.8:
        return (
            rng.choice(["and ", "and how many ", "what about "]) + expand(new.slots["n"], rng),
            new.answers[0],
            new,
        )
    name = expand(new.slots["x"], rng)
    if new.relation == "most":
        word = (
            name.split()[0]
            if topic.group != "top" and rng.random() < 0.6 and "sun" not in name
            else name
        )
        tail = rng.choice(["", "", " one"]) if word != name else ""
        return (
            rng.choice(
                ["and the ", "what about the ", "and what is the ", "and which is the ", "the "]
            )
            + word
            + tail,
            new.answers[0],
            new,
        )
    return short(know, frame["prep"], name, rng), new.answers[0], new


def short(know: Knowledge, prep: list[str], name: str, rng: random.Random) -> str:
    """Return a short follow-up for a name."""
    if rng.random() < 0.4:
        return " ".join(f"and {rng.choice(prep)} {name}".split())
    return expand(rng.choice(know.follow), rng, lambda _: name)


def candidates(know: Knowledge, topic: Fact) -> list[Fact]:
    """Return facts that a pronoun after this topic may ask for."""
    near = [f for f in know.by_ident[topic.ident] if f.relation != topic.relation or f is topic]
    people = (
        [f for f in know.by_ident[topic.person] if f.relation in PERSONAL] if topic.person else []
    )
    return [
        f for f in people * 2 + near if f is not topic and "pron" in know.frames.get(f.relation, {})
    ]


def pronoun(
    know: Knowledge, topic: Fact, rng: random.Random
) -> tuple[str, str, Fact | None] | None:
    """Ask more about the same: "when did he live". The new topic is None after a refusal."""
    found = candidates(know, topic)
    if not found or rng.random() < 0.12:
        return unknown_pronoun(topic, know, rng)
    new = rng.choice(found)
    if new.relation == "works" and topic.relation == "works":
        return None
    text = expand(
        rng.choice(know.frames[new.relation]["pron"]),
        rng,
        lambda n: know.fill(n, {"he": "he", "him": "him", "his": "his"} | new.slots, rng),
    )
    return text, rng.choice(new.answers), new


def unknown_pronoun(topic: Fact, know: Knowledge, rng: random.Random) -> tuple[str, str, None]:
    """Ask something about the topic that has no answer here."""
    kind = "he" if topic.person and rng.random() < 0.7 else "it"
    if topic.relation in ("capital", "language", "currency", "whose_capital"):
        kind = "there"
    person = next((f for f in know.by_ident[topic.person] if f.relation == "who"), None)
    slots = person.slots if person else {"he": "he", "his": "his"}
    text = expand(rng.choice(UNKNOWN_PRON[kind]), rng, lambda n: know.fill(n, slots, rng))
    return text, know.refuse("", rng), None


def follow(know: Knowledge, topic: Fact, rng: random.Random) -> tuple[str, str, Fact | None] | None:
    """Return a follow-up of either kind, or None where the topic has none."""
    first, second = (swap, pronoun) if rng.random() < 0.5 else (pronoun, swap)
    return first(know, topic, rng) or second(know, topic, rng)


def orphan(know: Knowledge, rng: random.Random) -> tuple[str, str]:
    """Return a follow-up with nothing before it, and the request to ask in full."""
    relation = rng.choice(["lived", "works", "who", "size", "height", "distance"])
    text = expand(
        rng.choice(know.frames[relation]["pron"]),
        rng,
        lambda n: {"make": "write", "made": "written", "things": "books"}.get(
            n, {"him": "him", "his": "his"}.get(n, "he")
        ),
    )
    return text, UNCLEAR
