"""The stock openwakeword loop as people run it, at the pace of a clock, in a process of its own.

    python -m roomtone.app.bench.stock_wake WAV HEAD

It says "ready" when it is loaded, and begins to listen when it is told anything.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from roomtone.app.bench.recording import read

FRAME_SAMPLES = 1280
SECONDS = 0.08


def main() -> None:
    """Load one head, then hear the recording frame by frame."""
    import openwakeword

    model = openwakeword.Model(wakeword_model_paths=[sys.argv[2]])
    sound = read(Path(sys.argv[1]))
    print("ready", flush=True)
    sys.stdin.readline()
    due = time.monotonic()
    for at in range(0, len(sound) - FRAME_SAMPLES + 1, FRAME_SAMPLES):
        due += SECONDS
        time.sleep(max(0.0, due - time.monotonic()))
        model.predict(sound[at : at + FRAME_SAMPLES])


if __name__ == "__main__":
    main()
