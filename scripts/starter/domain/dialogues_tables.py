"""Read the tables of facts (dialogues_*.yaml) into one form."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
MAKING = {
    "write": ("write", "written", "wrote", "(books|works|stories)"),
    "paint": ("paint", "painted", "painted", "(paintings|works|pictures)"),
    "compose": ("(compose|write)", "(composed|written)", "composed", "(works|pieces|music)"),
}


@dataclass
class Fact:
    """One thing the assistant knows."""

    relation: str
    answers: list[str]
    slots: dict[str, str]
    ident: str = ""
    person: str = ""
    group: str = ""
    own: dict[str, list[str]] = field(default_factory=dict)


def load(name: str) -> dict[str, Any]:
    """Read one YAML file of this folder."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text())


def country_facts(rows: list[list[str]]) -> list[Fact]:
    """Turn the table of countries into facts."""
    facts = []
    for names, shown, capital, language, money, continent in rows:
        said = "washington" if shown == "the United States" else capital.lower()
        place = {"x": names}
        head = {
            "England": "London is the capital of England and of the United Kingdom.",
            "Switzerland": "Bern is the seat of the Swiss government, and in effect the capital.",
        }.get(shown, f"{capital} is the capital of {shown}.")
        shown_in = shown[0].upper() + shown[1:]
        whole = [
            ("capital", place, head),
            ("language", place, f"In {shown} people speak {language}."),
            ("currency", place, f"The currency of {shown} is the {money}."),
            (
                "continent",
                place,
                f"{shown_in} is in {continent}."
                if shown != "Australia"
                else "Australia is a continent of its own.",
            ),
            ("whose_capital", {"x": said}, f"{capital} is the capital of {shown}."),
        ]
        facts += [Fact(r, [a], s, ident=shown, group=r) for r, s, a in whole]
    return facts


def person_facts(people: dict[str, dict[str, str]]) -> list[Fact]:
    """Turn the table of persons into facts."""
    facts = []
    for ident, row in people.items():
        he = row["he"]
        slots = {
            "x": row["x"],
            "he": he,
            "him": {"he": "him", "she": "her"}.get(he, "them"),
            "his": {"he": "his", "she": "her"}.get(he, "their"),
        }
        if "make" in row:
            names = ("make", "made", "past", "things")
            slots |= dict(zip(names, MAKING[row["make"]], strict=True))
        for relation in ("who", "lived", "from", "works"):
            if relation in row:
                answers = [row[relation]]
                facts.append(Fact(relation, answers, slots, ident, ident, relation))
        if "about" in row:
            facts[-1].own = {"direct": [row["about"]]}
    return facts


def row_fact(row: dict[str, Any]) -> Fact:
    """Turn one row of a list of facts into a fact."""
    slots = {
        k: v for k, v in row.items() if isinstance(v, str) and k not in ("a", "r", "id", "to", "g")
    }
    own = {k: row[k] for k in ("ask", "emb", "np") if k in row}
    relation = row.get("r", "")
    return Fact(
        relation,
        [row["a"]],
        slots,
        row["id"],
        row.get("to", ""),
        row.get("g", relation or row["id"]),
        own,
    )
