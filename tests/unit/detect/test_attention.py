"""What opens a segment, what is in it, what ends it; the networks are scripts."""

from __future__ import annotations

import numpy as np
import pytest

from fakes.over import Over
from roomtone.base import message
from roomtone.detect.attention import Attention
from roomtone.detect.judge import Judge
from roomtone.detect.own_voice import OwnVoice
from roomtone.detect.port import Heard, Views
from roomtone.detect.settings import EndpointSettings, WakeSettings
from roomtone.detect.spotter import Spotter
from roomtone.detect.wake import REPLAY_SAMPLES, VIEW_SAMPLES

BLOCK = 320
RATE = 16_000


class Script:
    """A stream whose samples count 20 ms blocks; voice and wake word by time in seconds."""

    def __init__(self, voice=(), wake=(), complete=0.95):
        self._voice, self._wake = voice, wake
        self.complete = complete
        self.hops = self.frames = 0
        self.asked, self.replayed = [], []
        self.doubtful = ()

    def replay(self, sound):
        assert len(sound) == REPLAY_SAMPLES
        self.replayed.append(int(sound[-1]))

    def views(self, sound):
        assert len(sound) == VIEW_SAMPLES
        return Views({"ada": np.full(20, 0.3, np.float32)}, np.zeros((20, 16, 96), np.float32))

    def hear(self, sound):
        assert len(sound) % 1280 == 0
        window = np.zeros((16, 96), np.float32)
        return [Heard(self._score(), window) for _ in range(len(sound) // 1280)]

    def _score(self):
        self.frames += 1
        t = self.frames * 0.08
        clear = any(0 <= t - at < 0.3 for at in self._wake)
        doubtful = any(0 <= t - at < 0.1 for at in self.doubtful)
        return {"ada": 0.9 if clear else 0.1 if doubtful else 0.0}

    def hop(self, hop):
        assert len(hop) == 512
        self.hops += 1
        t = (np.ceil(int(hop[0]) * BLOCK / 512) + 1) * 0.032
        return 0.95 if any(begin < t <= end for begin, end in self._voice) else 0.02

    def probability(self, utterance):
        self.asked.append(len(utterance))
        return self.complete


class Voice:
    def __init__(self, script):
        self.probability = script.hop

    def reset(self):
        pass


class Door:
    """A gate that is open at certain times, in seconds."""

    def __init__(self, *spans):
        self._spans = spans
        self._blocks = 0

    def feed(self, block):
        self._blocks += 1
        return any(begin <= self._blocks * 0.02 <= end for begin, end in self._spans)


class Loud:
    """Hears the wake word in everything that is played."""

    def score(self, frame):
        return {"ada": 0.9 if frame.any() else 0.0}


class Listener:
    """Runs a script; keeps what was told and the sound of each segment."""

    def __init__(self, script, **endpoint):
        wake = WakeSettings(words={"ada": 0.5}, patience=1)
        judge = Judge(script, live=False)
        self.own = OwnVoice(Loud(), wake)
        self.over = Over()
        self.attention = Attention(
            Spotter(script, wake, live=False),
            Voice(script),
            judge,
            EndpointSettings(**endpoint),
            self.own,
            self.over,
        )
        self.told = []
        self.sound = {}

    def attend(self, mode, seconds=0.0, after=0.0):
        self.attention.attend(message.Attend(mode=mode, seconds=seconds, after=after))

    def until(self, t):
        while self.attention.t < t - 1e-9:
            block = round(self.attention.t * RATE) // BLOCK
            for said in self.attention.feed(np.full(BLOCK, block, np.int16)):
                if isinstance(said, message.SpeechChunk):
                    self.sound.setdefault(said.segment, bytearray()).extend(said.pcm)
                else:
                    self.told.append(said)
        return self

    def blocks(self, segment):
        """Numbers of the blocks whose sound the segment holds, each once."""
        samples = np.frombuffer(bytes(self.sound[segment]), "<i2")
        return np.unique(samples).tolist(), len(samples)

    @property
    def kinds(self):
        """What was told, pauses left out."""
        return [type(said).__name__ for said in self.steps]

    @property
    def steps(self):
        return [said for said in self.told if not isinstance(said, message.SpeechPaused)]

    @property
    def pauses(self):
        return [said.t for said in self.told if isinstance(said, message.SpeechPaused)]


def test_asleep_nothing_but_the_wake_word_opens_a_segment():
    listener = Listener(Script(voice=[(1, 3)])).until(5)
    assert listener.told == []


def test_wake_word_and_command_in_one_breath_are_one_segment():
    listener = Listener(Script(voice=[(1.0, 3.0)], wake=[1.7])).until(5)
    assert listener.kinds == ["WakeDetected", "SpeechBegan", "SpeechEnd"]
    wake, began, end = listener.steps
    assert (wake.phrase, wake.score, wake.t) == ("ada", 0.9, pytest.approx(1.76))
    assert began.kind == end.kind == "wake"
    assert end.voiced_ms == pytest.approx(1140, abs=64)
    assert end.turn_probability == 0.95


def test_the_segment_begins_before_the_wake_word_and_has_no_gap():
    listener = Listener(Script(voice=[(1.0, 3.0)], wake=[1.7])).until(5)
    wake, end = listener.told[0], listener.told[-1]
    blocks, samples = listener.blocks(wake.segment)
    assert wake.began == pytest.approx(0.8, abs=0.05)
    assert blocks == list(range(blocks[0], blocks[-1] + 1))
    assert samples == pytest.approx((end.t - wake.began) * RATE, abs=BLOCK)


def test_talk_long_before_the_wake_word_stays_outside():
    listener = Listener(Script(voice=[(0.5, 6.0)], wake=[5.0])).until(8)
    assert listener.told[0].t - listener.told[0].began == pytest.approx(1.8, abs=0.1)


def test_a_wake_word_alone_ends_soon_with_little_voice():
    listener = Listener(Script(voice=[(1.0, 1.75)], wake=[1.7])).until(5)
    assert listener.kinds == ["WakeDetected", "SpeechEnd"]
    end = listener.told[-1]
    assert end.voiced_ms < 100
    assert end.t - 1.75 < 0.65


def test_the_command_after_the_pause_is_a_new_segment_of_kind_wake():
    listener = Listener(Script(voice=[(1.0, 1.75), (4.0, 5.0)], wake=[1.7])).until(3)
    listener.attend("listening", 5.0)
    listener.until(7)
    assert listener.kinds[2:] == ["SpeechBegan", "SpeechEnd"]
    assert {(said.kind, said.segment) for said in listener.steps[2:]} == {("wake", 2)}
    blocks, _ = listener.blocks(2)
    assert blocks[0] / 50 == pytest.approx(3.7, abs=0.05)


def test_speech_in_a_window_is_a_follow_up_with_its_beginning():
    listener = Listener(Script(voice=[(2.0, 3.0)]))
    listener.attend("listening", 6.0)
    listener.until(5)
    assert listener.kinds == ["SpeechBegan", "SpeechEnd"]
    assert listener.told[-1].kind == "follow_up"
    assert listener.told[-1].voiced_ms == pytest.approx(1000, abs=64)
    assert listener.blocks(1)[0][0] / 50 == pytest.approx(1.7, abs=0.05)


def test_a_window_without_speech_closes_and_the_ear_sleeps():
    listener = Listener(Script(voice=[(3, 5)]))
    listener.attend("listening", 2.0)
    listener.until(6)
    assert listener.kinds == ["WindowClosed"]
    assert listener.told[0].t == pytest.approx(2.0, abs=0.04)


def test_somebody_who_begins_in_the_last_moment_is_heard():
    listener = Listener(Script(voice=[(1.95, 3)]))
    listener.attend("listening", 2.0)
    listener.until(6)
    assert listener.kinds == ["SpeechBegan", "SpeechEnd"]


def test_a_click_opens_nothing():
    listener = Listener(Script(voice=[(1.0, 1.07), (1.5, 1.56)]))
    listener.attend("listening", 3.0)
    listener.until(4)
    assert listener.kinds == ["WindowClosed"]


def test_watching_hears_one_short_word_but_no_click():
    click = Listener(Script(voice=[(1.0, 1.03)]))
    click.attend("watching")
    assert click.until(4).told == []
    word = Listener(Script(voice=[(1.0, 1.14)]))
    word.attend("watching")
    assert word.until(4).kinds == ["SpeechBegan", "SpeechEnd"]
    stop = Listener(Script(voice=[(1.0, 1.5)]))
    stop.attend("watching")
    assert stop.until(4).kinds == ["SpeechBegan", "SpeechEnd"]
    assert stop.told[-1].kind == "interruption"


def test_an_interruption_is_six_seconds_at_most_and_watching_goes_on():
    listener = Listener(Script(voice=[(1.0, 9.0)]))
    listener.attend("watching")
    listener.until(8)
    assert listener.kinds[:2] == ["SpeechBegan", "SpeechEnd"]
    assert listener.told[1].t == pytest.approx(7.0, abs=0.1)
    assert listener.kinds[2:] == ["SpeechBegan"]


def test_the_wake_word_works_while_watching():
    listener = Listener(Script(voice=[(1.0, 3.0)], wake=[1.7]))
    listener.attend("watching")
    listener.until(6)
    assert "WakeDetected" in listener.kinds
    assert listener.told[-1].kind == "wake"


def test_a_wake_word_within_a_follow_up_takes_it_over():
    listener = Listener(Script(voice=[(1.0, 4.0)], wake=[2.0]))
    listener.attend("listening", 5.0)
    listener.until(6)
    assert listener.kinds == ["SpeechBegan", "WakeDetected", "SpeechBegan", "SpeechEnd"]
    assert [said.segment for said in listener.steps] == [1, 2, 2, 2]


def test_going_to_sleep_drops_the_segment():
    listener = Listener(Script(voice=[(1.0, 4.0)], wake=[1.7])).until(3)
    listener.attend("asleep")
    assert listener.until(6).kinds == ["WakeDetected", "SpeechBegan"]


def test_a_wish_that_crossed_the_wake_word_does_not_undo_it():
    listener = Listener(Script(voice=[(1.0, 3.0)], wake=[1.7])).until(1.78)
    assert listener.kinds == ["WakeDetected"]
    listener.attend("watching")
    assert listener.until(5).kinds[-1] == "SpeechEnd"


def test_listening_while_a_segment_is_open_changes_nothing():
    listener = Listener(Script(voice=[(1.0, 3.0)], wake=[1.7])).until(2.5)
    listener.attend("listening", 8.0)
    assert listener.until(5).kinds == ["WakeDetected", "SpeechBegan", "SpeechEnd"]


def test_a_pause_in_an_unfinished_sentence_is_waited_for():
    script = Script(voice=[(1.0, 3.0), (3.6, 5.0)], wake=[1.7], complete=0.05)
    listener = Listener(script).until(8)
    assert listener.kinds == ["WakeDetected", "SpeechBegan", "SpeechEnd"]
    assert listener.told[-1].t > 5.5
    assert len(script.asked) == 2


def test_the_turn_network_reads_the_segment_from_its_beginning():
    script = Script(voice=[(1.0, 3.0)], wake=[1.7])
    listener = Listener(script).until(5)
    wake = listener.told[0]
    assert script.asked == [pytest.approx((3.12 - wake.began) * RATE, abs=800)]


def test_every_pause_is_told_with_all_sound_before_it():
    script = Script(voice=[(1.0, 3.0), (3.6, 5.0)], wake=[1.7], complete=0.05)
    listener = Listener(script).until(3.2)
    assert listener.pauses == [pytest.approx(3.08, abs=0.032)]
    begin = listener.told[0].began
    assert listener.blocks(1)[1] >= (listener.pauses[0] - begin) * RATE - BLOCK
    assert len(listener.until(8).pauses) == 2


def test_a_command_that_is_whole_ends_at_once():
    script = Script(voice=[(1.0, 3.0)], wake=[1.7], complete=0.05)
    listener = Listener(script).until(3.16)
    listener.attention.expect(message.Expect(segment=1, more="complete"))
    assert listener.until(5).told[-1].t == pytest.approx(3.2, abs=0.04)


def test_a_speaker_who_goes_on_is_not_cut_off_by_what_was_expected_before():
    script = Script(voice=[(1.0, 3.0), (3.12, 5.0)], wake=[1.7], complete=0.05)
    listener = Listener(script).until(3.1)
    listener.attention.expect(message.Expect(segment=1, more="complete"))
    assert listener.until(8).told[-1].t > 5.5


def test_our_own_voice_saying_the_wake_word_wakes_nobody():
    listener = Listener(Script(voice=[(1.0, 3.0)], wake=[1.7])).until(1.6)
    for _ in range(4):
        listener.attention.played(np.full(BLOCK, 500, np.int16))
    assert listener.until(5).told == []


def test_a_window_that_opens_later_does_not_hear_the_tail_of_our_own_sound():
    listener = Listener(Script(voice=[(1.0, 1.25)]))
    listener.until(1.0).attend("listening", 2.0, after=0.3)
    listener.until(4)
    assert listener.kinds == ["WindowClosed"]
    assert listener.told[0].t == pytest.approx(3.3, abs=0.04)


def test_speech_that_goes_on_into_a_later_window_is_heard_from_its_beginning():
    listener = Listener(Script(voice=[(1.2, 2.5)]))
    listener.until(1.0).attend("listening", 2.0, after=0.3)
    listener.until(4)
    assert listener.kinds == ["SpeechBegan", "SpeechEnd"]
    blocks, _ = listener.blocks(1)
    assert blocks[0] <= 1.2 * RATE / BLOCK


def gated(script, *spans):
    listener = Listener(script)
    listener.attention._gate = Door(*spans)
    return listener


def test_in_a_quiet_room_no_network_runs():
    script = Script()
    gated(script, (0.0, 1.0)).until(20)
    assert script.hops == 0
    assert script.frames == 12


def test_nobody_asks_for_voice_before_a_wake_word():
    script = Script(voice=[(4.0, 5.0)], wake=[5.0])
    listener = Listener(script)
    listener.until(4.9)
    assert script.hops == 0
    listener.until(5.1)
    assert listener.kinds == ["WakeDetected"]
    assert script.hops == pytest.approx(50, abs=4)


def test_what_was_slept_through_is_caught_up_with_when_something_sounds():
    script = Script()
    gated(script, (0.0, 1.0), (10.0, 12.0)).until(10.0)
    assert len(script.replayed) == 1
    assert script.replayed[0] == pytest.approx(10.0 * 50 - 16, abs=5)
    assert script.frames == pytest.approx(12 + 4, abs=1)


def test_a_short_rest_is_heard_as_it_was():
    script = Script()
    gated(script, (0.0, 1.0), (1.5, 3.0)).until(3.0)
    assert script.replayed == []
    assert script.frames == 37


def test_whoever_is_listened_to_is_heard_however_softly_he_speaks():
    script = Script(voice=[(3.0, 4.0)])
    listener = gated(script, (0.0, 1.0))
    listener.until(2).attend("listening", 5.0)
    assert listener.until(6).kinds == ["SpeechBegan", "SpeechEnd"]


def test_what_may_be_our_own_voice_becomes_somebodys_in_a_segment_of_its_own():
    listener = Listener(Script(voice=[(1.0, 3.0)]))
    listener.attend("watching")
    listener.over.alone = False
    listener.until(2.0)
    listener.over.alone = True
    listener.until(4.0)
    first, second, end = listener.told
    assert (first.segment, first.clear) == (1, False)
    assert (second.segment, second.clear) == (2, True)
    assert second.t == pytest.approx(2.0, abs=0.1)
    assert (end.segment, end.kind) == (2, "interruption")


def test_somebody_who_is_told_from_our_own_voice_needs_no_onset():
    listener = Listener(Script(voice=[(2.1, 3.0)]))
    listener.attend("watching")
    listener.over.alone = False
    listener.until(2.0)
    assert listener.kinds == []
    listener.over.begins = True
    listener.until(2.2)
    listener.over.begins = False
    listener.until(4.0)
    first, end = listener.told
    assert (first.segment, first.clear) == (1, True)
    assert first.t == pytest.approx(2.0, abs=0.05)
    assert (end.segment, end.kind) == (1, "interruption")


def test_somebody_who_is_told_in_the_block_of_the_onset_has_one_segment():
    class Weighing(Over):
        def feed(self, voice):
            self.begins = voice > 0.5 and listener.attention.t > 2.05

    listener = Listener(Script(voice=[(2.0, 3.0)]))
    listener.attention.over = over = Weighing()
    over.alone = False
    listener.attend("watching")
    listener.until(2.6)
    (began,) = listener.told
    assert (began.segment, began.clear) == (1, True)


def test_somebody_over_what_may_be_our_own_voice_begins_anew():
    listener = Listener(Script(voice=[(1.0, 3.0)]))
    listener.attend("watching")
    listener.over.alone = False
    listener.until(2.0)
    listener.over.begins = True
    listener.until(2.1)
    listener.over.begins = False
    listener.until(4.0)
    assert [(one.segment, one.clear) for one in listener.told[:2]] == [(1, False), (2, True)]


@pytest.mark.parametrize(("voice", "wakes"), [([(4.0, 5.0)], True), ([(4.8, 5.0)], False)])
def test_a_doubtful_wake_word_needs_a_voice_in_it(voice, wakes):
    script = Script(voice=voice)
    script.doubtful = (4.9,)
    listener = Listener(script).until(6)
    assert ("WakeDetected" in listener.kinds) is wakes


@pytest.mark.parametrize(
    ("at", "voice", "wakes"),
    [(5.0, [(4.0, 5.0)], True), (5.0, [], False), (5.0, [(4.9, 5.0)], False), (1.0, [], True)],
    ids=["a voice in noise", "noise alone", "a flicker of voice", "a whisper in a quiet room"],
)
def test_in_noise_a_clear_wake_word_needs_a_voice_as_well(at, voice, wakes):
    """The blocks of a script are loud once their numbers are high."""
    listener = Listener(Script(voice=voice, wake=(at,))).until(6)
    assert ("WakeDetected" in listener.kinds) is wakes


def test_after_a_clatter_the_next_word_is_heard_at_once():
    listener = Listener(Script(voice=[(5.2, 6.2)], wake=(5.0, 5.9))).until(7)
    assert listener.kinds[0] == "WakeDetected"
    assert listener.steps[0].t == pytest.approx(5.92)
