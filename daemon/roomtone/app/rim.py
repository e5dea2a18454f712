"""Where the ear's blocks come from and go to: the devices, or files in their place."""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

from roomtone.base import message
from roomtone.base.error import OwnerError
from roomtone.base.frame import BLOCK_MS
from roomtone.capture.devices import Paces
from roomtone.capture.echo import Lag
from roomtone.capture.mic import LiveSound
from roomtone.capture.resample import Samples
from roomtone.capture.settings import SoundSettings
from roomtone.capture.sink import FileSink, NoSink
from roomtone.capture.wav import FileSource

Detail = dict[str, str | int | float | bool]
News = message.Complaint | message.Mended | message.Ready | message.InputEnded


class Account(NamedTuple):
    """What the microphone has given; the fields of `message.Tick`."""

    captured: float
    lost: float
    microphone: message.Microphones


class Rim(Protocol):
    """Both ends of the sound."""

    granted_only: bool
    """True when the stream may not run beyond what the core has granted."""
    timed: bool
    """True when a block takes as long to come as it lasts."""

    @property
    def hung(self) -> bool:
        """True when only a new process helps, which `news` has told then."""
        ...

    @property
    def audible(self) -> bool:
        """False while there is no loudspeaker."""
        ...

    @property
    def account(self) -> Account:
        """What has come in so far."""
        ...

    @property
    def latency(self) -> float:
        """Seconds from `write` to the room."""
        ...

    @property
    def lag(self) -> Lag:
        """What moves the echo in the sound that is read."""
        ...

    def begin(self, *, microphone: bool) -> None:
        """Begin to open everything. Raises OwnerError."""
        ...

    def started(self) -> Detail:
        """Wait for what `begin` began. Raises OwnerError."""
        ...

    @property
    def drowsy(self) -> bool:
        """True while what is written reaches the room late, because the loudspeaker rests."""
        ...

    def rest(self, paces: Paces) -> None:
        """Let each device carry much sound at a time, or have it carry little again."""
        ...

    def keep_time(self, *, wanted: bool) -> None:
        """Give a recording at the pace of a room from now on, or as fast as it is read."""
        ...

    def read(self, blocks: int = 1) -> Samples:
        """The next `blocks` of 20 ms; waits for them."""
        ...

    def write(self, block: Samples) -> None:
        """20 ms to play, or more of silence at rest. Raises OwnerError if they cannot be kept."""
        ...

    def hush(self, fade_ms: int) -> int:
        """Fade out what was written and has not left yet; how many samples of it are silence.

        None, and nothing is done, where there is no more than the fade takes.
        """
        ...

    def open_microphone(self, *, wanted: bool) -> None:
        """Let sound in, or nothing."""
        ...

    def news(self, t: float) -> list[News]:
        """What has happened since the last call; `t` is the stream time."""
        ...

    def close(self) -> None:
        """Let go of everything. Raises OwnerError when what was played cannot be kept."""
        ...


