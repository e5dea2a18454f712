"""The synthetic speakers: free Debian voices in many variants, and Roomtone's own voice.

A voice is named "engine:name". HELD_OUT are never trained on; UNSEEN is a whole engine (mbrola,
whose voices may only be used to synthesise speech) that serves for tests alone.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import numpy as np

from audio import read_wav
from common import VOICE

ESPEAK_ACCENTS = [
    "en-us",
    "en-us",
    "en-us",
    "en-gb",
    "en-gb",
    "en-gb-scotland",
    "en-gb-x-rp",
    "en-gb-x-gbclan",
    "en-gb-x-gbcwmd",
    "en-029",
    "en-us-nyc",
]
ESPEAK_VARIANTS = (
    "m1 m2 m3 m4 m5 m6 m8 f1 f2 f3 f4 f5 croak klatt klatt2 klatt3 klatt4 klatt6 Alex Alicia "
    "Andrea Andy Annie Denis Diogo Gene Gene2 Henrique Hugo Jacky Lee Marco Mario Michael "
    "Mike Nguyen RicishayMax2 adam anika announcer antonio aunty belinda benjamin boris caleb "
    "david ed edward edward2 grandma grandpa gustave iven iven3 john kaukovalta marcelo max "
    "michel miguel norbert pablo paul pedro quincy rob robert sandro shelby steph steph2 "
    "steph3 travis victor zac"
).split()
HELD_OUT = ["flite:rms", "espeak:en-us+m7", "espeak:en-gb+linda"]
UNSEEN = ["espeak:mb-us1", "espeak:mb-us2", "espeak:mb-us3", "espeak:mb-en1"]
OWN = "piper:roomtone"

NUMBER = (
    "one two three four five six seven eight nine ten eleven twelve fifteen thirty twenty "
    "forty fifty"
).split()
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 20}
Audio = tuple[np.ndarray, int]  # float32 samples, sample rate


def readable(text: str) -> str:
    """Spell what a synthesiser would misread; the transcript keeps the plain word."""
    text = re.sub(rf"\b({'|'.join(NUMBER)}|\w+teen|o'clock) am\b", r"\1 a.m.", text)
    text = re.sub(r"\bpm\b", "p.m.", text)
    text = re.sub(r"\b(dna|d n a)\b", "D N A", text).replace(" tv", " T V")
    text = text.replace("wifi", "wi-fi").replace("h two o", "H 2 O").replace("d c ", "D C ")
    return text.replace("ip address", "I P address")


def pick_voice(r: random.Random) -> str:
    """Name of a training voice."""
    k = r.random()
    if k < 0.40:
        variant = r.choice(ESPEAK_VARIANTS + [""] * 4)
        return "espeak:" + r.choice(ESPEAK_ACCENTS) + ("+" + variant if variant else "")
    if k < 0.60:
        return "flite:" + r.choice(["kal16", "awb", "awb", "slt", "slt"])
    if k < 0.74 and shutil.which("pico2wave"):
        return "pico:" + r.choice(["en-US", "en-GB"])
    if k < 0.93 and shutil.which("RHVoice-test"):
        return "rhvoice:" + r.choice(["alan", "bdl", "clb", "slt"])
    if shutil.which("festival"):
        return "festival:" + r.choice(["ked_diphone", "cmu_us_slt_arctic_hts"])
    return "flite:" + r.choice(["kal16", "awb", "slt"])


@cache
def own_voice():
    """Roomtone's own Piper voice, on one thread."""
    import onnxruntime
    from piper import PiperVoice

    voice = PiperVoice.load(str(VOICE))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    voice.session = onnxruntime.InferenceSession(
        str(VOICE), options, providers=["CPUExecutionProvider"]
    )
    return voice


def own(text: str, speed: float) -> Audio:
    """A sentence as Roomtone says it; speed 1 is its usual pace."""
    from piper import SynthesisConfig

    config = SynthesisConfig(length_scale=1 / speed)
    chunks = [c.audio_float_array for c in own_voice().synthesize(text + ".", config)]
    return np.concatenate(chunks).astype(np.float32), own_voice().config.sample_rate


def command(voice: str, text: str, speed: float, r: random.Random, out: Path) -> list[str]:
    """Command line that makes `voice` read `text` (on stdin for rhvoice) into the file `out`."""
    engine, name = voice.split(":")
    path = str(out)
    if engine == "espeak":
        rate, pitch = int(speed * r.randint(140, 185)), r.randint(10, 90)
        return ["espeak-ng", "-v", name, "-s", str(rate), "-p", str(pitch), "-w", path, text]
    if engine == "flite":
        stretch = f"duration_stretch={r.uniform(0.9, 1.15) / speed:.2f}"
        pitch = f"f0_shift={r.uniform(0.75, 1.35):.2f}"
        if name == "kal16":
            pitch = f"int_f0_target_mean={r.randint(80, 170)}"
        return ["flite", "-voice", name, "--setf", stretch, "--setf", pitch, "-t", text, "-o", path]
    if engine == "pico":
        rate, pitch = int(speed * r.randint(88, 120)), r.randint(65, 140)
        marked = f'<pitch level="{pitch}"><speed level="{rate}">{text}</speed></pitch>'
        return ["pico2wave", "-l", name, "-w", path, marked]
    rate, pitch = int(speed * r.randint(85, 120)), r.randint(70, 135)
    return ["RHVoice-test", "-p", name, "-r", str(rate), "-t", str(pitch), "-o", path]


def synthesise(voice: str, text: str, speed: float, r: random.Random, out: Path) -> Audio | None:
    """Read `text` aloud, at about `speed` times the usual pace; None if the engine fails."""
    text = readable(text)
    if voice == OWN:
        return own(text, speed)
    given = {"input": text.encode()} if voice.startswith("rhvoice") else {}
    try:
        subprocess.run(command(voice, text, speed, r, out), **given, **QUIET)
    except subprocess.TimeoutExpired:
        return None
    if not out.exists() or out.stat().st_size < 4000:
        return None
    audio = read_wav(out)
    out.unlink()
    return audio


def festival(rows: list[tuple[int, str, str, float]], folder: Path) -> dict[int, Path]:
    """Festival loads slowly: speak all (index, voice, text, speed) in one run; {index: path}."""
    paths, lines = {}, []
    for i, voice, text, speed in sorted(rows, key=lambda row: row[1]):
        paths[i] = folder / f"f{i}.wav"
        lines.append(
            f"(voice_{voice.split(':')[1]})"
            f"(Parameter.set 'Duration_Stretch {1 / speed:.2f})"
            f'(utt.save.wave (utt.synth (Utterance Text "{readable(text)}"))'
            f' "{paths[i]}" \'riff)\n'
        )
    script = folder / "all.scm"
    script.write_text("".join(lines))
    subprocess.run(
        ["festival", "-b", str(script)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return paths
