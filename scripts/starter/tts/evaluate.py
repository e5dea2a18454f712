"""An independent recognizer (pocketsphinx, its own US English model) as judge of intelligibility.

    evaluate.py VOICE.onnx [--work FOLDER] [--sentences FILE] [--voices ours,flite,espeak]

Word error rates for this voice, flite slt and espeak-ng. Two tests: `open` = the recognizer's own
large language model; `loop` = any order of the words that occur in the sentences (no language model
to help it).
"""

from __future__ import annotations

import argparse
import subprocess
import wave
from pathlib import Path

import numpy as np
import soundfile
from piper import PiperVoice
from pocketsphinx import Decoder
from scipy.signal import resample_poly

HERE = Path(__file__).resolve().parent
RATE = 16000


def word_errors(said: list[str], heard: list[str]) -> int:
    """Levenshtein distance of two word lists."""
    d = list(range(len(heard) + 1))
    for i, a in enumerate(said, 1):
        before, d[0] = d[0], i
        for j, b in enumerate(heard, 1):
            before, d[j] = d[j], min(d[j] + 1, d[j - 1] + 1, before + (a != b))
    return d[-1]


def speak(name: str, model: str, sentences: list[str], work: Path) -> list[Path]:
    """WAV files of the sentences in the voice `name`."""
    voice = PiperVoice.load(model) if name == "ours" else None
    paths = [work / f"{name}_{i:02d}.wav" for i in range(len(sentences))]
    for path, sentence in zip(paths, sentences, strict=True):
        text = sentence[0].upper() + sentence[1:] + "."
        if voice:
            with wave.open(str(path), "wb") as out:
                voice.synthesize_wav(text, out)
        elif name == "flite":
            subprocess.run(["flite", "-voice", "slt", "-t", text, str(path)], check=True)
        else:
            subprocess.run(["espeak-ng", "-v", "en-us", "-w", str(path), text], check=True)
    return paths


def audio(path: Path) -> bytes:
    """16-bit samples at 16 kHz with silence around them and a faint noise floor."""
    x, rate = soundfile.read(path)
    if rate != RATE:
        common = np.gcd(rate, RATE)
        x = resample_poly(x, RATE // common, rate // common)
    x = np.pad(x / (np.abs(x).max() + 1e-9) * 0.5, RATE // 4)
    x = x + np.random.default_rng(0).normal(0, 1e-4, len(x))
    return (x * 32767).astype(np.int16).tobytes()


def loop_model(path: Path, words: list[str]) -> Path:
    """A language model in which every word is equally likely, in any order."""
    p = -np.log10(len(words) + 1)
    lines = "".join(f"{p:.4f} {w}\n" for w in words)
    path.write_text(
        f"\\data\\\nngram 1={len(words) + 2}\n\n\\1-grams:\n{p:.4f} </s>\n-99 <s>\n"
        f"{lines}\n\\end\\\n"
    )
    return path


def judge(decoder: Decoder, paths: list[Path], sentences: list[str]) -> str:
    """Word error rate and exactly heard sentences, as text."""
    errors = right = 0
    for path, sentence in zip(paths, sentences, strict=True):
        decoder.start_utt()
        decoder.process_raw(audio(path), full_utt=True)
        decoder.end_utt()
        heard = decoder.hyp().hypstr.split() if decoder.hyp() else []
        found = word_errors(sentence.split(), heard)
        errors, right = errors + found, right + (found == 0)
    total = sum(len(s.split()) for s in sentences)
    return f"word errors {100 * errors / total:.1f} %, right {right}/{len(sentences)}"


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("voice")
    ap.add_argument("--work", type=Path, default=HERE / "build" / "eval")
    ap.add_argument("--sentences", type=Path, default=HERE / "eval_sentences.txt")
    ap.add_argument("--voices", default="ours,flite,espeak")
    a = ap.parse_args()
    sentences = [s for s in a.sentences.read_text().splitlines() if s.strip()]
    a.work.mkdir(exist_ok=True, parents=True)
    words = sorted({w for s in sentences for w in s.split()})
    loop = loop_model(a.work / "loop.lm", words)
    judges = {"open": Decoder(loglevel="FATAL"), "loop": Decoder(lm=str(loop), loglevel="FATAL")}
    for name in a.voices.split(","):
        paths = speak(name, a.voice, sentences, a.work)
        for test, decoder in judges.items():
            print(f"{name:8s} {test}: {judge(decoder, paths, sentences)}", flush=True)


if __name__ == "__main__":
    main()
