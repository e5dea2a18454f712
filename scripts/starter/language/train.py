"""Train the starter language model on dialogues drawn as it goes.

    python train.py work --minutes 60 --decay 12          # writes work/last.pt, work/final.pt
    python train.py work --resume work/last.pt --minutes 20 --decay 10

Workers are processes of one thread each; they draw their own dialogues and average their weights
after every few steps, so that none waits long for another on a busy machine. The rate is constant
after a short warm-up and falls to zero in the last `decay` minutes; last.pt is the state before
that fall, to train on from.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
import torch.nn.functional as F
from data import Batch, batches
from tokenizers import Tokenizer
from torch import Tensor, nn

from model import Llama, Shape

WARM_STEPS = 60
ROUND = 8  # steps between two averagings of the workers


class Muon:
    """Momentum with orthogonalised updates (Jordan 2024) for matrices, in 32-bit floats."""

    def __init__(self, weights: list[nn.Parameter], momentum: float = 0.95) -> None:
        self.weights, self.momentum = weights, momentum
        self.speed = [torch.zeros_like(w) for w in weights]

    @staticmethod
    def orthogonal(x: Tensor, rounds: int = 4) -> Tensor:
        """Bring the singular values of x [N, R, C] near one by Newton-Schulz steps."""
        tall = x.shape[1] > x.shape[2]
        x = x.mT if tall else x
        x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
        for _ in range(rounds):
            square = x @ x.mT
            x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
        return x.mT if tall else x

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """Update all weights; matrices of one shape are handled together."""
        shapes = {tuple(w.shape) for w in self.weights}
        for shape in shapes:
            chosen = [i for i, w in enumerate(self.weights) if tuple(w.shape) == shape]
            for i in chosen:
                self.speed[i].lerp_(self.weights[i].grad, 1 - self.momentum)
            ahead = [self.weights[i].grad.lerp(self.speed[i], self.momentum) for i in chosen]
            scale = rate * 0.2 * max(shape) ** 0.5
            for i, change in zip(chosen, self.orthogonal(torch.stack(ahead)), strict=True):
                self.weights[i].mul_(1 - rate * 0.05).sub_(change, alpha=scale)


def loss_of(model: Llama, batch: tuple[Tensor, Tensor, Tensor]) -> Tensor:
    """Return the mean cross-entropy over learnt tokens."""
    inputs, targets, marks = batch
    logits = model.logits(model.features(inputs)[marks])
    return F.cross_entropy(logits, targets[marks])


def save(path: Path, model: Llama, muon: Muon, adam: torch.optim.Optimizer, step: int) -> None:
    """Write a checkpoint."""
    state: dict[str, Any] = {
        "shape": model.shape.as_dict(),
        "model": model.state_dict(),
        "speed": muon.speed,
        "adam": adam.state_dict(),
        "step": step,
    }
    torch.save(state, path)


def shared(model: Llama, numbers: list[float]) -> list[float]:
    """Average the weights, and some numbers, over all workers."""
    weights = [w.data for w in model.parameters()]
    flat = torch.cat([w.flatten() for w in weights] + [torch.tensor(numbers)])
    dist.all_reduce(flat)
    flat /= dist.get_world_size()
    at = 0
    for weight in weights:
        weight.copy_(flat[at : at + weight.numel()].view_as(weight))
        at += weight.numel()
    return flat[at:].tolist()


def train(rank: int, args: argparse.Namespace) -> None:
    """Run one worker: each has its own dialogues, all have the same weights."""
    torch.set_num_threads(1)
    os.environ |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(args.port)}
    dist.init_process_group("gloo", rank=rank, world_size=args.workers)
    tokenizer = Tokenizer.from_file(str(args.work / "tokenizer.json"))
    torch.manual_seed(args.seed)
    model = Llama(Shape(vocab=tokenizer.get_vocab_size(), layers=args.layers))
    inner = [w for n, w in model.named_parameters() if w.ndim == 2 and n != "embed.weight"]
    outer = [w for n, w in model.named_parameters() if w.ndim == 1 or n == "embed.weight"]
    muon = Muon(inner)
    adam = torch.optim.AdamW(outer, lr=args.rate, betas=(0.9, 0.98), weight_decay=0.0)
    step = 0
    if args.resume:
        state = torch.load(args.resume)
        model.load_state_dict(state["model"])
        adam.load_state_dict(state["adam"])
        muon.speed, step = state["speed"], state["step"]
    seed = args.seed + 1000 * step + rank
    run(args, model, muon, adam, step, batches(tokenizer, args.budget, seed))
    dist.destroy_process_group()


def rate_at(args: argparse.Namespace, gone: float, step: int) -> float:
    """Return the learning rate after `gone` seconds."""
    left = args.minutes * 60.0 - gone
    return args.rate * max(0.0, min(1.0, (step + 1) / WARM_STEPS, left / (args.decay * 60.0 + 1.0)))


def run(
    args: argparse.Namespace,
    model: Llama,
    muon: Muon,
    adam: torch.optim.Optimizer,
    step: int,
    stream: Iterator[Batch],
) -> None:
    """Take steps until the time is over; the first worker prints and saves."""
    begin = saved = time.monotonic()
    lead, falling, seen, gone, rate = dist.get_rank() == 0, False, 0, 0.0, 0.0
    losses: list[float] = []
    while gone < args.minutes * 60.0:
        rate = rate_at(args, gone, step)
        adam.param_groups[0]["lr"] = rate
        for _ in range(ROUND):
            batch = next(stream)
            loss = loss_of(model, batch)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            muon.step(rate)
            adam.step()
            model.zero_grad()
            step, seen = step + 1, seen + batch[0].numel()
            losses = [*losses[-40:], loss.item()]
        gone, mean, size = shared(
            model, [time.monotonic() - begin, sum(losses) / len(losses), float(seen)]
        )
        late = gone > (args.minutes - args.decay) * 60.0
        due = not late and time.monotonic() - saved > 240
        if lead and (due or (late and not falling)):
            save(args.work / "last.pt", model, muon, adam, step)
            saved = time.monotonic()
        falling = late
        if lead:
            speed = size * args.workers / gone
            print(
                f"{gone / 60:6.1f} min  step {step}  loss {mean:.4f}  {speed:.0f} tokens/s",
                flush=True,
            )
    if lead:
        save(args.work / "final.pt", model, muon, adam, step)


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--decay", type=float, default=12)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--budget", type=int, default=1536)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--port", type=int, default=29517)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", type=Path)
    args = parser.parse_args()
    mp.spawn(train, args=(args,), nprocs=args.workers)


if __name__ == "__main__":
    main()
