"""Plots: valid SVG, every series in it, legible on a white page and on a dark one."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from roomtone.app.bench.plot import Curve, bars, curves, tradeoff
from roomtone.app.bench.report import Report

REPORT = Report(
    title="Delay",
    rows=[],
    series={
        "Questions: naive": [3000.0, 3500.0, 4100.0],
        "Questions: ours & more": [380.0, 420.0, 700.0],
        "Commands: ours": [280.0],
        "Questions: none": [],
    },
)


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - made here


def test_each_series_of_the_table_is_a_curve_with_its_name_and_median():
    text = curves(REPORT, "ms after the end of speech", "Questions")
    names = [one.text or "" for one in parsed(text).iter("{http://www.w3.org/2000/svg}text")]
    assert text.count('class="curve"') == 2
    assert any("naive, median 3,500" in name for name in names)
    assert any("ours & more, median 420" in name for name in names)
    assert "ms after the end of speech" in names


def test_a_report_without_figures_is_still_a_picture():
    assert parsed(curves(Report(title="t", rows=[]), "ms")).tag.endswith("svg")


def test_bars_are_as_long_as_their_values():
    drawn = parsed(bars("CPU", {"stock": 600.0, "ours": 30.0}, "ms"))
    widths = [float(one.get("width", 0)) for one in drawn.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths[0] == 20 * widths[1]


def test_text_has_a_colour_for_dark_pages():
    assert "prefers-color-scheme: dark" in bars("t", {"a": 1.0}, "s")


def test_two_figures_are_a_line_of_points_and_the_one_in_use_stands_out():
    ours = Curve([(236.0, 4.0), (298.0, 1.0), (447.0, 0.3)], marked=1)
    text = tradeoff(
        "End", {"silence": Curve([(255.0, 7.7), (543.0, 0.3)]), "ours": ours}, "ms", "%"
    )
    circles = list(parsed(text).iter("{http://www.w3.org/2000/svg}circle"))
    assert len(circles) == 5
    (large,) = [one for one in circles if one.get("r") == "6"]
    small = [one for one in circles if one is not large]
    assert float(large.get("cx")) > float(small[0].get("cx"))
    assert float(large.get("cy")) > float(small[0].get("cy"))


def test_the_axes_end_on_round_figures_above_all_points():
    text = tradeoff("End", {"one": Curve([(831.0, 7.7)])}, "ms", "%")
    names = [one.text or "" for one in parsed(text).iter("{http://www.w3.org/2000/svg}text")]
    assert "1,000" in names
    assert "8" in names


def test_no_points_at_all_are_still_a_picture():
    assert parsed(tradeoff("End", {}, "ms", "%")).tag.endswith("svg")
