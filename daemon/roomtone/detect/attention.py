"""What the ear attends to: wake words always, speech when it is for us; segments go out whole."""

from __future__ import annotations

from collections import deque

import numpy as np

from roomtone.base import message
from roomtone.base.frame import SAMPLE_RATE
from roomtone.detect.depth import power
from roomtone.detect.endpoint import HOP_MS, VOICED, Endpoint, Hop
from roomtone.detect.gate import Gate
from roomtone.detect.judge import Judge
from roomtone.detect.onset import Onset
from roomtone.detect.own_voice import OwnVoice
from roomtone.detect.port import Over, Samples, Told, Voice
from roomtone.detect.preroll import Preroll
from roomtone.detect.segment import Segment
from roomtone.detect.settings import EndpointSettings
from roomtone.detect.spotter import Spotter
from roomtone.detect.trigger import Wake
from roomtone.detect.vad import HOP_SAMPLES
from roomtone.detect.wake import FRAME_SAMPLES, REPLAY_SAMPLES

KEPT_SECONDS = 9
"""Sound remembered: all that the turn network reads."""

WAKE_REACH = 1.6
"""Seconds before a detection in which the whole wake word lies."""

WORD_TAIL = 0.1
"""Seconds of the wake word's own voice after its detection: 110 ms in the median of 156 recordings,
so that a wake word alone has less than 190 ms of voice in 99 of 100."""

LEAD = 0.2
"""Seconds of sound before the first voice, so that no soft consonant is lost."""

OPENING_LEAD = 0.3
"""The same for speech without a wake word."""

VOICE_REPLAY = round(WAKE_REACH * SAMPLE_RATE)
"""Samples before somebody asks for voice that are searched for it: a wake word begins in them."""

WORD_REPLAY = 4 * FRAME_SAMPLES
"""Samples before the gate opened whose scores are looked at; a wake word scores at its end."""

WORD_HOPS = 8
"""Hops of voice, 256 ms, that a doubtful wake word has, and any in noise: a clatter has none."""

LOUD = (32768 * 10 ** (-55 / 20)) ** 2
"""Mean square, s16, of the quieter moments around a wake from which it counts as said in noise."""

BEGUN_HOPS = 2
"""Hops for which a voice has been there at least that is told by what the canceller leaves."""

CHUNK_SAMPLES = SAMPLE_RATE * 40 // 1000
GRACE = 0.25
"""Seconds in which a wake word outlives an `Attend` that had crossed it on the way."""

INTERRUPTION = EndpointSettings(longest_silence_ms=400, longest_utterance_seconds=6.0)


