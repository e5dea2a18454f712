"""What is said in a room, by kind: sentences.yaml, questions.yaml and Roomtone's own answers.

    python questions.py 40          # "kind<TAB>sentence" per line

A sentence belongs to the test set if a hash of its words says so, whoever draws it and whenever;
the questions of facts.yaml in their plain form and sentences of one or two words never are.
"""

from __future__ import annotations

import random
import sys
import zlib
from pathlib import Path

import yaml

from domain import HERE, Domain
from spoken import spoken


class Questions(Domain):
    """Domain with the kinds of questions.yaml; `other` is every intent of sentences.yaml."""

    def __init__(self, folder: Path = HERE) -> None:
        super().__init__(folder)
        spec = yaml.safe_load((folder / "questions.yaml").read_text())
        self.slots |= spec["slots"]
        self.kinds: dict[str, dict] = spec["kinds"]
        self.wakes: dict[str, float] = spec["wakes"]
        self.answers = [line for f in self.facts for line in pieces(f["a"])]
        r = random.Random(0)
        plain = (self.expand(q, r) for f in self.facts for q in f["q"] for _ in range(30))
        self.plain = set(plain)

    def slot(self, name: str, r: random.Random) -> str:
        if name == "answer":
            return r.choice(self.answers)
        if name == "sentence":
            return super().sample(r)[1]
        return super().slot(name, r)

    def draw(self, r: random.Random, kind: str | None = None) -> tuple[str, str]:
        """(kind, sentence), the kind by its weight unless given."""
        if kind is None:
            kind = r.choices(list(self.kinds), [k["weight"] for k in self.kinds.values()])[0]
        return kind, self.expand(r.choice(self.kinds[kind]["templates"]), r)

    def wake(self, r: random.Random) -> str:
        """A wake phrase, the usual ones more often."""
        return r.choices(list(self.wakes), list(self.wakes.values()))[0]

    def kept_out(self, sentence: str) -> bool:
        """Whether the sentence belongs to the test set (one in ten)."""
        if sentence in self.plain or len(sentence.split()) < 3:
            return False
        return zlib.crc32(sentence.encode()) % 10 == 0


def pieces(answer: str) -> list[str]:
    """An answer and its clauses, as spoken."""
    clauses = [spoken(c) for c in answer.split(";")]
    return list(dict.fromkeys([spoken(answer), *clauses]))


if __name__ == "__main__":
    rng, questions = random.Random(), Questions()
    for _ in range(int(sys.argv[1])):
        print(*questions.draw(rng), sep="\t")
