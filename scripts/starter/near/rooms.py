"""Answers that people speak over, in simulated rooms, as figures of 20 ms and who spoke in each.

    python rooms.py work/1.npz --near DIR --seed 1 [--rooms 40] [--noise FILE]

`--near` holds recordings of people, one utterance a file; half of them speak over us, and in some
rooms the other half are our own voice, so that nothing is learned of how the starter voice sounds.
The canceller and the voice detector are the ear's own. A room changes its delay once in three.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests"))
from fakes.room import Room, convolved
from roomtone.app.bench.recordings import recordings
from roomtone.capture.echo import SpeexCanceller
from roomtone.capture.speex import Speex
from roomtone.detect.near import figures
from roomtone.detect.vad import HOP_SAMPLES, Vad
from sound.ear_process import networks

RATE, BLOCK = 16_000, 320
SENTENCES = (
    "The kettle is about eight thousand metres high, and nobody has ever lived there.",
    "Your pizza timer was ready at a quarter past seven; please take it out of the oven.",
    "A good soup needs salt, two onions, some oil, and half an hour of patience.",
    "The first train goes every twenty minutes until midnight. Then there is a bus.",
    "The red lamp belongs to the kitchen. I have switched it on and set it to half.",
)
RING_BLOCKS, TAIL_BLOCKS, EARLY_BLOCKS = 30, 30, 8
"""Blocks around somebody's words in which nobody can say whether they are heard."""


class Hall:
    """One simulated room: what is played in it, and who speaks when."""

    def __init__(
        self,
        dice: np.random.Generator,
        ours: list[np.ndarray],
        near: list[np.ndarray],
        noise: np.ndarray,
    ) -> None:
        self._dice = dice
        pieces, people, self.begins = [np.zeros(RATE)], [], []
        at, loudness = RATE, dice.uniform(-30, -15)
        for _ in range(dice.integers(5, 12)):
            answer = levelled(pick(dice, ours), loudness)
            self.begins.append(at)
            rest = int(dice.uniform(1.5, 4) * RATE)
            if dice.random() < 0.6:
                person = self._placed(levelled(pick(dice, near), dice.uniform(-40, -20)))
                last = max(0.5, min(3.0, len(answer) / RATE - 0.5))
                begin = at + int(dice.uniform(0.3, last) * RATE)
                people.append((begin, person))
                rest = max(rest, begin + len(person) - at - len(answer) + RATE)
            pieces += [answer, np.zeros(rest)]
            at += len(answer) + rest
        self.played = clipped(np.concatenate(pieces))
        self.near = np.zeros(len(self.played))
        for begin, person in people:
            end = min(begin + len(person), len(self.near))
            self.near[begin:end] += person[: end - begin]
        self.heard = self._heard(noise)

    def _placed(self, person: np.ndarray) -> np.ndarray:
        """Some stand at the microphone, some in the room."""
        if self._dice.random() < 0.5:
            return person
        room = Room(rt60=self._dice.uniform(0.1, 0.5), seed=int(self._dice.integers(1e6)))
        return convolved(person, room.response)[: len(person)]

    def _heard(self, noise: np.ndarray) -> np.ndarray:
        dice = self._dice
        around = self.near
        if len(noise) and dice.random() < 0.35:
            at = dice.integers(max(len(noise) - len(around), 1))
            piece = np.resize(noise[at:], len(around))
            level = 10 ** (dice.uniform(-58, -38) / 20) * 32768 / np.sqrt(np.mean(piece**2))
            around = around + piece * level
        kind = {
            "rt60": dice.uniform(0.1, 0.6),
            "echo_db": dice.uniform(-24, 2),
            "ppm": dice.choice([0.0, dice.uniform(-110, 110)]),
            "noise_db": dice.uniform(-68, -45),
            "clipping": [None, None, 0.25][dice.integers(3)],
            "seed": int(dice.integers(1e6)),
        }
        delay = dice.uniform(0.01, 0.4)
        heard = Room(delay=delay, **kind).heard(self.played, around)
        if dice.random() < 0.3:
            step = dice.choice([-1, 1]) * dice.uniform(0.002, 0.04)
            other = Room(delay=max(delay + step, 0.003), **kind).heard(self.played, around)
            cut = pick(dice, self.begins) - RATE // 4
            heard = np.concatenate([heard[:cut], other[cut:]])
        return heard


