"""Piper phoneme ids -> durations -> speech parameters -> waveform."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from symbols import MARKS, TIMED, VOCAB, table
from vocoder import Vocoder

WIDE, HID, DEC = 192, 128, 224
OUT = 32  # log f0, voicing, 25 cepstra, 5 strengths
BEGIN, END, QUESTION = (VOCAB.index(c) for c in "^$?")


class Block(nn.Module):
    """A residual convolution over x [B, T, C]."""

    def __init__(self, channels: int, kernel: int, dilation: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(channels)
        self.conv = nn.Conv1d(
            channels, channels, kernel, padding=dilation * (kernel // 2), dilation=dilation
        )
        self.mix = nn.Linear(channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv(self.norm(x).transpose(1, 2)).transpose(1, 2)
        return x + self.mix(F.gelu(y, approximate="tanh"))


class Net(nn.Module):
    """Symbols to durations and frames, in steps, so that training can give the durations."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(len(VOCAB), WIDE)
        self.enc = nn.ModuleList([Block(WIDE, 5, 1), Block(WIDE, 5, 1), Block(WIDE, 5, 2)])
        self.gru = nn.GRU(WIDE, HID, bidirectional=True, batch_first=True)
        self.join = nn.Linear(WIDE + 2 * HID, WIDE)
        self.dur = nn.Sequential(
            nn.LayerNorm(WIDE), nn.Linear(WIDE, 96), nn.GELU(approximate="tanh"), nn.Linear(96, 1)
        )
        self.front = nn.Linear(2 * (WIDE + 6), DEC)
        self.dec = nn.ModuleList(
            [Block(DEC, 5, 1), Block(DEC, 5, 2), Block(DEC, 3, 4), Block(DEC, 5, 1)]
        )
        self.last = nn.Sequential(nn.LayerNorm(DEC), nn.Linear(DEC, 2 * OUT))
        self.register_buffer("mean", torch.zeros(OUT))
        self.register_buffer("std", torch.ones(OUT))
        self.register_buffer("timed", torch.tensor(TIMED, dtype=torch.float32))

    def encode(self, tok: Tensor, mask: Tensor) -> Tensor:
        """Symbols [B, T] and their mask [B, T, 1] -> [B, T, WIDE]."""
        x = self.embed(tok) * mask
        for block in self.enc:
            x = block(x) * mask
        return x

    def heads(self, x: Tensor, g: Tensor) -> tuple[Tensor, Tensor]:
        """Encoded symbols and the GRU's view of them -> states, log(1 + frames) [B, T]."""
        h = self.join(torch.cat([x, g], -1))
        return h, self.dur(h)[..., 0]

    def frames(self, h: Tensor, index: Tensor, start: Tensor, length: Tensor, n: int) -> Tensor:
        """States spread over time [B, N / 2, DEC].

        index [B, N]: symbol of each 5 ms frame (N even); start, length [B, T] in frames.
        """
        t = torch.arange(n, device=h.device, dtype=torch.float32)[None]
        s, d = torch.gather(start, 1, index), torch.gather(length, 1, index)
        pos = t - s + 0.5
        rest = (d - pos).clamp(min=0)
        share = (pos / d.clamp(min=1)).clamp(max=1)
        place = torch.stack(
            [
                share,
                share * share,
                torch.exp(-pos / 4),
                torch.exp(-rest / 4),
                torch.exp(-pos / 16),
                torch.log1p(d) / 4,
            ],
            -1,
        )
        x = torch.gather(h, 1, index[..., None].expand(-1, -1, h.shape[-1]))
        x = torch.cat([x, place], -1)
        return self.front(x.reshape(x.shape[0], -1, 2 * x.shape[-1]))

    def decode(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """[B, N / 2, DEC] -> normalised speech parameters [B, N, OUT]."""
        for block in self.dec:
            x = block(x)
            if mask is not None:
                x = x * mask
        return self.last(x).reshape(x.shape[0], -1, OUT)


class Voice(nn.Module):
    """The graph that Piper calls; f0_range widens the melody."""

    def __init__(self, net: Net, facts: dict, f0_range: float = 1.0) -> None:
        super().__init__()
        self.net, self.vocoder, self.f0_range = net, Vocoder(facts), f0_range
        self.register_buffer("table", torch.tensor(table(), dtype=torch.int64))

    def symbols(self, given: Tensor, given_lengths: Tensor) -> Tensor:
        """Piper ids [1, T] -> symbols [1, T']; pads and unknown ids are dropped."""
        ids = given[0, : given_lengths[0]].clamp(0, self.table.shape[0] - 1)
        tok = self.table[ids]
        tok = torch.masked_select(tok, tok > 0)
        edges = [torch.full((1,), edge, dtype=torch.int64) for edge in (BEGIN, END)]
        return torch.cat([edges[0], tok, edges[1]])[None]

    def timing(self, tok: Tensor, dur: Tensor, scales: Tensor) -> tuple[Tensor, Tensor]:
        """First and last frame of each symbol [1, T], from log(1 + frames)."""
        dur = torch.clamp(torch.exp(dur) - 1, 0, 150)
        dur = dur * torch.clamp(1 + 0.04 * scales[2] * torch.randn_like(dur), 0.8, 1.2)
        stretched = torch.clamp(dur, min=1.0) * torch.clamp(scales[1], 0.2, 5.0)
        dur = torch.where(self.net.timed[tok] > 0, stretched, torch.zeros_like(dur))
        # start at once, pause after the sentence
        dur = torch.cat([dur[:, :1].clamp(max=14.0), dur[:, 1:-1], dur[:, -1:].clamp(min=36.0)], 1)
        end = torch.round(torch.cumsum(dur, 1))
        return torch.cat([torch.zeros_like(end[:, :1]), end[:, :-1]], 1), end

    def melody(self, y: Tensor, tok: Tensor, start: Tensor) -> Tensor:
        """Pitch in Hz [N]; raised before "?", for the teacher ends questions like statements."""
        mid = self.net.mean[0]
        f0 = torch.exp(torch.clamp(mid + (y[:, 0] - mid) * self.f0_range, 4.2, 6.0))
        asked = (tok == QUESTION).to(f0.dtype)
        frames = torch.arange(f0.shape[0], dtype=f0.dtype)
        rise = torch.clamp((frames - (start * asked).max()) / 50 + 1, 0.0, 1.0)
        return f0 * (1 + 0.25 * asked.max() * rise * rise)

    def forward(self, given: Tensor, given_lengths: Tensor, scales: Tensor) -> Tensor:
        """Piper ids [1, T], their number [1], scales (noise, length, noise_w) -> [1, 1, 1, N]."""
        tok = self.symbols(given, given_lengths)
        x = self.net.encode(tok, torch.ones_like(tok, dtype=torch.float32)[..., None])
        h, dur = self.net.heads(x, self.net.gru(x)[0])
        start, end = self.timing(tok, dur, scales)
        n = (end[0, -1].to(torch.int64) + 1) // 2 * 2
        # symbol of each frame: how many symbols have ended by then
        marks = torch.zeros(n + 1, dtype=torch.float32)
        marks = marks.scatter_add(0, end[0].to(torch.int64), torch.ones_like(end[0]))
        index = torch.cumsum(marks, 0)[:n].to(torch.int64).clamp(max=tok.shape[1] - 1)[None]
        y = self.net.decode(self.net.frames(h, index, start, end - start, n))[0]
        y = y * self.net.std + self.net.mean
        voiced = torch.clamp((y[:, 1] - 0.5) * 6 + 0.5, 0.0, 1.0)
        breath = torch.clamp(scales[0] / 0.667, 0.0, 1.5)
        wave = self.vocoder(
            self.melody(y, tok, start),
            voiced,
            y[:, 2:27],
            torch.clamp(y[:, 27:32], 0.0, 1.0),
            breath,
        )
        spoken = (tok > len(MARKS)).any().to(wave.dtype)  # no phones, no sound
        return (wave * spoken)[None, None, None]
