"""Figures as SVG, drawn here: curves of what share has ended by when, and bars."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from roomtone.app.bench.report import Report, shown

WIDTH, HEIGHT = 720, 340
LEFT, RIGHT, TOP, BOTTOM = 56, 24, 56, 48

COLOURS = ("#b4552d", "#8a7a2b", "#2f6f8f", "#5b5aa6")
"""One for each curve; each stands out on a white page and on a dark one."""

Place = Callable[[float], float]
"""A value -> where it lies on the page."""

STYLE = """
svg { font: 13px system-ui, sans-serif; color-scheme: light dark; }
text { fill: #3a3a38; } .faint { fill: #74736e; } .title { font-size: 15px; font-weight: 600; }
.axis { stroke: #74736e; } .grid { stroke: #74736e; stroke-opacity: 0.22; }
.curve { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
@media (prefers-color-scheme: dark) { text { fill: #e6e4dd; } .faint { fill: #a3a199; } }
"""


def curves(report: Report, unit: str, heading: str = "") -> str:
    """Each series of the report as a curve: the share of turns that were answered by a time.

    `heading` takes the series of one table only; `unit` is what the values are, in words. Times
    are on a logarithmic scale.
    """
    drawn = {
        name.removeprefix(f"{heading}: "): sorted(values)
        for name, values in report.series.items()
        if values and name.startswith(heading)
    }
    values = [value for one in drawn.values() for value in one]
    low, high, marks = _scale(values)

    def x(value: float) -> float:
        share = math.log(max(value, low) / low) / math.log(high / low)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(share: float) -> float:
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    parts = [_frame(x, y, marks, unit)]
    for number, (name, one) in enumerate(drawn.items()):
        colour = COLOURS[number % len(COLOURS)]
        parts += [_curve(one, colour, x, y), _name(name, one, colour, number)]
    return _page(heading or report.title, parts)


def bars(title: str, values: Mapping[str, Any], unit: str) -> str:
    """One bar for each figure, from 0; the figure stands behind it."""
    most = max(values.values(), default=1.0) or 1.0
    step, left = 34, 220
    parts = []
    for number, (name, value) in enumerate(values.items()):
        top = TOP + number * step
        length = value / most * (WIDTH - left - 110)
        colour = COLOURS[number % len(COLOURS)]
        parts += [
            f'<text x="{left - 10}" y="{top + 17}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{left}" y="{top + 3}" width="{max(length, 1):.1f}" height="20" rx="2" '
            f'fill="{colour}"/>',
            f'<text x="{left + length + 8:.1f}" y="{top + 17}">{shown(value)} {escape(unit)}'
            "</text>",
        ]
    return _page(title, parts, TOP + len(values) * step + 16)


class Curve(NamedTuple):
    """Points in their order, and which of them is in use."""

    points: Sequence[tuple[float, float]]
    marked: int | None = None


def tradeoff(title: str, curves: Mapping[str, Curve], across: str, up: str) -> str:
    """Curves of two figures that both ought to be small, from 0; `across` and `up` are in words."""
    points = [point for curve in curves.values() for point in curve.points]
    most_x = _round(max((x for x, _ in points), default=1.0))
    most_y = _round(max((y for _, y in points), default=1.0))

    def x(value: float) -> float:
        return LEFT + value / most_x * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - value / most_y * (HEIGHT - TOP - BOTTOM)

    parts = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        at, beside = y(share * most_y), x(share * most_x)
        kind = "axis" if share == 0 else "grid"
        parts += [
            f'<line class="{kind}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>',
            f'<text class="faint" x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">'
            f"{share * most_y:g}</text>",
            f'<text class="faint" x="{beside:.1f}" y="{y(0) + 18:.1f}" text-anchor="middle">'
            f"{share * most_x:,.0f}</text>",
        ]
    parts.append(
        f'<text class="faint" x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 8}" '
        f'text-anchor="middle">{escape(across)} ({escape(up)} upwards)</text>'
    )
    for number, (name, curve) in enumerate(curves.items()):
        colour = COLOURS[number % len(COLOURS)]
        path = " ".join(f"{x(one):.1f},{y(other):.1f}" for one, other in curve.points)
        parts.append(f'<polyline class="curve" stroke="{colour}" points="{path}"/>')
        for place, (one, other) in enumerate(curve.points):
            size = 6 if place == curve.marked else 3
            parts.append(
                f'<circle cx="{x(one):.1f}" cy="{y(other):.1f}" r="{size}" fill="{colour}"/>'
            )
        at = LEFT + number * (WIDTH - LEFT - RIGHT) // max(len(curves), 1)
        parts.append(
            f'<rect x="{at}" y="38" width="12" height="4" fill="{colour}"/>'
            f'<text x="{at + 18}" y="44">{escape(name)}</text>'
        )
    return _page(title, parts)


def _round(most: float) -> float:
    """The end of an axis from 0: the next of 1, 2, 4, 6 and 8 of a ten."""
    ten = 10.0 ** math.floor(math.log10(max(most, 1e-9)))
    return next((step * ten for step in (1, 2, 4, 6, 8) if step * ten >= most), 10 * ten)


def _page(title: str, parts: Iterable[str], height: int = HEIGHT) -> str:
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'width="{WIDTH}" height="{height}" role="img" aria-label="{escape(title)}">',
            f"<style>{STYLE}</style>",
            f'<text class="title" x="16" y="28">{escape(title)}</text>',
            *parts,
            "</svg>\n",
        )
    )


def _frame(x: Place, y: Place, marks: Sequence[float], unit: str) -> str:
    lines = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        at = y(share)
        kind = "axis" if share == 0 else "grid"
        lines += [
            f'<line class="{kind}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>',
            f'<text class="faint" x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">'
            f"{100 * share:.0f} %</text>",
        ]
    for mark in marks:
        at = x(mark)
        lines += [
            f'<line class="grid" x1="{at:.1f}" x2="{at:.1f}" y1="{y(0):.1f}" y2="{y(1):.1f}"/>',
            f'<text class="faint" x="{at:.1f}" y="{y(0) + 18:.1f}" text-anchor="middle">'
            f"{mark:,.0f}</text>",
        ]
    middle = (LEFT + WIDTH - RIGHT) / 2
    lines.append(
        f'<text class="faint" x="{middle:.0f}" y="{HEIGHT - 8}" text-anchor="middle">'
        f"{escape(unit)}</text>"
    )
    return "\n".join(lines)


def _curve(values: Sequence[float], colour: str, x: Place, y: Place) -> str:
    """A step up at every value."""
    path, share = [f"M{x(values[0]):.1f},{y(0):.1f}"], 0.0
    for number, value in enumerate(values, 1):
        path += [
            f"L{x(value):.1f},{y(share):.1f}",
            f"L{x(value):.1f},{y(number / len(values)):.1f}",
        ]
        share = number / len(values)
    return f'<path class="curve" stroke="{colour}" d="{" ".join(path)}"/>'


def _name(name: str, values: Sequence[float], colour: str, number: int) -> str:
    middle = values[(len(values) - 1) // 2]
    at = LEFT + number * (WIDTH - LEFT - RIGHT) // len(COLOURS)
    return (
        f'<rect x="{at}" y="38" width="12" height="4" fill="{colour}"/>'
        f'<text x="{at + 18}" y="44">{escape(name)}, median {shown(float(middle))}</text>'
    )


def _scale(values: Sequence[float]) -> tuple[float, float, list[float]]:
    """The ends of a logarithmic axis around the values, and its marks: 1, 2 and 5 of each ten."""
    low, high = min(values, default=1.0), max(values, default=10.0)
    low = max(low, high / 1e6, 1e-6)
    marks = [
        figure * 10.0**power
        for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        for figure in (1, 2, 5)
    ]
    first = max(mark for mark in marks if mark <= low)
    last = min((mark for mark in marks if mark >= high), default=10 * first)
    last = last if last > first else 10 * first
    return first, last, [mark for mark in marks if first <= mark <= last]
