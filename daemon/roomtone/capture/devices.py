"""PortAudio behind one file: which devices there are, and streams that open on what they allow.

One thread makes every call here: PortAudio is not safe between threads, and any call may hang while
a sound server is frozen.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple

import msgspec

from roomtone.base.error import OwnerError
from roomtone.base.frame import BLOCK_MS, SAMPLE_RATE
from roomtone.capture.cards import Cards

Way = Literal["input", "output"]
Why = Literal["missing", "busy", "rate"]


class Pace(NamedTuple):
    """How much sound a stream carries at a time."""

    block_ms: int
    latency: float
    """Seconds asked of the device."""


WORK = Pace(BLOCK_MS, 0.1)
"""While sound matters at once; two blocks of latency stutter on a busy machine."""

SPEAK = Pace(BLOCK_MS, 0.06)
"""The same of a loudspeaker that never ran dry: what it holds sounds on when somebody speaks."""

DOZE = Pace(160, 0.32)
"""Of a microphone in talk in which nothing but a wake word matters."""

REST = {"input": Pace(300, 0.6), "output": Pace(800, 1.6)}
"""While nobody speaks; what it saves stands in daemon/FIGURES.md."""


class Paces(NamedTuple):
    """How each device is to go on, as soon as it can."""

    loudspeaker: Pace = WORK
    microphone: Pace = WORK


BUSY, WRONG_RATE = -9985, -9997
"""`paDeviceUnavailable` and `paInvalidSampleRate` of portaudio.h."""

Callback = Callable[..., None]


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """One sound device as its owner knows it."""

    name: str
    identity: str
    """What to write into the configuration: no numbers that change at boot, no second like it."""
    inputs: int
    outputs: int
    rate: int
    """Samples per second it prefers."""
    default_input: bool
    default_output: bool
    marks: tuple[str, ...] = ()
    """What tells it from others of its name: any of them may stand in `identity`."""


class Opened(msgspec.Struct, frozen=True):
    """A running stream and the form its frames have."""

    stream: Any
    name: str
    rate: int
    channels: int
    dtype: str


class NotOpenedError(OwnerError):
    """A device is not there, in use by somebody else, or takes no form that fits."""

    def __init__(self, advice: str, why: Why = "missing") -> None:
        super().__init__(advice)
        self.why = why


def list_devices() -> list[Device]:
    """All devices that PortAudio sees. Raises OwnerError when there is no PortAudio."""
    return PortAudio().devices()


class PortAudio:
    """The library; `library` is `sounddevice`, or a double of it."""

    def __init__(self, library: Any = None, cards: Cards | None = None) -> None:
        self._cards = cards or Cards()
        self._table = self._cards.table()
        self._library = library or _load()
        self._fresh = True

    def devices(self) -> list[Device]:
        """All devices, in the order of PortAudio's own numbers."""
        default_input, default_output = self._library.default.device
        found = self._library.query_devices()
        marks = [self._cards.marks(info["name"]) for info in found]
        identities = _identities([info["name"] for info in found], marks)
        return [
            Device(
                name=info["name"],
                identity=identities[index],
                inputs=info["max_input_channels"],
                outputs=info["max_output_channels"],
                rate=int(info["default_samplerate"]),
                default_input=index == default_input,
                default_output=index == default_output,
                marks=marks[index],
            )
            for index, info in enumerate(found)
        ]

    @property
    def outdated(self) -> bool:
        """Whether cards came, went or changed their numbers since the list was made."""
        return self._cards.table() != self._table

    def look_again(self) -> None:
        """See devices that came and went: the list is frozen else. Ends every open stream."""
        self._table = self._cards.table()
        if not self._fresh:
            self._library._terminate()  # noqa: SLF001 - documented as the only way to a new list
            self._library._initialize()  # noqa: SLF001 - as above
        self._fresh = False

    def open(
        self,
        way: Way,
        wanted: str,
        callback: Callable[[int, int, str], Callback],
        finished: Callable[[], None],
        pace: Pace = WORK,
    ) -> Opened:
        """Start a stream on the device called `wanted`: 16 kHz mono 16-bit, or what it offers.

        `callback` makes the stream's callback from rate, channels and sample type.
        Raises NotOpenedError when there is no such device, it is in use, or it takes no form.
        """
        devices = self.devices()
        index = choose(devices, way, wanted)
        device = devices[index]
        make = self._library.InputStream if way == "input" else self._library.OutputStream
        problem: Exception | None = None
        for rate, channels, dtype in _forms(device, way):
            try:
                stream = make(
                    device=index,
                    samplerate=rate,
                    channels=channels,
                    dtype=dtype,
                    blocksize=rate * pace.block_ms // 1000,
                    latency=pace.latency,
                    callback=callback(rate, channels, dtype),
                    finished_callback=finished,
                )
                self._start(stream)
            except self._library.PortAudioError as refusal:
                problem = refusal
                if _why(refusal) == "busy":
                    break
                continue
            return Opened(stream, device.identity, rate, channels, dtype)
        raise NotOpenedError(_refused(device.identity, way, problem), _why(problem))

    def _start(self, stream: Any) -> None:
        """Leave no stream behind that holds the device: nobody else would close it."""
        try:
            stream.start()
        except self._library.PortAudioError:
            stream.close(ignore_errors=True)
            raise

    def close(self, opened: Opened) -> None:
        """End a stream at once; hangs while a sound server is frozen."""
        opened.stream.abort(ignore_errors=True)
        opened.stream.close(ignore_errors=True)


