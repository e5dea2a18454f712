"""A part for tests: echoes what it is to speak; the setup says how it behaves."""

from __future__ import annotations

import os
import signal
import sys

import msgspec

from roomtone.base import message
from roomtone.base.error import OwnerError
from roomtone.base.worker import serve, wire_of


class PartSetup(msgspec.Struct):
    """How to behave: "work", or "advise" to be unable to start."""

    way: str = "work"


def start(setup: PartSetup):
    if setup.way == "advise":
        raise OwnerError("the model is missing; pull it")

    def do(request, send, cancelled) -> None:
        if request.text == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if request.text == "fail":
            raise RuntimeError(request.text)
        if request.text == "endless":
            while not cancelled():
                send(message.Spoken(job=request.job, pcm=b"\0\0", rate=16000))
            return
        send(message.Spoken(job=request.job, pcm=request.text.encode(), rate=16000))

    return do, {"way": setup.way}


if __name__ == "__main__":
    serve(wire_of(sys.argv), PartSetup, message.VoiceIn, start)
