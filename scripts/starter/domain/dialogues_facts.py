"""The assistant's facts, and the questions, follow-ups and refusals made from them."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from typing import Any

from dialogues_grammar import expand, made_up
from dialogues_tables import Fact, country_facts, load, person_facts, row_fact

REFUSALS = (
    "I don't know that one.",
    "I'm not sure about that, so I won't guess.",
    "I don't know that, sorry.",
    "I don't know the answer to that.",
)
KNOWN = {
    "knowncountry": ("capital", "x"),
    "knowncapital": ("whose_capital", "x"),
    "knownperson": ("who", "x"),
    "knownbook": ("author", "x"),
    "knownpainting": ("painter", "x"),
    "knownlandmark": ("where", "x"),
}
FILLERS = {
    "big": ["seven thousand", "three hundred and twelve", "ninety one", "four thousand"],
    "n": ["three", "five", "twelve", "twenty", "forty", "seven"],
    "year": ["nineteen ninety eight", "two thousand six", "nineteen sixty", "last year"],
}


def asked(clause: str) -> str:
    """Turn a clause into the words after "why": "blood is red" into "is blood red"."""
    match = re.fullmatch(r"(.+?) (is|are|was|were) (.+)", clause)
    return f"{match[2]} {match[1]} {match[3]}" if match else f"do {clause}"


class Knowledge:
    """All facts, their wordings, and what lies outside them."""

    def __init__(self) -> None:
        tables, singles = load("dialogues_tables"), load("dialogues_singles")
        frames, unknown = load("dialogues_frames"), load("dialogues_unknown")
        self.affix: dict[str, list[str]] = {
            k: [str(s) for s in v] for k, v in frames["prefix"].items()
        }
        self.follow: list[str] = frames["follow"]
        self.frames: dict[str, Any] = frames["relations"] | singles["frames"]
        self.pools: dict[str, list[str]] = {
            k: [str(s) for s in v] for k, v in unknown["pools"].items()
        }
        self.odd: dict[str, str] = unknown["relations"]
        self.questions: list[str] = unknown["questions"]
        self.tables = tables
        works = [
            Fact(r, [a], {"x": x}, ident=x, person=p, group="work")
            for r, x, a, p in tables["works"]
        ]
        rows = [row_fact(r) for r in tables["facts"] + singles["facts"]]
        self.countries = country_facts(tables["countries"])
        self.facts = self.countries + person_facts(tables["persons"]) + works + rows
        self.by_group: dict[str, list[Fact]] = defaultdict(list)
        self.by_ident: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            self.by_group[fact.group].append(fact)
            self.by_ident[fact.ident].append(fact)
        self.cut = [
            self.countries,
            works,
            [f for f in self.facts if f.relation in ("who", "lived", "from", "works")],
            [f for f in rows if f.relation not in ("", "why", "define")],
            [f for f in rows if f.relation in ("", "why", "define")],
        ]

    def pick(self, rng: random.Random) -> Fact:
        """Draw a fact: countries, works, persons, other tables, singles."""
        fact = rng.choice(rng.choices(self.cut, (0.2, 0.1, 0.12, 0.27, 0.31))[0])
        if fact.relation in ("language", "currency", "continent") and rng.random() < 0.5:
            return rng.choice([f for f in self.countries if f.relation == "capital"])
        return fact

    def fill(self, name: str, slots: dict[str, str], rng: random.Random) -> str:
        """Return the text of one slot of a wording."""
        if name == "x's":
            return expand(slots["x"], rng) + "'s"
        if name in slots:
            return expand(slots[name], rng)
        if name in self.pools:
            return rng.choice(self.pools[name])
        if name in KNOWN:
            relation, slot = KNOWN[name]
            facts = [f for f in self.facts if f.relation == relation]
            return expand(rng.choice(facts).slots[slot], rng)
        if name == "word":
            return rng.choice(self.pools["concept"]).split()[-1]
        return rng.choice(FILLERS.get(name, [name]))

    def wrap(
        self,
        own: dict[str, list[str]],
        frame: dict[str, Any],
        slots: dict[str, str],
        rng: random.Random,
    ) -> str:
        """Make one question: direct, or a clause or noun phrase behind an opening."""
        kind = rng.choices(("ask", "emb", "np"), (0.56, 0.24, 0.2))[0]
        source = own if own.get(kind) and (kind not in frame or rng.random() < 0.5) else frame
        if not source.get(kind):
            kind = "ask"
            source = own if own.get(kind) and (kind not in frame or rng.random() < 0.5) else frame
        text = expand(rng.choice(source[kind]), rng, lambda n: self.fill(n, slots, rng))
        if kind == "ask":
            head = rng.choice(self.affix["ask"]) if rng.random() < 0.16 else ""
            tail = rng.choice(self.affix["suffix"]) if rng.random() < 0.1 else ""
        elif kind == "emb":
            head, tail = rng.choice(self.affix["emb"]), rng.choice(["", "", "", "please"])
        else:
            head, tail = rng.choice(self.affix["np"]), rng.choice(self.affix["npsuffix"])
        return " ".join(f"{head} {text} {tail}".split())

    def ask(self, fact: Fact, rng: random.Random) -> tuple[str, str]:
        """Return a question for a fact, and its answer."""
        own = {k: v for k, v in fact.own.items() if k != "direct"}
        text = self.wrap(own, self.frames.get(fact.relation, {}), fact.slots, rng)
        return text, rng.choice(fact.own.get("direct", fact.answers))

    def refuse(self, relation: str, rng: random.Random) -> str:
        """Return a refusal, at times one that names what is unknown."""
        special = self.frames.get(relation, {}).get("idk", [])
        return rng.choice(special) if special and rng.random() < 0.5 else rng.choice(REFUSALS)

    def stranger(self, relation: str, rng: random.Random) -> dict[str, str]:
        """Return slots of a relation filled with a name that has no answer here."""
        pool = "place" if relation == "distance" and rng.random() < 0.3 else self.odd[relation]
        name = rng.choice(self.pools[pool])
        if rng.random() < 0.12 and pool not in ("whyclause", "event"):
            name = f"{name.split()[0]} {made_up(rng)}" if rng.random() < 0.3 else made_up(rng)
        slots = {
            "x": name,
            "x1": name,
            "y": name.split(" ", 1)[-1],
            "n": rng.choice(self.pools["counted"]),
            "make": "(write|paint|compose)",
            "made": "written",
            "past": "wrote",
            "things": "(books|works)",
        }
        if relation == "why":
            slots |= {"s": name, "q": asked(name)}
        if relation == "most":
            noun = name.split(" ", 1)[-1]
            slots["y"] = f"{noun} is the {name.split()[0]}"
        if relation == "count" and rng.random() < 0.3:
            return self.miscount(rng)
        return slots

    def miscount(self, rng: random.Random) -> dict[str, str]:
        """Return a known thing with a part whose number is not known here."""
        counts = [f for f in self.facts if f.relation == "count"]
        fact, other = rng.choice(counts), rng.choice(counts)
        part = rng.choice(self.pools["counted"]) if fact.group == other.group else other.slots["n"]
        if fact.group in ("legs", "body", "moons", "continents", "countries", "states"):
            part = rng.choice(
                ["wheels", "pages", "rings", "stomachs", "hairs", "islands", "muscles"]
            )
        return {"x": fact.slots["x"], "n": part}

    def unknown(self, rng: random.Random) -> tuple[str, str]:
        """Return a question from outside the facts, and a refusal."""
        how = rng.random()
        if how < 0.4:
            text = expand(rng.choice(self.questions), rng, lambda n: self.fill(n, {}, rng))
            if rng.random() < 0.3:
                text = f"{rng.choice(self.affix['ask'])} {text}"
            return text, rng.choice(REFUSALS)
        if how < 0.46:
            text = expand("(when|what year|in which year|when exactly) did the ", rng)
            return f"{text} {rng.choice(self.pools['event'])}", self.refuse("when", rng)
        if how < 0.5:
            text = expand("(how does {x} work|explain how {x} works|tell me how {x} works)", rng)
            text = text.replace("{x}", rng.choice(self.pools["thingy"]))
            return text, self.refuse("define", rng)
        choices = [*self.odd, "capital", "author", "who", "why", "define", "count"]
        relation = rng.choice(choices)
        text = self.wrap({}, self.frames[relation], self.stranger(relation, rng), rng)
        return text, self.refuse(relation, rng)
