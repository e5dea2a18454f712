"""Variation of log-mels: speed, vocal tract, noise, microphones, silence around the speech."""

from __future__ import annotations

import random

import numpy as np
import torch
import torch.nn.functional as F

from audio import coloured_noise, kitchen, recordings, tones
from common import MELS, SR, log_mel, normalise

BANDS = np.arange(MELS)


def curve(at: list[int], low: float, high: float, g: np.random.Generator) -> np.ndarray:
    """A random smooth function of the mel band, float32 [80], through len(at) points."""
    return np.interp(BANDS, at, g.uniform(low, high, len(at))).astype(np.float32)


class Augment:
    """The random variations; `talkers` are log-mels that babble is made of."""

    def __init__(self, seed: int) -> None:
        self.r, self.g = random.Random(seed), np.random.default_rng(seed)
        self.talkers: list[np.ndarray] = []
        noise = np.random.default_rng(5)
        sounds = [coloured_noise(SR * 40, power, noise) for power in (0, 1, 2)]
        sounds.append(tones(SR * 60, noise))
        room = kitchen(test=False)
        sounds += [room] * 3 if room is not None else []
        if people := recordings("commands/*.flac")[::2]:  # without transcripts: only a noise
            sounds.append(np.concatenate(people))
        self.noises = [10.0 ** log_mel(x).astype(np.float32) for x in sounds]

    def voice(self, mel: np.ndarray) -> np.ndarray:
        """Time stretch and frequency warp of one clip's log-mel [n, 80]."""
        r, x = self.r, np.float32(mel)
        if r.random() < 0.6:
            n = max(8, int(len(x) / r.uniform(0.85, 1.17)))
            stretched = F.interpolate(torch.from_numpy(x).t()[None], size=n, mode="linear")
            x = stretched[0].t().numpy()
        if r.random() < 0.6:
            at = np.clip(BANDS * r.uniform(0.91, 1.09) + r.uniform(-1.5, 1.5), 0, MELS - 1)
            low = np.minimum(at.astype(int), MELS - 2)
            w = (at - low).astype(np.float32)
            x = x[:, low] * (1 - w) + x[:, low + 1] * w
        return x

    def background(self, n: int) -> np.ndarray:
        """Mel power [n, 80] of some noise or babble, mean 1."""
        r = self.r
        if r.random() < 0.2 and self.talkers:
            p = np.zeros((n, MELS), np.float32)
            for _ in range(r.randint(2, 6)):
                mel = np.float32(r.choice(self.talkers))
                p += np.resize(10.0 ** (mel - mel.max()), (n, MELS))
        else:
            sound = r.choice(self.noises)
            start = r.randrange(max(1, len(sound) - n))
            p = np.resize(sound[start : start + n], (n, MELS))
        p = p * 10 ** curve([0, 27, 53, 79], -0.6, 0.6, self.g)
        return p / (p.mean() + 1e-12)

    def add_noise(self, power: np.ndarray, speech: bool, level: float) -> None:
        """Background behind speech, or alone, in place: none, faint, or 6 to 42 dB below."""
        r, k = self.r, self.r.random()
        if k < 0.15 and not speech:
            return  # digital silence
        if k < 0.25:
            power += self.background(len(power)) * level * 10 ** -r.uniform(4.0, 6.5)
        elif k > 0.32 or not speech:
            q = self.background(len(power))
            if not speech and r.random() < 0.3:  # knocks and clatter
                knocks = self.g.standard_normal((len(power), 1)) * 0.5
                q = q * 10 ** knocks.astype(np.float32)
            power += q * level * 10 ** (-r.uniform(6, 42) / 10)

    def microphone(self, x: np.ndarray) -> None:
        """Equaliser and low-pass of a log-mel, in place."""
        r = self.r
        x += curve([0, 12, 27, 53, 79], -0.5, 0.5, self.g)
        if r.random() < 0.25:
            edge = r.randint(48, 76)
            x[:, edge:] -= np.minimum(np.arange(MELS - edge) * r.uniform(0.1, 0.6), 5)

    def masks(self, x: np.ndarray, lead: int, length: int) -> None:
        """Blank a few bands and moments of a normalised mel, in place."""
        r = self.r
        for _ in range(r.randint(1, 2)):
            width, at = r.randint(1, 8), r.randint(0, 72)
            x[:, at : at + width] = x.mean()
        for _ in range(r.randint(0, 2)):
            width = r.randint(2, 12)
            at = lead + r.randint(0, max(1, length - width))
            x[at : at + width] = x.mean()

    def item(self, mel: np.ndarray | None, lead: int, quiet: int, end: int) -> np.ndarray:
        """A normalised input [end, 80].

        `lead` frames of background, the speech (None: no speech), background up to frame `quiet`,
        then the digital silence that a program adds.
        """
        r = self.r
        power = np.full((end, MELS), 1e-10, np.float32)
        length = 0 if mel is None else len(mel)
        level = 10 ** r.uniform(-4, 0)
        if mel is not None:
            speech = 10.0**mel
            power[lead : lead + length] += speech
            level = float(speech.mean())
        self.add_noise(power[:quiet], mel is not None, level)
        x = np.log10(np.maximum(power, 1e-10))
        if r.random() < 0.6:
            self.microphone(x[:quiet])
        x = normalise(np.maximum(x + r.uniform(-2.0, 0.6), -10)).astype(np.float32)
        if mel is not None and r.random() < 0.3:
            self.masks(x, lead, length)
        return x
