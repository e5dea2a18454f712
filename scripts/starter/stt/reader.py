"""The model as Roomtone's daemon uses it: a short mel instead of 30 s, no time stamps."""

from __future__ import annotations

import os
import re
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel

from common import HOP, window

SILENT = 0.6  # probability of no speech, Whisper's limit
WAKE = re.compile(r"^(?:(?:hey|okay|alexa|jarvis|computer|mycroft)\b ?)+")


class Reader:
    """Reads float32 audio at 16 kHz."""

    def __init__(self, model: Path, beam: int = 1, threads: int = 1) -> None:
        self.whisper = WhisperModel(
            str(model), device="cpu", compute_type="int8", cpu_threads=threads
        )
        self.beam = beam
        tok = self.whisper.hf_tokenizer
        self.prompt = [tok.token_to_id(t) for t in ("<|startoftranscript|>", "<|notimestamps|>")]
        self.end = tok.token_to_id("<|endoftext|>")

    def features(self, audio: np.ndarray) -> np.ndarray:
        """Log-mel [80, T] of the audio with digital silence behind it; T as in common.window."""
        frames = window(-(-len(audio) // HOP))
        sound = np.pad(audio[: frames * HOP].astype(np.float32), (0, frames * HOP))[: frames * HOP]
        return self.whisper.feature_extractor(sound, padding=0)[:, :frames]

    def __call__(self, audio: np.ndarray) -> str:
        """The text; empty where nothing is said."""
        mel = np.ascontiguousarray(self.features(audio)[None], dtype=np.float32)
        result = self.whisper.model.generate(
            ctranslate2.StorageView.from_array(mel),
            [self.prompt],
            beam_size=self.beam,
            max_length=64,
            return_no_speech_prob=True,
        )[0]
        if result.no_speech_prob >= SILENT:
            return ""
        ids = [i for i in result.sequences_ids[0] if i < self.end]
        return self.whisper.hf_tokenizer.decode(ids).strip()


def without_wake(text: str) -> str:
    """A transcript without the wake phrase, or what is left of it, that it begins with."""
    return WAKE.sub("", text).strip()
