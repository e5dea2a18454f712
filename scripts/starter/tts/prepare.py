"""Corpus text -> training arrays.

    prepare.py CORPUS FLITE_PARAMS_BINARY OUT.npz

Each sentence is read twice: by Piper's phonemizer (what the voice will be given) and by flite (what
it should say). The two phone strings are aligned, so that every Piper phoneme gets its number of
5 ms frames and the frames' speech parameters.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP as IDS
from piper.phonemize_espeak import ESPEAK_DATA_DIR, EspeakPhonemizer

from align import SHARE, Unit, align, units

CHANNELS = 31  # of a frame: f0, 25 mel-cepstra, 5 band strengths
Segment = tuple[str, float]  # flite phone, its end in seconds


@dataclass
class Reading:
    """What flite made of one line of the corpus."""

    line: int
    segments: list[Segment]
    frames: np.ndarray  # [frames, 31] float32


def readings(data: bytes) -> Iterator[Reading]:
    """Parse the output of flite_params."""
    pos = 0
    while pos < len(data):
        line, count = struct.unpack_from("<ii", data, pos)
        pos += 8
        segments = []
        for _ in range(count):
            name, end = struct.unpack_from("<8sf", data, pos)
            segments.append((name.split(b"\0")[0].decode(), end))
            pos += 12
        (n,) = struct.unpack_from("<i", data, pos)
        pos += 4
        frames = np.frombuffer(data, "<f4", n * CHANNELS, pos).reshape(n, CHANNELS)
        pos += frames.nbytes
        yield Reading(line, segments, frames)


def postfilter(mc: np.ndarray, alpha: float, beta: float, grid: int = 257) -> np.ndarray:
    """Flite's formant post filter of mel-cepstra [frames, order], in closed form."""
    order = mc.shape[1]
    mc = np.concatenate([mc, np.zeros((len(mc), 1))], 1)
    b = mc.copy()
    for k in range(order - 1, -1, -1):
        b[:, k] = mc[:, k] - alpha * b[:, k + 1]
    sharp = b.copy()
    sharp[:, 1] = b[:, 1] - beta * alpha * mc[:, 2]
    sharp[:, 2:] *= 1 + beta
    out = sharp.copy()
    for k in range(order - 1, -1, -1):
        out[:, k] = sharp[:, k] + alpha * sharp[:, k + 1]
    w = np.linspace(0, np.pi, grid)
    warped = w + 2 * np.arctan(alpha * np.sin(w) / (1 - alpha * np.cos(w)))
    basis = np.cos(np.outer(np.arange(order + 1), warped))
    before, after = np.exp(2 * mc @ basis).mean(1), np.exp(2 * out @ basis).mean(1)
    out[:, 0] += 0.5 * np.log(before / after)  # the level stays what it was
    return out[:, :order]


def owners(path: list[tuple[int | None, int | None]], count: int) -> list[int]:
    """The unit that each of `count` flite phones belongs to; unclaimed ones go to a neighbour."""
    owner: list[int | None] = [None] * count
    for unit, segment in path:
        if unit is not None and segment is not None:
            owner[segment] = unit
    for s in range(count):
        if owner[s] is None:
            near = owner[:s][::-1] + owner[s + 1 :]
            owner[s] = next(k for k in near if k is not None)
    return [o for o in owner if o is not None]


def unit_frames(us: list[Unit], path: list, bounds: np.ndarray) -> np.ndarray:
    """Frames of each unit; one that flite left out borrows from its neighbour."""
    share = np.zeros(len(us))
    for s, unit in enumerate(owners(path, len(bounds) - 3)):
        share[unit] += bounds[s + 2] - bounds[s + 1]
    for u, unit in enumerate(us):
        if share[u] or unit.kind != "phone":
            continue
        v = u - 1 if u and us[u - 1].kind == "phone" else u + 1
        if 0 <= v < len(us) and share[v] >= 6:
            taken = int(share[v] * 0.4)
            share[u], share[v] = taken, share[v] - taken
    return share


def durations(phonemes: list[str], reading: Reading, frame: float) -> np.ndarray | None:
    """Frames of every phoneme (^ first, $ last); None if the two readings differ too much."""
    segments, n = reading.segments, len(reading.frames)
    us = units(phonemes)
    if us[-1].kind == "pause":
        us.pop()
    ends = np.array([0.0] + [end for _, end in segments])
    bounds = np.clip(np.round(ends / frame), 0, n).astype(int)
    bounds[-1] = n
    total, path = align(us, [name for name, _ in segments[1:-1]])
    if total > 0.22 * len(us) + 1:
        return None
    result = np.zeros(len(phonemes))
    result[0], result[-1] = bounds[1], n - bounds[-2]
    for unit, share in zip(us, unit_frames(us, path, bounds), strict=True):
        if len(unit.where) == 2:
            first = round(share * SHARE[unit.phones[0]])
            result[unit.where[0]], result[unit.where[1]] = first, share - first
        else:
            result[unit.where[0]] = share
    return result if result.sum() == n else None


def main() -> None:
    corpus, binary, out = sys.argv[1:4]
    text = Path(corpus).read_text()
    lines = text.splitlines()
    run = subprocess.run([binary], input=text.encode(), capture_output=True, check=True)
    facts = json.loads(run.stderr.decode())
    phonemizer = EspeakPhonemizer(ESPEAK_DATA_DIR)
    tokens, lengths, features, counts = [], [], [], []
    for reading in readings(run.stdout):
        clauses = phonemizer.phonemize("en-us", lines[reading.line])
        phonemes = ["^"] + [p for clause in clauses for p in clause if p in IDS] + ["$"]
        names = [name for name, _ in reading.segments]
        if len(clauses) != 1 or len(names) < 3 or names[0] != "pau" or names[-1] != "pau":
            continue
        spans = durations(phonemes, reading, facts["frame"])
        if spans is None:
            continue
        frames = reading.frames
        mc = postfilter(frames[:, 1:26].astype(np.float64), facts["alpha"], facts["beta"])
        features.append(np.concatenate([frames[:, :1], mc, frames[:, 26:]], 1).astype(np.float16))
        tokens += [IDS[p][0] for p in phonemes]
        lengths += list(spans)
        counts.append((len(phonemes), len(frames)))
    token_lengths, frame_lengths = np.array(counts).T
    np.savez(
        out,
        tokens=np.array(tokens, np.int16),
        durations=np.array(lengths, np.int32),
        features=np.concatenate(features),
        token_lengths=token_lengths,
        frame_lengths=frame_lengths,
        facts=json.dumps(facts),
    )
    print(f"kept {len(counts)} of {len(lines)}, {frame_lengths.sum() * facts['frame']:.0f} seconds")


if __name__ == "__main__":
    main()
