"""PortAudio behind one file: which devices there are, and streams that open on what they allow.

One thread makes every call here: PortAudio is not safe between threads, and any call may hang while
a sound server is frozen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

import msgspec

from roomtone.base.error import OwnerError
from roomtone.base.frame import BLOCK_MS, SAMPLE_RATE

Way = Literal["input", "output"]
LATENCY = 0.1
"""Seconds asked of the device; two blocks stutter on a busy machine."""


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


def list_devices(*, again: bool = False) -> list[Device]:
    """All devices that PortAudio sees now; `again` looks anew, which ends every open stream."""
    sd = _library()
    if again:
        sd._terminate()  # noqa: SLF001 - the only way to a fresh list, as its documentation says
        sd._initialize()  # noqa: SLF001 - as above
    default_input, default_output = sd.default.device
    return [
        Device(
            name=info["name"],
            identity=identity(info["name"]),
            inputs=info["max_input_channels"],
            outputs=info["max_output_channels"],
            rate=int(info["default_samplerate"]),
            default_input=info["index"] == default_input,
            default_output=info["index"] == default_output,
        )
        for info in sd.query_devices()
    ]


def identity(name: str) -> str:
    """The name without ALSA's card numbers, which change from boot to boot."""
    return re.sub(r"\s*\(hw:\d+,\d+\)$", "", name).rstrip(" :-")


def choose(devices: list[Device], way: Way, wanted: str) -> int:
    """Index of the device called `wanted` ("default", or part of a name) in `devices`.

    Raises OwnerError that names what there is.
    """
    noun = "microphone" if way == "input" else "loudspeaker"
    usable = [n for n, device in enumerate(devices) if channels_of(device, way)]
    if not usable:
        other = ", ".join(sorted({device.identity for device in devices})) or "nothing at all"
        raise OwnerError(
            f"no {noun} found (this machine has {other}): "
            f"plug one in and start again; `roomtone devices` lists them"
        )
    if wanted == "default":
        standard = (n for n in usable if getattr(devices[n], f"default_{way}"))
        return next(standard, usable[0])
    close = [n for n in usable if wanted.casefold() in devices[n].name.casefold()]
    exact = [n for n in close if wanted in (devices[n].name, devices[n].identity)]
    if not close:
        names = ", ".join(repr(devices[n].identity) for n in usable)
        raise OwnerError(
            f"[sound] {way} = {wanted!r}: there is no such {noun}; there is {names} "
            f"(`roomtone devices`)"
        )
    return (exact or close)[0]


def channels_of(device: Device, way: Way) -> int:
    """How many channels `device` has in this direction."""
    return device.inputs if way == "input" else device.outputs


def open_stream(
    devices: list[Device],
    index: int,
    way: Way,
    callback: Callable[[int, int, str], Callable[..., None]],
    finished: Callable[[], None],
) -> Opened:
    """Start a stream on device `index`: 16 kHz mono 16-bit if it allows, else what it offers.

    `callback` makes the stream's callback from rate, channels and sample type.
    Raises OwnerError when the device takes none of these forms.
    """
    sd = _library()
    device = devices[index]
    make = sd.InputStream if way == "input" else sd.OutputStream
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
        except sd.PortAudioError as problem:
            reason = str(problem)
            continue
        return Opened(stream, device.identity, rate, channels, dtype)
    raise OwnerError(f"the {way} device {device.identity!r} cannot be opened: {reason}")


def close_stream(opened: Opened) -> None:
    """End a stream at once; may hang while a sound server is frozen."""
    opened.stream.abort(ignore_errors=True)
    opened.stream.close(ignore_errors=True)


def _forms(device: Device, way: Way) -> Iterator[tuple[int, int, str]]:
    most = min(channels_of(device, way), 8)
    for rate in dict.fromkeys((SAMPLE_RATE, device.rate, 48_000)):
        for channels in dict.fromkeys((1, min(2, most), most)):
            for dtype in ("int16", "float32"):
                yield rate, channels, dtype


def _library() -> Any:
    try:
        import sounddevice  # noqa: PLC0415 - native, loaded only in the ear
    except OSError as problem:
        raise OwnerError("PortAudio is missing: apt install libportaudio2") from problem
    return sounddevice
