"""Word errors by kind of sentence, wake words in one breath, silence, and CPU time.

    python evaluate.py [--model DIR] [--limit 1000] [--json report.json] [--show 20]

Test sets are those of make_speech.py --tests. "10 dB" is white or pink noise or the half of the
kitchen recording that training never heard, 10 dB below the speech; "clean" has it 50 dB below.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audio import coloured_noise, kitchen
from common import MODEL, SR, WORK, edits, one_spelling
from reader import Reader, without_wake


@dataclass
class Test:
    """One clip: float32 audio, what is said, who says it; `wake` is the phrase it begins with."""

    audio: np.ndarray
    text: str
    kind: str
    voice: str
    wake: str


class Count:
    """Word errors and exactly read sentences."""

    def __init__(self) -> None:
        self.wrong = self.words = self.exact = self.clips = 0

    def add(self, said: str, read: str) -> bool:
        """Count one sentence; returns whether it was read exactly."""
        d = edits(said.split(), read.split())
        self.wrong, self.words = self.wrong + d, self.words + len(said.split())
        self.exact, self.clips = self.exact + (d == 0), self.clips + 1
        return d == 0

    def figures(self) -> dict[str, float]:
        return {
            "clips": self.clips,
            "wer": round(100 * self.wrong / max(1, self.words), 1),
            "exact": round(100 * self.exact / max(1, self.clips), 1),
        }


class Background:
    """Noises that training never heard."""

    def __init__(self) -> None:
        self.g = np.random.default_rng(11)
        room = kitchen(test=True)
        self.sounds = [coloured_noise(SR * 60, power, self.g) for power in (0, 1)]
        self.sounds += [room, room] if room is not None else []

    def piece(self, n: int, which: int | None = None) -> np.ndarray:
        i = int(self.g.integers(len(self.sounds))) if which is None else which % len(self.sounds)
        start = int(self.g.integers(len(self.sounds[i]) - n))
        return self.sounds[i][start : start + n]

    def behind(self, x: np.ndarray, db: float, lead: float = 0.1) -> np.ndarray:
        """The clip after `lead` seconds, with background `db` below it."""
        x = np.pad(x, (int(lead * SR), SR // 10))
        b = self.piece(len(x))
        gain = np.sqrt((x**2).mean() / ((b**2).mean() + 1e-12) * 10 ** (-db / 10))
        return (x + b * gain).astype(np.float32)


def load(name: str, limit: int) -> list[Test]:
    """A test set of make_speech.py, at most `limit` clips of it."""
    rows = [json.loads(line) for line in (WORK / f"test-{name}.jsonl").open()]
    audio = np.load(WORK / f"test-{name}.npz")
    tests = [
        Test(audio[f"{i:04d}"].astype(np.float32) / 32768, **row) for i, row in enumerate(rows)
    ]
    return random.Random(1).sample(tests, limit) if limit < len(tests) else tests


def spoken(name: str, db: float, reader: Reader, noise: Background, a: argparse.Namespace) -> dict:
    """Word errors of one test set, by kind and by voice."""
    counts: dict[str, Count] = defaultdict(Count)
    times, shown = [], 0
    for t in load(name, a.limit):
        x = t.audio if name == "real" else noise.behind(t.audio, db)
        began = time.process_time()
        text = reader(x)
        times.append(time.process_time() - began)
        for group in {"all", t.kind, t.voice}:
            right = counts[group].add(one_spelling(t.text), text)
        if not right and shown < a.show:
            shown += 1
            print(f"    {t.voice} {t.kind}: {t.text} -> {text}")
    report = {group: count.figures() for group, count in sorted(counts.items())}
    report["cpu_ms"] = round(1000 * float(np.median(times)))
    return report


def woken(cut: bool, db: float, reader: Reader, noise: Background, a: argparse.Namespace) -> dict:
    """Questions behind a wake word in one breath.

    After 0.6 s of background or (cut) beginning inside the wake word; the wake word, or what is
    left of it, is taken off before counting.
    """
    counts: dict[str, Count] = defaultdict(Count)
    shown = 0
    for t in load("wake", a.limit):
        x = t.audio
        if cut:
            share = len(t.wake) / len(t.text) * noise.g.uniform(0.05, 0.6)
            x = x[int(len(x) * share) :]
        x = noise.behind(x, db, lead=0.0 if cut else 0.6)
        question = one_spelling(t.text.removeprefix(t.wake).strip())
        text = without_wake(reader(x))
        right = counts["all"].add(question, text)
        if not right and shown < a.show:
            shown += 1
            print(f"    {t.voice} {t.text} -> {text}")
    return counts["all"].figures()


def silence(reader: Reader, noise: Background, total: int) -> dict[str, float]:
    """How often text is read where nobody speaks: digital silence, hum, hiss, kitchen."""
    g, found = noise.g, []
    for i in range(total):
        n = int(g.uniform(0.6, 6) * SR)
        if i % 10 == 0:
            x = np.zeros(n)
        elif i % 10 == 1:
            hum = np.sin(2 * np.pi * g.uniform(50, 1000) * np.arange(n) / SR)
            x = 0.05 * hum + 0.001 * g.standard_normal(n)
        else:
            x = noise.piece(n, i)
            x = x / np.abs(x).max() * 10 ** (-g.uniform(0, 50) / 20)
        found.append(reader(x.astype(np.float32)))
    texts = [t for t in found if t]
    print("    read in silence:", texts)
    return {"clips": total, "percent_with_text": round(100 * len(texts) / total, 1)}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--model", type=Path, default=MODEL)
    ap.add_argument("--limit", type=int, default=1000, help="clips of each test set")
    ap.add_argument("--show", type=int, default=0, help="print so many mistakes of each set")
    ap.add_argument("--beam", type=int, default=1)
    ap.add_argument("--sets", default="new,unseen,own,real")
    ap.add_argument("--json", type=Path)
    a = ap.parse_args()
    reader, noise, report = Reader(a.model, a.beam), Background(), {}
    for name in a.sets.split(","):
        for db in (50,) if name == "real" else (50, 10):
            key = f"{name}, {'clean' if db == 50 else '10 dB'}"
            report[key] = spoken(name, db, reader, noise, a)
            print(key, json.dumps(report[key]), flush=True)
    for cut in (False, True):
        for db in (50, 10):
            key = f"wake {'cut' if cut else 'whole'}, {'clean' if db == 50 else '10 dB'}"
            report[key] = woken(cut, db, reader, noise, a)
            print(key, report[key], flush=True)
    report["silence"] = silence(reader, noise, min(200, a.limit))
    print("silence", report["silence"])
    if a.json:
        a.json.write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
