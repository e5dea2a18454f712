"""Check that the voice behaves as Piper expects.

    check.py VOICE.onnx

Prints ok or FAIL for every test; the exit status is 1 if one failed.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise

import numpy as np
import onnxruntime
from piper import PiperVoice, SynthesisConfig

RATE = 16000
BASE = "The kitchen light is on and the living room lamp is off."
ODD_TEXTS = (
    "Ich möchte garçon señor Łódź Björk.",
    "你好 мир",
    "[[xçøɬʘǀǃɶ↓]]",
    "???",
    "...",
    "a",
    "1234567890",
    "😀 hello",
    "[[ ]]",
    "-",
    "Dr. Smith's e-mail: a.b@c.com costs $12.50, 7/8 & 5°C!",
)
ODD_IDS = ([1, 0, 2], [1, 0, 200, 0, 999, 0, 2], [1, 2], [0], [1, 0, 120, 0, 122, 0, 2])
SHORT = (
    "Yes.",
    "The timer is set for five minutes.",
    "It is twenty to nine, and the capital of France is Paris.",
)


def longest_gap(x: np.ndarray) -> float:
    """Seconds of the longest silence inside the speech."""
    frames = x[: len(x) // 80 * 80].reshape(-1, 80)
    level = np.sqrt((frames**2).mean(1))
    return float(np.diff(np.flatnonzero(level > 0.02 * level.max())).max() * 0.005)


class Check:
    """A voice on one thread, and whether all went well so far."""

    def __init__(self, path: str) -> None:
        self.voice, self.good = PiperVoice.load(path), True
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.voice.session = onnxruntime.InferenceSession(
            path, options, providers=["CPUExecutionProvider"]
        )

    def say(self, text: str, **settings: float) -> np.ndarray:
        chunks = self.voice.synthesize(text, SynthesisConfig(**settings))
        return np.concatenate([c.audio_float_array for c in chunks] or [np.zeros(0)])

    def test(self, name: str, good: bool, value: object = "") -> None:
        self.good &= bool(good)
        print("ok  " if good else "FAIL", name, value)

    def settings(self) -> None:
        """Speed, pauses and noise."""
        t = [len(self.say(BASE, length_scale=s)) / RATE for s in (0.5, 0.8, 1, 1.25, 2)]
        slower = all(a < b for a, b in pairwise(t))
        self.test(
            "length_scale changes speed",
            slower and t[4] > 1.7 * t[2] and t[0] < 0.65 * t[2],
            [round(x, 2) for x in t],
        )
        plain = longest_gap(self.say("I see the kitchen lamp and the door."))
        comma = longest_gap(self.say("I see the kitchen, lamp, and the door."))
        stop = longest_gap(self.say("The lamp is on. The door is open."))
        self.test("a comma makes a pause", comma > plain + 0.04, f"{plain:.3f} s -> {comma:.3f} s")
        self.test("a full stop makes a longer one", stop > comma, f"{stop:.3f} s")
        for noise in (0, 1, 5):
            x = self.say(BASE, noise_scale=noise, noise_w_scale=noise)
            good = np.isfinite(x).all() and 2 < len(x) / RATE < 6
            self.test(f"noise {noise}", good, f"{len(x) / RATE:.2f} s")

    def odd_input(self) -> None:
        """Foreign or no letters, unknown ids, very long texts: sound or silence, no failure."""
        for text in ODD_TEXTS:
            x = self.say(text)
            self.test(f"text {text!r}", np.isfinite(x).all(), f"{len(x) / RATE:.2f} s")
        for ids in ODD_IDS:
            x = np.atleast_1d(self.voice.phoneme_ids_to_audio(ids))
            self.test(f"ids {ids}", np.isfinite(x).all(), f"{len(x) / RATE:.2f} s")
        for name, joint in (("one sentence", " while "), ("sentences", ". ")):
            text = joint.join([BASE[:-1]] * 40) + "."
            began = time.time()
            x = self.say(text)
            self.test(
                f"{name}, {len(text.split())} words",
                len(x) / RATE > 80,
                f"{len(x) / RATE:.0f} s of speech in {time.time() - began:.1f} s",
            )

    def speed(self) -> None:
        """Time to the first chunk, and the level."""
        for text in SHORT:
            runs, first = [], None
            for _ in range(7):
                began = time.time()
                first = next(iter(self.voice.synthesize(text)))
                runs.append(time.time() - began)
            taken, seconds = sorted(runs)[3], len(first.audio_float_array) / RATE
            print(
                f"     first chunk of {text!r}: {1000 * taken:.0f} ms for {seconds:.2f} s of "
                f"speech (real-time factor {taken / seconds:.3f}, one thread)"
            )
        x = self.say(SHORT[2], normalize_audio=False)
        print(f"     level without normalizing: peak {np.abs(x).max():.2f}")


def main() -> int:
    check = Check(sys.argv[1])
    check.settings()
    check.odd_input()
    check.speed()
    print("all good" if check.good else "SOMETHING FAILED")
    return int(not check.good)


if __name__ == "__main__":
    sys.exit(main())
