"""The life of a live device: opened, lost, healed, closed; nothing here makes a sound."""

from __future__ import annotations

import functools
import itertools
import threading
import time

import numpy as np
import pytest

from fakes.portaudio import FakeSoundDevice
from roomtone.base import message
from roomtone.base.error import OwnerError
from roomtone.capture import calls, intake, line, mic
from roomtone.capture.cards import Cards
from roomtone.capture.devices import REST, SPEAK, WORK, NotOpenedError, Paces, PortAudio
from roomtone.capture.outlet import Outlet
from roomtone.capture.settings import SoundSettings
from roomtone.capture.trouble import Troubles

DUPLEX = [("Speakerphone", 1, 2, 16_000)]


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    """A start fails in 0.1 s, a second try comes at once; a busy machine is no stall."""
    monkeypatch.setattr(line, "STALL", 60.0)
    monkeypatch.setattr(mic, "START_PATIENCE", 0.1)
    monkeypatch.setattr(line, "BEAT", 0.01)
    monkeypatch.setattr(line, "BACKOFF", (0.01,))
    monkeypatch.setattr(intake, "PATIENCE", 0.05)


@pytest.fixture
def library():
    return FakeSoundDevice(DUPLEX)


@pytest.fixture
def start(library, tmp_path):
    """Starts the sound, and ends it after the test; `listed` is what a new process sees."""
    started = []

    def begin(listed=lambda _given_up: [], *, microphone=True, **wish):
        port = functools.partial(PortAudio, library, Cards(tmp_path))
        started.append(mic.LiveSound(SoundSettings(**wish), port, listed))
        started[-1].begin(microphone=microphone)
        started[-1].started()
        return started[-1]

    yield begin
    for sound in started:
        sound.close()


@pytest.fixture
def live(start):
    return start()


def until(sound, *kinds):
    """Keep the stream going until there is news of one of `kinds`; all the news."""
    told = []
    end = time.monotonic() + 30
    while time.monotonic() < end:
        sound.read()
        told += sound.news()
        if any(isinstance(news, kinds) for news in told):
            return told
    raise AssertionError(f"no {kinds} came")


def kinds_of(told):
    return [(type(news).__name__, news.kind) for news in told if hasattr(news, "kind")]


def test_what_the_microphone_hears_is_read_without_a_constant_offset(live, library):
    tone = 1000 * np.sin(2 * np.pi * 1000 * np.arange(640) / 16_000)
    library.newest("input").deliver(np.rint(tone + 5000))
    heard = np.concatenate([live.read(), live.read()])
    assert np.abs(heard - tone).max() < 250


def test_the_start_tells_what_was_opened(live):
    assert live.started() == {
        "output": "Speakerphone",
        "output_rate": 16_000,
        "input": "Speakerphone",
        "input_rate": 16_000,
        "microphone": "open",
    }


def test_what_is_written_reaches_every_channel_of_the_loudspeaker(live, library):
    sound = np.arange(1, 321, dtype=np.int16)
    live.write(sound)
    heard = library.newest("output").draw(1280)
    assert heard[heard != 0].tolist() == sound.tolist()


def test_mute_closes_the_device_and_silence_keeps_the_pace(live, library):
    stream = library.newest("input")
    stream.deliver(np.arange(1, 1000))
    live.open_microphone(wanted=False)
    began = time.monotonic()
    blocks = [live.read() for _ in range(10)]
    assert not np.concatenate(blocks).any()
    assert time.monotonic() - began > 0.1
    assert stream.closed
    assert not library.newest("output").closed
    assert live.microphone == "closed"


def test_unmute_opens_the_device_again(start, library):
    live = start(microphone=False)
    assert [stream.way for stream in library.streams] == ["output"]
    live.open_microphone(wanted=True)
    library.wait_for(2)
    library.newest("input").deliver(np.tile([700, -700], 160))
    assert any(live.read().any() for _ in range(5))


def test_a_muted_microphone_stays_closed_when_the_server_dies_and_comes_back(start, library):
    live = start(microphone=False)
    library.newest("output").draw(320)
    library.newest("output").die()
    library.wait_for(2)
    library.newest("output").draw(320)
    assert kinds_of(until(live, message.Mended))[-1] == ("Mended", "loudspeaker_lost")
    assert {stream.way for stream in library.streams} == {"output"}


