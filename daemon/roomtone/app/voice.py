"""The voice process: sentences in, sound out, one voice, no network and no sound device."""

from __future__ import annotations

import sys
from collections.abc import Callable

import msgspec

from roomtone.base.message import Rehearse, Rehearsed, Speak, Spoken, VoiceIn
from roomtone.base.worker import Cancelled, Doer, serve, wire_of
from roomtone.speak.piper import Piper
from roomtone.speak.repertoire import Repertoire
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

    repertoire = Repertoire()

    def do(
        request: Speak | Rehearse, send: Callable[[msgspec.Struct], None], cancelled: Cancelled
    ) -> None:
        if isinstance(request, Rehearse):
            rehearse(request, send, cancelled)
            return
        ready = () if request.goes_on else repertoire.sound(request.text)
        words = "" if ready else wording(request.text, piper.language)
        for pcm in ready or piper.say(words, goes_on=request.goes_on):
            if cancelled():
                return
            send(Spoken(job=request.job, pcm=pcm, rate=piper.rate))

    def rehearse(
        request: Rehearse, send: Callable[[msgspec.Struct], None], cancelled: Cancelled
    ) -> None:
        pieces: list[bytes] = []
        for pcm in piper.say(wording(request.text, piper.language)):
            if cancelled():
                return
            pieces.append(pcm)
        send(Rehearsed(job=request.job, kept=repertoire.learn(request.text, pieces)))

    return do, {
        "rate": piper.rate,
        "language": piper.language,
        "threads": piper.threads,
        "split": piper.split,
    }


def main() -> None:
    """Serve the core until it closes the socket."""
    logs.of_part()
    serve(wire_of(sys.argv), VoiceSetup, VoiceIn, start, outdates)


def outdates(newer: Speak | Rehearse, older: Speak | Rehearse) -> bool:
    """Whether there is something to say now that was only rehearsed for."""
    return isinstance(older, Rehearse) and isinstance(newer, Speak)


if __name__ == "__main__":
    main()
