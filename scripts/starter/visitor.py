"""Makes scripts/visitor.flac, the recorded visitor who talks when there is no microphone.

    python visitor.py          # needs Debian's flite; writes visitor.flac and visitor.json

The visitor is flite's voice rms, not Roomtone's own. The pauses leave room for the answers;
the labels in visitor.json say when each utterance starts and ends, in seconds.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import wave
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

RATE = 16_000
VOICE = ("flite", "-voice", "rms", "--setf", "duration_stretch=1.05")
SCRIPT = (
    (1.5, "hey jarvis what time is it"),
    (7.0, "hey jarvis what is the capital of france"),
    (5.0, "and of spain"),
    (7.0, "hey jarvis set a timer for ten seconds"),
    (15.0, "stop"),
    (3.0, ""),
)
"""Seconds of pause, then what is said. The timer rings about 12 s after it was asked for."""

PEAK = 0.4
"""Loudest sample of each utterance, of full scale: a person at arm's length."""

NOISE_DB = -66.0
"""RMS of the room, dB of full scale: a quiet one."""

VOICED_DB = -40.0
"""Below the utterance's peak; where it starts and ends."""

OUT = Path(__file__).resolve().parents[1] / "visitor.flac"

Samples = npt.NDArray[np.float64]


def main() -> None:
    """Write the recording and its labels."""
    pieces: list[Samples] = []
    labels: list[dict[str, float | str]] = []
    at = 0
    for pause, text in SCRIPT:
        pieces.append(np.zeros(int(pause * RATE)))
        at += len(pieces[-1])
        if text:
            pieces.append(spoken(text))
            labels.append({"start": at / RATE, "end": (at + len(pieces[-1])) / RATE, "text": text})
            at += len(pieces[-1])
    speech = np.concatenate(pieces)
    write(speech + room(len(speech)))
    rounded = [
        {k: round(v, 3) if isinstance(v, float) else v for k, v in x.items()} for x in labels
    ]
    OUT.with_suffix(".json").write_text(
        "[\n" + ",\n".join(f"  {json.dumps(label)}" for label in rounded) + "\n]\n"
    )


def spoken(text: str) -> Samples:
    """The utterance without the silence around it."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run([*VOICE, "-t", text, "-o", file.name], check=True)
        with wave.open(file.name) as sound:
            if sound.getframerate() != RATE:
                raise ValueError(f"flite's voice has {sound.getframerate()} samples a second")
            samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").astype(float)
    samples *= PEAK / np.abs(samples).max()
    voiced = np.flatnonzero(np.abs(samples) > PEAK * 10 ** (VOICED_DB / 20))
    return samples[voiced[0] : voiced[-1] + 1]


def room(count: int) -> Samples:
    """Pink noise, the same every time."""
    white = np.fft.rfft(np.random.default_rng(1).standard_normal(count))
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    pink = np.fft.irfft(white / np.sqrt(np.maximum(hertz, 40.0)), count)
    return pink * 10 ** (NOISE_DB / 20) / np.sqrt(np.mean(pink**2))


def write(samples: Samples) -> None:
    """One channel of 16-bit FLAC."""
    pcm = np.clip(np.round(samples * 32767), -32768, 32767).astype("<i2")
    with av.open(str(OUT), "w") as container:
        stream = container.add_stream("flac", rate=RATE, layout="mono", format="s16")
        frame = av.AudioFrame.from_ndarray(pcm[None], format="s16", layout="mono")
        frame.sample_rate = RATE
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)


if __name__ == "__main__":
    main()
