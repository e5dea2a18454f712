"""Stock packages as people run them, to be measured beside: faster-whisper, llama.cpp, Piper."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from roomtone.recognize.wakeword import strip_wake

_END = re.compile(r"[.!?](?=\s)")

Sound = np.ndarray
"""int16, one channel."""


class StockReader:
    """faster-whisper with its defaults; the language is known, or it would encode twice."""

    def __init__(self, path: str, threads: int) -> None:
        from faster_whisper import WhisperModel

        self._whisper: Any = WhisperModel(
            path, device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
        )

    def read(self, sound: Sound, *, stamps: bool = True) -> str:
        """The words of int16 samples at 16 kHz; `stamps` is its default, to time the words too."""
        segments, _ = self._whisper.transcribe(
            sound.astype(np.float32) / 32768, language="en", without_timestamps=not stamps
        )
        return " ".join(segment.text.strip() for segment in segments)


class StockWriter:
    """llama-cpp-python's chat completion."""

    def __init__(self, path: str, threads: int, system: str, most: int) -> None:
        from llama_cpp import Llama, llama_log_callback, llama_log_set

        self._quiet = llama_log_callback(lambda _level, _text, _data: None)
        llama_log_set(self._quiet, None)
        file = next(iter(sorted(Path(path).glob("*.gguf"))), Path(path))
        self._llama: Any = Llama(
            str(file), n_ctx=2048, n_threads=threads, n_threads_batch=threads, verbose=False
        )
        self._system, self._most = system, most

    def whole(self, question: str) -> str:
        """The answer when it is finished."""
        made = self._llama.create_chat_completion(
            self._messages(question), max_tokens=self._most, temperature=0.0
        )
        return str(made["choices"][0]["message"]["content"] or "")

    def pieces(self, question: str) -> Iterator[str]:
        """The answer while it is written."""
        stream = self._llama.create_chat_completion(
            self._messages(question), max_tokens=self._most, temperature=0.0, stream=True
        )
        for piece in stream:
            yield str(piece["choices"][0]["delta"].get("content") or "")

    def _messages(self, question: str) -> list[dict[str, str]]:
        return [
            {"role": "system", "content": self._system},
            {"role": "user", "content": question},
        ]


class StockSpeaker:
    """Piper as `PiperVoice.load` makes it."""

    def __init__(self, path: str) -> None:
        from piper import PiperVoice

        file = next(iter(sorted(Path(path).glob("*.onnx"))), Path(path))
        self._voice: Any = PiperVoice.load(file)
        self.rate = int(self._voice.config.sample_rate)

    def say(self, text: str) -> Sound:
        """The sound of all of it, at `rate`."""
        made = [chunk.audio_int16_array for chunk in self._voice.synthesize(text)]
        return np.concatenate(made) if made else np.zeros(0, np.int16)


class StockPipelines:
    """Both pipelines on one set of models."""

    def __init__(self, speech: str, language: str, voice: str, system: str, *, most: int) -> None:
        threads = os.cpu_count() or 1
        self._reader = StockReader(speech, threads)
        self._writer = StockWriter(language, threads, system, most)
        self._speaker = StockSpeaker(voice)
        self.rate = self._speaker.rate

    def naive(self, sound: Sound, known: str) -> tuple[str, Iterator[Sound]]:
        """Everything read, then everything written, then everything voiced; its words and sound.

        `known` is the answer to a command, for which no language model is asked.
        """
        text = self._words(sound)
        answer = known or self._writer.whole(text)
        return text, iter([self._speaker.say(answer)])

    def streamed(self, sound: Sound, known: str) -> tuple[str, Iterator[Sound]]:
        """Voiced sentence by sentence while it is written; its words and sound."""
        text = self._words(sound)
        pieces = iter([known]) if known else self._writer.pieces(text)
        return text, map(self._speaker.say, _sentences(pieces))

    def _words(self, sound: Sound) -> str:
        return strip_wake(self._reader.read(sound), "hey jarvis")


def _sentences(pieces: Iterator[str]) -> Iterator[str]:
    """Whole sentences, each as soon as the text goes on behind it."""
    text = ""
    for piece in pieces:
        text += piece
        while found := _END.search(text):
            yield text[: found.end()]
            text = text[found.end() :].lstrip()
    if text.strip():
        yield text
