"""The ear in a virtual room: a real sound server, real time, real faults."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.app.beat import LINGER, SETTLED
from roomtone.base import message
from roomtone.capture.highpass import HighPass

pytestmark = pytest.mark.sound


def test_the_wake_word_is_heard_through_the_microphone(room, ear, voice):
    process = ear(room.environment)
    process.wait_for(message.Ready)
    room.say(voice(0.5, "Hey Jarvis, what time is it?", 1.5))
    wake = process.wait_for(message.WakeDetected)
    end = process.wait_for(message.SpeechEnd)
    assert (wake.phrase, wake.segment) == ("hey_jarvis", end.segment)
    assert end.voiced_ms > 300


def test_the_microphone_delivers_what_was_said_sample_for_sample(room, ear, voice):
    room.quiet()
    sound = voice(0.5, "Hey Jarvis, set a timer for five minutes.", 1.5)
    process = ear(room.environment)
    process.wait_for(message.Ready)
    room.say(sound)
    segment = process.wait_for(message.SpeechEnd).segment
    heard = np.frombuffer(process.sound_of(segment), "<i2").astype(float)
    taken = HighPass()
    blocks = sound[: len(sound) // 320 * 320].reshape(-1, 320)
    sound = np.concatenate([taken.convert(block) for block in blocks]).astype(float)
    middle = heard[len(heard) // 2 - 4000 : len(heard) // 2 + 4000]
    at = int(np.correlate(sound, middle, "valid").argmax())
    assert (np.abs(sound[at : at + 8000] - middle) <= 1).mean() > 0.99


def rested(process):
    """Wait until its devices rest, and a little longer."""
    while process.wait_for(message.Tick).t < LINGER + SETTLED + 3:
        pass


def called(process, sound):
    """What the ear took down of a call, and the call as it goes through the ear's filter."""
    assert process.wait_for(message.WakeDetected).phrase == "hey_jarvis"
    segment = process.wait_for(message.SpeechEnd).segment
    heard = np.frombuffer(process.sound_of(segment), "<i2").astype(float)
    return heard, HighPass().convert(sound[: len(sound) // 320 * 320]).astype(float)


def test_a_word_said_to_devices_at_rest_is_heard_sample_for_sample(room, ear, voice):
    room.quiet()
    sound = voice(0.5, "Hey Jarvis, set a timer for five minutes.", 1.5)
    process = ear(room.environment)
    process.wait_for(message.Ready)
    rested(process)
    room.say(sound)
    heard, sound = called(process, sound)
    middle = heard[4000:]
    at = int(np.correlate(sound, middle[:16_000], "valid").argmax())
    same = np.abs(sound[at : at + 16_000] - middle[:16_000]) <= 1
    assert same.mean() > 0.99


def test_a_word_said_in_the_middle_of_talk_is_heard_sample_for_sample(room, ear, voice):
    room.quiet()
    talk = voice(0.1, "The bread needs twenty minutes more in the oven, and then it is done.", 0.1)
    talk = np.tile(talk, int((SETTLED + 3) * 16_000 / len(talk)) + 1)
    sound = voice(0.2, "Hey Jarvis, set a timer for five minutes.", 1.5)
    sound = np.concatenate([talk, sound])
    process = ear(room.environment)
    process.wait_for(message.Ready)
    room.say(sound)
    heard, sound = called(process, sound)
    middle = heard[4000:24_000]
    at = int(np.correlate(sound, middle, "valid").argmax())
    assert (np.abs(sound[at : at + 20_000] - middle) <= 1).mean() > 0.99


def test_what_is_played_on_devices_at_rest_is_heard_soon_and_whole(room, ear):
    process = ear(room.environment)
    process.wait_for(message.Ready)
    rested(process)
    tone = (8000 * np.sin(2 * np.pi * 440 * np.arange(16_000) / 16_000)).astype("<i2")
    with room.recording() as heard:
        asked = process.wait_for(message.Tick).t
        process.send(message.Play(turn=1, pcm=tone.tobytes(), rate=16_000))
        process.send(message.PlayEnd(turn=1))
        began = process.wait_for(message.SoundBegan)
        process.wait_for(message.SoundEnded)
        for _ in range(5):
            process.wait_for(message.Tick)
    assert began.t - asked < 0.8
    loud = np.flatnonzero(np.abs(heard[0]) > 100)
    assert loud[-1] - loud[0] == pytest.approx(16_000, abs=400)


def test_what_is_played_leaves_the_loudspeaker(room, ear):
    process = ear(room.environment)
    process.wait_for(message.Ready)
    tone = (8000 * np.sin(2 * np.pi * 440 * np.arange(16_000) / 16_000)).astype("<i2")
    with room.recording() as heard:
        process.send(message.Play(turn=1, pcm=tone.tobytes(), rate=16_000))
        process.send(message.PlayEnd(turn=1))
        began = process.wait_for(message.SoundBegan)
        ended = process.wait_for(message.SoundEnded)
        for _ in range(5):
            process.wait_for(message.Tick)
    loud = np.flatnonzero(np.abs(heard[0]) > 100)
    assert ended.t - began.t == pytest.approx(1.0, abs=0.1)
    assert loud[-1] - loud[0] == pytest.approx(16_000, abs=400)
    assert np.abs(np.diff(heard[0].astype(int))).max() < 1600


def test_mute_closes_the_microphone_while_the_loudspeaker_goes_on(room, ear, voice):
    process = ear(room.environment)
    process.wait_for(message.Ready)
    process.send(message.Microphone(open=False))
    assert room.microphone_users(0)
    room.say(voice(0.3, "Hey Jarvis.", 0.7))
    with room.recording() as heard:
        process.send(message.Play(turn=1, pcm=b"\x10\x27" * 8000, rate=16_000))
        process.send(message.PlayEnd(turn=1))
        process.wait_for(message.SoundEnded)
    assert np.abs(heard[0]).max() > 5000
    assert not any(isinstance(said, message.WakeDetected) for said in process.told)
    process.send(message.Microphone(open=True))
    assert room.microphone_users(1)
    room.say(voice(0.3, "Hey Jarvis.", 1.0))
    process.wait_for(message.WakeDetected)
