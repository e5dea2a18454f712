"""Synthesise the training and test speech.

    apt-get install flite espeak-ng festival festvox-us-slt-hts festvox-kdlpc16k
    apt-get install libttspico-utils rhvoice rhvoice-english          # non-free, optional
    apt-get install mbrola mbrola-us1 mbrola-us2 mbrola-us3 mbrola-en1    # non-free, tests only
    python make_speech.py --tests
    python make_speech.py --train 12000 --jobs 2 [--seed 2]

Writes shards of log-mel (shards.py) and test sets (test-*.npz with 16-bit audio, test-*.jsonl) to
$STT_WORK. Training may run meanwhile: finished shards are picked up.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing as mp
import random
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from audio import degrade, read_wav, resample, trim, wake_words
from common import SR, WORK, log_mel
from questions import Questions
from shards import Writer
from voices import HELD_OUT, OWN, UNSEEN, festival, pick_voice, synthesise

PART = 240  # clips of one training shard
FEW = {"facts", "timedate", "control", "smalltalk"}  # kinds with too few sentences to keep any out


@dataclass
class Row:
    """One utterance to make: `text` is all of it, `wake` the wake phrase it begins with."""

    text: str
    kind: str
    voice: str
    wake: str = ""


def compose(questions: Questions, kind: str, sentence: str, voice: str, r: random.Random) -> Row:
    """A sentence, behind a wake phrase if r says so."""
    if kind == "own" or r.random() > 0.25:
        return Row(sentence, kind, voice)
    wake = questions.wake(r)
    return Row(f"{wake} {sentence}", kind, voice, wake)


def training_rows(n: int, seed: int, kinds: list[str]) -> list[Row]:
    """N utterances of training voices: sentences, wake words alone, words in any order."""
    r, questions = random.Random(seed), Questions()
    rows: list[Row] = []
    words = sorted({w for _ in range(6000) for w in questions.draw(r)[1].split()})
    while len(rows) < n:
        k = r.random()
        if k < 0.06:
            wake = questions.wake(r)
            rows.append(Row(wake, "wake", pick_voice(r), wake))
        elif k < 0.12:
            some = " ".join(r.choices(words, k=r.choice([1, 1, 2, 3, 4, 5, 6])))
            rows.append(Row(some, "words", pick_voice(r)))
        else:
            kind, sentence = questions.draw(r)
            if questions.kept_out(sentence) or (kinds and kind not in kinds):
                continue
            is_own = r.random() < (0.6 if kind == "own" else 0.02)
            rows.append(compose(questions, kind, sentence, OWN if is_own else pick_voice(r), r))
    return rows


def test_rows(voices: list[str], per_kind: int, seed: int) -> list[Row]:
    """Sentences kept out of training (of FEW kinds: any), spread over the voices."""
    r, questions = random.Random(seed), Questions()
    rows: list[Row] = []
    for kind in questions.kinds:
        found: set[str] = set()
        for _ in range(20000):
            sentence = questions.draw(r, kind)[1]
            if kind in FEW or questions.kept_out(sentence):
                found.add(sentence)
            if len(found) == per_kind:
                break
        rows += [Row(s, kind, voices[i % len(voices)]) for i, s in enumerate(sorted(found))]
    return rows


def make(rows: list[Row], r: random.Random, plain: bool) -> list[np.ndarray | None]:
    """Speech of the rows at 16 kHz, trimmed; `plain` leaves the vocal tract as it is."""
    tracts = [
        1.0 if plain or row.voice == OWN or r.random() < 0.25 else r.uniform(0.82, 1.22)
        for row in rows
    ]
    paces = [1.0 if plain else r.uniform(0.85, 1.2) / t for t in tracts]
    said = [
        row.text.replace(row.wake, row.wake + ",", 1) if row.wake and r.random() < 0.5 else row.text
        for row in rows
    ]
    clips: list[np.ndarray | None] = []
    with tempfile.TemporaryDirectory(prefix="speech") as name:
        folder = Path(name)
        jobs = [
            (i, row.voice, said[i], paces[i])
            for i, row in enumerate(rows)
            if row.voice.startswith("festival")
        ]
        done = festival(jobs, folder) if jobs else {}
        for i, row in enumerate(rows):
            if i in done:
                got = read_wav(done[i]) if done[i].exists() else None
            else:
                got = synthesise(row.voice, said[i], paces[i], r, folder / "a.wav")
            x = trim(resample(*got, tracts[i])) if got else np.zeros(0)
            good = 0.15 * SR < len(x) < 12 * SR and np.abs(x).max() > 1e-3
            clips.append(x if good else None)
    return clips


def training_shard(job: tuple[int, int, list[Row]]) -> int:
    """Write one shard; returns how many clips it holds."""
    seed, part, rows = job
    r, count = random.Random(seed * 1000 + part), 0
    writer = Writer(f"mel-{seed}-{part:03d}")
    for row, x in zip(rows, make(rows, r, plain=False), strict=True):
        if x is None:
            continue
        mel = log_mel(degrade(x, r))
        # frames of the wake phrase, by its share of the letters
        share = len(row.wake) / len(row.text) if row.wake else 0
        writer.add(mel, **asdict(row), wake_n=int(len(x) / 160 * share))
        count += 1
    writer.close()
    return count


def test_set(job: tuple[str, list[Row]]) -> None:
    """Write one test set: audio with peak 0.5 and a JSON line per clip."""
    name, rows = job
    clips = make(rows, random.Random(name), plain=True)
    kept = [(row, x) for row, x in zip(rows, clips, strict=True) if x is not None]
    arrays = {
        f"{i:04d}": (x / np.abs(x).max() * 0.5 * 32767).astype(np.int16)
        for i, (_, x) in enumerate(kept)
    }
    np.savez(WORK / f"test-{name}.npz", **arrays)
    lines = (json.dumps(asdict(row)) + "\n" for row, _ in kept)
    (WORK / f"test-{name}.jsonl").write_text("".join(lines))
    print(name, len(kept), "test clips", flush=True)


def wake_rows(n: int, seed: int) -> list[Row]:
    """Questions of the kinds that matter most, behind a wake phrase, in voices kept out."""
    r, questions = random.Random(seed), Questions()
    asked = {"facts", "paraphrase", "timers", "timedate", "control"}
    rows = [row for row in test_rows(HELD_OUT + UNSEEN, n, seed) if row.kind in asked]
    rows = r.sample(rows, min(n, len(rows)))
    for row in rows:
        row.wake = r.choice(["hey jarvis", "alexa", questions.wake(r)])
        row.text = f"{row.wake} {row.text}"
    return rows


def tests() -> list[tuple[str, list[Row]]]:
    """Return the test sets; dev is looked at while training, the others are not."""
    own = [row for row in test_rows([OWN], 100, 5) if row.kind == "own"]
    return [
        ("dev", test_rows(HELD_OUT, 14, 2)),
        ("new", test_rows(HELD_OUT, 60, 3)),
        ("unseen", test_rows(UNSEEN, 40, 4)),
        ("own", own),
        ("wake", wake_rows(200, 6)),
    ]


def real_shard() -> None:
    """Wake words said by people: one half to a shard, the other to a test set."""
    writer, rows, arrays = Writer("mel-real"), [], {}
    for word, (train, test) in wake_words().items():
        for x in train:
            writer.add(log_mel(x), text=word, kind="real", voice="real")
        for x in test:
            arrays[f"{len(rows):04d}"] = (np.clip(x, -1, 1) * 32767).astype(np.int16)
            rows.append(json.dumps(asdict(Row(word, "real", "real"))) + "\n")
    writer.close()
    np.savez(WORK / "test-real.npz", **arrays)
    (WORK / "test-real.jsonl").write_text("".join(rows))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--train", type=int, default=0)
    ap.add_argument("--tests", action="store_true")
    ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--kinds", default="", help="only sentences of these kinds, by spaces")
    a = ap.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    with mp.Pool(a.jobs) as pool:
        if a.tests:
            real_shard()
            pool.map(test_set, tests(), chunksize=1)
        rows = training_rows(a.train, a.seed, a.kinds.split())
        parts = [(a.seed, p, rows[i : i + PART]) for p, i in enumerate(range(0, len(rows), PART))]
        for part, count in enumerate(pool.imap_unordered(training_shard, parts), 1):
            print(f"{part}/{len(parts)} shards, {count} clips", flush=True)


if __name__ == "__main__":
    main()
