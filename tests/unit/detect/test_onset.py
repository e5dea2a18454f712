"""Enough voice within a short time."""

from __future__ import annotations

from roomtone.detect.onset import Onset


def begins(probabilities, least=3, window=4):
    onset = Onset(least, window, 0.5)
    return [onset.feed(p) for p in probabilities]


def test_voice_that_lasts_begins():
    assert begins([0.9, 0.9, 0.9]) == [False, False, True]


def test_a_gap_of_one_hop_does_not_matter():
    assert begins([0.9, 0.9, 0.1, 0.9])[-1]


def test_scattered_hops_do_not_begin():
    assert not any(begins([0.9, 0.1, 0.1] * 10))


def test_it_knows_how_long_ago_the_first_voice_was():
    onset = Onset(3, 5, 0.5)
    for p in (0.1, 0.9, 0.1, 0.9, 0.9):
        onset.feed(p)
    assert onset.hops == 4
    onset.reset()
    assert onset.hops == 0
    assert not onset.rising
