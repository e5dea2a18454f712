"""Write the training sentences, one a line: words only, which two front ends read alike.

    corpus.py OUT COUNT [FILES OF SENTENCES TO LEAVE OUT]
    corpus.py OUT COUNT --short

Sources: frames.yaml, the word list of Debian's `wamerican-small`, the King James text of Debian's
`bible-kjv`, and Debian's `fortunes`.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "domain"))
from domain import Templates  # noqa: E402

FORTUNES, WORDS = Path("/usr/share/games/fortunes"), Path("/usr/share/dict/american-english-small")
ODD = re.compile(
    r"ascii|perl|zippy|knghtbrd|computers|linux|definitions|translate|goedel|"
    r"disclaimer"
)
UNREADABLE = re.compile(
    r"\b[A-Z]{2,}\b|[A-Za-z]\.[A-Za-z]|--|''|\.\.|\b[b-hj-np-z]\b"
    r"|\b(Mr|Mrs|Dr|St|vs|etc)\b"
)
LISTS = [
    "The {} {} was {} and {}.",
    "{}, {}, {}, {}.",
    "She said {}, not {}.",
    "{} {} {} {}.",
    "Did you say {} or {}?",
    "My {} has a {} with {}.",
    "We {} the {} of every {}.",
    "{} {}.",
]


def clean(sentence: str) -> str | None:
    """Return a sentence with plain punctuation and an end; None if it is hard to read aloud."""
    s = " ".join(sentence.split())
    if not 12 <= len(s) <= 150 or re.search(r"[^A-Za-z ,.;:?!'-]", s) or UNREADABLE.search(s):
        return None
    if re.search(r"\w-\w|\w:\w", s):
        s = s.replace("-", " ")
    s = re.sub(r"\s+([,.;:?!])", r"\1", s.replace(" -", ",")).strip()
    if "." in s[:-1]:
        return None
    return s if s[-1] in ".?!" else s.rstrip(",;:") + "."


def fortunes() -> Iterator[str]:
    """Sentences of the quotations."""
    for path in sorted(FORTUNES.glob("*.u8")):
        if ODD.search(path.name):
            continue
        for quote in path.read_text(encoding="utf-8", errors="replace").split("\n%\n"):
            text = re.sub(r"\n\s*--.*", "", quote, flags=re.DOTALL).replace('"', "")
            yield from re.split(r"(?<=[.?!])\s+(?=[A-Z])", " ".join(text.split()))


def bible() -> Iterator[str]:
    """Clauses of the King James Bible."""
    run = subprocess.run(["bible", "-f", "gen1:1-rev22:21"], capture_output=True, text=True)
    for line in run.stdout.splitlines():
        verse = re.sub(r"^\S+\s+", "", line)
        for s in re.split(r"(?<=[.?!;:])\s+", verse):
            yield upper(s).rstrip(";:")


def upper(s: str) -> str:
    return s[:1].upper() + s[1:]


def word_lists(r: random.Random) -> Iterator[str]:
    """Endless sentences of any words."""
    known = [w for w in WORDS.read_text().split() if re.fullmatch(r"[a-z]{3,12}", w)]
    while True:
        frame = r.choice(LISTS)
        yield frame.format(*r.choices(known, k=frame.count("{}"))).capitalize()


def tidy(s: str) -> str:
    """Mend what expanding a frame leaves: space before punctuation, a small first letter."""
    return upper(re.sub(r" ([,.?!])", r"\1", s))


def key(s: str) -> str:
    return re.sub(r"[^a-z ]", "", s.lower()).strip()


def sentences(
    count: int, held: set[str], r: random.Random, frames: Templates, texts: list[str]
) -> list[str]:
    """`count` different sentences of all sources, none of them in `held` (see key)."""
    quotes = sorted({s for s in map(clean, fortunes()) if s})
    verses = sorted({s for s in map(clean, bible()) if s})
    print(len(quotes), "quotations,", len(verses), "clauses of verses")
    r.shuffle(quotes)
    r.shuffle(verses)
    lists, seen, lines = word_lists(r), set(held), []
    while len(lines) < count:
        k = r.random()
        if k < 0.36:
            s = tidy(frames.expand(r.choice(texts), r))
        elif k < 0.70 and quotes:
            s = upper(quotes.pop())
        elif k < 0.78 and verses:
            s = verses.pop()
        else:
            s = upper(next(lists))
        if key(s) not in seen and len(s) <= 150:
            seen.add(key(s))
            lines.append(s)
    return lines


def main() -> None:
    out, count, *rest = sys.argv[1:]
    spec, r = yaml.safe_load((HERE / "frames.yaml").read_text()), random.Random(7)
    frames = Templates(spec["slots"])
    if rest == ["--short"]:
        found: dict[str, None] = {}
        while len(found) < int(count):
            found[tidy(frames.expand(r.choice(spec["short"]), r))] = None
        lines = list(found)
    else:
        held = {key(s) for path in rest for s in Path(path).read_text().splitlines()}
        lines = sentences(int(count), held, r, frames, spec["frames"])
    Path(out).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
