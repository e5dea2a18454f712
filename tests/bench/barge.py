"""Talking over our own voice: how soon it gives way, how often for nobody, and whether it wakes us.

    python tests/bench/barge.py own                     # false pauses: answers nobody speaks over
    python tests/bench/barge.py over --near DIR         # delays: somebody speaks over each answer
    python tests/bench/barge.py wake [--near DIR]       # answers that contain the wake word
        [--answers N] [--delay S]... [--word alexa] [--new] [--rested MS]

The starter voice answers in simulated rooms, through the real canceller, voice detector and
networks; an answer that does not count comes first in each room. `--near` holds recordings of
people, one utterance or one wake word a file. With `--rested` the streams are opened anew before
each answer, its echo is earlier or later by up to so many milliseconds, and people speak over its
first second. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from fakes.room import Room
from roomtone.app.bench.figures import share
from roomtone.app.bench.recordings import recordings
from roomtone.base import message
from roomtone.capture.echo import Lag, canceller
from roomtone.capture.settings import SoundSettings
from roomtone.detect.attention import Attention
from roomtone.detect.judge import Judge
from roomtone.detect.near import Near
from roomtone.detect.own_voice import OwnVoice
from roomtone.detect.port import Heard, Views
from roomtone.detect.settings import EndpointSettings, WakeSettings
from roomtone.detect.spotter import Spotter
from roomtone.detect.turn import TurnNetwork
from roomtone.detect.vad import Vad
from roomtone.detect.wake import WakeNetworks
from sound.ear_process import networks

RATE, BLOCK = 16_000, 320
FADE = BLOCK / RATE
"""Seconds from the block in which a voice is heard to silence: it is faded out in the next one."""

LEVELS = (-20.0, -15.0, -10.0, -5.0, 0.0)
ROOMS = ((0.15, 0.0), (0.3, 60.0), (0.3, -100.0), (0.5, 100.0))
"""Time of decay, and drift in parts per million."""

NEAR_DB = (-34.0, -22.0)
"""Level of the people, dB of full scale, while they speak."""

OURS_DB = -20.0
VOICE = Path(__file__).resolve().parents[2] / "models" / "starter" / "voice" / "voice.onnx"
SUBJECTS = ("The kettle", "Your pizza timer", "The first train", "My neighbour", "Mount Everest",
            "The red lamp", "A good soup", "This old house")  # fmt: skip
REMARKS = (
    "is about eight thousand metres high, and nobody has ever lived there.",
    "was ready at a quarter past seven; please take it out of the oven.",
    "needs salt, two onions, some oil, and half an hour of patience.",
    "goes every twenty minutes until midnight. Then there is a bus.",
    "belongs to the kitchen. I have switched it on and set it to half.",
)
CALLS = (
    "Just say {} and I will listen.",
    "{} is the name that wakes me, so I should not say it.",
    "You asked me who {} is. That would be me.",
    "People often shout {} across the room when music plays.",
    "My answer is simple. {}, what time is it?",
)


class Case(NamedTuple):
    """One room, and the sound of many answers in it."""

    level: float
    room: tuple[float, float]
    delay: float
    played: np.ndarray
    begins: list[int]
    near: np.ndarray
    moves: list[tuple[int, int]]
    """From which sample on the streams are other ones, and by how many samples the echo is late."""
    spoken: list[int]
    """Samples at which somebody's voice begins; -1 for an answer nobody speaks over."""


def main() -> None:
    """Print the figures."""
    arguments = _arguments()
    near = [_scaled(sound) for _, sound in recordings(arguments.near)]
    if arguments.what == "wake":
        _wakes(arguments, near)
    else:
        _pauses(arguments, near if arguments.what == "over" else [])


