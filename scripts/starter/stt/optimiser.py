"""AdamW on one flat float32 copy of the parameters, shared out among workers by averaging."""

from __future__ import annotations

import math
from pathlib import Path

import torch
import torch.distributed as dist
from torch import nn

from model import CONFIG


class FlatAdam:
    """Fused AdamW; the model's parameters are (bfloat16 copies of, or views into) `weights`.

    `mean` is a running average of the weights, which is what gets saved for use.
    """

    def __init__(self, model: nn.Module, dtype: torch.dtype) -> None:
        self.names = [n for n, p in model.named_parameters() if p.requires_grad]
        self.params = [p for p in model.parameters() if p.requires_grad]
        self.dtype = dtype
        self.weights = torch.cat([p.data.float().flatten() for p in self.params])
        self.mean = self.weights.clone()
        self.flat = nn.Parameter(self.weights)
        self.adam = torch.optim.AdamW([self.flat], betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        self.first, self.second = torch.zeros_like(self.weights), torch.zeros_like(self.weights)
        self.adam.state[self.flat] = {
            "step": torch.tensor(0.0),
            "exp_avg": self.first,
            "exp_avg_sq": self.second,
        }
        model.to(dtype)
        self.share()

    def step(self, lr: float, clip: float = 1.0) -> float:
        """One update from the parameters' gradients; returns their norm."""
        parts = [
            (p.grad if p.grad is not None else torch.zeros_like(p)).flatten() for p in self.params
        ]
        grad = torch.cat(parts).float()
        norm = float(grad.norm())
        if not math.isfinite(norm):
            return norm
        self.flat.grad = grad.mul_(min(1.0, clip / (norm + 1e-6)))
        self.adam.param_groups[0]["lr"] = lr
        self.adam.step()
        self.share()
        return norm

    def share(self) -> None:
        """The flat copy back into the model."""
        copy, at = self.weights.to(self.dtype), 0
        for p in self.params:
            p.data, p.grad = copy[at : at + p.numel()].view_as(p), None
            at += p.numel()

    def average(self, workers: int, keep: float) -> None:
        """Agree with the other workers; move the running average (`keep`: share of the old)."""
        if workers > 1:
            for values in (self.weights, self.first, self.second):
                dist.all_reduce(values)
                values.div_(workers)
            self.share()
        self.mean.mul_(keep).add_(self.weights, alpha=1 - keep)

    def state(self, model: nn.Module, averaged: bool) -> dict[str, torch.Tensor]:
        """State dict in float32, of the running average or of the latest weights."""
        source, at = self.mean if averaged else self.weights, 0
        state = {n: p.data.float() for n, p in model.named_parameters()}
        for name, p in zip(self.names, self.params, strict=True):
            state[name] = source[at : at + p.numel()].view_as(p).clone()
            at += p.numel()
        return state

    def save(self, model: nn.Module, path: Path) -> None:
        """Checkpoint with both sets of weights."""
        part = path.with_suffix(".part")
        torch.save(
            {
                "config": CONFIG,
                "state": self.state(model, True),
                "latest": self.state(model, False),
            },
            part,
        )
        part.replace(path)
