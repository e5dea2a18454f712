"""Sentences of the starter domain, drawn from sentences.yaml and facts.yaml.

    python domain.py 30000 --seed 1 > sentences.txt     # "intent<TAB>sentence" per line, distinct
    python domain.py --stats

As a module: Domain().sample(rng) -> (intent, sentence). questions.py adds the questions of a room.
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = (
    "first,second,third,fourth,fifth,sixth,seventh,eighth,ninth,tenth,eleventh,twelfth,"
    "thirteenth,fourteenth,fifteenth,sixteenth,seventeenth,eighteenth,nineteenth,twentieth,"
    "twenty first,twenty second,twenty third,twenty fourth,twenty fifth,twenty sixth,"
    "twenty seventh,twenty eighth,twenty ninth,thirtieth,thirty first"
).split(",")
WHEN = (
    "today,tomorrow,tonight,this weekend,this week,on monday,on tuesday,on wednesday,"
    "on thursday,on friday,on saturday,on sunday,next week"
).split(",")


def words(n: int) -> str:
    """An integer from 0 to 9999 as it is spoken."""
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + (" " + ONES[n % 10] if n % 10 else "")
    size, name = (100, "hundred") if n < 1000 else (1000, "thousand")
    head = f"{words(n // size)} {name}"
    return head + (" " + words(n % size) if n % size else "")


def clock(r: random.Random) -> str:
    """A time of day in one of the ways people say it."""
    h, kind = words(r.randint(1, 12)), r.random()
    if kind < 0.2:
        return r.choice([h, h + " o'clock", h + " o'clock"])
    if kind < 0.4:
        return f"{h} {r.choice(['am', 'pm'])}"
    if kind < 0.55:
        return r.choice(["half past ", "quarter past ", "quarter to ", "a quarter past "]) + h
    if kind < 0.72:
        late = r.choice(["thirty", "fifteen", "forty five", "hundred"])
        return r.choice(
            [
                f"{r.choice(['five', 'ten', 'twenty'])} {r.choice(['past', 'to'])} {h}",
                r.choice(["noon", "midnight"]),
                f"{words(r.randint(13, 23))} {late}",
            ]
        )
    m = r.choice([5, 10, 15, 20, 25, 30, 30, 30, 35, 40, 45, 45, 50, 55, r.randint(10, 59)])
    minute = ("oh " if m < 10 else "") + words(m)
    return f"{h} {minute}" + r.choice(["", "", " am", " pm", " in the morning", " in the evening"])


def duration(r: random.Random) -> str:
    """A span of time, from seconds to hours."""
    kind = r.random()
    if kind < 0.55:
        n = r.choice(
            [
                1,
                2,
                3,
                4,
                5,
                5,
                6,
                7,
                8,
                9,
                10,
                10,
                12,
                15,
                15,
                20,
                25,
                30,
                35,
                40,
                45,
                50,
                60,
                90,
                r.randint(1, 99),
            ]
        )
        return words(n) + (" minute" if n == 1 else " minutes")
    if kind < 0.67:
        n = r.choice([5, 10, 15, 20, 30, 30, 40, 45, 60, 90, r.randint(2, 99)])
        return words(n) + " seconds"
    if kind < 0.78:
        n = r.randint(1, 12)
        return "one hour" if n == 1 else words(n) + " hours"
    if kind < 0.9:
        return r.choice(
            [
                "half an hour",
                "an hour",
                "a minute",
                "an hour and a half",
                "one and a half hours",
                "a quarter of an hour",
                f"an hour and {words(r.choice([5, 10, 15, 20, 30, 45]))} minutes",
                "two and a half minutes",
                "two and a half hours",
                "three quarters of an hour",
            ]
        )
    big, small = r.choice([("hour", "minutes"), ("minute", "seconds")])
    n, m = r.randint(1, 12), r.choice([5, 10, 15, 20, 30, 40, 45, 50, r.randint(2, 59)])
    return f"{words(n)} {big}{'s' if n > 1 else ''}{r.choice([' and ', ' '])}{words(m)} {small}"


def duration1(r: random.Random) -> str:
    """A span as an adjective: ten minute."""
    n = r.choice([1, 2, 3, 4, 5, 10, 15, 20, 25, 30, 45, 50, 60, 90, r.randint(1, 60)])
    return f"{words(n)} {r.choice(['minute', 'minute', 'minute', 'second', 'hour'])}"


def temperature(r: random.Random) -> str:
    """Degrees of a room, Celsius or Fahrenheit."""
    n = r.choice([r.randint(15, 28), r.randint(15, 28), r.randint(60, 78)])
    return words(n) + r.choice(["", "", "", " point five"])


def percent(r: random.Random) -> str:
    """A share of something."""
    n = r.choice([5, 10, 20, 25, 30, 40, 50, 50, 60, 70, 75, 80, 90, 100, r.randint(1, 99)])
    return r.choice([words(n) + " percent", "half", "full"])


def big(r: random.Random) -> str:
    """A number of one to four digits, round ones more often."""
    return words(
        r.choice(
            [
                r.randint(1, 100),
                r.randint(1, 20) * 10,
                r.randint(1, 20) * 50,
                r.randint(101, 999),
                r.randint(1, 9) * 1000,
                r.randint(1000, 2100),
            ]
        )
    )


BUILT_IN = {
    "clock": clock,
    "duration": duration,
    "duration1": duration1,
    "temp": temperature,
    "percent": percent,
    "big": big,
    "ordinal": lambda r: r.choice(ORDINALS),
}


class Templates:
    """Templates with [optional] parts, (one|of|several) and {slots}."""

    def __init__(self, slots: dict[str, list]) -> None:
        self.slots = slots

    def slot(self, name: str, r: random.Random) -> str:
        """One random filler of a slot, or of a built-in such as n1_12 or duration."""
        if name in self.slots:
            return self.expand(str(r.choice(self.slots[name])), r)
        if m := re.fullmatch(r"n(\d+)_(\d+)", name):
            return words(r.randint(int(m[1]), int(m[2])))
        return BUILT_IN[name](r)

    def expand(self, template: str, r: random.Random) -> str:
        """Expand [optional], (a|b) and {slot} of one template, innermost first."""
        text = template
        while m := re.search(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)", text):
            if m[1] is not None:  # alternatives inside brackets are one choice
                new = r.choice(m[1].split("|")) if r.random() < 0.5 else ""
            else:
                new = r.choice(m[2].split("|"))
            text = text[: m.start()] + new + text[m.end() :]
        text = re.sub(r"\{(\w+)\}", lambda m: self.slot(m[1], r), text)
        return " ".join(text.split())


class Domain(Templates):
    """The templates of sentences.yaml and how they are filled."""

    def __init__(self, folder: Path = HERE) -> None:
        spec = yaml.safe_load((folder / "sentences.yaml").read_text())
        super().__init__(spec["slots"] | {"when2": WHEN, "small": spec["small"]})
        self.facts: list[dict] = yaml.safe_load((folder / "facts.yaml").read_text())
        self.intents: dict[str, dict] = spec["intents"]

    def slot(self, name: str, r: random.Random) -> str:
        if name == "date":
            day, month = r.choice(ORDINALS), r.choice(self.slots["month"])
            return r.choice(
                [f"{month} {day}", f"{month} the {day}", f"the {day} of {month}", f"the {day}"]
            )
        if name == "fact":
            return self.expand(r.choice(r.choice(self.facts)["q"]), r)
        return super().slot(name, r)

    def sample(self, r: random.Random, intent: str | None = None) -> tuple[str, str]:
        """(intent, sentence), the intent by its weight unless given."""
        if intent is None:
            intent = r.choices(list(self.intents), [i["weight"] for i in self.intents.values()])[0]
        return intent, self.expand(r.choice(self.intents[intent]["templates"]), r)

    def distinct(self, n: int, seed: int = 1) -> list[tuple[str, str]]:
        """N distinct sentences; the same seed gives the same list."""
        r, found = random.Random(seed), {}
        while len(found) < n:
            intent, sentence = self.sample(r)
            found.setdefault(sentence, intent)
        return [(intent, sentence) for sentence, intent in found.items()]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("n", type=int, nargs="?", default=30000)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--stats", action="store_true")
    a = ap.parse_args()
    rows = Domain().distinct(a.n, a.seed)
    if not a.stats:
        for intent, sentence in rows:
            print(f"{intent}\t{sentence}")
        return
    lengths = [len(s.split()) for _, s in rows]
    vocabulary = {w for _, s in rows for w in s.split()}
    bad = [s for _, s in rows if re.search(r"[^a-z' ]", s)]
    print(
        f"{len(rows)} distinct sentences, {len(vocabulary)} words, "
        f"{sum(lengths) / len(rows):.1f} words each; bad: {bad[:5]}"
    )


if __name__ == "__main__":
    main()
