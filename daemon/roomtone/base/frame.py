"""The one sound format inside Roomtone: 16 kHz, one channel, signed 16-bit little-endian."""

from __future__ import annotations

SAMPLE_RATE = 16_000
"""Samples per second of every PCM block between parts; files and devices are converted."""

SAMPLE_BYTES = 2
"""Bytes of one sample."""

BLOCK_MS = 20
"""The pace of the ear: one block in, one block out."""

BLOCK_SAMPLES = SAMPLE_RATE * BLOCK_MS // 1000


def seconds(pcm: bytes, rate: int = SAMPLE_RATE) -> float:
    """Length in seconds of mono 16-bit `pcm` at `rate` samples per second."""
    return len(pcm) / SAMPLE_BYTES / rate