def learned(hall: Hall, vad: Vad) -> tuple[np.ndarray, np.ndarray]:
    """Figures of each 20 ms in which there are any, and 1 for somebody, 0 for nobody, -1 unsure."""
    canceller = SpeexCanceller(Speex())
    whose = labels(hall)
    out, pending, voice = np.zeros(BLOCK, np.int16), np.zeros(0, np.int16), 0.0
    rows, answers = [], []
    for number in range(len(hall.heard) // BLOCK):
        block = slice(number * BLOCK, (number + 1) * BLOCK)
        pending = np.concatenate([pending, canceller.clean(hall.heard[block], out)])
        while len(pending) >= HOP_SAMPLES:
            voice, pending = vad.probability(pending[:HOP_SAMPLES]), pending[HOP_SAMPLES:]
        rows += [figures(residue, voice) for residue in canceller.residue]
        answers += [whose[number]] * len(canceller.residue)
        out = hall.played[block]
    return np.array(rows, np.float32), np.array(answers, np.int8)


def labels(hall: Hall) -> np.ndarray:
    """For each block who speaks; 25 dB below the loudest of an answer nobody is sure of it."""
    power = (hall.near[: len(hall.near) // BLOCK * BLOCK].reshape(-1, BLOCK) ** 2).mean(axis=1)
    whose = np.zeros(len(power), np.int8)
    ends = [*hall.begins[1:], len(hall.near)]
    for begin, end in zip(hall.begins, ends, strict=True):
        part = slice(begin // BLOCK, end // BLOCK)
        loudest = power[part].max()
        if not loudest:
            continue
        whose[part] = np.where(power[part] > loudest * 10**-2.5, 1, -1)
        first = part.start + int(np.flatnonzero(whose[part] == 1)[0])
        last = part.start + int(np.flatnonzero(power[part])[-1])
        whose[max(first - EARLY_BLOCKS, 0) : first] = -1
        whose[part.start : max(first - EARLY_BLOCKS, part.start)] = 0
        whose[last + RING_BLOCKS : part.stop] = 0
    lingers = np.convolve(power > 0, np.ones(TAIL_BLOCKS))[: len(power)] > 0
    whose[(whose == 0) & lingers] = -1
    return whose


def levelled(sound: np.ndarray, level: float) -> np.ndarray:
    """At `level` dB of full scale in its louder half."""
    whole = sound[: len(sound) // 160 * 160].reshape(-1, 160)
    power = np.sort((whole**2).mean(axis=1))[::-1]
    return sound * (10 ** (level / 20) * 32768 / np.sqrt(power[: len(power) // 2 + 1].mean()))


def clipped(sound: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(sound), -32768, 32767).astype(np.int16)


def pick(dice: np.random.Generator, many: list) -> np.ndarray:
    return many[dice.integers(len(many))]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--near", type=Path, nargs="+", required=True)
    parser.add_argument("--noise", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rooms", type=int, default=40)
    arguments = parser.parse_args()
    from piper import PiperVoice

    speaker = PiperVoice.load(ROOT / "models" / "starter" / "voice" / "voice.onnx")
    starter = [
        np.concatenate([c.audio_int16_array for c in speaker.synthesize(one)]).astype(float)
        for one in SENTENCES
    ]
    people = [sound.astype(float) for _, sound in recordings(arguments.near)]
    noise = np.zeros(0)
    if arguments.noise:
        noise = next(sound for _, sound in recordings([arguments.noise])).astype(float)
    dice = np.random.default_rng(arguments.seed)
    vad = networks("hey_jarvis").vad
    kept = {}
    for number in range(arguments.rooms):
        ours = people[1::2] if dice.random() < 0.4 else starter
        hall = Hall(dice, ours, people[::2], noise)
        kept[f"x{number}"], kept[f"y{number}"] = learned(hall, Vad(vad))
        print(f"{number + 1} of {arguments.rooms}", flush=True)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(arguments.out, **kept)


if __name__ == "__main__":
    main()
