"""A sound server of its own for a test: PulseAudio with a virtual microphone and loudspeaker.

No card, no session, no D-Bus. What is played to `mic_feed` is what the microphone hears; the
loudspeaker is recorded from its monitor. Programs reach it as ALSA's default device.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import numpy as np

ALSA = """
pcm.!default { type pulse hint.description "virtual room" }
ctl.!default { type pulse }
pcm.tablespeaker { type pulse device "speaker" hint.description "the loudspeaker, by its name" }
pcm.tablemic { type pulse device "mic" hint.description "the microphone, by its name" }
"""

SCRIPT = """
.fail
load-module module-native-protocol-unix auth-anonymous=1 auth-cookie-enabled=0 socket={socket}
load-module module-cli-protocol-unix socket={socket}.cli
load-module module-null-sink sink_name=mic_feed rate=16000 channels=1 norewinds=1
load-module {loudspeaker}
load-module {microphone}
set-default-sink speaker
set-default-source mic
"""
"""Without `norewinds` a null sink renders two seconds ahead and loses beginnings."""

MICROPHONE = "module-remap-source source_name=mic master=mic_feed.monitor channels=1"
LOUDSPEAKER = "module-null-sink sink_name=speaker rate=16000 channels=1 norewinds=1"

NOISE = 'while cat "$0"; do :; done | pacat --playback --device=mic_feed --latency-msec=200 "$@"'
"""A shell's words: the noise of a room for ever, for no live microphone gives exact zeros."""

RAW = ("--raw", "--format=s16le", "--rate=16000", "--channels=1")


