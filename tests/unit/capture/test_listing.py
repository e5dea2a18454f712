"""The list that a new process makes: read whole, and given up at once."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from roomtone.capture import listing


def test_what_the_process_prints_is_read_whole():
    command = [sys.executable, "-c", "print('x' * 200_000)"]
    assert len(listing._printed(command, lambda: False)) == 200_001


def test_a_list_that_is_given_up_is_not_waited_for():
    began = time.monotonic()
    with pytest.raises(subprocess.TimeoutExpired):
        listing._printed(["sleep", "60"], lambda: True)
    assert time.monotonic() - began < listing.PATIENCE


def test_a_process_that_fails_has_no_list():
    with pytest.raises(subprocess.CalledProcessError):
        listing._printed(["false"], lambda: False)
