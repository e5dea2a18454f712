"""Training batches: clips of similar length, wake words put before them or cut, made noisy."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from augment import Augment
from common import FULL, MELS, window
from model import LETTERS
from shards import Clip, read, shards

POOL = 256  # utterances sorted by length at a time
LONGEST = 520  # frames of a clip: longer ones cost too much
# how often a clip of a kind is drawn, beside 1 for the others
OFTEN = {
    "paraphrase": 2.0,
    "followup": 1.8,
    "facts": 1.4,
    "own": 1.3,
    "timers": 1.2,
    "other": 0.8,
    "smalltalk": 0.8,
    "arithmetic": 0.8,
    "timedate": 0.8,
    "words": 0.5,
    "wake": 0.4,
}
CHAR = {c: i + 1 for i, c in enumerate(LETTERS)}


@dataclass
class Batch:
    """Inputs [batch, frames, 80], decoder inputs and targets [batch, length], letters for CTC."""

    mels: Tensor
    tokens: Tensor
    targets: Tensor
    letters: Tensor
    letter_counts: Tensor


@dataclass
class Placed:
    """A log-mel [n, 80] (None: no speech) to begin at frame `lead` of an input of `end` frames."""

    mel: np.ndarray | None
    text: str
    lead: int
    end: int


class Batches:
    """All shards, and the batches drawn from them."""

    def __init__(self, tok: Tokenizer, seed: int) -> None:
        self.tok, self.r = tok, random.Random(seed)
        self.augment = Augment(seed)
        self.groups: list[list[Placed]] = []
        self.ids: dict[str, list[int]] = {}
        self.refresh()

    def refresh(self) -> None:
        """(Re)read the list of clips; make_speech.py may still be adding some."""
        clips = [c for path in shards() for c in read(path, LONGEST)]
        self.real = [c for c in clips if c.kind == "real"]
        self.clips = [c for c in clips if c.kind != "real"]
        self.weights = list(accumulate(OFTEN.get(c.kind, 1.0) for c in self.clips))
        self.wakes: dict[str, list[Clip]] = defaultdict(list)
        for c in clips:
            if c.kind == "wake":
                self.wakes[c.voice].append(c)
        known = ("alexa", "computer", "jarvis")
        self.real_wakes = [c for c in self.real if c.text in known]
        self.augment.talkers = [c.mel for c in self.clips[::7]]

    def cut(self, mel: np.ndarray, text: str, wake: str, wake_n: int) -> tuple[np.ndarray, str]:
        """Begin inside the wake phrase; of its words, those that are mostly gone are not wanted."""
        share = self.r.uniform(0.05, 0.8)
        words = wake.split()
        if share > (0.2 if len(words) > 1 else 0.3):
            text = text.removeprefix(words[0]).strip()
        if len(words) > 1 and share > 0.5:
            text = text.removeprefix(words[1]).strip()
        return mel[int(share * wake_n) :], text

    def with_wake(self, clip: Clip, mel: np.ndarray) -> tuple[np.ndarray, str, str, int]:
        """A wake phrase, a pause, the clip: (mel, text, wake phrase, its frames)."""
        r = self.r
        own = self.wakes.get(clip.voice)
        pool = self.real_wakes if self.real_wakes and (not own or r.random() < 0.2) else own
        if not pool:
            return mel, clip.text, "", 0
        wake = r.choice(pool)
        front = self.augment.voice(wake.mel)
        pause = r.choice([r.randint(0, 4), r.randint(0, 4), r.randint(5, 30), r.randint(30, 80)])
        gap = np.full((pause, MELS), float(mel.min()), np.float32)
        front = front + float(mel.max() - front.max()) + r.uniform(-0.4, 0.4)
        return np.concatenate([front, gap, mel]), f"{wake.text} {clip.text}", wake.text, len(front)

    def utterance(self, clip: Clip) -> tuple[np.ndarray | None, str]:
        """One varied utterance: (log-mel or None for no speech, its text)."""
        r, k = self.r, self.r.random()
        if k < 0.03:
            return None, ""
        if k < 0.06 and self.real:
            word = r.choice(self.real)
            return self.augment.voice(word.mel), word.text
        mel, text, wake = self.augment.voice(clip.mel), clip.text, clip.wake
        wake_n = clip.wake_n * len(mel) // len(clip.mel)
        if clip.kind not in ("own", "wake", "words") and not wake and r.random() < 0.15:
            mel, text, wake, wake_n = self.with_wake(clip, mel)
        if wake and clip.kind != "wake" and r.random() < 0.4:
            mel, text = self.cut(mel, text, wake, wake_n)
        return mel, text

    def place(self, clip: Clip) -> Placed:
        """One varied utterance with silence before and after it."""
        r = self.r
        mel, text = self.utterance(clip)
        length = r.randint(40, 60 + len(clip.mel)) if mel is None else len(mel)
        lead = r.randint(0, 20) if r.random() < 0.85 else r.randint(0, 60)
        tail = r.randint(15, 60) if r.random() < 0.9 else r.randint(5, 100)
        return Placed(mel, text, lead, lead + length + tail)

    def refill(self, frames: int) -> None:
        """Draw POOL utterances and group those of similar length, about `frames` a group."""
        drawn = self.r.choices(self.clips, cum_weights=self.weights, k=POOL)
        pool = sorted(map(self.place, drawn), key=lambda p: p.end)
        group: list[Placed] = []
        for placed in pool:
            if group and placed.end * (len(group) + 1) > frames:
                self.groups.append(group)
                group = []
            group.append(placed)
        self.groups.append(group)
        self.r.shuffle(self.groups)

    def batch(self, frames: int) -> Batch:
        """About `frames` mel frames of inputs of similar length, and their targets."""
        r = self.r
        if not self.groups:
            self.refill(frames)
        group, total, k = self.groups.pop(), 0, r.random()
        if k < 0.01:  # the 30 s that faster-whisper itself reads
            total, group = FULL, group[: max(1, frames // FULL)]
        elif k < 0.40:  # the window of Roomtone's daemon
            total = window(max(p.end for p in group))
        else:  # just what is needed, any even length
            total = max(p.end for p in group) + 1 & ~1
        x = np.zeros((len(group), total, MELS), np.float32)
        for row, p in zip(x, group, strict=True):
            # silence behind the recording; or recorded to the end; or zeros as faster-whisper pads
            end = p.end if (k < 0.01 or k > 0.9) and r.random() < 0.5 else total
            quiet = p.end if k < 0.40 or r.random() < 0.4 else end
            row[:end] = self.augment.item(p.mel, p.lead, min(quiet, end), end)
        texts = [p.text for p in group]
        tokens, targets = self.targets(texts)
        letters = torch.tensor([CHAR[c] for t in texts for c in t], dtype=torch.long)
        return Batch(
            torch.from_numpy(x), tokens, targets, letters, torch.tensor([len(t) for t in texts])
        )

    def encode(self, text: str) -> list[int]:
        if text not in self.ids:
            said = " " + text if text else ""
            self.ids[text] = self.tok.encode(said, add_special_tokens=False).ids
        return self.ids[text]

    def targets(self, texts: list[str]) -> tuple[Tensor, Tensor]:
        """Decoder inputs and targets; a few input tokens are wrong, so that sound is trusted."""
        r = self.r
        sot, nots, eot, silent = (
            self.tok.token_to_id(t)
            for t in ("<|startoftranscript|>", "<|notimestamps|>", "<|endoftext|>", "<|nospeech|>")
        )
        ids = [self.encode(t) for t in texts]
        shape = len(ids), max(len(i) for i in ids) + 2
        tokens, targets = np.full(shape, eot), np.full(shape, -100)
        for b, i in enumerate(ids):
            given = [j if r.random() > 0.07 else r.randrange(256, eot) for j in i]
            tokens[b, : len(i) + 2] = [sot, nots, *given]
            targets[b, : len(i) + 2] = [nots if i else silent, *i, eot]
        return torch.from_numpy(tokens), torch.from_numpy(targets)
