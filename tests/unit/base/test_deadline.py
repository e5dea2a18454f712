"""Code that does not end is ended."""

from __future__ import annotations

import re
import signal
import threading
import time

import pytest

from roomtone.base.deadline import deadline


def spin() -> None:
    while True:
        pass


def test_an_endless_loop_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(TimeoutError), deadline(0.1):
        spin()
    assert time.monotonic() - began < 1


def test_an_endless_regular_expression_is_ended() -> None:
    with pytest.raises(TimeoutError), deadline(0.1):
        re.match(r"(a*)*b", "a" * 40)


def test_what_ends_in_time_is_left_alone_and_nothing_stays_behind() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with deadline(0.05):
        pass
    time.sleep(0.1)
    assert signal.getsignal(signal.SIGALRM) is before


def test_elsewhere_than_in_the_main_thread_there_is_no_limit() -> None:
    over = []

    def slow() -> None:
        with deadline(0.01):
            time.sleep(0.05)
        over.append(True)

    thread = threading.Thread(target=slow)
    thread.start()
    thread.join()
    assert over
