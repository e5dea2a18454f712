"""Talking over our own voice: on this sound server the microphone hears the loudspeaker."""

from __future__ import annotations

import time

import numpy as np
import pytest

from roomtone.base import message

pytestmark = pytest.mark.sound

STORY = (
    "The kettle needs salt, two onions, some oil, and half an hour of patience.",
    "The first train goes every twenty minutes until midnight. Then there is a bus.",
    "Your red lamp belongs to the kitchen. I have switched it on and set it to half.",
)


@pytest.fixture
def told(room, ear, voice):
    """An ear that speaks for 20 s in a room with an echo."""
    process = ear(room.environment)
    process.wait_for(message.Ready)
    with room.echo(0.4):
        process.send(message.Attend(mode="watching"))
        sound = voice(*STORY, 0.3, *STORY)
        process.send(message.Play(turn=1, pcm=sound.astype("<i2").tobytes(), rate=16_000))
        process.send(message.PlayEnd(turn=1))
        process.wait_for(message.SoundBegan)
        yield process


def clear(process):
    return [said for said in process.told if isinstance(said, message.SpeechBegan) and said.clear]


def test_an_answer_that_nobody_speaks_over_is_spoken_to_its_end(told):
    ended = told.wait_for(message.SoundEnded, within=60)
    assert not ended.hushed
    assert clear(told) == []


def test_an_answer_gives_way_to_a_voice_and_goes_on_where_it_was(room, told, voice):
    near = np.clip(2 * voice("What is the capital of France?", 0.6).astype(int), -32768, 32767)
    time.sleep(8)
    with room.recording() as heard, room.recording("mic_feed") as said:
        room.say(near)
        while not (began := told.wait_for(message.SpeechBegan)).clear:
            pass
        while told.wait_for(message.SpeechEnd).segment != began.segment:
            pass
        time.sleep(0.3)
        told.send(message.Resume())
        time.sleep(1.0)
    assert began.kind == "interruption"
    spoken = np.correlate(said[0].astype(float), near[:16_000].astype(float), "valid").argmax()
    spoken += np.flatnonzero(np.abs(near) > 500)[0]
    loud = np.abs(heard[0][: len(heard[0]) // 160 * 160]).reshape(-1, 160).max(axis=1)
    silent = np.flatnonzero(loud == 0)
    assert 0.0 < silent[0] / 100 - spoken / 16_000 < 1.5
    assert 0.8 < len(silent) / 100 < 4.0
    assert loud[-20:].max() > 100
    assert not told.wait_for(message.SoundEnded, within=60).hushed
