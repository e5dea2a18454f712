"""What Prometheus reads, read by its own parser."""

from __future__ import annotations

import time

import pytest
from prometheus_client.parser import text_string_to_metric_families

from roomtone.app import metrics
from roomtone.app.tally import Tally
from roomtone.base import event

CANARY = "canary"


def part(**changes) -> dict:
    return {
        "up": True,
        "degraded": False,
        "restarts": 2,
        "beat_age_s": 0.5,
        "memory_mb": 80.0,
    } | changes


@pytest.fixture
def status():
    return {
        "version": "1.2.3",
        "uptime_s": 60,
        "muted": False,
        "input_level_db": -61.5,
        "timers": 1,
        "health": {
            "ready": True,
            "microphone": "open",
            "frame_age_s": 0.08,
            "captured_s": 59.0,
            "lost_s": 0.25,
        },
        "faults": [{"part": "ear", "kind": "sound_lost"}],
        "parts": {"ear": part(), "voice": part(up=False, beat_age_s=None, memory_mb=None)},
    }


@pytest.fixture
def tally():
    clock = iter(range(1000))
    counted = Tally(lambda: float(next(clock)))
    for happened in (
        event.WakeHeard(phrase="hey_jarvis", score=0.9),
        event.SpeechEnded(silence_ms=600, turn_probability=0.9),
        event.Understood(text=CANARY, confidence=0.9, compute_ms=250),
        event.ReplyStarted(by="skill"),
        event.Sentence(text=CANARY),
        event.SoundStarted(after_speech_ms=1700),
        event.ReplyFinished(by="skill", text=CANARY, spoken_text=CANARY),
        event.TimerFired(name=CANARY),
        event.Failed(part="voice", spoken=False),
        event.Fault(part="ear", fault="f", action="a", kind="sound_lost"),
        event.Fault(part="ear", fault="f", action="a", kind="sound_lost", recovered_ms=1500),
    ):
        counted.note(happened)
    counted.false_wake()
    return counted


def samples(text: str) -> dict:
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.parametrize(
    ("name", "labels", "value"),
    [
        ("build_info", {"version": "1.2.3"}, 1),
        ("uptime_seconds", {}, 60),
        ("frame_age_seconds", {}, 0.08),
        ("microphone_open", {}, 1),
        ("lost_seconds_total", {}, 0.25),
        ("part_up", {"part": "voice"}, 0),
        ("part_restarts_total", {"part": "ear"}, 2),
        ("part_memory_bytes", {"part": "ear"}, 80_000_000),
        ("part_beat_age_seconds", {"part": "ear"}, 0.5),
        ("fault_active", {"part": "ear", "kind": "sound_lost"}, 1),
        ("faults_total", {"part": "ear", "kind": "sound_lost"}, 1),
        ("fault_seconds_total", {"part": "ear", "kind": "sound_lost"}, 1.5),
        ("wakes_total", {"phrase": "hey_jarvis"}, 1),
        ("false_wakes_total", {"phrase": "hey_jarvis"}, 1),
        ("turns_total", {"by": "skill"}, 1),
        ("failures_total", {"part": "voice"}, 1),
        ("stage_seconds_count", {"stage": "compute"}, 1),
        ("stage_seconds_sum", {"stage": "answer"}, 1.7),
        ("stage_seconds_bucket", {"stage": "answer", "le": "1.5"}, 0),
        ("stage_seconds_bucket", {"stage": "answer", "le": "2.0"}, 1),
        ("stage_seconds_bucket", {"stage": "answer", "le": "+Inf"}, 1),
        ("stage_recent_seconds", {"stage": "answer", "quantile": "0.95"}, 1.7),
    ],
)
def test_everything_that_an_admin_watches_is_there(tally, status, name, labels, value):
    found = samples(metrics.text(tally, status))
    assert found[(f"roomtone_{name}", *sorted(labels.items()))] == value


def test_a_daemon_that_has_just_started_can_be_scraped(status):
    status["health"]["frame_age_s"] = None
    status["faults"] = []
    found = samples(metrics.text(Tally(), status))
    assert ("roomtone_frame_age_seconds",) not in found
    assert found[("roomtone_ready",)] == 1


def test_no_metric_has_a_word_of_what_was_said(tally, status):
    assert CANARY not in metrics.text(tally, status)


def test_every_metric_is_ours_and_explained(tally, status):
    families = list(text_string_to_metric_families(metrics.text(tally, status)))
    assert all(family.name.startswith("roomtone_") for family in families)
    assert all(family.documentation for family in families)


def test_a_scrape_is_cheap(tally, status):
    metrics.text(tally, status)
    began = time.process_time()
    metrics.text(tally, status)
    assert time.process_time() - began < 0.05
