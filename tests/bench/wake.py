"""Wake words on recordings: how many are heard, how late, and how often nobody had said one.

    python tests/bench/wake.py alexa --said DIR --not-said DIR... [--threshold 0.5 --patience 1]

`--said` holds one spoken wake word a file, `--not-said` anything else. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.figures import poisson, recordings, share
from roomtone.detect.settings import WakeSettings
from roomtone.detect.trigger import Trigger
from roomtone.detect.vad import HOP_SAMPLES, Vad
from roomtone.detect.wake import FRAME_SAMPLES, WakeNetworks
from sound.ear_process import networks

QUIET_BEFORE, QUIET_AFTER = 1.0, 1.5


def main() -> None:
    """Print the figures."""
    arguments = _arguments()
    files = networks(arguments.word)
    settings = WakeSettings(
        words={arguments.word: arguments.threshold},
        patience=arguments.patience,
        window=arguments.window,
    )
    heard, said, delays = 0, 0, []
    began, seconds = time.process_time(), 0.0
    for _, sound in recordings(arguments.said):
        padded = _padded(sound)
        wakes = _wakes(padded, files, settings)
        said += 1
        seconds += len(padded) / 16_000
        if wakes:
            heard += 1
            delays.append(wakes[0] - _last_voice(padded, files))
    print(f"heard           {share(heard, said)}")
    if delays:
        late = np.percentile(delays, [5, 50, 95])
        print(f"after the word  {late[0]:.2f} / {late[1]:.2f} / {late[2]:.2f} s (p5, p50, p95)")
    false, hours = 0, 0.0
    for path, sound in recordings(arguments.not_said):
        wakes = _wakes(_padded(sound), files, settings)
        false += len(wakes)
        hours += len(sound) / 16_000 / 3600
        seconds += len(sound) / 16_000 + QUIET_BEFORE + QUIET_AFTER
        if wakes:
            print(f"woken by        {path.parent.name}/{path.name}")
    low, high = (count / max(hours, 1e-9) for count in poisson(false))
    print(f"false wakes     {false} in {hours:.2f} h: {low:.1f} to {high:.1f} an hour (95 %)")
    print(f"computing       {(time.process_time() - began) / max(seconds, 1e-9):.3f} s a second")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("word")
    parser.add_argument("--said", type=Path, nargs="*", default=[])
    parser.add_argument("--not-said", type=Path, nargs="*", default=[])
    defaults = WakeSettings()
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--patience", type=int, default=defaults.patience)
    parser.add_argument("--window", type=int, default=defaults.window)
    return parser.parse_args()


def _padded(sound: np.ndarray) -> np.ndarray:
    noise = np.random.default_rng(2)

    def quiet(seconds: float) -> np.ndarray:
        return np.rint(noise.normal(0, 10, round(16_000 * seconds))).astype(np.int16)

    return np.concatenate([quiet(QUIET_BEFORE), sound, quiet(QUIET_AFTER)])


def _wakes(sound: np.ndarray, files, settings: WakeSettings) -> list[float]:
    scorer = WakeNetworks(files.melspectrogram, files.embedding, files.heads)
    trigger = Trigger(settings)
    times = []
    for at in range(0, len(sound) - FRAME_SAMPLES + 1, FRAME_SAMPLES):
        t = (at + FRAME_SAMPLES) / 16_000
        if trigger.feed(scorer.score(sound[at : at + FRAME_SAMPLES]), t):
            times.append(t)
    return times


def _last_voice(sound: np.ndarray, files) -> float:
    vad = Vad(files.vad)
    starts = range(0, len(sound) - HOP_SAMPLES + 1, HOP_SAMPLES)
    voiced = [at for at in starts if vad.probability(sound[at : at + HOP_SAMPLES]) >= 0.5]
    return (voiced[-1] + HOP_SAMPLES) / 16_000 if voiced else 0.0


if __name__ == "__main__":
    main()
