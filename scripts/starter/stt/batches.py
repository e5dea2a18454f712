"""Training batches: clips of similar length, wake words put before them or cut, made noisy."""
from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from augment import Augment
from model import LETTERS
from shards import Clip, read, shards

CHAR = {c: i + 1 for i, c in enumerate(LETTERS)}


@dataclass
class Batch:
    """Inputs [batch, frames, 80], decoder inputs and targets [batch, length], letters for CTC."""
    mels: Tensor
    tokens: Tensor
    targets: Tensor
    letters: Tensor
    letter_counts: Tensor


class Batches:
    """All shards, and the batches drawn from them."""

    def __init__(self, tok: Tokenizer, seed: int) -> None:
        self.tok, self.r = tok, random.Random(seed)
        self.augment = Augment(seed)
        self.ids: dict[str, list[int]] = {}
        self.refresh()

    def refresh(self) -> None:
        """(Re)read the list of clips; make_speech.py may still be adding some."""
        clips = [c for path in shards() for c in read(path)]
        self.real = [c for c in clips if c.kind == "real"]
        self.clips = sorted((c for c in clips if c.kind != "real"), key=lambda c: len(c.mel))
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
        return mel[int(share * wake_n):], text

    def with_wake(self, clip: Clip, mel: np.ndarray) -> tuple[np.ndarray, str, str, int]:
        """A wake phrase, a pause, the clip: (mel, text, wake phrase, its frames)."""
        r = self.r
        own = self.wakes.get(clip.voice)
        pool = self.real_wakes if self.real_wakes and (not own or r.random() < 0.2) else own
        if not pool:
            return mel, clip.text, "", 0
        wake = r.choice(pool)
        front = self.augment.voice(wake.mel)
        pause = r.choice([r.randint(0, 4), r.randint(0, 4), r.randint(5, 30), r.randint(30, 110)])
        gap = np.full((pause, 80), float(mel.min()), np.float32)
        front = front + float(mel.max() - front.max()) + r.uniform(-0.4, 0.4)
        return np.concatenate([front, gap, mel]), f"{wake.text} {clip.text}", wake.text, len(front)

    def utterance(self, clip: Clip) -> tuple[np.ndarray | None, str]:
        """One varied utterance: (log-mel or None for no speech, its text)."""
        r, k = self.r, self.r.random()
        if k < 0.04:
            return None, ""
        if k < 0.07 and self.real:
            word = r.choice(self.real)
            return self.augment.voice(word.mel), word.text
        mel, text, wake = self.augment.voice(clip.mel), clip.text, clip.wake
        wake_n = clip.wake_n * len(mel) // len(clip.mel)
        if clip.kind not in ("own", "wake", "words") and not wake and r.random() < 0.22:
            mel, text, wake, wake_n = self.with_wake(clip, mel)
        if wake and clip.kind != "wake" and r.random() < 0.4:
            mel, text = self.cut(mel, text, wake, wake_n)
        return mel, text

    def pick(self, frames: int) -> tuple[list[Clip], int]:
        """Clips of similar length, and the length to pad to (0: what they need)."""
        r = self.r
        at, k = r.randrange(len(self.clips)), r.random()
        guess = len(self.clips[at].mel)
        wide = 3000 if k < 0.01 else r.randint(500, 1200) if k < 0.04 else 0
        n = max(2, min(64, frames // (wide or guess + 75)))
        low = max(0, min(len(self.clips) - 4 * n, at - 2 * n))
        near = self.clips[low:low + 4 * n]
        return r.sample(near, min(n, len(near))), wide

    def batch(self, frames: int) -> Batch:
        """About `frames` mel frames of inputs of similar length, and their targets."""
        r = self.r
        clips, wide = self.pick(frames)
        mels, texts = zip(*(self.utterance(c) for c in clips), strict=True)
        usual = len(clips[0].mel)
        leads = [r.randint(0, 25) if r.random() < 0.8 else r.randint(0, 70) for _ in mels]
        stops = [lead + (r.randint(40, max(60, usual)) if m is None else len(m))
                 for m, lead in zip(mels, leads, strict=True)]
        ends = [s + (r.randint(12, 60) if r.random() < 0.8 else r.randint(5, 100)) for s in stops]
        total = max(*ends, wide)
        total += total % 2
        full = 0.15 if wide == 3000 else 0.6
        ends = [total if r.random() < full else e for e in ends]
        x = np.stack([self.augment.item(m, total, lead, end)
                      for m, lead, end in zip(mels, leads, ends, strict=True)])
        tokens, targets = self.targets(texts)
        letters = [CHAR[c] for t in texts for c in t]
        return Batch(torch.from_numpy(x), tokens, targets, torch.tensor(letters),
                     torch.tensor([len(t) for t in texts]))

    def encode(self, text: str) -> list[int]:
        if text not in self.ids:
            self.ids[text] = self.tok.encode(" " + text, add_special_tokens=False).ids if text else []
        return self.ids[text]

    def targets(self, texts: tuple[str, ...]) -> tuple[Tensor, Tensor]:
        """Decoder inputs and targets; a few input tokens are wrong, so that sound is trusted."""
        r = self.r
        sot, nots, eot, silent = (self.tok.token_to_id(t) for t in (
            "<|startoftranscript|>", "<|notimestamps|>", "<|endoftext|>", "<|nospeech|>"))
        ids = [self.encode(t) for t in texts]
        shape = len(ids), max(len(i) for i in ids) + 2
        tokens, targets = np.full(shape, eot), np.full(shape, -100)
        for b, i in enumerate(ids):
            given = [j if r.random() > 0.07 else r.randrange(256, eot) for j in i]
            tokens[b, :len(i) + 2] = [sot, nots, *given]
            targets[b, :len(i) + 2] = [nots if i else silent, *i, eot]
        return torch.from_numpy(tokens), torch.from_numpy(targets)
