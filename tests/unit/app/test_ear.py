"""The loop of the ear: blocks, wishes, news, with scripted ends."""

from __future__ import annotations

import socket
import threading
import time
from types import SimpleNamespace

import numpy as np
import pytest

from fakes.over import Over
from roomtone.app.beat import LINGER
from roomtone.app.ear import Ear
from roomtone.app.rim import Account
from roomtone.base import message
from roomtone.base.wire import ChildWire, pack
from roomtone.capture.devices import WORK
from roomtone.capture.echo import Lag, Uncancelled
from roomtone.speak.player import Player


class Rim:
    """Gives silence, keeps what is played."""

    granted_only = True
    timed = False
    hung = drowsy = False
    audible = True
    latency = 0.0
    lag = Lag(1, 0.0)
    account = Account(1.5, 0.25, "open")

    def __init__(self):
        self.written = []
        self.reads = []
        self.microphone = True
        self.waiting = 0

    def keep_time(self, *, wanted):
        self.timed = wanted

    def read(self, blocks=1):
        self.reads.append(blocks)
        return np.full(320 * blocks, 3277, np.int16)

    def write(self, block):
        self.written.append(block)

    def hush(self, fade_ms):
        return self.waiting if self.written else 0

    def rest(self, paces):
        self.paces = paces

    def open_microphone(self, *, wanted):
        self.microphone = wanted

    def news(self, t):
        return [message.InputEnded(t=t)] if t == pytest.approx(0.1) else []


class Attention:
    """Remembers what it was told."""

    def __init__(self):
        self.wishes = []
        self.blocks = 0
        self.over = Over()
        self.judge = SimpleNamespace(complaint="")
        self.resting = self.asleep = False
        self.speech = None
        self.echo = None

    def attend(self, wish):
        self.wishes.append(wish)

    expect = attend

    def played(self, block, *, calls=False):
        pass

    def feed(self, block):
        self.blocks += 1
        if self.speech is None or self.blocks != self.speech:
            return []
        return [
            message.SpeechBegan(
                t=self.blocks * 0.02, segment=1, kind="interruption", clear=self.over.clear
            )
        ]


class Unchanged:
    def convert(self, piece, *, last=False):
        return np.rint(piece * 32768).astype(np.int16)


@pytest.fixture
def core():
    """(send, receive, rim, attention) of a running ear."""
    ours, theirs = socket.socketpair()
    rim, attention = Rim(), Attention()
    wire = ChildWire(theirs, message.EarIn)
    attention.echo = echo = Uncancelled()
    ear = Ear(rim, attention, Player(lambda _rate: Unchanged()), wire, echo)
    thread = threading.Thread(target=ear.run)
    thread.start()
    inbox = ChildWire(ours, message.EarOut)
    yield (lambda request: ours.sendall(pack(request))), inbox.receive, rim, attention
    ours.shutdown(socket.SHUT_WR)
    thread.join(5)
    assert not thread.is_alive()
    ours.close()
    theirs.close()


def until(receive, kind):
    told = []
    while not told or not isinstance(told[-1], kind):
        told.append(receive())
    return told


def test_the_stream_runs_as_far_as_granted_and_not_a_block_further(core):
    send, receive, rim, _ = core
    send(message.Grant(t=0.17))
    until(receive, message.Tick)
    until(receive, message.Tick)
    send(message.Play(turn=1, pcm=bytes(2 * 16_000 * 91), rate=16_000))
    until(receive, message.Complaint)
    assert len(rim.written) == 8


@pytest.mark.parametrize("timed", [True, False])
def test_a_grant_tells_whether_the_recording_keeps_the_pace_of_a_room(core, timed):
    send, receive, rim, _ = core
    rim.timed = not timed
    send(message.Grant(t=0.17, timed=timed))
    until(receive, message.Tick)
    assert rim.timed is timed


def test_a_tick_every_80_ms_tells_the_level_and_what_waits(core):
    send, receive, _, _ = core
    send(message.Play(turn=1, pcm=b"\x10\x27" * 16_000, rate=16_000))
    send(message.Grant(t=0.08))
    tick = until(receive, message.Tick)[-1]
    assert tick.t == pytest.approx(0.08)
    assert tick.level_db == pytest.approx(-20.0, abs=0.1)
    assert tick.queued == pytest.approx(0.92)
    assert (tick.captured, tick.lost, tick.microphone) == (1.5, 0.25, "open")


