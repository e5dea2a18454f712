"""Regression of flite's speech parameters and durations from Piper's phonemes.

train.py DATA.npz[,MORE.npz] OUT.pt --minutes 75 [--threads 1] [--start EARLIER.pt]
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from corpus_arrays import Batch, Utterance, batch, load, statistics, without_stop
from model import Net
from symbols import TIMED

BATCH, SAVE = 16, 180  # utterances; seconds between checkpoints


def recurrent(net: Net, x: Tensor, lengths: Tensor) -> Tensor:
    """The GRU's output over padded sequences."""
    packed = torch.nn.utils.rnn.pack_padded_sequence(
        x, lengths, batch_first=True, enforce_sorted=False
    )
    return torch.nn.utils.rnn.pad_packed_sequence(
        net.gru(packed)[0], batch_first=True, total_length=x.shape[1]
    )[0]


def loss_of(net: Net, b: Batch, weight: Tensor) -> Tensor:
    """Absolute errors of parameters, of their slopes and of log durations."""
    mask = (b.tokens > 0).float()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x = net.encode(b.tokens, mask[..., None])
    h, logs = net.heads(x.float(), recurrent(net, x.float(), mask.sum(1).long()))
    timed = torch.tensor(TIMED, dtype=torch.float32)[b.tokens] * mask
    spans = ((logs - torch.log1p(b.durations)).abs() * timed).sum() / timed.sum()
    start = torch.cumsum(b.durations, 1) - b.durations
    frames = net.frames(h, b.index, start, b.durations, b.targets.shape[1])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        p = net.decode(frames, b.mask[:, ::2, None]).float()
    m, w = b.mask[..., None], weight.expand_as(p).clone()
    w[..., 0] = 0.1 + 0.9 * b.targets[..., 1]  # pitch counts where voiced
    error = ((p - b.targets).abs() * w * m).sum((0, 1)) / m.sum()
    slope = (p.diff(dim=1) - b.targets.diff(dim=1)).abs() * w[:, 1:] * m[:, 1:]
    slope = slope.sum((0, 1)) / m[:, 1:].sum()
    return (
        error[0]
        + error[1]
        + 0.12 * error[2:27].sum()
        + 0.5 * error[27:].sum()
        + 0.1 * slope[2:27].sum()
        + slope[0]
        + spans
    )


class Trainer:
    """The network, its running average and its data; 1 in 100 utterances is held out."""

    def __init__(self, a: argparse.Namespace) -> None:
        self.a, self.g = a, np.random.default_rng(1)
        utterances, self.facts = load(a.data.split(","))
        self.valid, self.train = utterances[::100], [u for i, u in enumerate(utterances) if i % 100]
        self.net = Net()
        if a.start:
            self.net.load_state_dict(torch.load(a.start, weights_only=True)["net"])
        else:
            for kept, new in zip(
                (self.net.mean, self.net.std), statistics(utterances, self.g), strict=True
            ):
                kept.copy_(torch.tensor(new))
        self.mean, self.std = self.net.mean.numpy().copy(), self.net.std.numpy().copy()
        scale = np.sqrt(self.std[2:27] / self.std[2])
        self.weight = torch.tensor([1.0, 2.0, *scale, *[1.0] * 5], dtype=torch.float32)
        self.adam = torch.optim.AdamW(self.net.parameters(), betas=(0.9, 0.98), weight_decay=0.01)
        self.average = {k: v.clone() for k, v in self.net.state_dict().items()}

    def batches(self) -> Iterator[list[Utterance]]:
        """Endless groups of utterances of similar length."""
        while True:
            order = self.g.permutation(len(self.train))
            for i in range(0, len(order), BATCH * 20):
                pool = sorted(
                    (self.train[k] for k in order[i : i + BATCH * 20]),
                    key=lambda u: len(u.features),
                )
                groups = [pool[k : k + BATCH] for k in range(0, len(pool), BATCH)]
                for k in self.g.permutation(len(groups)):
                    yield [without_stop(u) if self.g.random() < 0.25 else u for u in groups[k]]

    def step(self, items: list[Utterance], lr: float, count: int) -> float:
        """One update; returns the loss."""
        for group in self.adam.param_groups:
            group["lr"] = lr
        loss = loss_of(self.net, batch(items, self.mean, self.std), self.weight)
        self.adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.adam.step()
        keep = min(0.995, (count + 1) / (count + 20))
        for name, v in self.net.state_dict().items():
            if v.dtype.is_floating_point:
                self.average[name].lerp_(v, 1 - keep)
        return loss.item()

    def save(self) -> None:
        torch.save({"net": self.average, "facts": self.facts}, self.a.out)

    def run(self) -> None:
        """Train until the time is over; the learning rate follows the clock."""
        began, saved, losses = time.time(), time.time(), []
        top = 5e-4 if self.a.start else 1.5e-3
        for count, items in enumerate(self.batches()):
            done = (time.time() - began) / 60 / self.a.minutes
            if done >= 1:
                break
            slope = min(1, (count + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * done))
            losses.append(self.step(items, top * slope + 1e-5, count))
            if count % 100 == 0:
                print(
                    f"{done * self.a.minutes:.1f} min step {count} "
                    f"loss {np.mean(losses[-100:]):.4f}",
                    flush=True,
                )
            if time.time() - saved > SAVE:
                self.save()
                saved = time.time()
        self.save()

    @torch.no_grad()
    def held_out(self) -> float:
        """Loss of the running average on the utterances held out."""
        self.net.load_state_dict(self.average)
        self.net.eval()
        groups = [self.valid[i : i + BATCH] for i in range(0, len(self.valid), BATCH)]
        found = [loss_of(self.net, batch(g, self.mean, self.std), self.weight) for g in groups]
        return float(torch.stack(found).mean())


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("data", help="outputs of prepare.py, separated by commas")
    ap.add_argument("out")
    ap.add_argument("--minutes", type=float, default=75)
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--start", help="go on from this result")
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    trainer = Trainer(a)
    trainer.run()
    print(f"held out: loss {trainer.held_out():.4f}")


if __name__ == "__main__":
    main()
