"""The ear: sound in, attention, sound out, in one process of its own."""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from collections import deque

import numpy as np

from roomtone.app.beat import Beat, Stride
from roomtone.app.ear_setup import EarSetup, attention_of
from roomtone.app.rim import DeviceRim, FileRim, Rim
from roomtone.app.yielding import Yielding
from roomtone.base import message
from roomtone.base.error import OwnerError
from roomtone.base.frame import BLOCK_SAMPLES, SAMPLE_RATE
from roomtone.base.wire import ChildWire
from roomtone.base.worker import wire_of
from roomtone.capture import listing
from roomtone.capture.echo import Canceller, canceller
from roomtone.capture.resample import Resampler, Samples
from roomtone.detect.attention import Attention
from roomtone.detect.port import Told
from roomtone.speak.player import Player
from roomtone.system import logs
from roomtone.system.code_memory import require_code_memory
from roomtone.system.walls import probe

HOLD = 3.0
"""Seconds that an answer waits for a lost loudspeaker; then it goes on unheard."""

RING = 1.0
"""Seconds after our last sound from which on whatever is heard is somebody's."""

INBOX = 64
"""Requests that may wait for the next block; the reader stops reading beyond."""

SHORT_FADE_MS = 8
"""When somebody speaks: as soon as it makes no click."""

ONLY_WORDS = "only wake words and stop words over an answer"


class Ear:
    """One block in, one block out, and what the core wants in between."""

    def __init__(
        self,
        rim: Rim,
        attention: Attention,
        player: Player,
        wire: ChildWire[message.EarIn],
        echo: Canceller,
    ) -> None:
        self._rim = rim
        self._attention = attention
        self._player = player
        self._wire = wire
        self._echo = echo
        self._yielding = Yielding(player)
        self._sound = np.zeros(BLOCK_SAMPLES, np.int16)
        self._inbox: queue.Queue[message.EarIn | None] = queue.Queue(INBOX)
        self._blocks = 0
        self._granted = self._unheard = self._rung_out = 0.0
        self._beat = Beat()
        self._stride = Stride()
        self._leaving: deque[message.SoundBegan | message.SoundEnded] = deque()

    def run(self) -> None:
        """Until the core closes the wire. Raises OwnerError when a file cannot be written."""
        threading.Thread(target=self._receive, name="inbox", daemon=True).start()
        over, judge = self._attention.over.complaint, self._attention.judge.complaint
        for kind, complaint, action in (
            ("echo_uncancelled", self._echo.complaint, ONLY_WORDS),
            ("voices_untold", over, ONLY_WORDS),
            ("ends_untold", judge, "waiting longer at every pause; run `roomtone models pull`"),
        ):
            if complaint:
                self._complain(complaint, action, kind)
        while self._obey_all():
            self._step()

    @property
    def _t(self) -> float:
        return self._blocks * BLOCK_SAMPLES / SAMPLE_RATE

    def _receive(self) -> None:
        try:
            while (request := self._wire.receive()) is not None:
                self._inbox.put(request)
        except OSError:
            pass
        self._inbox.put(None)

    def _obey_all(self) -> bool:
        """Do what the core wants; wait for it while no more sound is granted. False at the end."""
        while True:
            next_t = (self._blocks + 1) * BLOCK_SAMPLES / SAMPLE_RATE
            wait = self._rim.granted_only and next_t > self._granted + 1e-6
            try:
                request = self._inbox.get(block=wait)
            except queue.Empty:
                return True
            if request is None:
                return False
            self._obey(request)

    def _obey_meanwhile(self) -> None:
        """Do what the core wanted while a block came in, so that it is heard a block sooner."""
        while self._rim.timed and not self._inbox.empty():
            request = self._inbox.get()
            if request is None:
                self._inbox.put(None)  # the end, which `_obey_all` tells
                return
            self._obey(request)

    def _obey(self, request: message.EarIn) -> None:
        match request:
            case message.Attend():
                self._attention.attend(request)
                self._yielding.over()
            case message.Expect():
                self._attention.expect(request)
            case message.Learnt():
                self._attention.learn(request)
            case message.Play():
                if not self._player.play(request):
                    self._complain("too much sound is waiting", "the newest was dropped")
            case message.PlayEnd():
                self._player.end(request.turn)
            case message.Hush():
                self._player.hush(0 if self._withdraw(request.fade_ms) else request.fade_ms)
                self._unheard += HOLD
            case message.Resume():
                self._yielding.resume()
            case message.Volume():
                self._player.set_volume(request.level)
            case message.Microphone():
                self._rim.open_microphone(wanted=request.open)
            case message.Grant():
                self._granted = request.t
                self._rim.keep_time(wanted=request.timed)

    def _step(self) -> None:
        t = self._t
        rests = self._attention.resting
        pace = self._stride.next(t, self._blocks, busy=self._busy, rests=rests)
        self._rim.rest(pace.paces)
        block = self._rim.read(pace.blocks)
        self._blocks += pace.blocks
        if pace.blocks == 1:
            self._obey_meanwhile()
        self._echo.follow(self._rim.lag)
        heard = self._echo.clean(block, self._sound)
        self._sound = self._sound[:0]
        alone = self._echo.unheard or t >= self._rung_out
        self._attention.over.heard(self._echo.residue, alone=alone)
        for told in self._attention.feed(heard):
            self._give_way(told)
            self._wire.send(told)
        perhaps = self._attention.over.perhaps and self._yielding.gives_way
        self._player.duck(wanted=perhaps)
        self._yielding.step(t)
        self._sound = sound = self._next_sound(t, len(block))
        if sound.any():
            self._rung_out = t + RING
        self._attention.played(sound, calls=self._player.calling)
        self._rim.write(sound)
        while self._leaving and self._leaving[0].t <= self._t:
            self._wire.send(self._leaving.popleft())
        for news in self._rim.news(self._t):
            self._wire.send(news)
        self._tick(block, rests=pace.blocks > 1)
        if self._rim.hung:
            os._exit(1)

    @property
    def _busy(self) -> bool:
        sounding = bool(self._player.queued or self._leaving)
        return self._rim.granted_only or sounding or not self._attention.asleep

    def _give_way(self, told: Told) -> None:
        match told:
            case message.SpeechBegan(kind="interruption", clear=True, t=t):
                sounded = not self._player.paused
                self._yielding.began(t)
                if sounded and self._player.paused:
                    self._player.cut(self._withdraw(SHORT_FADE_MS))
            case message.SpeechEnd(kind="interruption", t=t):
                self._yielding.ended(t)

    def _withdraw(self, fade_ms: int) -> int:
        """Fade out what was written and has not left yet; how many samples are silence."""
        count = self._rim.hush(fade_ms)
        if count:
            self._echo.withdraw(max(count - len(self._sound), 0))
            self._sound = np.zeros_like(self._sound)
        return count

    def _next_sound(self, t: float, size: int) -> Samples:
        """What the loudspeaker gets; while there is none, an answer waits for it a little."""
        audible = self._rim.audible
        self._unheard = 0.0 if audible else self._unheard + size / SAMPLE_RATE
        late = 0.0 < self._unheard < HOLD or self._rim.drowsy
        if late and self._player.queued:
            return np.zeros(size, np.int16)
        leaves = t + self._rim.latency
        sound, told = self._player.next_block(size, leaves, heard=audible)
        self._leaving.extend(told)
        return sound

    def _tick(self, block: Samples, *, rests: bool) -> None:
        level = self._beat.feed(block, rests=rests)
        if level is None:
            return
        self._wire.send(
            message.Tick(
                t=self._t,
                level_db=level,
                queued=self._player.queued,
                erle_db=self._echo.erle_db,
                echo_delay=self._echo.delay_s,
                **self._rim.account._asdict(),
            )
        )

    def _complain(self, fault: str, action: str, kind: str = "") -> None:
        self._wire.send(message.Complaint(fault=fault, action=action, kind=kind))