class Attention:
    """Blocks in, messages out; `attend` sets the mode. Time is counted in samples."""

    def __init__(
        self,
        spotter: Spotter,
        voice: Voice,
        judge: Judge,
        endpoint: EndpointSettings,
        own_voice: OwnVoice,
        over: Over,
        gate: Gate | None = None,
    ) -> None:
        self._spotter = spotter
        self._voice = voice
        self.judge = judge
        self._own_voice = own_voice
        self.over = over
        """Tells somebody from our own voice; the ear says first what the next block has of it."""
        self._gate = gate
        self._endpoint = endpoint
        self._sound = Preroll(KEPT_SECONDS * SAMPLE_RATE)
        self._hopped = self._framed = 0
        self._hops: deque[Hop] = deque(maxlen=round(WAKE_REACH * 1000 / HOP_MS))
        self._onsets = {"listening": Onset(4, 6, VOICED), "watching": Onset(2, 3, 0.35)}
        self._mode = "asleep"
        self._opens = self._deadline = 0.0
        self._after_wake = False
        self._segment: Segment | None = None
        self._number = 0
        self.resting = False
        """Whether it is asleep in a quiet room, where no block has to be heard at once."""

    @property
    def t(self) -> float:
        """Seconds of sound fed so far."""
        return self._sound.end / SAMPLE_RATE

    def attend(self, wish: message.Attend) -> None:
        """Listen like this from now on; see `message.Attend`."""
        self._opens = self.t + wish.after
        self._deadline = self._opens + wish.seconds
        segment = self._segment
        if segment is not None:
            young = segment.kind == "wake" and self.t - segment.opened < GRACE
            kept = wish.mode == "listening" and segment.kind != "interruption"
            if young or kept:
                return
            self._segment = None
        self._mode = wish.mode
        for onset in self._onsets.values():
            onset.reset()

    def learn(self, learnt: message.Learnt) -> None:
        """Know these voices and false alarms from now on."""
        self._spotter.learn(learnt)

    def expect(self, wish: message.Expect) -> None:
        """Take what the words of the pausing segment want into account."""
        segment = self._segment
        if segment is not None and segment.number == wish.segment:
            segment.endpoint.expect(wish.more)

    def played(self, block: Samples, *, calls: bool = False) -> None:
        """What the loudspeaker gets while the last block was heard."""
        self._own_voice.feed(block, self.t, calls=calls)

    def feed(self, block: Samples) -> list[Told]:
        """The next block, of any length up to a second; what it brought."""
        self._sound.push(block)
        told: list[Told] = []
        if self._rests(block):
            return told
        if not self.asleep:
            hops = self._asked()
            self.over.feed(hops[-1][0].voice if hops else self._hops[-1].voice if self._hops else 0)
            for hop, t in hops:
                self._hear(hop, t, told)
            self._begin_over(told)
        count = (self._sound.end - self._framed) // FRAME_SAMPLES
        sound = self._sound.slice(self._framed, self._framed + count * FRAME_SAMPLES)
        for heard in self._spotter.hear(sound) if count else ():
            self._framed += FRAME_SAMPLES
            t = self._framed / SAMPLE_RATE
            wake = self._spotter.feed(heard, t, self._newest)
            if wake is not None and not self._own_voice.said(wake.phrase, t):
                for hop, at in self._asked():
                    self._hear(hop, at, told)
                if self._voiced or not self._needs_voice(wake):
                    self._woken(wake, t, told)
                else:
                    self._spotter.refused()
        if self._segment is not None and self._sound.end - self._segment.sent >= CHUNK_SAMPLES:
            told += self._segment.chunk(self._sound)
        return told

    def _rests(self, block: Samples) -> bool:
        """Whether nobody has to hear this block: asleep, in a quiet room."""
        wanted = self._gate is None or self._gate.feed(block)
        wanted = wanted or not self.asleep
        if wanted and self.resting:
            self._catch_up()
        self.resting = not wanted
        return self.resting

    @property
    def asleep(self) -> bool:
        """Whether nothing but a wake word matters."""
        return self._mode == "asleep" and self._segment is None

    @property
    def _voiced(self) -> bool:
        return sum(hop.voice >= VOICED for hop in self._hops) >= WORD_HOPS

    def _needs_voice(self, wake: Wake) -> bool:
        """In a quiet room a clear word may be whispered; over an answer the hops hold our own."""
        quieter = np.percentile([hop.power for hop in self._hops], 10) if self._hops else 0.0
        return not wake.sure or (self.asleep and bool(quieter >= LOUD))

    def _newest(self, count: int) -> Samples:
        return self._sound.slice(self._framed - count, self._framed)

    def _asked(self) -> list[tuple[Hop, float]]:
        """New hops and where they end; of what was slept through, as far back as a wake word."""
        hops = []
        hopped = (self._sound.end - VOICE_REPLAY) // HOP_SAMPLES * HOP_SAMPLES
        if hopped > self._hopped:
            self._hopped = hopped
            self._voice.reset()
            self._hops.clear()
        while self._hopped + HOP_SAMPLES <= self._sound.end:
            sound = self._sound.slice(self._hopped, self._hopped + HOP_SAMPLES)
            self._hopped += HOP_SAMPLES
            hop = Hop(self._voice.probability(sound), power(sound))
            hops.append((hop, self._hopped / SAMPLE_RATE))
        return hops

    def _begin_over(self, told: list[Told]) -> None:
        """Somebody who is told from our own voice needs no onset."""
        free = self._segment is None or not self._segment.clear
        if free and self._mode == "watching" and self.over.begins and self.t > self._opens:
            self._opened(self._onsets["watching"], self.t, told)

    def _catch_up(self) -> None:
        """Score the last frames, as if none had been left out."""
        framed = (self._sound.end - WORD_REPLAY) // FRAME_SAMPLES * FRAME_SAMPLES
        if framed - REPLAY_SAMPLES >= self._framed:
            self._framed = framed
            self._spotter.replay(self._sound.slice(framed - REPLAY_SAMPLES, framed))

    def _hear(self, hop: Hop, t: float, told: list[Told]) -> None:
        self._hops.append(hop)
        segment = self._segment
        if segment is not None:
            onset = self._onsets["watching"]
            if not segment.clear and onset.feed(hop.voice) and self.over.clear:
                self._opened(onset, t, told)  # what was taken for our own voice is somebody's
            else:
                self._follow(segment, hop, t, told)
        elif self._mode != "asleep" and t > self._opens:
            onset = self._onsets[self._mode]
            if onset.feed(hop.voice):
                self._opened(onset, t, told)
            elif self._mode == "listening" and t >= self._deadline and not onset.rising:
                self._mode = "asleep"
                told.append(message.WindowClosed(t=t, segment=self._number))

    def _follow(self, segment: Segment, hop: Hop, t: float, told: list[Told]) -> None:
        endpoint = segment.endpoint
        endpoint.feed(hop, t)
        if endpoint.spoke and not segment.spoke:
            segment.spoke = True
            told.append(message.SpeechBegan(t=t, segment=segment.number, kind=segment.kind))
        if endpoint.silence_ms == 0:
            self.judge.forget()
        if endpoint.pauses() and segment.kind != "interruption":
            self.judge.ask(self._sound.slice(segment.began, self._sound.end))
            told += segment.chunk(self._sound)
            told.append(message.SpeechPaused(t=t, segment=segment.number))
        turn = self.judge.answer()
        if endpoint.over(turn):
            self._ended(segment, t, turn or 0.0, told)

    def _woken(self, wake: Wake, t: float, told: list[Told]) -> None:
        voiced = [hop.voice >= VOICED for hop in self._hops]
        reach = len(voiced) - voiced.index(True) if True in voiced else len(voiced)
        began = self._place(t - reach * HOP_MS / 1000 - LEAD)
        endpoint = Endpoint(self._endpoint, t + WORD_TAIL)
        self._segment = segment = self._new("wake", began, endpoint)
        self._mode = "listening"
        told.append(
            message.WakeDetected(
                t=t,
                phrase=wake.phrase,
                score=wake.score,
                segment=segment.number,
                began=began / SAMPLE_RATE,
                trace=wake.trace,
            )
        )

    def _opened(self, onset: Onset, t: float, told: list[Told]) -> None:
        begun = max(onset.hops, BEGUN_HOPS)
        voice = t - begun * HOP_MS / 1000
        watching = self._mode == "watching"
        kind: message.Kind = (
            "interruption" if watching else "wake" if self._after_wake else "follow_up"
        )
        endpoint = Endpoint(self._endpoint, voice)
        if watching:
            endpoint = Endpoint(INTERRUPTION, voice, ())
        segment = self._new(kind, self._place(voice - OPENING_LEAD), endpoint)
        self._segment = segment
        segment.spoke = True
        segment.clear = clear = self.over.clear or not watching
        told.append(message.SpeechBegan(t=t, segment=segment.number, kind=kind, clear=clear))
        hops = list(self._hops)[-begun:]
        onset.reset()
        for n, hop in enumerate(hops, start=1 - len(hops)):
            self._follow(segment, hop, t + n * HOP_MS / 1000, told)

    def _new(self, kind: message.Kind, began: int, endpoint: Endpoint) -> Segment:
        self.judge.forget()
        self._number += 1
        return Segment(self._number, kind, began, began, self.t, endpoint)

    def _ended(self, segment: Segment, t: float, turn: float, told: list[Told]) -> None:
        told += segment.chunk(self._sound)
        self._after_wake = segment.kind == "wake" and not segment.endpoint.spoke
        self._segment = None
        self.judge.forget()
        if segment.kind != "interruption":
            self._mode = "asleep"
        told.append(segment.end(t, turn))

    def _place(self, t: float) -> int:
        return max(round(t * SAMPLE_RATE), self._sound.begin)