def plain(name: str) -> str:
    """The name without ALSA's card numbers, which change from boot to boot."""
    return re.sub(r"\s*\(hw:\d+,\d+\)$", "", name).rstrip(" :-")


def choose(devices: list[Device], way: Way, wanted: str) -> int:
    """Index of the device called `wanted` in `devices`: "default", its identity, part of its name.

    Raises NotOpenedError that names what there is.
    """
    noun = "microphone" if way == "input" else "loudspeaker"
    usable = [n for n, device in enumerate(devices) if _channels(device, way)]
    if not usable:
        others = sorted({repr(device.identity) for device in devices})
        there = (
            f"there is only {', '.join(others)}" if others else "there is no sound device at all"
        )
        raise NotOpenedError(
            f"no {noun} found, {there}: plug one in; `roomtone devices` lists them"
        )
    if wanted == "default":
        standard = (n for n in usable if getattr(devices[n], f"default_{way}"))
        return next(standard, usable[0])
    same = [n for n in usable if wanted in _names(devices[n])]
    close = [n for n in usable if wanted.casefold() in devices[n].name.casefold()]
    if not (same or close):
        names = ", ".join(repr(devices[n].identity) for n in usable)
        raise NotOpenedError(
            f"[sound] {way} = {wanted!r}: no such {noun}; there is {names}; see `roomtone devices`"
        )
    return (same or close)[0]


def _names(device: Device) -> set[str]:
    name = plain(device.name)
    return {device.name, device.identity, name, *(f"{name} [{mark}]" for mark in device.marks)}


def _identities(names: list[str], marks: list[tuple[str, ...]]) -> list[str]:
    """For each name what stays the same at any number; the best mark that no other device has."""
    devices = [(plain(name), own) for name, own in zip(names, marks, strict=True)]
    count = Counter((name, mark) for name, own in devices for mark in own)
    return [
        next((f"{name} [{mark}]" for mark in own if count[name, mark] == 1), name)
        for name, own in devices
    ]


def _why(refusal: Exception | None) -> Why:
    code = refusal.args[1] if refusal is not None and len(refusal.args) > 1 else 0
    return "busy" if code == BUSY else "rate" if code == WRONG_RATE else "missing"


def _refused(identity: str, way: Way, problem: Exception | None) -> str:
    match _why(problem):
        case "busy":
            return f"{identity!r} is in use by another program: end it, or choose another {way}"
        case "rate":
            return f"{identity!r} takes no usual sample rate: choose another {way}"
        case _:
            reason = problem.args[0] if problem is not None else "no form fits"
            return f"{identity!r} cannot be opened for {way}: {reason}"


def _channels(device: Device, way: Way) -> int:
    return device.inputs if way == "input" else device.outputs


def _forms(device: Device, way: Way) -> Iterator[tuple[int, int, str]]:
    """What to try, best first: (rate, channels, sample type)."""
    most = min(_channels(device, way), 8)
    for rate in dict.fromkeys((SAMPLE_RATE, device.rate, 48_000, 44_100)):
        for channels in dict.fromkeys((1, min(2, most), most)):
            for dtype in ("int16", "float32"):
                yield rate, channels, dtype


def _load() -> Any:
    _hush_alsa()
    try:
        import sounddevice
    except OSError as problem:
        raise OwnerError("PortAudio is missing: apt install libportaudio2") from problem
    return sounddevice


_ignore = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)(lambda *_: None)


def _hush_alsa() -> None:
    """Keep ALSA from writing a page of guesses to the log each time devices are listed."""
    try:
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_ignore)
    except OSError:
        return