def main(argv: list[str] | None = None) -> None:
    """`--wire FD`: be the ear of a core. `--devices`: print the sound devices as JSON."""
    arguments = sys.argv if argv is None else argv
    if arguments[1:] == ["--devices"]:
        listing.main()
        return
    logs.of_part()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the core says when to end, by closing the wire
    first: ChildWire[EarSetup] = ChildWire(wire_of(arguments), EarSetup)
    setup = first.receive()
    if setup is None:
        return
    wire = first.retype(message.EarIn)
    try:
        _live(setup, wire)
    except OwnerError as problem:
        try:
            wire.send(message.Unable(advice=str(problem)))
        except ConnectionError:
            sys.exit(str(problem))
        sys.exit(1)


def _live(setup: EarSetup, wire: ChildWire[message.EarIn]) -> None:
    rim = _rim(setup)
    rim.begin(microphone=not setup.muted)
    attention = attention_of(setup)
    player = Player(lambda rate: Resampler(rate, SAMPLE_RATE), setup.volume)
    try:
        wire.send(message.Ready(detail=rim.started() | {"walls": str(probe())}))
        Ear(rim, attention, player, wire, canceller(setup.sound, setup.echo_delay_s)).run()
    except ConnectionError:
        pass
    finally:
        rim.close()


def _rim(setup: EarSetup) -> Rim:
    if setup.input_file:
        return FileRim(setup.input_file, setup.output_file, realtime=setup.realtime)
    require_code_memory("the sound devices cannot be opened")
    return DeviceRim(setup.sound, setup.output_file)


if __name__ == "__main__":
    main()
