"""Whoever holds a microphone is found by what the kernel and the sound server tell."""

from __future__ import annotations

import json
import os

from roomtone.app.prove import mute
from roomtone.base.error import OwnerError


def holding(root, pid, *targets):
    folder = root / f"proc/{pid}/fd"
    folder.mkdir(parents=True)
    for number, target in enumerate(targets):
        (folder / str(number)).symlink_to(target)


def test_a_card_that_is_open_for_capture_is_found(tmp_path):
    holding(tmp_path, 7, "/dev/null", "/dev/snd/pcmC1D0c", "/dev/snd/pcmC0D0p")
    holding(tmp_path, 8, "/dev/snd/pcmC2D0c")
    assert mute.holders([7], tmp_path) == ("/dev/snd/pcmC1D0c",)
    assert mute.holders([7, 8, 9], tmp_path) == ("/dev/snd/pcmC1D0c", "/dev/snd/pcmC2D0c")


def test_a_loudspeaker_or_a_mixer_is_no_microphone(tmp_path):
    holding(tmp_path, 7, "/dev/snd/pcmC0D0p", "/dev/snd/controlC0")
    assert mute.holders([7], tmp_path) == ()


def test_a_stream_of_the_sound_server_is_found_by_its_process(tmp_path, monkeypatch):
    told = [{"properties": {"application.process.id": str(os.getpid())}}, {"properties": {}}]
    monkeypatch.setattr(mute, "ask", lambda _command: json.dumps(told))
    assert mute.holders([os.getpid()], tmp_path) == ("a stream of the sound server",)
    assert mute.holders([1], tmp_path) == ()


def test_a_sound_server_that_says_nothing_of_use_is_no_microphone(tmp_path, monkeypatch):
    monkeypatch.setattr(mute, "ask", lambda _command: "Connection refused")
    assert mute.holders([1], tmp_path) == ()


def test_what_is_still_held_breaks_it():
    assert mute.closed(("/dev/snd/pcmC1D0c",)).verdict == "broken"
    assert mute.closed(()).verdict == "holds"
    assert mute.in_time("/dev/snd/pcmC1D0c", 0.05).verdict == "holds"
    assert mute.in_time("/dev/snd/pcmC1D0c", 0.31).verdict == "broken"
    assert mute.in_time("/dev/snd/pcmC1D0c", None).verdict == "broken"


class Client:
    def __init__(self, problem=None):
        self._problem = problem

    def listen(self):
        if self._problem:
            raise self._problem


def test_a_daemon_that_listens_while_it_is_muted_breaks_it():
    assert mute.refused(Client()).verdict == "broken"
    assert mute.refused(Client(OwnerError("the microphone is muted"))).verdict == "holds"