def test_sound_that_is_played_is_told_when_it_begins_and_ends(core):
    send, receive, rim, _ = core
    send(message.Play(turn=3, pcm=b"\x10\x27" * 800, rate=16_000))
    send(message.PlayEnd(turn=3))
    send(message.Grant(t=1.0))
    told = until(receive, message.SoundEnded)
    assert told[-1].t == pytest.approx(0.05)
    assert told[0] == message.SoundBegan(t=0.0, turn=3)
    assert any(block.any() for block in rim.written)


def test_too_much_sound_is_refused_with_a_complaint(core):
    send, receive, _, _ = core
    send(message.Play(turn=1, pcm=bytes(2 * 16_000 * 91), rate=16_000))
    assert "too much sound" in until(receive, message.Complaint)[-1].fault


@pytest.mark.parametrize(
    ("lacks", "action"), [("over", "stop words"), ("judge", "roomtone models pull")]
)
def test_an_ear_that_lacks_a_network_says_what_it_cannot_and_what_to_run(lacks, action):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        attention = Attention()
        getattr(attention, lacks).complaint = "the network is missing"
        player = Player(lambda _rate: Unchanged())
        ear = Ear(Rim(), attention, player, ChildWire(theirs, message.EarIn), Uncancelled())
        ours.shutdown(socket.SHUT_WR)
        ear.run()
        told = ChildWire(ours, message.EarOut).receive()
    assert told.fault == "the network is missing"
    assert action in told.action


def test_wishes_reach_whom_they_are_for(core):
    send, receive, rim, attention = core
    send(message.Attend(mode="listening", seconds=2.0))
    send(message.Expect(segment=4, more="complete"))
    send(message.Microphone(open=False))
    send(message.Grant(t=0.08))
    until(receive, message.Tick)
    assert attention.wishes == [
        message.Attend(mode="listening", seconds=2.0),
        message.Expect(segment=4, more="complete"),
    ]
    assert not rim.microphone


def test_an_answer_waits_for_a_lost_loudspeaker_and_goes_on_where_it_was(core):
    send, receive, rim, _ = core
    rim.audible = False
    send(message.Play(turn=3, pcm=b"\x10\x27" * 1600, rate=16_000))
    send(message.PlayEnd(turn=3))
    send(message.Grant(t=2.0))
    for _ in range(25):
        until(receive, message.Tick)
    assert not any(block.any() for block in rim.written)
    rim.audible = True
    send(message.Grant(t=4.0))
    assert until(receive, message.SoundEnded)[-1].played == pytest.approx(0.1)


def test_without_a_loudspeaker_an_answer_ends_in_time_and_counts_as_unheard(core):
    send, receive, rim, _ = core
    rim.audible = False
    send(message.Play(turn=3, pcm=b"\x10\x27" * 1600, rate=16_000))
    send(message.PlayEnd(turn=3))
    send(message.Grant(t=4.0))
    ended = until(receive, message.SoundEnded)[-1]
    assert (ended.turn, ended.played) == (3, 0.0)


LONG = message.Play(turn=3, pcm=b"\x10\x27" * 32_000, rate=16_000)


def test_an_answer_gives_way_to_a_voice_within_a_block_and_goes_on_when_it_is_told_to(core):
    send, receive, rim, attention = core
    attention.speech, attention.echo.unheard = 10, True
    send(LONG)
    send(message.Grant(t=0.8))
    assert until(receive, message.SpeechBegan)[-1].clear
    for _ in range(8):
        until(receive, message.Tick)
    assert [block.any() for block in rim.written] == [True] * 10 + [False] * 30
    send(message.Resume())
    send(message.Grant(t=1.2))
    for _ in range(5):
        until(receive, message.Tick)
    assert all(block.any() for block in rim.written[40:])


