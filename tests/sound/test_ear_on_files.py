"""The whole ear on recordings: what it reports, and that nothing shifts."""

from __future__ import annotations

import wave

import numpy as np
import pytest

from roomtone.base import message

pytestmark = pytest.mark.sound


def kinds(told):
    quiet = (message.Tick, message.SpeechChunk, message.SpeechPaused)
    return [type(said).__name__ for said in told if not isinstance(said, quiet)]


def only(told, kind):
    (said,) = (said for said in told if isinstance(said, kind))
    return said


def test_a_wake_word_and_a_question_in_one_breath(ear, voice, recording):
    sound = voice(1.0, "Hey Jarvis, what time is it?", 2.0)
    process = ear(input_file=recording(sound))
    told = process.run_until(6.0)
    assert kinds(told) == ["Ready", "WakeDetected", "SpeechBegan", "SpeechEnd", "InputEnded"]
    wake, end = only(told, message.WakeDetected), only(told, message.SpeechEnd)
    assert wake.phrase == "hey_jarvis"
    assert 0.7 < wake.began < 1.05
    assert end.voiced_ms > 300
    pcm = np.frombuffer(process.sound_of(wake.segment), "<i2")
    begin = round(wake.began * 16_000)
    assert (pcm == sound[begin : begin + len(pcm)]).all()
    assert begin + len(pcm) >= round((end.t - 0.04) * 16_000)


def test_a_wake_word_alone_ends_soon_and_leaves_the_next_words_for_a_window(ear, voice, recording):
    sound = voice(1.0, "Hey Jarvis.", 2.0, "What time is it?", 2.0)
    process = ear(input_file=recording(sound))
    process.send(message.Grant(t=20.0))
    first = process.wait_for(message.SpeechEnd)
    assert first.voiced_ms < 200
    assert first.t < 1.0 + 1.1 + 0.9
    process.send(message.Attend(mode="listening", seconds=6.0))
    second = process.wait_for(message.SpeechEnd)
    assert (second.kind, second.segment) == ("wake", first.segment + 1)
    assert second.voiced_ms > 400


def test_nobody_speaks_and_the_window_closes(ear, voice, recording):
    process = ear(input_file=recording(voice(4.0)))
    process.send(message.Attend(mode="listening", seconds=2.0))
    process.send(message.Grant(t=6.0))
    assert process.wait_for(message.WindowClosed).t == pytest.approx(2.0, abs=0.1)


def test_hum_clicks_and_noise_are_no_speech(ear, recording):
    random = np.random.default_rng(3)
    t = np.arange(16_000 * 8) / 16_000
    sound = random.normal(0, 300, len(t))
    sound += np.where((t > 1) & (t < 1.5), 8000 * np.sin(2 * np.pi * 100 * t), 0)
    sound[48_000:48_040] += 20_000
    sound[64_000:72_000] += random.normal(0, 4000, 8000)
    process = ear(input_file=recording(np.clip(sound, -32768, 32767)))
    process.send(message.Attend(mode="listening", seconds=7.5))
    told = process.run_until(8.0)
    assert kinds(told) == ["Ready", "WindowClosed", "InputEnded"]


def test_the_stream_runs_only_as_far_as_it_is_granted(ear, voice, recording):
    process = ear(input_file=recording(voice(5.0)))
    told = process.run_until(1.0)
    assert max(said.t for said in told if isinstance(said, message.Tick)) <= 1.0
    with pytest.raises(AssertionError, match=r"no .'Tick'. came"):
        process.wait_for(message.Tick, within=0.3)


def test_what_is_played_lies_in_its_place_of_the_output_file(ear, voice, recording, tmp_path):
    out = tmp_path / "out.wav"
    process = ear(input_file=recording(voice(1.0)), output_file=str(out))
    process.run_until(0.4)
    tone = np.full(1600, 8000, "<i2")
    process.send(message.Play(turn=1, pcm=tone.tobytes(), rate=16_000))
    process.send(message.PlayEnd(turn=1))
    told = process.run_until(1.2)
    began, ended = only(told, message.SoundBegan), only(told, message.SoundEnded)
    assert process.end() == 0
    with wave.open(str(out)) as file:
        heard = np.frombuffer(file.readframes(99_999), "<i2")
    loud = np.flatnonzero(heard)
    assert began.t == pytest.approx(0.4)
    assert abs(loud[0] - began.t * 16_000) <= 2
    assert abs(loud[-1] + 1 - ended.t * 16_000) <= 2
    assert ended.played == pytest.approx(0.1)


def test_a_closed_microphone_hears_nothing_of_a_recording(ear, voice, recording):
    process = ear(input_file=recording(voice(1.0, "Hey Jarvis.", 1.0)), muted=True)
    told = process.run_until(4.0)
    assert kinds(told) == ["Ready", "InputEnded"]
    assert {said.level_db for said in told if isinstance(said, message.Tick)} == {-120.0}


def test_a_recording_that_is_none_is_told_and_ends_the_ear(ear, tmp_path):
    (tmp_path / "in.wav").write_text("not a sound")
    process = ear(input_file=str(tmp_path / "in.wav"))
    assert "not sound that can be read" in process.wait_for(message.Unable).advice
    assert process.process.wait(5) == 1