def test_a_microphone_that_goes_away_is_told_and_opened_again(live, library):
    library.wait_for(2)
    library.newest("input").deliver(np.full(320, 3))
    library.newest("input").die()
    library.wait_for(1)
    library.newest("input").deliver(np.full(320, 3))
    told = until(live, message.Mended)
    assert kinds_of(told) == [("Complaint", "microphone_lost"), ("Mended", "microphone_lost")]
    library.newest("input").deliver(np.tile([700, -700], 160))
    assert any(np.abs(live.read()).max() > 500 for _ in range(10))


def test_a_lost_loudspeaker_leaves_the_microphone_open_and_the_reverse(live, library):
    library.wait_for(2)
    first = {way: library.newest(way) for way in ("input", "output")}
    first["output"].draw(320)
    first["output"].die()
    library.wait_for(1)
    assert not first["input"].closed
    library.newest("output").draw(320)
    library.newest("input").die()
    library.wait_for(1)
    assert not library.newest("output").closed
    assert library.newest("output") is not first["output"]


@pytest.mark.parametrize("at_first", [0.02, 0.3])
def test_a_stream_opened_beside_another_goes_on_sample_for_sample(at_first, monkeypatch):
    monkeypatch.setattr(intake, "PATIENCE", 10.0)
    room = np.rint(np.random.default_rng(1).normal(0, 900, 32_000)).astype(np.int16)[:, None]
    sound, began, heard = intake.Intake(), time.monotonic(), []

    def deliver(callback, spacing, begin):
        for end in np.arange(begin + spacing, 2.0, spacing):
            time.sleep(max(0.0, began + end - time.monotonic()))
            frames = room[round((end - spacing) * 16_000) : round(end * 16_000)]
            callback(frames, len(frames), None, None)

    def turn():
        callback = sound.callback(16_000, 1, "int16", beside=True, spacing=0.32 - at_first)
        sound.turn()
        deliver(callback, 0.32 - at_first, 0.7)

    def read():
        while sum(map(len, heard)) < 27_000:
            if (block := sound.read()).any() or heard:
                heard.append(block)

    first = sound.callback(16_000, 1, "int16", spacing=at_first)
    hands = [
        threading.Thread(target=deliver, args=(first, at_first, 0.0)),
        threading.Timer(0.7, turn),
        threading.Thread(target=read),
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(20)
    assert not sound.turning
    expected = intake.HighPass().convert(room[:, 0]).astype(int)
    one = np.concatenate(heard)
    assert np.abs(one - expected[: len(one)]).max() <= 1


def test_what_is_looked_for_in_the_other_stream_is_short_however_much_was_read():
    sound = intake.Intake()
    take = sound.callback(48_000, 1, "int16", spacing=0.3)
    frames = np.arange(14_400, dtype=np.int16)[:, None]
    take(frames, len(frames), None, None)
    sound.read(15)
    assert sound._line.tail[:, 0].tolist() == frames[-480:, 0].tolist()


def test_a_device_at_rest_is_opened_anew_beside_itself_and_the_old_is_closed(live, library):
    library.wait_for(2)
    first = {way: library.newest(way) for way in ("input", "output")}
    first["output"].draw(320)
    first["input"].deliver(np.full(320, 3))
    while live.microphone != "open" or not live.audible:
        live.read()
    live.rest(Paces(REST["output"], REST["input"]))
    library.wait_for(2)
    second = {way: library.newest(way) for way in ("input", "output")}
    assert second["input"].form["blocksize"] == 4800
    assert second["output"].form["blocksize"] == 12800
    while not first["input"].closed:
        second["input"].deliver(np.tile([700, -700], 2400))
        live.read(15)
    assert live.drowsy
    assert first["output"].closed
    live.rest(Paces(microphone=REST["input"]))
    library.wait_for(1)
    assert library.newest("output").form["blocksize"] == 320
    assert not live.news()


def test_a_loudspeaker_holds_little_until_it_runs_dry_and_an_answer_is_not_cut_for_that(
    live, library, monkeypatch
):
    library.wait_for(2)
    speaks = library.newest("output")
    assert speaks.form["latency"] == SPEAK.latency
    speaks.draw(320)
    library.newest("input").deliver(np.full(320, 3))
    while live.microphone != "open" or not live.audible:
        live.read()
    monkeypatch.setattr(Outlet, "dry", True)
    live.rest(Paces())
    for _ in range(5):
        library.newest("input").deliver(np.full(320, 3))
        live.read()
    assert library.newest("output") is speaks
    live.rest(Paces(REST["output"]))
    library.wait_for(1)
    library.newest("output").draw(320)
    while not live.drowsy:
        live.read()
    live.rest(Paces())
    library.wait_for(1)
    assert library.newest("output").form["latency"] == WORK.latency


def test_a_device_that_cannot_be_open_twice_does_not_rest(live, library):
    library.wait_for(2)
    library.newest("output").draw(320)
    library.newest("input").deliver(np.full(320, 3))
    while live.microphone != "open" or not live.audible:
        live.read()
    library.refusal = ("Device unavailable", -9985)
    live.rest(Paces(REST["output"], REST["input"]))
    for _ in range(20):
        library.newest("input").deliver(np.tile([700, -700], 160))
        assert np.abs(live.read()).max() > 0
    assert not live.drowsy
    assert live.microphone == "open"
    assert not live.news()


def test_a_device_that_falls_silent_without_a_word_is_told(live, library, monkeypatch):
    library.newest("input").deliver(np.full(320, 3))
    monkeypatch.setattr(line, "STALL", 0.1)
    told = []
    while ("Complaint", "microphone_stalled") not in told:
        told += kinds_of(until(live, message.Complaint))


def test_without_a_microphone_the_ear_starts_and_says_so(start, library):
    library.there = [("HDMI", 0, 2, 48_000)]
    live = start()
    assert live.started()["microphone"] == "missing"
    told = until(live, message.Complaint)[0]
    assert told.kind == "microphone_missing"
    assert "no microphone found, there is only 'HDMI'" in told.fault


def test_who_insists_is_told_what_to_do(library, tmp_path):
    library.there = [("HDMI", 0, 2, 48_000)]
    live = mic.LiveSound(SoundSettings(), lambda: PortAudio(library, Cards(tmp_path)))
    live.begin(microphone=True)
    with pytest.raises(OwnerError, match="no microphone found, there is only 'HDMI'"):
        live.started(insist=True)
    live.close()


def test_a_microphone_that_comes_late_is_opened_when_a_new_process_sees_it(start, library):
    library.there = [("HDMI", 0, 2, 48_000)]
    seen = []
    live = start(lambda _given_up: seen)
    library.newest("output").draw(320)
    until(live, message.Complaint)
    library.there = [("HDMI", 0, 2, 48_000), *DUPLEX]
    seen += PortAudio(library).devices()
    while not any(stream.way == "input" for stream in library.streams):
        live.read()
    library.newest("input").deliver(np.full(320, 3))
    assert ("Mended", "microphone_missing") in kinds_of(until(live, message.Mended))
    assert live.microphone == "open"


def test_mute_closes_the_device_while_the_devices_are_listed(start, library):
    library.there = [("Array", 1, 0, 16_000)]
    begun = threading.Event()

    def listed(given_up):
        begun.set()
        while not given_up():
            time.sleep(0.01)
        raise OwnerError("given up")

    live = start(listed)
    library.newest("input").deliver(np.full(320, 3))
    assert begun.wait(30)
    live.open_microphone(wanted=False)
    end = time.monotonic() + 30
    while not library.streams[-1].closed and time.monotonic() < end:
        time.sleep(0.01)
    assert library.streams[-1].closed


def test_a_device_in_use_is_told_as_such(start, library):
    library.refusal = ("Device unavailable", -9985)
    live = start()
    told = {news.kind: news.fault for news in until(live, message.Complaint)}
    assert "in use by another program" in told["microphone_busy"]


def test_a_library_that_hangs_is_given_up_once_something_was_open(live, library, monkeypatch):
    library.newest("input").deliver(np.full(320, 3))
    monkeypatch.setattr(calls, "HANG", 0.1)
    release = threading.Event()
    monkeypatch.setattr(library.newest("input"), "abort", lambda **_how: release.wait(60))
    while live.microphone != "open":
        live.read()
    library.newest("input").die()
    while not live.hung:
        live.read()
    assert "sound_server_hung" in [kind for _, kind in kinds_of(live.news())]
    release.set()


def test_a_library_that_hangs_from_the_start_is_waited_for(library, monkeypatch, tmp_path):
    monkeypatch.setattr(mic, "HANG", 0.1)
    monkeypatch.setattr(calls, "HANG", 0.1)
    release = threading.Event()

    def hang():
        release.wait(60)
        return PortAudio(library, Cards(tmp_path))

    live = mic.LiveSound(SoundSettings(), hang)
    live.begin(microphone=True)
    assert live.started() == {"microphone": "missing"}
    assert kinds_of(until(live, message.Complaint)) == [("Complaint", "sound_server_hung")]
    assert not live.hung
    release.set()
    library.wait_for(2)
    library.newest("input").deliver(np.full(320, 3))
    assert ("Mended", "sound_server_hung") in kinds_of(until(live, message.Ready))
    monkeypatch.setattr(mic, "HANG", 60.0)
    live.close()


def test_an_owner_that_falls_over_something_unknown_ends_the_process(live, library):
    library.wait_for(2)
    library.InputStream = None
    library.newest("input").die()
    while not live.hung:
        live.read()


def test_exact_zeros_are_told_once_and_opened_again_once(live, library):
    library.wait_for(2)
    library.newest("input").deliver(np.full(320, 1))
    complaints = []
    for _ in range(2):
        feed(live, library, np.zeros(320), mic_seconds=2.5)
        complaints += live.news()
    assert kinds_of(complaints) == [("Complaint", "microphone_silent")]
    streams = [stream for stream in library.streams if stream.way == "input"]
    assert len(streams) == 2
    streams[-1].deliver(np.full(320, 4))
    assert ("Mended", "microphone_silent") in kinds_of(until(live, message.Mended))


def test_a_value_that_never_changes_is_told(live, library):
    feed(live, library, np.full(320, -8000), mic_seconds=2.5)
    assert ("Complaint", "microphone_stuck") in kinds_of(live.news())


def test_a_slow_reader_loses_the_oldest_and_says_so(live, library):
    for _ in itertools.repeat(None, 60):
        library.newest("input").deliver(np.arange(1, 321))
    for _ in range(50):
        live.read()
    assert [kind for _, kind in kinds_of(live.news())] == ["sound_lost"]
    assert live.captured == pytest.approx(1.2)
    assert live.lost == pytest.approx(0.2)


def test_what_came_before_the_start_is_passed_over_without_a_word(library, tmp_path):
    live = mic.LiveSound(SoundSettings(), lambda: PortAudio(library, Cards(tmp_path)))
    live.begin(microphone=True)
    library.wait_for(2)
    for _ in range(60):
        library.newest("input").deliver(np.arange(1, 321))
    live.started()
    library.newest("input").deliver(np.tile([700, -700], 160))
    assert np.abs(live.read()).max() > 500
    assert not live.news()
    assert live.lost == 0.0
    live.close()


def feed(live, library, block, mic_seconds):
    """Deliver `block` again and again; when the stream is closed, wait for the next one."""
    stream = library.newest("input")
    for _ in range(round(mic_seconds / 0.02)):
        if stream.closed:
            library.wait_for(1)
            return
        stream.deliver(block)
        live.read()
        time.sleep(0.001)


def test_a_device_that_is_not_there_is_looked_at_when_it_is_tried_again(library, monkeypatch):
    monkeypatch.setattr(line, "BACKOFF", (0.5,))
    library.there = []
    away = line.Line("input", "default", intake.Intake(), Troubles())
    assert away.pause == line.BEAT
    with pytest.raises(NotOpenedError):
        away.open(PortAudio(library))
    assert 0.3 < away.pause <= 0.5
    away.wanted = False
    assert away.pause == line.CALM


def test_a_device_is_looked_at_seldom_while_it_works_and_less_at_rest(library):
    works = line.Line("input", "default", intake.Intake(), Troubles())
    works.open(PortAudio(library))
    assert works.pause == line.BEAT
    library.newest("input").deliver(np.full(320, 3))
    assert works.goes()
    assert works.pause == line.STEADY
    works.wish = REST["input"]
    assert works.pause == line.BEAT
    works.pace = works.wish
    assert works.pause == line.CALM
