"""What the recipe's scripts share: places, the log-mel front end, the word error count."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import scipy.fft

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE.parent / "domain"))

# Everything bulky goes to WORK (not for version control); only the model folder is kept.
WORK = Path(os.environ.get("STT_WORK", HERE / "work"))
MODEL = Path(os.environ.get("STT_MODEL", ROOT / "models" / "starter" / "speech"))
VOICE = ROOT / "models" / "starter" / "voice" / "voice.onnx"
# Real recordings, optional: wake/<word>/*.flac, noise/kitchen.flac and commands/*.flac, from
# github.com/Picovoice's wake-word-benchmark and speech-to-intent-benchmark (both Apache 2.0).
REAL = Path(os.environ.get("STT_REAL", HERE / "real"))

SR, N_FFT, HOP, MELS = 16000, 400, 160, 80  # Hz, samples, samples, bands
FULL, LEAST, GRID, TAIL = 3000, 320, 32, 64  # mel frames: 30 s; the daemon's window
_WINDOW = np.hanning(N_FFT + 1)[:-1].astype(np.float32)


@cache
def mel_filters() -> np.ndarray:
    """The Slaney mel filters of Whisper [80, 201], as faster-whisper computes them."""
    from faster_whisper.feature_extractor import FeatureExtractor

    return FeatureExtractor.get_mel_filters(SR, N_FFT, MELS).astype(np.float32)


def log_mel(audio: np.ndarray) -> np.ndarray:
    """float32 audio at 16 kHz -> log10 mel power [frames, 80], not yet normalised."""
    x = np.pad(audio.astype(np.float32), N_FFT // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(x, N_FFT)[::HOP][:-1]
    spec = scipy.fft.rfft(frames * _WINDOW, axis=1)
    power = spec.real**2 + spec.imag**2
    return np.log10(np.maximum(power @ mel_filters().T, 1e-10))


def window(frames: int) -> int:
    """Mel frames that Roomtone's daemon encodes for `frames` of sound (digital silence behind it).

    Never 160: an encoder output of 80 frames would be taken for a mel and encoded twice.
    """
    return min(FULL, max(LEAST, -(-(frames + TAIL) // GRID) * GRID))


def normalise(logmel: np.ndarray) -> np.ndarray:
    """Whisper's dynamic range compression of one clip's log10 mel."""
    return (np.maximum(logmel, logmel.max() - 8.0) + 4.0) / 4.0


def one_spelling(text: str) -> str:
    """The transcript in the one spelling of what sounds alike."""
    return text.replace("d n a", "dna")


def edits(a: Sequence, b: Sequence) -> int:
    """Levenshtein distance of two word lists."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        prev, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            prev, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, prev + (x != y))
    return row[-1]
