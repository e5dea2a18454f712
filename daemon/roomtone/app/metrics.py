"""What was counted, and the state of the daemon, in the text form that Prometheus reads.

    curl --unix-socket /run/roomtone/roomtone.sock http://roomtone/metrics

Labels name parts, wake words and kinds of faults: never what was said.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from roomtone.app.tally import BOUNDS, Tally
from roomtone.system.health import MB, memory_mb

if TYPE_CHECKING:
    from prometheus_client.core import Metric

QUANTILES = (0.5, 0.95)


def load() -> None:
    """Import the library, which takes some tenths of a second: in a thread, before `text`."""
    import prometheus_client.core  # noqa: F401 - the import is the point


def text(tally: Tally, status: Mapping[str, Any]) -> str:
    """All metrics; `status` is what the door tells at /status."""
    from prometheus_client import CollectorRegistry, generate_latest

    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector(tally, status))
    return generate_latest(registry).decode()


class _Collector:
    def __init__(self, tally: Tally, status: Mapping[str, Any]) -> None:
        self._tally = tally
        self._status = status

    def collect(self) -> Iterator[Metric]:
        yield from _daemon(self._status)
        yield from _parts(self._status["parts"])
        yield from _faults(self._tally, self._status["faults"])
        yield from _conversation(self._tally)
        yield from _stages(self._tally)


def _daemon(status: Mapping[str, Any]) -> Iterator[Metric]:
    health = status["health"]
    version = {"version": str(status["version"])}
    yield _gauge("build_info", "Which version runs.", [(version, 1.0)])
    yield _gauge("uptime_seconds", "Since the daemon started.", status["uptime_s"])
    yield _gauge("ready", "1 once it hears, or provably has no open microphone.", health["ready"])
    yield _gauge("muted", "1 while the microphone is closed.", status["muted"])
    hears = health["microphone"] == "open"
    yield _gauge("microphone_open", "1 while sound comes in.", hears)
    if health["frame_age_s"] is not None:
        age = health["frame_age_s"]
        yield _gauge("frame_age_seconds", "Since the last frame of the microphone.", age)
    yield _gauge("input_level_dbfs", "Level of the microphone.", status["input_level_db"])
    if status.get("erle_db") is not None:
        said = "How much of its own voice is taken out of the microphone's sound."
        yield _gauge("echo_return_loss_enhancement_db", said, status["erle_db"])
    captured, lost = health["captured_s"], health["lost_s"]
    yield _counter("captured_seconds", "Sound of the microphone, as the ear counts.", captured)
    yield _counter("lost_seconds", "Of it, given up because the machine was too busy.", lost)
    yield _gauge("timers", "Timers that run.", status["timers"])


def _parts(parts: Mapping[str, Any]) -> Iterator[Metric]:
    def of(key: str, scale: float = 1.0) -> list[tuple[dict[str, str], float]]:
        return [
            ({"part": name}, part[key] * scale)
            for name, part in parts.items()
            if part.get(key) is not None
        ]

    yield _gauge("part_up", "1 while the part answers.", of("up"))
    yield _gauge(
        "part_degraded", "1 while it is given up but for a try now and then.", of("degraded")
    )
    yield _gauge("part_beat_age_seconds", "Since its last sign of life.", of("beat_age_s"))
    yield _counter("part_restarts", "How often it was started again.", of("restarts"))
    core = memory_mb(os.getpid())
    own = [({"part": "core"}, core * MB)] if core is not None else []
    yield _gauge("part_memory_bytes", "Its share of the memory.", own + of("memory_mb", MB))


def _faults(tally: Tally, active: list[dict[str, Any]]) -> Iterator[Metric]:
    def of(counted: Mapping[tuple[str, str], float]) -> list[tuple[dict[str, str], float]]:
        return [({"part": part, "kind": kind}, n) for (part, kind), n in counted.items()]

    lasting = [({"part": fault["part"], "kind": fault["kind"]}, 1.0) for fault in active]
    yield _gauge("fault_active", "1 while a fault lasts.", lasting)
    yield _counter("faults", "Faults that began.", of(tally.faults))
    yield _counter("recoveries", "Faults that ended.", of(tally.recoveries))
    yield _counter("fault_seconds", "How long those lasted.", of(tally.recovery_seconds))


def _conversation(tally: Tally) -> Iterator[Metric]:
    def of(name: str, counted: Mapping[str, int]) -> list[tuple[dict[str, str], float]]:
        return [({name: label}, float(n)) for label, n in counted.items()]

    yield _counter("wakes", "Wake words heard.", of("phrase", tally.wakes))
    yield _counter("false_wakes", "Those reported as false.", of("phrase", tally.false_wakes))
    yield _counter("unanswered", "Times that nobody spoke when it listened.", tally.unanswered)
    yield _counter("turns", "Answers, by who gave them.", of("by", tally.turns))
    prepared = of("ready", tally.prepared)
    yield _counter("answers", "By whether they were ready before the turn was sure.", prepared)
    wasted = "Spent on answers to what nobody asked in the end."
    yield _counter("wasted_seconds", wasted, tally.wasted_seconds)
    yield _counter("interruptions", "Answers that somebody spoke over.", tally.interruptions)
    yield _counter("failures", "Turns lost, by the part that failed.", of("part", tally.failures))


def _stages(tally: Tally) -> Iterator[Metric]:
    from prometheus_client.core import HistogramMetricFamily

    histogram = HistogramMetricFamily(
        "roomtone_stage_seconds", "How long each stage of a turn took.", labels=["stage"]
    )
    recent = []
    for stage, durations in tally.stages.items():
        count, buckets = 0, []
        for bound, number in zip((*map(str, BOUNDS), "+Inf"), durations.buckets, strict=True):
            count += number
            buckets.append((bound, count))
        histogram.add_metric([stage], buckets, durations.sum)
        recent += [
            ({"stage": stage, "quantile": str(share)}, durations.quantile(share))
            for share in QUANTILES
        ]
    yield histogram
    yield _gauge("stage_recent_seconds", "The same over the last 200 turns.", recent)


def _gauge(name: str, help_: str, values: Any) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    return _filled(GaugeMetricFamily(f"roomtone_{name}", help_, labels=_labels(values)), values)


def _counter(name: str, help_: str, values: Any) -> Metric:
    from prometheus_client.core import CounterMetricFamily

    return _filled(CounterMetricFamily(f"roomtone_{name}", help_, labels=_labels(values)), values)


def _labels(values: Any) -> list[str]:
    """A plain number has no labels."""
    return list(values[0][0]) if isinstance(values, list) and values else []


def _filled(family: Any, values: Any) -> Metric:
    for labels, value in values if isinstance(values, list) else [({}, values)]:
        family.add_metric(list(labels.values()), float(value))
    filled: Metric = family
    return filled
