"""Draw whole dialogues for the starter language model.

python dialogues.py 20 --seed 1        # print dialogues; a "*" marks trained answers
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogues_context import TEXT, Context, ask_house, ask_note, context
from dialogues_facts import Knowledge
from dialogues_follow import follow, orphan
from dialogues_grammar import expand, made_up, plain, slip, written
from dialogues_tables import Fact, load

from domain import Domain

KINDS = {
    "fact": 0.53,
    "unknown": 0.17,
    "small": 0.1,
    "cannot": 0.07,
    "note": 0.05,
    "skill": 0.03,
    "name": 0.04,
    "orphan": 0.01,
}
UNFIT = re.compile(
    r"^(and|also|what about|how about|stop|pause|good|i'm|we're|next$|mute|volume)\b"
)
MEDIA = re.compile(r"\b(play|song|music|radio|podcast|track|tv|playlist|audiobook|station)\b")
SCENE = re.compile(r"\b(mode|scene|activate|mood|time for|scenes)\b")
STRAY = ("the", "of", "and", "well", "so", "table", "green", "run", "under", "then", "two")


@dataclass
class Turn:
    """One question with its answer; trained answers carry the loss."""

    user: str
    answer: str
    trained: bool = True
    kind: str = ""


@dataclass
class Dialogue:
    """System message, turns, and a second system message before turn `late` (-1: none)."""

    system: str
    turns: list[Turn]
    extra: str = ""
    late: int = -1


class Dialogues:
    """Draws dialogues; held-out questions never occur as a question of their own."""

    def __init__(self, heldout: set[str] | None = None) -> None:
        self.know, self.domain = Knowledge(), Domain()
        self.talk = load("dialogues_talk")
        self.heldout = heldout or set()
        barred = " | ".join(self.heldout)
        for name, pool in self.know.pools.items():
            if name in ("country", "book", "painting", "music", "person", "invention", "discovery"):
                self.know.pools[name] = [p for p in pool if f" {p} " not in f" {barred} "]
        self.small_weights = [s.get("w", 1) for s in self.talk["small"]]
        shown = " ".join(
            str(f.slots.get("x", ""))
            for f in self.know.facts
            if f.relation in ("capital", "whose_capital", "who", "author", "where")
        )
        common = set("the of a and city queen story stories book books novel in".split())
        self.proper = set(re.findall(r"[a-z']+", shown)) - common

    def fill(self, name: str, rng: random.Random) -> str:
        """Return a slot of the small talk and of the skills."""
        if name == "noise":
            return " ".join(
                made_up(rng) if rng.random() < 0.5 else rng.choice(STRAY)
                for _ in range(rng.randint(1, 5))
            )
        if name in self.know.pools and name not in ("city",):
            return rng.choice(self.know.pools[name])
        low = name.lower()
        text = self.domain.slot(low, rng)
        return text[:1].upper() + text[1:] if name != low else text

    def small(self, ctx: Context, rng: random.Random) -> tuple[str, str]:
        """Return a turn of small talk."""
        row = rng.choices(self.talk["small"], self.small_weights)[0]
        text = expand(rng.choice(row["q"]), rng, lambda n: self.fill(n, rng))
        if rng.random() < 0.08:
            text = f"{rng.choice(['hey', 'please', 'so', 'okay', ctx.name.lower(), 'well'])} {text}"
        return text, rng.choice(row["a"]).replace("{name}", ctx.name)

    def request(self, kind: str, rng: random.Random) -> str:
        """Return a request of one kind, from the domain or from the wordings here."""
        more = self.talk["cannot_more"].get(kind)
        if kind not in self.domain.intents or (more and rng.random() < 0.5):
            return expand(rng.choice(more), rng, lambda n: self.fill(n, rng))
        needed = {"media": MEDIA, "scene": SCENE}.get(kind)
        while True:
            text = self.domain.sample(rng, kind)[1]
            if not UNFIT.search(text) and (needed is None or needed.search(text)):
                return text

    def cannot(self, rng: random.Random) -> tuple[str, str]:
        """Return a request the assistant must decline."""
        kind = rng.choice(list(self.talk["cannot"]))
        text = self.request(kind, rng)
        if rng.random() < 0.15:
            opening = rng.choice(["hey", "please", "could you", "can you", "okay", "would you"])
            text = f"{opening} {text}"
        return text, rng.choice(self.talk["cannot"][kind])

    def name_turns(self, rng: random.Random) -> list[Turn]:
        """Return a turn that gives the user's name, and one that asks for it."""
        name = made_up(rng) if rng.random() < 0.3 else rng.choice(TEXT["people"]).lower()
        turns = []
        for row in (self.talk["name_given"], self.talk["name_asked"]):
            text = expand(rng.choice(row["q"]).replace("{n}", name), rng)
            turns.append(Turn(text, rng.choice(row["a"]).replace("{N}", name.capitalize())))
        return turns

    def skill(self, rng: random.Random) -> Turn:
        """Return a turn a built-in skill has answered."""
        user, answer = rng.choice(self.talk["skills"])
        texts = [expand(t, rng, lambda n: self.fill(n, rng)) for t in (user, answer)]
        return Turn(texts[0], texts[1], trained=False)

    def rough(self, text: str, rng: random.Random) -> str:
        """Write a question as a recogniser or a keyboard would."""
        if rng.random() < 0.07:
            text = slip(text, rng)
        if rng.random() < 0.12:
            text = written(text, self.proper, rng)
        return text

    def turn(self, kind: str, ctx: Context, rng: random.Random) -> tuple[list[Turn], Fact | None]:
        """Return the turns of one kind, and the fact they leave behind."""
        if kind == "skill":
            return [self.skill(rng)], None
        if kind == "name":
            return self.name_turns(rng), None
        fact = None
        if kind == "fact":
            fact = self.know.pick(rng)
            pair = self.know.ask(fact, rng)
        elif kind == "unknown":
            pair = self.know.unknown(rng)
        elif kind == "note":
            pair = (ask_house(ctx, rng) if rng.random() < 0.3 else None) or ask_note(ctx, rng)
        else:
            pair = {
                "small": lambda: self.small(ctx, rng),
                "cannot": lambda: self.cannot(rng),
                "orphan": lambda: orphan(self.know, rng),
            }[kind]()
        return [Turn(self.rough(pair[0], rng), pair[1], kind=kind)], fact

    def fresh(
        self, ctx: Context, rng: random.Random, first: bool
    ) -> tuple[list[Turn], Fact | None]:
        """Return turns on a new subject; held-out questions are drawn again."""
        weights = dict(KINDS)
        weights["note"] += 0.9 if ctx.notes or ctx.moment else 0.0
        if not first:
            weights["orphan"] = 0.0
        while True:
            kind = rng.choices(list(weights), list(weights.values()))[0]
            turns, fact = self.turn(kind, ctx, rng)
            if not any(plain(t.user) in self.heldout for t in turns):
                return turns, fact

    def draw(self, rng: random.Random) -> Dialogue:
        """Draw one dialogue of one to nine turns."""
        ctx = context(rng)
        target = rng.choice([1, 1, 2, 3, 4, 5, 6, 7])
        turns: list[Turn] = []
        topic: Fact | None = None
        while len(turns) < target:
            found = follow(self.know, topic, rng) if topic and rng.random() < 0.45 else None
            if found:
                text, answer, new = found
                turns.append(Turn(self.rough(text, rng) if rng.random() < 0.5 else text, answer))
                topic = new or topic
                continue
            new_turns, fact = self.fresh(ctx, rng, not turns)
            turns += new_turns
            topic = fact or topic
        while not turns[-1].trained:
            turns += self.fresh(ctx, rng, False)[0]
        late = -1
        if ctx.extra and rng.random() < 0.25:
            asked = [i for i, turn in enumerate(turns) if turn.kind == "note"]
            late = asked[0] if asked else rng.randrange(len(turns))
        return Dialogue(ctx.system, turns, ctx.extra, late)

    def __call__(self, seed: int) -> Iterator[Dialogue]:
        """Yield dialogues without end."""
        rng = random.Random(seed)
        while True:
            yield self.draw(rng)


def main() -> None:
    """Print some dialogues."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("number", type=int, nargs="?", default=10)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    for _, one in zip(range(args.number), Dialogues()(args.seed), strict=False):
        print(f"# {one.system} | {one.extra!r} at {one.late}")
        for turn in one.turns:
            print(f"  {turn.user}\n    {'*' if turn.trained else ' '} {turn.answer}")


if __name__ == "__main__":
    main()
