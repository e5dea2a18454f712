"""Sound treatment of one clip: sample rate and vocal tract, trimming, rooms, levels, recordings."""

from __future__ import annotations

import random
import wave
from pathlib import Path

import numpy as np
import scipy.signal

from common import REAL, SR


def read_wav(path: Path) -> tuple[np.ndarray, int]:
    """16-bit mono WAV -> float32 audio in -1..1, sample rate."""
    with wave.open(str(path)) as w:
        x = np.frombuffer(w.readframes(w.getnframes()), np.int16)
        return x.astype(np.float32) / 32768, w.getframerate()


def resample(x: np.ndarray, sr: int, factor: float = 1.0) -> np.ndarray:
    """To 16 kHz; factor > 1 speaks faster, higher and with a smaller vocal tract."""
    ratio = SR / sr / factor
    padded = np.pad(x, (0, -len(x) % 400))
    y = scipy.signal.resample(padded, max(1, int(len(padded) * ratio)))
    return y[: int(len(x) * ratio)].astype(np.float32)


def trim(x: np.ndarray, db: float = 45) -> np.ndarray:
    """Cut silence before and after the speech (keeps 30 ms)."""
    n = len(x) // 160
    if n < 5:
        return x
    energy = (x[: n * 160].reshape(n, 160) ** 2).mean(1)
    on = np.flatnonzero(energy > energy.max() * 10 ** (-db / 10))
    return x[max(0, on[0] * 160 - 480) : min(len(x), (on[-1] + 1) * 160 + 480)]


def room(x: np.ndarray, r: random.Random) -> np.ndarray:
    """Convolve with a random synthetic room: a direct path, early echoes, a decaying tail."""
    decay = r.uniform(0.12, 0.7)  # RT60 in seconds
    g = np.random.default_rng(r.randrange(1 << 30))
    t = np.arange(int(SR * min(decay, 0.5))) / SR
    h = g.standard_normal(len(t)) * 10 ** (-3 * t / decay)
    h[: int(0.002 * SR)] = 0
    h *= 10 ** (-r.uniform(0, 14) / 20) / np.sqrt((h**2).sum())
    h[0] = 1
    for _ in range(r.randint(2, 6)):
        h[r.randint(16, 480)] += r.uniform(-0.4, 0.4)
    return scipy.signal.fftconvolve(x, h)[: len(x) + SR // 5].astype(np.float32)


def degrade(x: np.ndarray, r: random.Random) -> np.ndarray:
    """Room, clipping and level of a training clip."""
    if r.random() < 0.4:
        x = room(x, r)
    x = x / (np.abs(x).max() + 1e-9)
    if r.random() < 0.05:
        x = np.clip(x * r.uniform(1.5, 4), -1, 1)
    return x * 10 ** (-r.uniform(0, 26) / 20)


def coloured_noise(n: int, power: int, g: np.random.Generator) -> np.ndarray:
    """N samples of noise with a 1/f**power spectrum (0 white, 1 pink, 2 brown), peak 1."""
    f = np.fft.rfftfreq(n, 1 / SR)
    spectrum = g.standard_normal(len(f)) + 1j * g.standard_normal(len(f))
    x = np.fft.irfft(spectrum / np.maximum(f, 30) ** (power / 2))
    return (x / np.abs(x).max()).astype(np.float32)


def tones(n: int, g: np.random.Generator) -> np.ndarray:
    """N samples of hum, beeps and whistles: some seconds each, with ever weaker overtones."""
    pieces, done = [], 0
    while done < n:
        t = np.arange(int(SR * g.uniform(1, 4))) / SR
        pitch, loss, count = g.uniform(45, 1000), g.uniform(0.1, 1), int(g.integers(1, 8))
        x = sum(loss**k * np.sin(2 * np.pi * pitch * (k + 1) * t) for k in range(count))
        pieces.append(x + 10 ** g.uniform(-3, -1) * g.standard_normal(len(t)))
        done += len(t)
    return np.concatenate(pieces)[:n].astype(np.float32)


def recordings(pattern: str) -> list[np.ndarray]:
    """Usable 16 kHz recordings under REAL whose path matches, in order of their names."""
    import soundfile

    good = []
    for path in sorted(REAL.glob(pattern)):
        x, sr = soundfile.read(path, dtype="float32", always_2d=True)
        x = x[:, 0]
        if sr == SR and len(x) > 0.25 * SR and np.isfinite(x).all() and np.abs(x).max() > 3e-3:
            good.append(x)
    return good


def wake_words() -> dict[str, tuple[list[np.ndarray], list[np.ndarray]]]:
    """{word: (clips for training, clips for tests)} said by people; every other file is test."""
    found = {}
    for folder in sorted(REAL.glob("wake/*")):
        clips = [x for x in recordings(f"wake/{folder.name}/*.flac") if len(x) < 8 * SR]
        found[folder.name.replace("_", " ")] = (clips[0::2], clips[1::2])
    return found


def kitchen(test: bool) -> np.ndarray | None:
    """Half of the kitchen recording: the first for training, the second for tests."""
    found = recordings("noise/kitchen.*")
    if not found:
        return None
    half = len(found[0]) // 2
    return found[0][half:] if test else found[0][:half]
