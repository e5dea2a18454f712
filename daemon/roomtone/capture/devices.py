"""PortAudio behind one file: which devices there are, and streams that open on what they allow.

One thread makes every call here: PortAudio is not safe between threads, and any call may hang while
a sound server is frozen.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

import msgspec

from roomtone.base.error import OwnerError
from roomtone.base.frame import BLOCK_MS, SAMPLE_RATE

Way = Literal["input", "output"]
LATENCY = 0.1
"""Seconds asked of the device; two blocks stutter on a busy machine."""

Callback = Callable[..., None]


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """One sound device as its owner knows it."""

    name: str
    identity: str
    """What to write into the configuration: the name without the numbers that change at boot."""
    inputs: int
    outputs: int
    rate: int
    """Samples per second it prefers."""
    default_input: bool
    default_output: bool


class Opened(msgspec.Struct, frozen=True):
    """A running stream and the form its frames have."""

    stream: Any
    name: str
    rate: int
    channels: int
    dtype: str


def list_devices() -> list[Device]:
    """All devices that PortAudio sees. Raises OwnerError when there is no PortAudio."""
    return PortAudio().devices()


class PortAudio:
    """The library; `library` is `sounddevice`, or a double of it."""

    def __init__(self, library: Any = None) -> None:
        self._library = library or _load()
        self._fresh = True

    def devices(self) -> list[Device]:
        """All devices, in the order of PortAudio's own numbers."""
        default_input, default_output = self._library.default.device
        return [
            Device(
                name=info["name"],
                identity=identity(info["name"]),
                inputs=info["max_input_channels"],
                outputs=info["max_output_channels"],
                rate=int(info["default_samplerate"]),
                default_input=index == default_input,
                default_output=index == default_output,
            )
            for index, info in enumerate(self._library.query_devices())
        ]

    def look_again(self) -> None:
        """See devices that came and went: the list is frozen else. Ends every open stream."""
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
    ) -> Opened:
        """Start a stream on the device called `wanted`: 16 kHz mono 16-bit, or what it offers.

        `callback` makes the stream's callback from rate, channels and sample type.
        Raises OwnerError when there is no such device or it takes no form.
        """
        devices = self.devices()
        index = choose(devices, way, wanted)
        device = devices[index]
        make = self._library.InputStream if way == "input" else self._library.OutputStream
        reason = ""
        for rate, channels, dtype in _forms(device, way):
            try:
                stream = make(
                    device=index,
                    samplerate=rate,
                    channels=channels,
                    dtype=dtype,
                    blocksize=rate * BLOCK_MS // 1000,
                    latency=LATENCY,
                    callback=callback(rate, channels, dtype),
                    finished_callback=finished,
                )
                stream.start()
            except self._library.PortAudioError as problem:
                reason = str(problem)
                continue
            return Opened(stream, device.identity, rate, channels, dtype)
        raise OwnerError(f"{device.identity!r} cannot be opened for {way}: {reason}")

    def close(self, opened: Opened) -> None:
        """End a stream at once; hangs while a sound server is frozen."""
        opened.stream.abort(ignore_errors=True)
        opened.stream.close(ignore_errors=True)


def identity(name: str) -> str:
    """The name without ALSA's card numbers, which change from boot to boot."""
    return re.sub(r"\s*\(hw:\d+,\d+\)$", "", name).rstrip(" :-")


def choose(devices: list[Device], way: Way, wanted: str) -> int:
    """Index of the device called `wanted` ("default", or part of a name) in `devices`.

    Raises OwnerError that names what there is.
    """
    noun = "microphone" if way == "input" else "loudspeaker"
    usable = [n for n, device in enumerate(devices) if _channels(device, way)]
    if not usable:
        others = sorted({repr(device.identity) for device in devices})
        there = (
            f"there is only {', '.join(others)}" if others else "there is no sound device at all"
        )
        raise OwnerError(f"no {noun} found, {there}: plug one in; `roomtone devices` lists them")
    if wanted == "default":
        standard = (n for n in usable if getattr(devices[n], f"default_{way}"))
        return next(standard, usable[0])
    close = [n for n in usable if wanted.casefold() in devices[n].name.casefold()]
    exact = [n for n in close if wanted in (devices[n].name, devices[n].identity)]
    if not close:
        names = ", ".join(repr(devices[n].identity) for n in usable)
        raise OwnerError(
            f"[sound] {way} = {wanted!r}: no such {noun}; there is {names}; see `roomtone devices`"
        )
    return (exact or close)[0]


def _channels(device: Device, way: Way) -> int:
    return device.inputs if way == "input" else device.outputs


def _forms(device: Device, way: Way) -> Iterator[tuple[int, int, str]]:
    """What to try, best first: (rate, channels, sample type)."""
    most = min(_channels(device, way), 8)
    for rate in dict.fromkeys((SAMPLE_RATE, device.rate, 48_000)):
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