def _pauses(arguments: argparse.Namespace, near: list[np.ndarray]) -> None:
    texts = [f"{who} {what}" for what in REMARKS for who in SUBJECTS]
    answers = _voiced(texts)
    delays, false, missed, deaf, asked = [], 0, 0, 0, 0
    for case in _cases(arguments, answers, near):
        told = [one for one in _heard(case, _attention(None)) if one[1] == "voice"]
        here, wrong, unclear = [], 0, 0
        for begin, spoke, end in zip(
            case.begins, case.spoken, [*case.begins[1:], len(case.played)], strict=True
        ):
            inside = [one for one in told if begin <= one[0] * RATE < end]
            early = [o for o in inside if o[2] and (spoke < 0 or o[0] * RATE < spoke)]
            wrong += bool(early)
            if spoke < 0 or early:
                continue
            after = [one for one in inside if one[0] * RATE >= spoke]
            clear = [one for one in after if one[2]]
            if clear:
                here.append(clear[0][0] - spoke / RATE + FADE)
            unclear += bool(after) and not clear
            missed += not after
        false, deaf, asked = false + wrong, deaf + unclear, asked + len(case.begins)
        delays += here
        late = f"{_ms(here)} ms" if here else "-"
        print(
            f"echo {case.level:4.0f} dB  rt60 {case.room[0]:.2f} s {case.room[1]:+5.0f} ppm"
            f"  false {wrong} of {len(case.begins)}  unclear {unclear}  silence after {late}",
            flush=True,
        )
    print(f"false pauses   {share(false, asked)}")
    if delays:
        print(f"gave way       {share(len(delays), asked)}; {deaf} unclear, {missed} not heard")
        print(f"silence after  {_ms(delays)} ms (p50, p95)")


def _wakes(arguments: argparse.Namespace, near: list[np.ndarray]) -> None:
    word = arguments.word
    name = word.replace("_", " ").title()
    asides = itertools.cycle(CALLS)
    called = [
        f"{who} {what} {next(asides).format(name)}"
        for who, what in itertools.product(SUBJECTS, REMARKS)
    ]
    plain = [f"{who} {what}" for what in REMARKS for who in SUBJECTS]
    answers = _voiced(plain if near else called)
    woken, of = 0, 0
    for case in _cases(arguments, answers, near):
        heard = _heard(case, _attention(word), calls=not near)
        told = [one[0] * RATE for one in heard if one[1] == "wake"]
        ends = [*case.begins[1:], len(case.played)]
        inside = [
            any(max(begin, spoke) <= t < end for t in told)
            for begin, spoke, end in zip(case.begins, case.spoken, ends, strict=True)
        ]
        woken, of = woken + sum(inside), of + len(inside)
        print(
            f"echo {case.level:4.0f} dB  rt60 {case.room[0]:.2f} s {case.room[1]:+5.0f} ppm"
            f"  delay {case.delay:.2f} s  {sum(inside)} of {len(inside)}",
            flush=True,
        )
    print(f"{'heard over us' if near else 'woke ourselves'}  {share(woken, of)}")


