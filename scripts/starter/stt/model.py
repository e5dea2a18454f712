"""A small Whisper in plain PyTorch.

Parameter names are those of transformers' Whisper, so that the state dict loads into
WhisperForConditionalGeneration. Two differences: the encoder takes inputs of any length, and `ctc`
(letters) is a helper head that exists in training only.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# The encoder has Whisper-tiny's shape; src and tgt are numbers of positions.
CONFIG = {
    "d_model": 384,
    "heads": 6,
    "enc": 4,
    "dec": 2,
    "ffn": 1536,
    "mels": 80,
    "src": 1500,
    "tgt": 448,
}
LETTERS = " 'abcdefghijklmnopqrstuvwxyz"  # CTC classes 1..28, 0 is blank
SPECIALS = [
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
]


def sinusoids(length: int, channels: int) -> Tensor:
    """Whisper's fixed encoder positions [length, channels]."""
    step = math.log(10000) / (channels // 2 - 1)
    t = torch.arange(length)[:, None] * torch.exp(-step * torch.arange(channels // 2))[None]
    return torch.cat([t.sin(), t.cos()], 1)


class Attention(nn.Module):
    """Multi-head attention over x [batch, time, d], or from x to memory."""

    def __init__(self, d: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj, self.k_proj = nn.Linear(d, d), nn.Linear(d, d, bias=False)
        self.v_proj, self.out_proj = nn.Linear(d, d), nn.Linear(d, d)

    def split(self, y: Tensor) -> Tensor:
        return y.view(*y.shape[:2], self.heads, -1).transpose(1, 2)

    def forward(self, x: Tensor, memory: Tensor | None = None, causal: bool = False) -> Tensor:
        t, d = x.shape[1:]
        m = x if memory is None else memory
        # spelled out: faster on a CPU than the fused attention's backward
        q = self.split(self.q_proj(x)) * (d // self.heads) ** -0.5
        a = q @ self.split(self.k_proj(m)).transpose(-1, -2)
        if causal:
            a = a.masked_fill(torch.ones(t, t, dtype=torch.bool).triu(1), float("-inf"))
        y = a.softmax(-1) @ self.split(self.v_proj(m))
        return self.out_proj(y.transpose(1, 2).reshape(x.shape))


class Layer(nn.Module):
    """A transformer block; `cross` adds attention to the encoder and makes it causal."""

    def __init__(self, d: int, heads: int, ffn: int, cross: bool) -> None:
        super().__init__()
        self.self_attn, self.self_attn_layer_norm = Attention(d, heads), nn.LayerNorm(d)
        if cross:
            self.encoder_attn, self.encoder_attn_layer_norm = Attention(d, heads), nn.LayerNorm(d)
        self.fc1, self.fc2 = nn.Linear(d, ffn), nn.Linear(ffn, d)
        self.final_layer_norm = nn.LayerNorm(d)

    def forward(self, x: Tensor, memory: Tensor | None = None) -> Tensor:
        x = x + self.self_attn(self.self_attn_layer_norm(x), causal=memory is not None)
        if memory is not None:
            x = x + self.encoder_attn(self.encoder_attn_layer_norm(x), memory)
        return x + self.fc2(F.gelu(self.fc1(self.final_layer_norm(x))))


class Encoder(nn.Module):
    """Log-mel [batch, frames, 80] -> [batch, frames / 2, d_model]."""

    def __init__(self, c: dict[str, int]) -> None:
        super().__init__()
        d = c["d_model"]
        self.conv1, self.conv2 = nn.Conv1d(c["mels"], d, 3, padding=1), nn.Conv1d(d, d, 3, 2, 1)
        self.embed_positions = nn.Embedding(c["src"], d)
        self.layers = nn.ModuleList(Layer(d, c["heads"], c["ffn"], False) for _ in range(c["enc"]))
        self.layer_norm = nn.LayerNorm(d)

    def forward(self, mel: Tensor) -> Tensor:
        # the two convolutions as matrix products, which is faster on a CPU
        for conv, step in ((self.conv1, 1), (self.conv2, 2)):
            x = F.pad(mel, (0, 0, 1, 1))
            weight = conv.weight.permute(0, 2, 1).reshape(conv.weight.shape[0], -1)
            n = (x.shape[1] - 3) // step + 1
            x = torch.cat([x[:, i : i + step * n : step] for i in range(3)], 2)
            mel = F.gelu(F.linear(x, weight, conv.bias))
        x = mel + self.embed_positions.weight[: mel.shape[1]]
        for layer in self.layers:
            x = layer(x)
        return self.layer_norm(x)


class Decoder(nn.Module):
    """Token ids [batch, length] and encoder output -> logits [batch, length, vocabulary]."""

    def __init__(self, c: dict[str, int], vocab: int) -> None:
        super().__init__()
        d = c["d_model"]
        self.embed_tokens = nn.Embedding(vocab, d)
        self.embed_positions = nn.Embedding(c["tgt"], d)
        self.layers = nn.ModuleList(Layer(d, c["heads"], c["ffn"], True) for _ in range(c["dec"]))
        self.layer_norm = nn.LayerNorm(d)

    def forward(self, tokens: Tensor, memory: Tensor) -> Tensor:
        x = self.embed_tokens(tokens) + self.embed_positions.weight[: tokens.shape[1]]
        for layer in self.layers:
            x = layer(x, memory)
        return F.linear(self.layer_norm(x), self.embed_tokens.weight)


class Body(nn.Module):
    """What transformers calls `model`."""

    def __init__(self, c: dict[str, int], vocab: int) -> None:
        super().__init__()
        self.encoder, self.decoder = Encoder(c), Decoder(c, vocab)


class Whisper(nn.Module):
    """Encoder, decoder and the letter head."""

    def __init__(self, vocab: int, c: dict[str, int] = CONFIG) -> None:
        super().__init__()
        self.model = Body(c, vocab)
        self.ctc = nn.Linear(c["d_model"], len(LETTERS) + 1)
        for name, p in self.named_parameters():
            if name.endswith("bias"):
                nn.init.zeros_(p)
            elif p.dim() > 1 and "embed" in name:
                nn.init.normal_(p, std=0.01 if "positions" in name else 0.02)
            elif p.dim() > 1:
                nn.init.xavier_uniform_(p)
                if name.endswith(("out_proj.weight", "fc2.weight")):
                    p.data.mul_(0.5)
        positions = self.model.encoder.embed_positions.weight
        positions.data.copy_(sinusoids(c["src"], c["d_model"]))
        positions.requires_grad_(False)

    def forward(self, mel: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor]:
        memory = self.model.encoder(mel)
        return self.model.decoder(tokens, memory), self.ctc(memory)
