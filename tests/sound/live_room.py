"""An echo in a sound server: what leaves the loudspeaker comes back into the microphone.

    python tests/sound/live_room.py [DECIBELS]

Runs until it is ended, 20 ms at a time; the room is one of `fakes.room`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from fakes.room import Room

BLOCK = 320
RAW = ("--raw", "--format=s16le", "--rate=16000", "--channels=1")
RECORD = ("parec", "--device=speaker.monitor", "--latency-msec=20", *RAW)
PLAY = ("pacat", "--playback", "--device=mic_feed", "--latency-msec=150", *RAW)


def main() -> None:
    """Echo until the loudspeaker's sound ends."""
    response = Room(rt60=0.15).response * 10 ** (float((sys.argv[1:] or ["-6"])[0]) / 20)
    size = 1 << (len(response) + BLOCK - 1).bit_length()
    spectrum, tail = np.fft.rfft(response, size), np.zeros(size)
    with (
        subprocess.Popen(RECORD, stdout=subprocess.PIPE) as record,
        subprocess.Popen(PLAY, stdin=subprocess.PIPE) as play,
    ):
        while len(block := record.stdout.read(2 * BLOCK)) == 2 * BLOCK:
            tail[:-BLOCK], tail[-BLOCK:] = tail[BLOCK:].copy(), 0
            tail += np.fft.irfft(np.fft.rfft(np.frombuffer(block, "<i2"), size) * spectrum, size)
            play.stdin.write(np.clip(tail[:BLOCK], -32768, 32767).astype("<i2").tobytes())
            play.stdin.flush()


if __name__ == "__main__":
    main()