class DeviceRim:
    """The room, and if `output_file` is set a file of what was played.

    With `insist` there has to be a microphone and a loudspeaker at the start.
    """

    granted_only = False
    timed = True

    def __init__(self, settings: SoundSettings, output_file: str, *, insist: bool = False) -> None:
        self._live = LiveSound(settings)
        self._insist = insist
        self._output_file = output_file
        self._file: FileSink | NoSink = NoSink()

    @property
    def latency(self) -> float:
        """Seconds from `write` to the room."""
        return self._live.latency

    @property
    def lag(self) -> Lag:
        """Of both devices."""
        return self._live.lag

    @property
    def hung(self) -> bool:
        """True when the sound server does not answer and a new process may be answered."""
        return self._live.hung

    @property
    def audible(self) -> bool:
        """Whether there is a loudspeaker, or a file in its place."""
        return self._live.audible or bool(self._output_file)

    @property
    def account(self) -> Account:
        """Of the microphone."""
        return Account(self._live.captured, self._live.lost, self._live.microphone)

    @property
    def drowsy(self) -> bool:
        """Whether the loudspeaker rests."""
        return self._live.drowsy

    def rest(self, paces: Paces) -> None:
        """Let the devices rest, or wake them."""
        self._live.rest(paces)

    def begin(self, *, microphone: bool) -> None:
        """Begin to open both devices, and the file."""
        self._live.begin(microphone=microphone)
        self._file = _sink(self._output_file)

    def started(self) -> Detail:
        """Wait until both were tried; they may come later."""
        return self._live.started(insist=self._insist)

    def keep_time(self, *, wanted: bool) -> None:
        """A room does."""

    def read(self, blocks: int = 1) -> Samples:
        """The next `blocks` of 20 ms of the room."""
        return self._live.read(blocks)

    def write(self, block: Samples) -> None:
        """20 ms for the room."""
        self._live.write(block)
        self._file.write(block)

    def hush(self, fade_ms: int) -> int:
        """Fade out what the loudspeaker has not got yet; a file has got everything."""
        return 0 if self._output_file else self._live.hush(fade_ms)

    def open_microphone(self, *, wanted: bool) -> None:
        """Open the input device, or really close it."""
        self._live.open_microphone(wanted=wanted)

    def news(self, t: float) -> list[News]:  # noqa: ARG002 - the shape of Rim
        """Faults of the devices, and their recovery."""
        return [*self._live.news()]

    def close(self) -> None:
        """Close the devices and the file."""
        self._file.close()
        self._live.close()


class FileRim:
    """A recording as the room; what is played goes to a file, or nowhere."""

    hung = drowsy = False
    audible = True
    lag = Lag(0, 0.0)

    def __init__(self, input_file: str, output_file: str, *, realtime: bool) -> None:
        self.granted_only = not realtime
        self.timed = realtime
        self._source = FileSource(input_file)
        self._output_file = output_file
        self._sink: FileSink | NoSink = NoSink()
        self._input_file = Path(input_file)
        self._due = 0.0
        self._open = True
        self._noticed = self._ended = False
        self._captured = 0.0
        self.latency = 0.0

    @property
    def account(self) -> Account:
        """Of the recording."""
        return Account(self._captured, 0.0, "open" if self._open else "closed")

    def begin(self, *, microphone: bool) -> None:
        """Start the clock, and the output file. Raises OwnerError when that cannot be."""
        self._open = microphone
        if self._output_file and Path(self._output_file).resolve() == self._input_file.resolve():
            raise OwnerError(f"{self._output_file} is the recording itself: give another name")
        self._sink = _sink(self._output_file)
        self._due = time.monotonic()

    def started(self) -> Detail:
        """The recording."""
        return {"input": self._input_file.name}

    def keep_time(self, *, wanted: bool) -> None:
        """Count the blocks by the clock from now on, or give them at once."""
        self.timed, self._due = wanted, time.monotonic()

    def read(self, blocks: int = 1) -> Samples:
        """The next `blocks` of 20 ms; silence while the microphone counts as closed."""
        if self.timed:
            self._due += blocks * BLOCK_MS / 1000
            time.sleep(max(0.0, self._due - time.monotonic()))
        sound = np.concatenate([self._source.read() for _ in range(blocks)])
        if not self._open:
            return np.zeros_like(sound)
        self._captured += blocks * BLOCK_MS / 1000
        return sound

    def write(self, block: Samples) -> None:
        """20 ms to keep."""
        self._sink.write(block)

    def hush(self, fade_ms: int) -> int:  # noqa: ARG002 - the shape of Rim
        """A file has got everything."""
        return 0

    def rest(self, paces: Paces) -> None:
        """A file needs none."""

    def open_microphone(self, *, wanted: bool) -> None:
        """Let the recording in, or nothing; it goes on meanwhile."""
        self._open = wanted

    def news(self, t: float) -> list[News]:
        """Damage found in the recording, and its end."""
        news: list[News] = []
        if self._source.notice and not self._noticed:
            self._noticed = True
            action = "using what is there"
            news.append(message.Complaint(fault=self._source.notice, action=action))
        if self._source.ended and not self._ended:
            self._ended = True
            news.append(message.InputEnded(t=t))
        return news

    def close(self) -> None:
        """Complete the file of what was played."""
        self._sink.close()


def _sink(path: str) -> FileSink | NoSink:
    return FileSink(path) if path else NoSink()
