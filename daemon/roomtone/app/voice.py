"""The voice process: sentences in, sound out, one voice, no network and no sound device."""

from __future__ import annotations

import sys
from collections.abc import Callable

import msgspec

from roomtone.base.message import Speak, Spoken, VoiceIn
from roomtone.base.worker import Cancelled, Doer, serve, wire_of
from roomtone.speak.piper import Piper
from roomtone.speak.settings import VoiceSettings
from roomtone.speak.wording import wording
from roomtone.system import logs


class VoiceSetup(msgspec.Struct, frozen=True, kw_only=True):
    """What the core tells the voice first."""

    path: str
    """A Piper voice: the .onnx file with its .json beside it, or the folder that holds them."""
    voice: VoiceSettings = VoiceSettings()


def start(setup: VoiceSetup) -> tuple[Doer, dict[str, str | int | float | bool]]:
    """Load the voice and let it speak once, unheard. Raises OwnerError when there is none."""
    piper = Piper(setup.path, setup.voice)

    def do(request: Speak, send: Callable[[msgspec.Struct], None], cancelled: Cancelled) -> None:
        for pcm in piper.say(wording(request.text, piper.language), goes_on=request.goes_on):
            if cancelled():
                return
            send(Spoken(job=request.job, pcm=pcm, rate=piper.rate))

    return do, {
        "rate": piper.rate,
        "language": piper.language,
        "threads": piper.threads,
        "split": piper.split,
    }


def main() -> None:
    """Serve the core until it closes the socket."""
    logs.of_part()
    serve(wire_of(sys.argv), VoiceSetup, VoiceIn, start)


if __name__ == "__main__":
    main()
