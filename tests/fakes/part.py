"""A part for tests: echoes what it is to speak, unless that is one of its ways to fail."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import msgspec

from roomtone.app.voice import outdates
from roomtone.base import message
from roomtone.base.error import OwnerError
from roomtone.base.worker import serve, wire_of


class PartSetup(msgspec.Struct):
    """How to behave: "work", "advise" to be unable to start, or "crash" to fall at every start."""

    way: str = "work"
    model: str = ""
    """A file without which it cannot start."""


HELD: list[bytes] = []


def do(request, send, cancelled) -> None:
    if isinstance(request, message.Rehearse):
        rehearse(request, send, cancelled)
        return
    match request.text:
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case dies_once if Path(dies_once).is_file():
            Path(dies_once).unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        case "stop":
            os.kill(os.getpid(), signal.SIGSTOP)
        case "fail":
            raise RuntimeError(request.text)
        case "hang":
            time.sleep(60)
        case "spin":
            while True:
                sum(range(10_000))
        case "grow":
            HELD.append(b"x" * 200_000_000)
        case "endless":
            while not cancelled():
                send(message.Spoken(job=request.job, pcm=b"\0\0", rate=16000))
            return
    send(message.Spoken(job=request.job, pcm=request.text.encode(), rate=16000))


def rehearse(request, send, cancelled) -> None:
    while request.text == "long" and not cancelled():
        time.sleep(0.001)
    send(message.Rehearsed(job=request.job, kept=request.text != "long"))


def start(setup: PartSetup):
    if setup.way == "advise" or (setup.model and not Path(setup.model).exists()):
        raise OwnerError("the model is missing; pull it")
    if setup.way == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    return do, {"way": setup.way}


if __name__ == "__main__":
    serve(wire_of(sys.argv), PartSetup, message.VoiceIn, start, outdates)