def _cases(
    arguments: argparse.Namespace, answers: list[np.ndarray], near: list[np.ndarray]
) -> Iterator[Case]:
    random = np.random.default_rng(arguments.seed)
    kinds = list(itertools.product(LEVELS, ROOMS))
    count = max(arguments.answers // len(kinds), 1)
    for number, (level, room) in enumerate(kinds):
        delay = arguments.delay[number % len(arguments.delay)]
        first = answers[0][: 0 if arguments.new else None]
        pieces, begins, spoken, people = [np.zeros(RATE, np.int16), first], [], [], []
        pieces.append(np.zeros(RATE, np.int16))
        at = len(first) + 2 * RATE
        for _ in range(count):
            answer = answers[random.integers(len(answers))]
            begins.append(at)
            spoken.append(-1)
            if near:
                one = near[random.integers(len(near))]
                wait = (1.5, 2.5) if arguments.rested is None else (0.5, 1.5)
                begin = at + int(random.uniform(*wait) * RATE)
                people.append((begin, one))
                spoken[-1] = begin + _onset(one)
            rest = int(random.uniform(2.5, 4.0) * RATE)
            if near:
                rest = max(rest, begin + len(one) + RATE - at - len(answer))
            pieces += [answer, np.zeros(rest, np.int16)]
            at += len(answer) + rest
        played = np.concatenate(pieces)
        said = np.zeros(len(played))
        for begin, one in people:
            end = min(begin + len(one), len(said))
            said[begin:end] += one[: end - begin]
        moves = []
        if arguments.rested is not None:
            reach = round(arguments.rested * RATE / 1000)
            moves = [(at - RATE // 2, int(random.integers(-reach, reach + 1))) for at in begins]
        yield Case(level, room, delay, played, begins, said, moves, spoken)


def _heard(
    case: Case, attention: Attention, *, calls: bool = False
) -> list[tuple[float, str, bool]]:
    """When something was heard: (t, voice or wake, whether it is surely somebody's).

    `calls` says that the wake word is in every answer; the core tells the ear so.
    """
    rt60, ppm = case.room
    seed = round(-case.level) * 100 + int(rt60 * 100)
    simulated = Room(rt60=rt60, echo_db=case.level, delay=case.delay, ppm=ppm, seed=seed)
    heard = simulated.heard(case.played, case.near, case.moves)
    taken = canceller(SoundSettings())
    attention.attend(message.Attend(mode="watching"))
    told: list[tuple[float, str, bool]] = []
    sounded = -1.0
    out = np.zeros(BLOCK, np.int16)
    for at in range(0, len(heard) - BLOCK + 1, BLOCK):
        taken.follow(Lag(sum(move[0] <= at for move in case.moves), 0.0))
        cleaned = taken.clean(heard[at : at + BLOCK], out)
        alone = taken.unheard or at / RATE >= sounded + 1.0
        attention.over.heard(taken.residue, alone=alone)
        for one in attention.feed(cleaned):
            match one:
                case message.SpeechBegan(kind="interruption"):
                    told.append((one.t, "voice", one.clear))
                case message.WakeDetected():
                    told.append((one.t, "wake", True))
                    attention.attend(message.Attend(mode="watching"))
        out = case.played[at : at + BLOCK]
        attention.played(out, calls=calls and bool(out.any()))
        if out.any():
            sounded = at / RATE
    return told


def _attention(word: str | None) -> Attention:
    files = networks("hey_jarvis" if word is None else word)
    settings = WakeSettings(words={word or "hey_jarvis": 0.5})
    words = _Deaf() if word is None else WakeNetworks(
        files.melspectrogram, files.embedding, files.heads
    )  # fmt: skip
    twin = words if isinstance(words, _Deaf) else words.twin()
    judge = Judge(TurnNetwork(files.turn), live=False)
    spotter = Spotter(words, settings, live=False)
    own = OwnVoice(twin, settings)
    return Attention(spotter, Vad(files.vad), judge, EndpointSettings(), own, Near(files.near))


class _Deaf:
    def hear(self, sound: np.ndarray) -> list[Heard]:
        nothing = Heard(self.score(sound), np.zeros((16, 96), np.float32))
        return [nothing] * (len(sound) // 1280)

    def score(self, frame: np.ndarray) -> dict[str, float]:
        return {"hey_jarvis": 0.0}

    def replay(self, sound: np.ndarray) -> None:
        pass

    def views(self, sound: np.ndarray) -> Views:
        return Views({}, np.zeros((20, 16, 96), np.float32))


def _voiced(texts: list[str]) -> list[np.ndarray]:
    from piper import PiperVoice

    speaker = PiperVoice.load(VOICE)
    return [
        _scaled(np.concatenate([c.audio_int16_array for c in speaker.synthesize(one)]), OURS_DB)
        for one in texts
    ]


def _scaled(sound: np.ndarray, level: float | None = None) -> np.ndarray:
    """At `level`, dB of full scale while somebody speaks; by default somewhere in `NEAR_DB`."""
    if level is None:
        level = float(np.random.default_rng(len(sound)).uniform(*NEAR_DB))
    power = np.sort(_powers(sound))[::-1]
    loud = float(np.mean(power[: max(len(power) // 2, 1)]))
    gain = 10 ** (level / 20) * 32768 / np.sqrt(loud + 1e-9)
    return np.clip(np.rint(sound * gain), -32768, 32767).astype(np.int16)


def _onset(sound: np.ndarray) -> int:
    """The sample from which the voice is within 25 dB of its loudest."""
    power = _powers(sound)
    return int(np.argmax(power > power.max() * 10**-2.5)) * 160


def _powers(sound: np.ndarray) -> np.ndarray:
    """Mean squares of every 10 ms."""
    whole = sound[: len(sound) // 160 * 160].astype(np.float64).reshape(-1, 160)
    return np.mean(whole**2, axis=1)


def _ms(delays: list[float]) -> str:
    return " / ".join(f"{1000 * value:.0f}" for value in np.percentile(delays, [50, 95]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("own", "over", "wake"))
    parser.add_argument("--near", type=Path, nargs="+", default=[])
    parser.add_argument("--answers", type=int, default=500)
    parser.add_argument("--delay", type=float, nargs="+", default=[0.03, 0.08, 0.15, 0.4])
    parser.add_argument("--new", action="store_true", help="no answer before those that count")
    parser.add_argument("--rested", type=int, metavar="MS", help="new streams for each answer")
    parser.add_argument("--word", default="hey_jarvis")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