class SoundServer:
    """Start it, stop it, freeze it; play into the microphone, record the loudspeaker."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        native = folder / "native"
        (folder / "asound.conf").write_text(ALSA)
        script = SCRIPT.format(socket=native, microphone=MICROPHONE, loudspeaker=LOUDSPEAKER)
        (folder / "default.pa").write_text(script)
        noise = np.random.default_rng(1).normal(0, 3, 16_000 * 10)
        (folder / "noise.raw").write_bytes(np.rint(noise).astype("<i2").tobytes())
        (folder / "client.conf").write_text("autospawn = no\n")
        self.environment = {
            "ALSA_CONFIG_PATH": str(folder / "asound.conf"),
            "PULSE_CONFIG_PATH": str(folder),
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_RUNTIME_PATH": str(folder),
            "PULSE_SERVER": f"unix:{native}",
            "PULSE_STATE_PATH": str(folder),
        }
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server, and wait until it has its devices."""
        script = self._folder / "default.pa"
        options = ("--exit-idle-time=-1", "--use-pid-file=no", "--realtime=no", "--daemonize=no")
        self._server = self._run("pulseaudio", "-n", "-F", str(script), *options)
        end = time.monotonic() + 10
        while self._ask("pactl", "get-default-source") != "mic":
            assert time.monotonic() < end, "the sound server did not start"
        self._noise = self._run("sh", "-c", NOISE, str(self._folder / "noise.raw"), *RAW)

    def stop(self) -> None:
        """Kill the server, as a crash would."""
        assert self._server is not None
        self.freeze(on=False)
        self._server.kill()
        self._server.wait()

    def freeze(self, *, on: bool) -> None:
        """Stop the server without ending it, or let it go on."""
        assert self._server is not None
        with contextlib.suppress(ProcessLookupError):
            self._server.send_signal(signal.SIGSTOP if on else signal.SIGCONT)

    def quiet(self, *, on: bool = True) -> None:
        """End the noise of the room: its microphone gives exact zeros until it is back."""
        while not (noise := self._ask("pactl", "list", "short", "sink-inputs")):
            pass
        self._ask("pactl", "set-sink-input-mute", noise.split()[0], str(int(on)))

    def unplug(self, what: str) -> None:
        """Take the `microphone` or the `loudspeaker` away.

        The server moves streams to what is left; those of the loudspeaker are cut instead, for
        else they would be played to the microphone.
        """
        module, arguments = self._module(what).split(" ", 1)
        for line in self._ask("pactl", "list", "short", "modules").splitlines():
            number, name, found = line.split("\t")[:3]
            if (name, found) == (module, arguments):
                playing = self._ask("pactl", "list", "short", "sink-inputs").splitlines()
                self._ask("pactl", "unload-module", number)
                for stream in playing if what == "loudspeaker" else ():
                    index, sink = stream.split()[:2]
                    if sink != self._feed():
                        self._command(f"kill-sink-input {index}")

    def plug(self, what: str) -> None:
        """Bring it back, as the default again."""
        self._ask("pactl", "load-module", *self._module(what).split())
        if what == "microphone":
            self._ask("pactl", "set-default-source", "mic")
        else:
            self._ask("pactl", "set-default-sink", "speaker")

    def listen_to(self, pipe: Path) -> None:
        """Make `pipe` and take 16 kHz mono s16le that is written to it for the microphone's."""
        pipe.unlink(missing_ok=True)
        form = ("rate=16000", "channels=1", "format=s16le")
        source = ("module-pipe-source", "source_name=piped", f"file={pipe}", *form)
        self._ask("pactl", "load-module", *source)
        self._ask("pactl", "set-default-source", "piped")

    def suspend(self, *, on: bool) -> None:
        """Let the microphone deliver nothing, or go on."""
        self._ask("pactl", "suspend-source", "mic", str(int(on)))
        self._ask("pactl", "suspend-sink", "mic_feed", str(int(on)))

    def say(self, sound: np.ndarray) -> None:
        """Play int16 `sound` into the microphone, in real time."""
        player = self._run("pacat", "--playback", "--device=mic_feed", "--latency-msec=200", *RAW)
        player.communicate(sound.astype("<i2").tobytes())

    @contextlib.contextmanager
    def echo(self, share: float):
        """A `share` of what leaves the loudspeaker comes back into the microphone, 0.1 s later."""
        before = set(self._ask("pactl", "list", "short", "sink-inputs").splitlines())
        echo = ("source=speaker.monitor", "sink=mic_feed", "latency_msec=100", "adjust_time=0")
        module = self._ask("pactl", "load-module", "module-loopback", *echo)
        after = set(self._ask("pactl", "list", "short", "sink-inputs").splitlines())
        (stream,) = after - before
        loudness = str(round(65_536 * share ** (1 / 3)))  # the server's scale is cubic
        self._ask("pactl", "set-sink-input-volume", stream.split()[0], loudness)
        try:
            yield
        finally:
            self._ask("pactl", "unload-module", module)

    def microphone_users(self, count: int, within: float = 3.0) -> bool:
        """Wait until `count` programs have the microphone open; False after `within` seconds."""
        end = time.monotonic() + within
        while self._ask("pactl", "list", "short", "source-outputs").count("native") != count:
            if time.monotonic() > end:
                return False
        return True

    @contextlib.contextmanager
    def recording(self, device: str = "speaker"):
        """A list that holds, afterwards, the int16 sound that left the loudspeaker.

        Or, for `mic_feed`, what the microphone heard.
        """
        recorder = self._run("parec", f"--device={device}.monitor", "--latency-msec=20", *RAW)
        heard: list[np.ndarray] = []
        assert recorder.stdout is not None
        pieces = [recorder.stdout.read(640)]
        reader = threading.Thread(target=lambda: pieces.extend(iter(recorder.stdout.read1, b"")))
        reader.start()
        try:
            yield heard
        finally:
            recorder.terminate()
            reader.join()
            recorder.communicate()
            heard.append(np.frombuffer(b"".join(pieces), "<i2"))

    def _feed(self) -> str:
        sinks = self._ask("pactl", "list", "short", "sinks").splitlines()
        return next(sink.split()[0] for sink in sinks if "mic_feed" in sink)

    def _command(self, words: str) -> None:
        """Tell the server what `pactl` has no words for."""
        with socket.socket(socket.AF_UNIX) as cli:
            cli.connect(f"{self._folder / 'native'}.cli")
            cli.sendall(f"{words}\n".encode())
            cli.settimeout(0.2)
            with contextlib.suppress(TimeoutError):
                while cli.recv(1000):
                    pass

    def _module(self, what: str) -> str:
        return {"microphone": MICROPHONE, "loudspeaker": LOUDSPEAKER}[what]

    def _run(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            env=os.environ | self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _ask(self, *command: str) -> str:
        return self._run(*command).communicate()[0].decode().strip()
