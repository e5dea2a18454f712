"""A segment tells its sound once, and its end."""

from __future__ import annotations

import numpy as np

from roomtone.base import message
from roomtone.detect.endpoint import Endpoint, Hop
from roomtone.detect.preroll import Preroll
from roomtone.detect.segment import Segment
from roomtone.detect.settings import EndpointSettings


def segment(sent: int = 4) -> Segment:
    return Segment(3, "follow_up", 4, sent, 0.0, Endpoint(EndpointSettings(), 0.0))


def test_all_sound_is_told_once() -> None:
    one, sound = segment(), Preroll(100)
    sound.push(np.arange(10, dtype=np.int16))
    (first,) = one.chunk(sound)
    assert np.frombuffer(first.pcm, "<i2").tolist() == list(range(4, 10))
    assert one.chunk(sound) == []
    sound.push(np.arange(10, 12, dtype=np.int16))
    (second,) = one.chunk(sound)
    assert (second.segment, np.frombuffer(second.pcm, "<i2").tolist()) == (3, [10, 11])


def test_its_end_tells_the_voice_and_the_silence() -> None:
    one = segment()
    for number, voice in enumerate([0.9] * 6 + [0.0] * 4, start=1):
        one.endpoint.feed(Hop(voice), number * 0.032)
    assert one.end(0.32, 0.9) == message.SpeechEnd(
        t=0.32,
        segment=3,
        kind="follow_up",
        silence_ms=128,
        turn_probability=0.9,
        voiced_ms=192,
    )
