"""Figures: percentiles, limits, slopes and word errors, against values that are known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from roomtone.app.bench import figures


def test_a_percentile_lies_between_the_values_in_proportion():
    assert figures.percentile([1.0, 2.0, 3.0, 4.0], 50) == 2.5
    assert math.isnan(figures.percentile([], 50))


def test_limits_enclose_the_percentile_and_stay_the_same():
    values = list(np.random.default_rng(2).normal(400, 50, 100))
    low, high = figures.limits(values, 50)
    assert low < figures.percentile(values, 50) < high
    assert high - low < 50
    assert figures.limits(values, 50) == (low, high)
    assert all(map(math.isnan, figures.limits([], 50)))


def test_a_ratio_has_limits_on_both_sides():
    slow, fast = [4000.0, 4200.0, 3900.0], [400.0, 410.0, 390.0]
    assert figures.ratio(slow, fast) == 10.0
    low, high = figures.ratio_limits(slow, fast)
    assert 9 < low <= 10 <= high < 11


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 10, 0.0, 0.278), (5, 10, 0.237, 0.763), (0, 0, 0, 1)]
)
def test_a_share_has_wilsons_limits(hits, of, low, high):
    assert figures.wilson(hits, of) == pytest.approx((low, high), abs=0.001)


@pytest.mark.parametrize(
    ("events", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (500, 457.1, 545.8)]
)
def test_a_count_has_exact_limits(events, low, high):
    assert figures.poisson(events) == pytest.approx((low, high), rel=0.001, abs=0.001)


def test_a_share_is_told_with_its_counts():
    assert figures.share(151, 155) == "97.4 % (151 of 155, 93.6 to 99.0)"
    assert figures.share(0, 0) == "none to count"


def test_a_slope_is_the_growth_per_step():
    assert figures.slope([1.0, 3.0, 5.0]) == pytest.approx(2.0)
    assert figures.slope([7.0]) == 0.0


@pytest.mark.parametrize(
    ("said", "read", "errors"),
    [
        ("set a timer", "Set a timer.", 0),
        ("set a timer", "set the timer now", 2),
        ("what's the time", "", 3),
        ("pi is 3.14", "Pi is 3.14!", 0),
    ],
)
def test_word_errors_look_past_case_and_marks(said, read, errors):
    assert figures.word_errors(said, read) == errors
