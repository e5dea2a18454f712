"""Which of flite's phones each of Piper's phonemes stands for, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

VOWELS = "aa ae ah ao aw ax ay eh er ey ih iy ow oy uh uw".split()
PAIRS = {"aɪ": "ay", "aʊ": "aw", "eɪ": "ey", "oʊ": "ow", "ɔɪ": "oy", "tʃ": "ch", "dʒ": "jh"}
# share of a pair's time that its first phoneme gets
SHARE = {"ay": 0.5, "aw": 0.5, "ey": 0.5, "ow": 0.5, "oy": 0.5, "ch": 0.45, "jh": 0.5}
ONE = {
    "ɑ": "aa ao ah",
    "æ": "ae",
    "ʌ": "ah ax",
    "ɐ": "ax ah",
    "ə": "ax ah ih",
    "ɔ": "ao aa ow",
    "ɒ": "aa ao",
    "ɛ": "eh",
    "ɜ": "er",
    "ɚ": "er",
    "ɪ": "ih iy ax",
    "ᵻ": "ih ax",
    "i": "iy ih",
    "ʊ": "uh uw",
    "u": "uw uh",
    "a": "aa ae",
    "e": "eh ey",
    "o": "ow ao",
    "b": "b",
    "d": "d",
    "f": "f",
    "ɡ": "g",
    "h": "hh",
    "j": "y",
    "k": "k",
    "l": "l",
    "m": "m",
    "n": "n",
    "ŋ": "ng n",
    "p": "p",
    "ɹ": "r",
    "s": "s",
    "t": "t",
    "v": "v",
    "w": "w",
    "z": "z s",
    "ð": "dh th",
    "ʃ": "sh",
    "ʒ": "zh",
    "θ": "th",
    "ɾ": "t d",
    "ʔ": "t",
    "x": "k",
    "r": "r",
}
GROUPS = {
    "stop": "p b t d k g ch jh",
    "fricative": "f v s z sh zh th dh hh ch jh",
    "nasal": "m n ng",
    "glide": "l r w y er",
}
RELATED = ({"er", "r"}, {"uw", "w"}, {"iy", "y"}, {"ow", "w"})
PUNCTUATION = set(",.;:?!")
Step = tuple[int | None, int | None]  # unit, segment; None: skipped


@dataclass
class Unit:
    """Positions in the phoneme string that share one time, and the flite phones that fit."""

    where: list[int]
    phones: list[str]
    kind: str  # "phone" or "pause"


def units(phonemes: list[str]) -> list[Unit]:
    """The units of a phoneme string; stress and length marks belong to none."""
    out, i = [], 0
    while i < len(phonemes):
        p, pair = phonemes[i], "".join(phonemes[i : i + 2])
        if pair in PAIRS:
            out.append(Unit([i, i + 1], [PAIRS[pair]], "phone"))
            i += 2
            continue
        if p in ONE:
            out.append(Unit([i], ONE[p].split(), "phone"))
        elif p in PUNCTUATION:
            out.append(Unit([i], ["pau"], "pause"))
        i += 1
    return out


def cost(unit: Unit, segment: str) -> float:
    """How badly a flite phone fits a unit."""
    if unit.kind == "pause" or segment == "pau":
        return 0 if unit.kind == "pause" and segment == "pau" else 6
    if segment in unit.phones:
        return 0 if segment == unit.phones[0] else 0.2
    phone = unit.phones[0]
    if (phone in VOWELS) != (segment in VOWELS):
        return 1.5 if {phone, segment} in RELATED else 4
    if phone in VOWELS:
        return 1
    alike = any(phone in g.split() and segment in g.split() for g in GROUPS.values())
    return 1.2 if alike else 2.5


def align(us: list[Unit], segments: list[str]) -> tuple[float, list[Step]]:
    """The cheapest path through both strings: (its cost, its steps)."""
    n, m = len(us), len(segments)
    best = np.full((n + 1, m + 1), np.inf)
    best[0, 0] = 0
    back: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(n + 1):
        for j in range(m + 1):
            moves = []
            if i and j:
                moves.append((best[i - 1, j - 1] + cost(us[i - 1], segments[j - 1]), (1, 1)))
            if i:
                skip = 0.6 if us[i - 1].kind == "pause" else 2
                moves.append((best[i - 1, j] + skip, (1, 0)))
            if j:
                moves.append((best[i, j - 1] + 2, (0, 1)))
            if moves:
                best[i, j], back[i, j] = min(moves, key=lambda move: move[0])
    path, i, j = [], n, m
    while i or j:
        di, dj = back[i, j]
        i, j = i - di, j - dj
        path.append((i if di else None, j if dj else None))
    return float(best[n, m]), path[::-1]