@pytest.mark.parametrize("hushed", [False, True])
def test_what_waits_for_the_loudspeaker_falls_silent_too_and_no_echo_of_it_is_expected(
    core, monkeypatch, hushed
):
    send, receive, rim, attention = core
    withdrawn = []
    monkeypatch.setattr(attention.echo, "withdraw", withdrawn.append, raising=False)
    attention.speech, attention.echo.unheard = None if hushed else 10, True
    rim.waiting = 900
    send(LONG)
    send(message.Grant(t=0.16 if hushed else 0.8))
    until(receive, message.Tick)
    until(receive, message.Tick)
    if hushed:
        send(message.Hush(fade_ms=30))
        send(message.Grant(t=0.8))
    for _ in range(8):
        until(receive, message.Tick)
    sounding = 8 if hushed else 9
    assert [block.any() for block in rim.written] == [True] * sounding + [False] * (40 - sounding)
    assert withdrawn == [900 - 320 if hushed else 900]


def test_before_our_own_voice_is_under_control_nothing_gives_way_to_it(core):
    send, receive, rim, attention = core
    attention.speech = 30
    send(LONG)
    send(message.Grant(t=1.2))
    began = until(receive, message.SpeechBegan)[-1]
    assert not began.clear
    for _ in range(7):
        until(receive, message.Tick)
    assert all(block.any() for block in rim.written)


def test_while_somebody_may_be_speaking_it_is_soft(core):
    send, receive, rim, attention = core
    attention.over.perhaps = True
    send(LONG)
    send(message.Grant(t=0.4))
    for _ in range(5):
        until(receive, message.Tick)
    assert max(np.abs(block).max() for block in rim.written[2:]) <= 2_501
    attention.over.perhaps = False
    send(message.Grant(t=0.8))
    for _ in range(5):
        until(receive, message.Tick)
    assert rim.written[-1].max() == 10_000
    assert attention.over.residues == [0] * 40


def test_at_rest_it_wakes_every_300_ms_until_something_is_played(core):
    send, receive, rim, attention = core
    send(message.Grant(t=2.0))
    while until(receive, message.Tick)[-1].t < 1.9:
        pass
    assert set(rim.reads) == {1}
    rim.granted_only, attention.resting = False, True
    attention.asleep = True
    send(message.Grant(t=2.1))
    while until(receive, message.Tick)[-1].t < 2.0 + LINGER:
        pass
    ticks = [until(receive, message.Tick)[-1].t for _ in range(4)]
    assert np.diff(ticks[1:]) == pytest.approx([0.3, 0.3])
    assert len(rim.written[-1]) == 4800
    attention.resting = False
    while rim.reads[-2:] != [8, 8]:
        until(receive, message.Tick)
    before = len(rim.reads)
    rim.drowsy = True
    send(message.Play(turn=1, pcm=b"\x10\x27" * 16_000, rate=16_000))
    while until(receive, message.Tick)[-1].queued == 0:
        pass
    assert 1 in rim.reads[before:]
    assert rim.paces.loudspeaker == WORK
    assert not any(block.any() for block in rim.written[-20:])
    silent, rim.drowsy = len(rim.written), False
    while not any(block.any() for block in rim.written[silent:]):
        until(receive, message.Tick)
    rim.granted_only = True  # it stops here
    assert {len(block) for block in rim.written[silent:] if block.any()} == {320}


def test_what_is_to_be_played_is_heard_in_the_block_during_which_it_came():
    ours, theirs = socket.socketpair()

    class Live(Rim):
        """Whoever is to be heard comes while the first block is waited for; the core then goes."""

        granted_only = False
        timed = True

        def read(self, blocks=1):
            if not self.reads:
                ours.sendall(pack(LONG))
                while ear._inbox.empty():
                    time.sleep(0.001)
            elif len(self.reads) == 1:
                ours.shutdown(socket.SHUT_WR)
            return super().read(blocks)

    rim, attention = Live(), Attention()
    attention.echo = echo = Uncancelled()
    player = Player(lambda _rate: Unchanged())
    ear = Ear(rim, attention, player, ChildWire(theirs, message.EarIn), echo)
    ear.run()
    assert rim.written[0].any()
    ours.close()
    theirs.close()
