"""A Piper voice: words for the ear in, sound out, clause by clause."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from roomtone.base.error import OwnerError
from roomtone.speak.level import Sound, bend, pcm, speech_rms, trim
from roomtone.speak.settings import VoiceSettings

PIECE = 0.4
"""Seconds of one piece of sound: the longest that a cancelled sentence still goes on."""

LEAD = 0.02
"""Seconds of silence left before a clause; a soft onset lies there."""

SENTENCE_GAP = 0.15
CLAUSE_GAP = 0.1
"""Seconds of silence behind a sentence, and behind a clause inside one."""

LONG = 60
"""Phonemes (about 4 s) from which a sentence is synthesised clause by clause: the first sound of a
large voice on a small machine then comes after its first clause."""

SHORTEST_CLAUSE = 15
"""Phonemes that a clause must have on both sides of the cut, or the rhythm stumbles."""

MOST_GAIN = 8.0
"""A voice quieter than this can lift is broken; more would only raise its hiss."""

_TRIAL = "The quick brown fox is ready, and everything else can wait until nine."


class Piper:
    """The voice at `path`: an ONNX file with its `.json` beside it, or a folder with one of them.

    Its level is measured once, here, and one gain then brings every sentence to the level that the
    settings name: the sentences of an answer never jump. Raises OwnerError when there is none.
    """

    def __init__(self, path: str, settings: VoiceSettings) -> None:
        file = _file(Path(path))
        from piper import PiperVoice, SynthesisConfig
        from piper.config import PiperConfig

        logging.getLogger("piper").setLevel(logging.ERROR)  # its messages quote the text
        try:
            config = json.loads(Path(f"{file}.json").read_text(encoding="utf-8"))
            self._config: Any = PiperConfig.from_dict(config)
        except (ValueError, KeyError, TypeError, OSError) as broken:
            raise OwnerError(_advice(file, "has no readable .json beside it")) from broken
        self.threads = settings.threads or min(3, os.cpu_count() or 1)
        self._voice: Any = PiperVoice(session=_session(file, self.threads), config=self._config)
        self._manner: Any = SynthesisConfig(
            normalize_audio=False, length_scale=self._config.length_scale / settings.speed
        )
        self.rate = int(self._config.sample_rate)
        self.language = str(self._config.espeak_voice).split("-")[0]
        self._gain = 1.0
        self._gain = self._level(settings.level_db)

    def say(self, words: str) -> Iterator[bytes]:
        """The sound of `words`, in pieces of at most `PIECE` s of mono s16le at `rate`."""
        size = int(PIECE * self.rate)
        for phonemes in self._voice.phonemize(words):
            for clause in clauses(phonemes):
                gap = SENTENCE_GAP if clause[-1:] != [","] else CLAUSE_GAP
                sound = trim(self._synthesise(clause), self.rate, before=LEAD, after=gap)
                for at in range(0, len(sound), size):
                    yield pcm(sound[at : at + size])

    def _synthesise(self, phonemes: list[str]) -> Sound:
        if not any(phoneme.isalpha() for phoneme in phonemes):
            return np.zeros(0, np.float32)
        made = self._voice.phoneme_ids_to_audio(self._voice.phonemes_to_ids(phonemes), self._manner)
        return bend(np.atleast_1d(made).astype(np.float32) * self._gain)

    def _level(self, wanted_db: float) -> float:
        (phonemes,) = self._voice.phonemize(_TRIAL)
        raw = self._voice.phoneme_ids_to_audio(self._voice.phonemes_to_ids(phonemes), self._manner)
        rms = speech_rms(np.atleast_1d(raw).astype(np.float32), self.rate)
        return min(MOST_GAIN, 10 ** (wanted_db / 20) / rms) if rms else 1.0


def clauses(phonemes: list[str]) -> list[list[str]]:
    """A sentence's phonemes, cut behind commas and the like when it is `LONG`."""
    if len(phonemes) < LONG:
        return [phonemes] if phonemes else []
    cut: list[list[str]] = []
    begin = 0
    for at, phoneme in enumerate(phonemes, 1):
        enough = at - begin >= SHORTEST_CLAUSE and len(phonemes) - at >= SHORTEST_CLAUSE
        if phoneme in {",", ";", ":"} and enough:
            cut.append(phonemes[begin:at])
            begin = at
    return [*cut, phonemes[begin:]]


def _session(file: Path, threads: int) -> Any:
    import onnxruntime as ort
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    for pool in ("intra", "inter"):
        options.add_session_config_entry(f"session.{pool}_op.allow_spinning", "0")
    options.add_session_config_entry("session.force_spinning_stop", "1")
    broken = (state.Fail, state.InvalidProtobuf, state.InvalidGraph, state.RuntimeException)
    try:
        return ort.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except (*broken, state.NoSuchFile, state.InvalidArgument, state.NotImplemented) as error:
        raise OwnerError(_advice(file, "is damaged")) from error


def _file(path: Path) -> Path:
    if path.is_dir():
        found = sorted(path.glob("*.onnx"))
        if len(found) != 1:
            raise OwnerError(_advice(path, f"holds {len(found)} voices instead of one"))
        return found[0]
    if not path.is_file():
        raise OwnerError(_advice(path, "does not exist"))
    return path


def _advice(path: Path, fault: str) -> str:
    return (
        f"the voice {path} {fault}: check it with `roomtone models verify`, "
        "fetch it with `roomtone models pull`"
    )
