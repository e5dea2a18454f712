"""Speech parameters (5 ms frames: f0, mel-cepstrum, band strengths) -> 16 kHz waveform.

Plain tensor operations that export to ONNX: a band-limited pulse train and noise, cut into short
frames, shaped in the frequency domain by the minimum-phase spectrum of the mel-cepstrum and
overlap-added.
"""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

RATE, HOP, FFT, ORDER = 16000, 80, 512, 25


def waves(w: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Cosines, then negative sines, of the frequencies w at the times [2 bins, len(times)]."""
    return np.concatenate([np.cos(np.outer(w, times)), -np.sin(np.outer(w, times))])


class Vocoder(nn.Module):
    """`facts` are the constants of flite's vocoder, as flite_params prints them."""

    def __init__(self, facts: dict) -> None:
        super().__init__()
        bins, alpha = FFT // 2 + 1, facts["alpha"]
        w = np.linspace(0, np.pi, bins)
        warped = w + 2 * np.arctan(alpha * np.sin(w) / (1 - alpha * np.cos(w)))
        order = np.arange(ORDER)
        self.gain = facts["gain"] / 32768
        self.keep("mag", np.cos(np.outer(order, warped)))
        self.keep("phase", -np.sin(np.outer(order, warped)))
        h = np.array(facts["me_h"])  # linear-phase filters: keep their zero-phase response
        taps = np.arange(h.shape[1]) - (h.shape[1] - 1) / 2
        self.keep("bands", h @ np.cos(np.outer(taps, w)))
        n = np.arange(2 * HOP)
        window = 0.5 - 0.5 * np.cos(2 * np.pi * (n + 0.5) / (2 * HOP))  # sums to one at hop HOP
        self.keep("analysis", (waves(w, n - HOP) * window)[:, None])  # [2 bins, 1, 2 hop]
        scale = np.full(2 * bins, 2.0)
        scale[[0, bins - 1, bins, 2 * bins - 1]] = 1
        synthesis = waves(w, np.arange(FFT) - HOP) * scale[:, None] / FFT
        self.keep("synthesis", synthesis[:, None])  # [2 bins, 1, FFT]

    def keep(self, name: str, values: np.ndarray) -> None:
        self.register_buffer(name, torch.tensor(values, dtype=torch.float32))

    def excitation(self, f0: Tensor) -> Tensor:
        """Spectra [2, N, 2 bins] of pulses at the pitch f0 [N] and of noise."""
        pitch = F.interpolate(
            f0[None, None], scale_factor=float(HOP), mode="linear", align_corners=False
        )[0, 0]
        phase = torch.cumsum((pitch / RATE).double(), 0)
        phase = (phase - torch.floor(phase)).float()
        harmonics = 2 * torch.floor(0.5 * RATE / pitch) + 1
        d = torch.sin(math.pi * phase)
        near = torch.abs(d) < 1e-3
        ratio = torch.sin(math.pi * phase * harmonics) / torch.where(near, torch.ones_like(d), d)
        pulse = torch.where(near, harmonics, ratio) * torch.sqrt(pitch / RATE)
        both = torch.stack([pulse, torch.randn_like(pulse)])[:, None]
        spec = F.conv1d(both, self.analysis, stride=HOP, padding=HOP // 2)
        return spec[:, :, : f0.shape[0]].transpose(1, 2)

    def forward(
        self, f0: Tensor, voiced: Tensor, mc: Tensor, strength: Tensor, breath: Tensor
    ) -> Tensor:
        """Waveform [N * HOP] of N frames.

        f0 [N] in Hz, also where unvoiced; voiced [N] 0..1; mc [N, 25]; strength [N, 5]; breath []:
        gain of the noise in voiced frames.
        """
        spec = self.excitation(f0)
        s = strength @ self.bands
        pulses = s * voiced[:, None]
        noise = (self.bands.sum(0) - s) * (1 + (breath - 1) * voiced[:, None])
        bins = FFT // 2 + 1
        re = pulses * spec[0, :, :bins] + noise * spec[1, :, :bins]
        im = pulses * spec[0, :, bins:] + noise * spec[1, :, bins:]
        level, angle = torch.exp(mc @ self.mag) * self.gain, mc @ self.phase
        c, q = level * torch.cos(angle), level * torch.sin(angle)
        out = torch.cat([re * c - im * q, re * q + im * c], 1).t()[None]  # [1, 2 bins, N]
        wave = F.conv_transpose1d(out, self.synthesis, stride=HOP)[0, 0]
        return wave[HOP // 2 : HOP // 2 + f0.shape[0] * HOP]
