"""A small llama-architecture decoder (RMSNorm, rotary positions, SwiGLU, tied embeddings).

Shapes: B dialogues, T tokens, D width, H heads, K = D / H, V vocabulary.
Rotation pairs neighbouring channels (2i, 2i + 1), as the GGUF "llama" architecture does, so the
query and key weights need no permutation on export (Hugging Face's layout would).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class Shape:
    """Sizes of the network."""

    vocab: int = 3072
    width: int = 192
    layers: int = 4
    heads: int = 6
    hidden: int = 512
    context: int = 1024
    theta: float = 10000.0
    eps: float = 1e-5

    def as_dict(self) -> dict[str, float]:
        """Return the sizes as plain values for a checkpoint."""
        return asdict(self)


def rotation(shape: Shape, length: int) -> tuple[Tensor, Tensor]:
    """Return cosine and sine [T, K/2] of the rotary positions."""
    half = shape.width // shape.heads // 2
    step = shape.theta ** (-torch.arange(half, dtype=torch.float64) / half)
    angle = torch.arange(length, dtype=torch.float64)[:, None] * step
    return angle.cos().float(), angle.sin().float()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate neighbouring channels of x [B, H, T, K] by cos and sin [T, K/2]."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2)


class Block(nn.Module):
    """One transformer layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width, hidden = shape.width, shape.hidden
        self.heads = shape.heads
        self.attn_norm = nn.RMSNorm(width, eps=shape.eps)
        self.wq = nn.Linear(width, width, bias=False)
        self.wk = nn.Linear(width, width, bias=False)
        self.wv = nn.Linear(width, width, bias=False)
        self.wo = nn.Linear(width, width, bias=False)
        self.ffn_norm = nn.RMSNorm(width, eps=shape.eps)
        self.gate = nn.Linear(width, hidden, bias=False)
        self.up = nn.Linear(width, hidden, bias=False)
        self.down = nn.Linear(hidden, width, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Map x [B, T, D] to [B, T, D]."""
        batch, length, width = x.shape
        y = self.attn_norm(x)

        def split(z: Tensor) -> Tensor:
            return z.view(batch, length, self.heads, -1).transpose(1, 2)

        q = rotate(split(self.wq(y)), cos, sin)
        k = rotate(split(self.wk(y)), cos, sin)
        a = F.scaled_dot_product_attention(q, k, split(self.wv(y)), is_causal=True)
        x = x + self.wo(a.transpose(1, 2).reshape(batch, length, width))
        y = self.ffn_norm(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


class Llama(nn.Module):
    """The whole network; the output weights are the embedding itself."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embed = nn.Embedding(shape.vocab, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = nn.RMSNorm(shape.width, eps=shape.eps)
        cos, sin = rotation(shape, shape.context)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        for name, weight in self.named_parameters():
            if weight.ndim == 2:
                quiet = name.endswith(("wo.weight", "down.weight"))
                scale = 0.02 / (2 * shape.layers) ** 0.5 if quiet else 0.02
                nn.init.normal_(weight, std=scale)

    def features(self, tokens: Tensor) -> Tensor:
        """Map tokens [B, T] to normalised features [B, T, D]."""
        length = tokens.shape[1]
        x = self.embed(tokens)
        for block in self.blocks:
            x = block(x, self.cos[:length], self.sin[:length])
        return self.norm(x)

    def logits(self, features: Tensor) -> Tensor:
        """Map features [N, D] to logits [N, V]."""
        return features @ self.embed.weight.T
