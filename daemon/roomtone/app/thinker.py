"""The thinker process: questions in, pieces of answers out, one language model, no network."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from roomtone.base.message import Think, ThinkerIn, Thought, Warm
from roomtone.base.worker import Cancelled, Doer, serve, wire_of
from roomtone.respond.settings import AnswerSettings
from roomtone.system import logs


class ThinkerSetup(msgspec.Struct, frozen=True, kw_only=True):
    """What the core tells the thinker first."""

    path: str
    """A language model: a .gguf file, or the folder that holds it."""
    answer: AnswerSettings = AnswerSettings()
    prefixes: str = ""
    """A folder for what the model has made of the system message; empty: it is not kept."""


def start(setup: ThinkerSetup) -> tuple[Doer, dict[str, str | int | float | bool]]:
    """Load the model, which then knows its persona. Raises OwnerError when there is no model."""
    from roomtone.respond.llama import Llama
    from roomtone.respond.prefix import Prefixes

    llama = Llama(Path(setup.path), setup.answer)
    llama.begin(setup.answer.system, Prefixes(setup.prefixes))

    def do(
        request: Think | Warm, send: Callable[[msgspec.Struct], None], cancelled: Cancelled
    ) -> None:
        if isinstance(request, Warm):
            llama.warm(request, cancelled)
            return
        for piece in llama.answer(request, cancelled):
            send(Thought(job=request.job, text=piece))

    return do, llama.detail


def main() -> None:
    """Serve the core until it closes the socket."""
    logs.of_part()
    serve(wire_of(sys.argv), ThinkerSetup, ThinkerIn, start)


if __name__ == "__main__":
    main()
