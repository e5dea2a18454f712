"""The language model: any GGUF file with a chat template, on llama.cpp."""

from __future__ import annotations

import ctypes
import functools
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from roomtone.base.error import OwnerError
from roomtone.base.message import Think, Warm
from roomtone.base.words import Exchanged
from roomtone.respond import prompt
from roomtone.respond.chat_format import ChatFormat
from roomtone.respond.hands import Hands, threads
from roomtone.respond.piece import Pieces
from roomtone.respond.prefix import Prefixes, named
from roomtone.respond.settings import AnswerSettings

SLICE = 32
"""Tokens read between two looks at whether the answer is still wanted."""

BATCH = 64
"""Tokens in one pass; llama-cpp-python keeps a score for each of them times the vocabulary."""

MOST_FACTS = 64
"""Questions whose facts are remembered, guesses at unfinished questions included."""

_TOP_K, _TOP_P = 40, 0.9
_FACTS_KEY = "roomtone.facts"
"""Metadata of the file: the `prompt.Place` where the model was trained to find facts."""

GivenUp = Callable[[], bool]


class Llama:
    """One model with one conversation's cache: a prompt that begins like the last is read on.

    Raises OwnerError when the file is missing or is no model that llama.cpp can load.
    """

    def __init__(self, path: Path, settings: AnswerSettings) -> None:
        self._file = _file(path)
        self._llama = _loaded(self._file, settings)
        self._window = min(self._llama.n_ctx(), self._llama._model.n_ctx_train())  # noqa: SLF001 - not public
        self._format = _format(self._llama)
        self._place = self._facts_place()
        self._facts: dict[str, str] = {}
        self._hands = Hands(self._llama.n_threads, self._llama.n_threads_batch)
        self.read = 0
        """Tokens that the last prompt cost; the rest of it was still known."""

    @property
    def detail(self) -> dict[str, str | int | float | bool]:
        """What `status` tells about the model."""
        name = self._llama.metadata.get("general.name") or Path(self._llama.model_path).stem
        return {"model": name, "context": self._window, "threads": self._llama.n_threads}

    def answer(self, think: Think, cancelled: GivenUp) -> Iterator[str]:
        """Write the answer piece by piece, until it ends, is long enough or is not wanted."""
        tokens = self._prompt(think)
        if not self._caught_up(tokens, cancelled):
            return
        pieces = Pieces(self._format.ends)
        for token in self._written(think, cancelled):
            if shown := pieces.feed(token):
                yield shown
            if pieces.over:
                return
        if rest := pieces.rest():
            yield rest

    def warm(self, warm: Warm, cancelled: GivenUp) -> None:
        """Read what is known of the next prompt: system, turns so far, the question's beginning."""
        history = self._recent(warm.system, warm.history)
        tokens = self._tokens(self._chat(warm.system, history), open_turn=False)
        if warm.question:
            ends, goes_on = (
                self._tokens(self._chat(warm.system, history, words), open_turn=True)
                for words in (warm.question, f"{warm.question} and")
            )
            tokens = ends[: _common(ends, goes_on)]
        self._caught_up(tokens, cancelled)

    def begin(self, system: str, kept: Prefixes) -> None:
        """Know the system message: from what is `kept`, or by reading it, and it is kept then."""
        import llama_cpp

        tokens = self._tokens(self._chat(system, []), open_turn=False)
        name = named(self._file, tokens, self._llama.n_ctx(), llama_cpp.__version__)
        state = kept.find(name)
        if state is not None and self._restored(state, tokens):
            return
        self._caught_up(tokens, lambda: False)
        kept.keep(name, self._state())

    def _state(self) -> bytes:
        """What the model has made of all that it has read."""
        import llama_cpp

        context = self._llama._ctx.ctx  # noqa: SLF001 - not public
        space = (ctypes.c_uint8 * llama_cpp.llama_state_seq_get_size(context, 0))()
        size = llama_cpp.llama_state_seq_get_data(context, space, len(space), 0)
        return bytes(space[:size])

    def _restored(self, state: bytes, tokens: Sequence[int]) -> bool:
        """Take `state` for what is made of `tokens`; False when the model does not."""
        import llama_cpp

        model = self._llama
        space = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
        if llama_cpp.llama_state_seq_set_data(model._ctx.ctx, space, len(state), 0) != len(state):  # noqa: SLF001 - not public
            model._ctx.kv_cache_clear()  # noqa: SLF001 - not public
            return False
        model.input_ids[: len(tokens)] = tokens
        model.n_tokens = len(tokens)
        self.read = 0
        return True

    def _facts_place(self) -> prompt.Place:
        match self._llama.metadata.get(_FACTS_KEY):
            case "system":
                return "system"
            case "question":
                return "question"
            case _:
                return "late" if self._format.takes_late_system else "question"

    def _prompt(self, think: Think) -> list[int]:
        """Tokens of the prompt, with as much history as leaves room for the answer."""
        if not think.history:
            self._facts.clear()
        if think.facts:
            self._facts[think.question] = think.facts
        if len(self._facts) > MOST_FACTS:
            del self._facts[next(iter(self._facts))]
        asked = len(self._text(think.question)) + len(self._text(think.facts))
        history = self._recent(think.system, think.history, asked + think.max_tokens + 16)
        tokens = self._tokens(self._chat(think.system, history, think.question), open_turn=True)
        limit = self._window - think.max_tokens - 1
        return tokens if len(tokens) <= limit else tokens[-limit:]

    def _chat(
        self, system: str, history: Sequence[Exchanged], question: str | None = None
    ) -> prompt.Chat:
        """Put the messages together; facts stay where they stood, and not twice in a row."""
        facts: list[str] = []
        for asked in (*(turn.user for turn in history), question or ""):
            known = self._facts.get(asked, "")
            last = next((earlier for earlier in reversed(facts) if earlier), "")
            facts.append("" if known == last and self._place != "system" else known)
        return prompt.chat(system, history, question, facts, self._place)

    def _recent(
        self, system: str, history: Sequence[Exchanged], spare: int = 0
    ) -> Sequence[Exchanged]:
        """As much history as leaves room for `spare` tokens, and for any usual question.

        What was read before the question is then what stands before it.
        """

        def count(turns: Sequence[Exchanged]) -> int:
            return len(self._tokens(self._chat(system, turns), open_turn=False))

        return prompt.recent(history, count, self._window - max(spare, self._window // 4))

    def _tokens(self, messages: prompt.Chat, *, open_turn: bool) -> list[int]:
        text = self._format.text(messages, open_turn=open_turn) if messages else ""
        return self._text(text, first=True)

    def _text(self, text: str, *, first: bool = False) -> list[int]:
        model = self._llama
        bos = model.token_bos()
        tokens: list[int] = model.tokenize(text.encode(), add_bos=False, special=True)
        wants_bos = first and bos >= 0 and model._model.add_bos_token()  # noqa: SLF001 - not public
        return [bos, *tokens] if wants_bos and tokens[:1] != [bos] else tokens

    def _caught_up(self, tokens: Sequence[int], cancelled: GivenUp) -> bool:
        """Read what the cache does not hold yet, in slices; False when it was given up."""
        model = self._llama
        kept = _common(model.input_ids[: model.n_tokens].tolist(), tokens)
        kept = min(kept, len(tokens) - 1)
        if kept < model.n_tokens and not model._ctx.kv_cache_seq_rm(-1, kept, -1):  # noqa: SLF001 - no public call removes the tail
            model.reset()
            kept = 0
        model.n_tokens = kept
        self.read = 0
        for start in range(kept, len(tokens), SLICE):
            if cancelled():
                return False
            part = tokens[start : start + SLICE]
            self._eval(part)
            self.read += len(part)
        return True

    def _written(self, think: Think, cancelled: GivenUp) -> Iterator[bytes]:
        """Bytes of the tokens that the model writes."""
        model = self._llama
        draw = random.SystemRandom()
        self._hands.begin()
        for _ in range(min(think.max_tokens, self._window - model.n_tokens - 1)):
            if cancelled():
                return
            if think.temperature > 0:
                model.set_seed(draw.getrandbits(31))
            token = model.sample(temp=think.temperature, top_k=_TOP_K, top_p=_TOP_P)
            if self._ends_turn(token):
                return
            yield (written := model.detokenize([token], special=True))
            self._append(token, written)

    def _append(self, token: int, written: bytes) -> None:
        """Read a token that was just written."""
        began = time.monotonic()
        self._eval([token])
        self._hands.wrote(written, time.monotonic() - began)

    def _eval(self, tokens: Sequence[int]) -> None:
        """Read tokens, with as many threads as are best now."""
        import llama_cpp

        model, hands = self._llama, self._hands
        llama_cpp.llama_set_n_threads(model._ctx.ctx, hands.now, hands.reading)  # noqa: SLF001 - not public
        model.eval(tokens)

    def _ends_turn(self, token: int) -> bool:
        from llama_cpp import llama_vocab_is_eog

        return bool(llama_vocab_is_eog(self._llama._model.vocab, token))  # noqa: SLF001 - not public


def _common(known: Sequence[int], wanted: Sequence[int]) -> int:
    pairs = enumerate(zip(known, wanted, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(known), len(wanted)))


def _loaded(file: Path, settings: AnswerSettings) -> Any:
    from llama_cpp import Llama as Model

    _silence()
    reading, writing = threads(file.stat().st_size)
    try:
        return Model(
            str(file),
            n_ctx=settings.context,
            n_batch=BATCH,
            n_ubatch=BATCH,
            n_threads=settings.threads or writing,
            n_threads_batch=settings.threads or reading,
            verbose=False,
        )
    except (ValueError, RuntimeError, OSError, AssertionError) as problem:
        raise OwnerError(
            f"the language model {file} cannot be loaded: it is damaged or of an unknown kind; "
            "run `roomtone models verify`, or name another one in [models] language"
        ) from problem


@functools.cache
def _silence() -> Any:
    """Have llama.cpp write nothing on standard error; the cache keeps the callback alive."""
    from llama_cpp import llama_log_callback, llama_log_set

    quiet = llama_log_callback(lambda _level, _text, _data: None)
    llama_log_set(quiet, None)
    return quiet


def _file(path: Path) -> Path:
    """Find the .gguf at `path`, or in the folder `path`."""
    file = next(iter(sorted(path.glob("*.gguf"))), path) if path.is_dir() else path
    if not file.is_file():
        raise OwnerError(
            f"there is no language model at {file}: run `roomtone models pull recommended`, "
            "or name one in [models] language"
        )
    with file.open("rb") as opened:
        if opened.read(4) != b"GGUF":
            raise OwnerError(
                f"{file} is no GGUF file: run `roomtone models verify`, "
                "or name another one in [models] language"
            )
    return file


def _format(model: Any) -> ChatFormat:
    """Read the file's own chat template; one that cannot be read is replaced by ChatML."""
    texts = [
        model._model.token_get_text(token) if token >= 0 else ""  # noqa: SLF001 - not public
        for token in (model.token_bos(), model.token_eos())
    ]
    try:
        return ChatFormat(model.metadata.get("tokenizer.chat_template", ""), *texts)
    except ValueError:
        return ChatFormat("", *texts)
