"""Gives models with synthetic weights their words: they do the work, and the oracle has the say.

The stock classes are replaced where the libraries keep them, so that whatever runs on them, ours
and the stock pipelines alike, is measured as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from zlib import crc32

import numpy as np

from roomtone.recognize.mel import Mel

TOKENS_PER_WORD = 1.3
"""Steps that Whisper's own vocabulary needs for an English word."""

SURE, UNSURE = -0.05, -0.3
"""Logarithm of the probability that every forced token has: in one half of the texts, and in the
other, so that half of the final readings are made with the beam, as in a room with some noise."""

SEEN = 300
"""Last tokens of a prompt in which its question is looked for."""

HeardIn = Callable[[np.ndarray], str]
"""int16 samples at 16 kHz -> the words in them."""

AnswerTo = Callable[[str], str]
"""Question -> answer."""

_TURN = re.compile(r"<\|im_start\|>user\n([^<]*)<\|im_end\|>\s*<\|im_start\|>assistant\n([^<]*)$")
"""The last question of a ChatML prompt, and what is written of its answer."""


def force_hearing(heard: HeardIn) -> None:
    """From now on every `faster_whisper.WhisperModel` of this process reads what `heard` says."""
    import faster_whisper

    last = _Last()

    class Forced(faster_whisper.WhisperModel):  # type: ignore[misc]
        """Encodes and decodes as ever, as many steps as the words need."""

        def __init__(self, *given: Any, **options: Any) -> None:
            super().__init__(*given, **options)
            listening = _Listening(self.__dict__["feature_extractor"], last)
            model = _Reciting(self.__dict__["model"], self.hf_tokenizer, last, heard)
            self.__dict__ |= {"feature_extractor": listening, "model": model}

    vars(faster_whisper)["WhisperModel"] = Forced
    seen = Mel.frames

    def frames(mel: Mel, sound: Any) -> Any:
        last.note(sound)
        return seen(mel, sound)

    type.__setattr__(Mel, "frames", frames)


def force_writing(answer: AnswerTo) -> None:
    """From now on every `llama_cpp.Llama` of this process writes what `answer` says."""
    import llama_cpp

    class Forced(llama_cpp.Llama):
        """Evaluates and samples as ever; then the sample is replaced."""

        def sample(self, *given: Any, **options: Any) -> int:
            """The next token of the answer."""
            super().sample(*given, **options)
            seen = self.input_ids[max(0, self.n_tokens - SEEN) : self.n_tokens].tolist()
            found = _TURN.search(self.detokenize(seen, special=True).decode(errors="ignore"))
            if found is None:
                return int(self.token_eos())
            question, written = found[1].rsplit("\n", 1)[-1], found[2]
            rest = answer(question)[len(written) :]
            tokens = self.tokenize(rest.encode(), add_bos=False) if rest else []
            return int(tokens[0]) if tokens else int(self.token_eos())

    vars(llama_cpp)["Llama"] = Forced


class _Last:
    """The sound of which a spectrogram was made last."""

    def __init__(self) -> None:
        self.sound = np.zeros(0, np.int16)

    def note(self, sound: Any) -> None:
        """Keep it, without the digital silence behind it."""
        whole = np.clip(np.rint(sound * 32768), -32768, 32767).astype(np.int16)
        self.sound = np.trim_zeros(whole, "b")


class _Listening:
    """A feature extractor that notes the sound."""

    def __init__(self, extractor: Any, last: _Last) -> None:
        self._extractor = extractor
        self._last = last

    def __call__(self, waveform: Any, *given: Any, **options: Any) -> Any:
        """Its features."""
        self._last.note(waveform)
        return self._extractor(waveform, *given, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._extractor, name)


class _Reciting:
    """A Whisper model of CTranslate2 whose words are known beforehand."""

    def __init__(self, model: Any, tokenizer: Any, last: _Last, heard: HeardIn) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._last = last
        self._heard = heard

    def generate(self, features: Any, prompts: Any, **options: Any) -> list[Any]:
        """Decode as many steps as the words have, and hand out the words."""
        text = self._heard(self._last.sound)
        end = self._tokenizer.token_to_id("<|endoftext|>")
        steps = 1 + round(TOKENS_PER_WORD * len(text.split()))
        options["max_length"] = len(prompts[0]) + steps
        options["suppress_tokens"] = [*(options.get("suppress_tokens") or [-1]), end]
        self._model.generate(features, prompts, **options)
        tokens = self._tokenizer.encode(" " + text if text else "", add_special_tokens=False).ids
        made = SimpleNamespace(
            sequences_ids=[tokens],
            scores=[SURE if crc32(text.encode()) % 2 else UNSURE],
            no_speech_prob=0.0 if text else 1.0,
        )
        return [made]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)
