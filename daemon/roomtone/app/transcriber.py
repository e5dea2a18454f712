"""The transcriber process: sound in, words out, one model, no network and no sound device."""

from __future__ import annotations

import sys
from collections.abc import Callable

import msgspec

from roomtone.base.message import Transcribe, Transcribed, TranscriberIn
from roomtone.base.worker import Cancelled, Doer, serve, wire_of
from roomtone.recognize.settings import HearingSettings
from roomtone.recognize.whisper import Whisper
from roomtone.system import logs
from roomtone.system.code_memory import require_code_memory


class TranscriberSetup(msgspec.Struct, frozen=True, kw_only=True):
    """What the core tells the transcriber first."""

    path: str
    """Folder of a Whisper model in CTranslate2's format."""
    hearing: HearingSettings = HearingSettings()


def start(setup: TranscriberSetup) -> tuple[Doer, dict[str, str | int | float | bool]]:
    """Load the model. Raises OwnerError when it is missing or damaged."""
    require_code_memory("speech cannot be read")
    whisper = Whisper(setup.path, setup.hearing)
    whisper.warm()

    def do(
        request: Transcribe, send: Callable[[msgspec.Struct], None], cancelled: Cancelled
    ) -> None:
        read = whisper.read(request.pcm, final=request.final, hotwords=request.hotwords)
        if not (request.final and cancelled()):  # a partial that was begun is still news
            send(
                Transcribed(
                    job=request.job,
                    text=read.text,
                    confidence=read.confidence,
                    compute_ms=read.compute_ms,
                    full_length=read.full_length,
                )
            )

    return do, {"model": setup.path.rstrip("/").rsplit("/", 1)[-1], "threads": whisper.threads}


def outdates(newer: Transcribe, older: Transcribe) -> bool:
    """Say whether `older`, still waiting, is a partial with less sound than `newer` has."""
    return newer.job > older.job and not older.final


def main() -> None:
    """Serve the core until it closes the socket."""
    logs.of_part()
    serve(wire_of(sys.argv), TranscriberSetup, TranscriberIn, start, outdates)


if __name__ == "__main__":
    main()
