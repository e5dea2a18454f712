"""`sounddevice` without sound: streams that a test drives by hand."""

from __future__ import annotations

import threading

import numpy as np


class FakeSoundDevice:
    """Devices are (name, inputs, outputs, rate); `allows(rate, channels, dtype)` is their will."""

    class PortAudioError(Exception):
        """The library's own error."""

    def __init__(self, devices, allows=lambda *_form: True):
        self.there = list(devices)
        self.allows = allows
        self.refusal = ()
        self.starts = lambda *_form: True
        self.made = []
        self.streams = []
        self.opened = threading.Semaphore(0)
        self.initialized = 1
        self.default = self

    @property
    def device(self):
        return [0, 0]

    def query_devices(self):
        keys = ("name", "max_input_channels", "max_output_channels", "default_samplerate")
        return [dict(zip(keys, known, strict=True)) for known in self.there]

    def _terminate(self):
        self.initialized -= 1

    def _initialize(self):
        self.initialized += 1

    def InputStream(self, **form):  # noqa: N802 - the library's name
        return FakeStream(self, "input", form)

    def OutputStream(self, **form):  # noqa: N802 - as above
        return FakeStream(self, "output", form)

    def newest(self, way):
        """The open stream of this direction."""
        return [s for s in self.streams if s.way == way and not s.closed][-1]

    def wait_for(self, count):
        """Wait until `count` more streams were opened."""
        for _ in range(count):
            assert self.opened.acquire(timeout=30)


class FakeStream:
    latency = 0.1

    def __init__(self, library, way, form):
        if library.refusal:
            raise library.PortAudioError(*library.refusal)
        if not library.allows(form["samplerate"], form["channels"], form["dtype"]):
            raise library.PortAudioError("Invalid sample rate")
        self.library, self.way, self.form = library, way, form
        self.closed = False
        library.made.append(self)

    def start(self):
        if not self.library.starts(*map(self.form.get, ("samplerate", "channels", "dtype"))):
            raise self.library.PortAudioError("Unanticipated host error", -9999)
        self.library.streams.append(self)
        self.library.opened.release()

    def abort(self, ignore_errors):
        self.die()

    def close(self, ignore_errors):
        self.closed = True

    def die(self):
        """As when the sound server goes away."""
        self.form["finished_callback"]()

    def deliver(self, samples):
        """Sound reaches the microphone: int16, the same in every channel."""
        frames = np.repeat(np.asarray(samples, np.int16)[:, None], self.form["channels"], axis=1)
        self.form["callback"](frames, len(frames), None, None)

    def draw(self, count):
        """The loudspeaker wants `count` frames; the first channel of them."""
        room = np.ones((count, self.form["channels"]), self.form["dtype"])
        self.form["callback"](room, count, None, None)
        assert (room == room[:, :1]).all()
        return room[:, 0].copy()
