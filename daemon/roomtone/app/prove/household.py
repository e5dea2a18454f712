"""A daemon of its own for a proof: its state, its socket and its log are in the scratch."""

from __future__ import annotations

import os
import time
from pathlib import Path

import msgspec

from roomtone.app.config import Config
from roomtone.app.prove import scratch
from roomtone.app.prove.rehearsal import last_line
from roomtone.app.prove.scratch import Scratch
from roomtone.base.error import OwnerError
from roomtone.base.event import Event, ReplyFinished
from roomtone.capture.settings import SoundSettings
from roomtone.system.settings import ModelSettings
from roomtone.web.client import Client

PATIENCE = 120.0
"""Seconds until it answers; large models are loaded from the disk."""

SOUND = ("XDG_RUNTIME_DIR", "PULSE_SERVER", "PIPEWIRE_REMOTE", "DBUS_SESSION_BUS_ADDRESS")
"""Variables by which a sound server is found."""

SILENT = "pcm.!default { type null }\nctl.!default { type null }\n"
"""A configuration of ALSA in which there is no device of the machine."""

NOBODY = SoundSettings(input="none of them", output="none of them")


class Household:
    """Use with `with`; without `sound` it has neither microphone nor loudspeaker.

    Raises OwnerError when it does not start.
    """

    def __init__(
        self, config: Config, models: Path, workshop: Scratch, name: str, *, sound: bool = False
    ) -> None:
        self.folder = workshop.place(name)
        self._workshop = workshop
        self._config, self._models = config, models
        self._sound = config.sound if sound else NOBODY
        self.configure()
        self._environment = workshop.environment(XDG_RUNTIME_DIR=os.environ.get(SOUND[0], ""))
        if sound:
            self._environment["HOME"] = os.environ.get("HOME", "/")
        else:
            (self.folder / "asound.conf").write_text(SILENT)
            silent = {"ALSA_CONFIG_PATH": str(self.folder / "asound.conf")}
            nowhere = dict.fromkeys(SOUND, str(self.folder / "nowhere"))
            self._environment |= silent | nowhere | {"PULSE_SERVER": "unix:/nowhere"}
        self.client = Client([self.folder / "roomtone.sock"])

    def __enter__(self) -> Household:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def configure(self, **sections: msgspec.Struct) -> None:
        """Write its configuration, with these sections changed; it reads it when it is told to.

        It has the starter models, so that it fits beside a service with large ones.
        """
        changed = {"sound": self._sound, "models": ModelSettings()} | sections
        self._settings = scratch.settings(self._config, self.folder, self._models, **changed)

    def start(self) -> None:
        """Start it and wait until it answers. Raises OwnerError."""
        with (self.folder / "log").open("ab") as log:
            self.process = self._workshop.start(
                "roomtone.app.prove.core", self._settings, log=log, env=self._environment
            )
        end = time.monotonic() + PATIENCE
        while not self.client.running() or not self.client.status()["health"]["ready"]:
            if self.process.poll() is not None or time.monotonic() > end:
                raise OwnerError(f"a daemon for the proof did not start: {last_line(self.log())}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End it, with all its parts."""
        scratch.end(self.process)

    def ask(self, text: str) -> str:
        """Its answer in writing. Raises OwnerError."""
        events = (msgspec.convert(one, Event) for one in self.client.ask(text))
        return next((one.text for one in events if isinstance(one, ReplyFinished)), "")

    def log(self) -> bytes:
        """All that it has logged."""
        return (self.folder / "log").read_bytes()
