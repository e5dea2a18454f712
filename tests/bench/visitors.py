"""How many visitors get the right answer: unknown voices, wake word and question in one breath.

    python tests/bench/visitors.py [--voice flite:rms] [--wake alexa] [--noise DB] [--only WORD]

Needs flite and espeak-ng. Every visitor speaks once and knows nothing of the others; all are in one
long recording, which `roomtone replay` hears as a room would. Prints who was not woken by, misheard
or answered wrongly, and the shares with their 95 % Wilson limits.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np

VOICES = ("flite:rms", "espeak:en-us+m7", "espeak:en-gb+linda")
"""None of them was used to train the starter models."""

RATE = 16_000
PAUSE = 9.0
"""Seconds after a question: the answer, and the follow-up window closes."""

QUESTIONS: tuple[tuple[str, str], ...] = (
    ("what time is it", r"\d{1,2}(:\d\d| o'clock)"),
    (
        "what's the date today",
        r"20\d\d|january|february|march|april|may|june|july|august|"
        r"september|october|november|december",
    ),
    ("what day is it", r"monday|tuesday|wednesday|thursday|friday|saturday|sunday"),
    ("set a timer for ten minutes", r"10|ten"),
    ("set a pizza timer for fifteen minutes", r"pizza"),
    ("set a five minute tea timer", r"tea"),
    ("what timers are running", r"pizza|tea|timer"),
    ("cancel all timers", r"cancel|gone|timer"),
    ("what is seven times eight", r"56|fifty"),
    ("what is twenty five plus seventeen", r"42|forty"),
    ("what can you do", r"timer"),
    ("what is the capital of france", r"paris"),
    ("what's the capital of spain", r"madrid"),
    ("tell me the capital of japan", r"tokyo"),
    ("which city is the capital of italy", r"rome"),
    ("do you know the capital of canada", r"ottawa"),
    ("what is the capital of australia", r"canberra"),
    ("who wrote hamlet", r"shakespeare"),
    ("who is the author of moby dick", r"melville"),
    ("who wrote war and peace", r"tolstoy"),
    ("who painted the mona lisa", r"leonardo|vinci"),
    ("who composed the moonlight sonata", r"beethoven"),
    ("who was the first person on the moon", r"armstrong"),
    ("who invented the telephone", r"bell"),
    ("who discovered penicillin", r"fleming"),
    ("how far away is the moon", r"384|239"),
    ("how many planets are there in the solar system", r"eight|8"),
    ("what is the biggest planet", r"jupiter"),
    ("why is the sky blue", r"scatter|blue light"),
    ("what is the longest river in the world", r"nile"),
    ("how tall is the eiffel tower", r"330"),
    ("what is the largest animal", r"whale"),
    ("how many hearts does an octopus have", r"three|3"),
    ("when did the titanic sink", r"1912"),
    ("how many bones are in the human body", r"206"),
    ("what is the speed of light", r"300,000|300000|three hundred"),
    ("at what temperature does water boil", r"100|212"),
    ("how many continents are there", r"seven|7"),
    ("what is your name", r"roomtone"),
    ("tell me a joke", r"\w+ \w+ \w+"),
)


def main() -> None:
    """Let every visitor ask, and count."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--voice", action="append", help=f"engine:name (default: {VOICES})")
    parser.add_argument("--wake", default="hey jarvis", help='"hey jarvis" or "alexa"')
    parser.add_argument("--noise", type=float, default=45.0, help="signal to noise ratio in dB")
    parser.add_argument("--only", default="", help="only questions with this word")
    options = parser.parse_args()
    asked = [one for one in QUESTIONS if options.only in one[0]]
    rows = []
    for voice in options.voice or VOICES:
        rows += visit(voice, options.wake, asked, options.noise)
    for name, count in (("woken", 0), ("read exactly", 1), ("answered right", 2)):
        told(name, sum(row[count] for row in rows), len(rows))


def visit(
    voice: str, wake: str, asked: list[tuple[str, str]], noise: float
) -> list[tuple[bool, bool, bool]]:
    """(woken, read exactly, answered right) for each question asked by `voice`."""
    generator = np.random.default_rng(1)
    parts, starts, at = [np.zeros(RATE * 2)], [], 2.0
    for question, _ in asked:
        sound = spoken(voice, f"{wake}, {question}")
        starts.append(at)
        parts += [sound, np.zeros(round(RATE * PAUSE))]
        at += len(sound) / RATE + PAUSE
    whole = np.concatenate(parts)
    power = np.mean(np.concatenate(parts[1::2]) ** 2)
    whole = whole + generator.normal(0, math.sqrt(power / 10 ** (noise / 10)), len(whole))
    return judged(voice, asked, starts, heard(whole, wake))


def judged(
    voice: str, asked: list[tuple[str, str]], starts: list[float], events: list[dict]
) -> list[tuple[bool, bool, bool]]:
    """Sort the events to the questions by their time."""
    rows = []
    for (question, right), start, end in zip(asked, starts, [*starts[1:], math.inf], strict=True):
        mine = [one for one in events if start <= one["t"] < end]
        woken = any(one["event"] == "wake_heard" for one in mine)
        text = " / ".join(one["text"] for one in mine if one["event"] == "understood")
        turns = {one["turn"] for one in mine if one["event"] == "understood"}
        replies = [one for one in events if one["event"] == "reply_finished"]
        answer = " / ".join(one["text"] for one in replies if one["turn"] in turns)
        rows.append((woken, text == question, bool(re.search(right, answer.lower()))))
        if not all(rows[-1]):
            print(f"{voice:20} {question!r}: {'' if woken else 'NOT WOKEN'} {text!r} -> {answer!r}")
    return rows


def spoken(voice: str, text: str) -> np.ndarray:
    """One utterance as float sound at 16 kHz, peak 0.5."""
    engine, name = voice.split(":")
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "a.wav")
        command = (
            ["flite", "-voice", name, "-t", text, "-o", path]
            if engine == "flite"
            else ["espeak-ng", "-v", name, "-w", path, text]
        )
        subprocess.run(command, check=True)
        with wave.open(path) as file:
            rate = file.getframerate()
            sound = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)
    if rate != RATE:
        import soxr

        sound = soxr.resample(sound, rate, RATE)
    return sound / np.abs(sound).max() * 0.5


def heard(sound: np.ndarray, wake: str) -> list[dict]:
    """The events of a replay."""
    word = wake.replace(" ", "_")
    with tempfile.TemporaryDirectory() as folder:
        recording, settings = Path(folder) / "in.wav", Path(folder) / "config.toml"
        settings.write_text(f"[wake.words]\n{word} = 0.5\n[answer]\nhistory_turns = 0\n")
        with wave.open(str(recording), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
        command = [sys.executable, "-m", "roomtone", "replay", recording, "--json"]
        done = subprocess.run(
            [*command, "--config", settings], check=True, stdout=subprocess.PIPE, text=True
        )
    return [json.loads(line) for line in done.stdout.splitlines()]


def told(name: str, count: int, of: int) -> None:
    """Print a share with its Wilson limits."""
    share, z = count / of, 1.96
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    print(f"{name:15} {count}/{of} = {share:.1%} ({middle - half:.1%} to {middle + half:.1%})")


if __name__ == "__main__":
    main()
