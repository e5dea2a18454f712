"""Training clips on disk: log-mels in half precision beside one JSON line per clip.

A shard is NAME.f16 ([frames, 80] float16, clip after clip) and NAME.jsonl (text, kind, voice, wake,
wake_n, pos, n; frames). A reader may open a shard that is still being written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from common import MELS, WORK, one_spelling


@dataclass(slots=True)
class Clip:
    """One stored utterance; it begins with the phrase `wake`, of about `wake_n` frames."""

    mel: np.ndarray  # [n, 80] float16, log10 power
    text: str
    kind: str
    voice: str
    wake: str
    wake_n: int


class Writer:
    """Writes one shard."""

    def __init__(self, name: str) -> None:
        base = WORK / name
        self.mels = base.with_suffix(".f16").open("wb")
        self.lines = base.with_suffix(".jsonl").open("w")
        self.pos = 0

    def add(self, mel: np.ndarray, **info: str | int) -> None:
        half = np.maximum(mel, -10).astype(np.float16)
        self.mels.write(half.tobytes())
        self.lines.write(json.dumps(info | {"pos": self.pos, "n": len(half)}) + "\n")
        self.pos += len(half)

    def close(self) -> None:
        self.mels.close()
        self.lines.close()


def read(path: Path, longest: int) -> Iterator[Clip]:
    """The complete clips of one shard (path of its .jsonl) of at most `longest` frames."""
    raw = np.memmap(path.with_suffix(".f16"), np.float16, "r")
    raw = raw[: len(raw) // MELS * MELS].reshape(-1, MELS)
    with path.open() as lines:
        for line in lines:
            try:
                d = json.loads(line)
            except ValueError:  # the writer is in the middle of this line
                return
            if d["pos"] + d["n"] > len(raw):
                return
            if d["n"] <= longest:
                yield Clip(
                    raw[d["pos"] : d["pos"] + d["n"]],
                    one_spelling(d["text"]),
                    d["kind"],
                    d["voice"],
                    d.get("wake", ""),
                    d.get("wake_n", 0),
                )


def shards() -> list[Path]:
    """The .jsonl files of all shards that hold something."""
    return [
        p
        for p in sorted(WORK.glob("mel-*.jsonl"))
        if p.with_suffix(".f16").stat().st_size > 2 * MELS
    ]
