"""Devices by name, and what is said when there is none."""

from __future__ import annotations

import pytest

from fakes.portaudio import FakeSoundDevice
from roomtone.base.error import OwnerError
from roomtone.capture.devices import Device, PortAudio, choose, plain


def device(name, inputs=1, outputs=0, *, default=False):
    return Device(
        name=name,
        identity=plain(name),
        inputs=inputs,
        outputs=outputs,
        rate=48_000,
        default_input=default,
        default_output=False,
    )


DEVICES = [
    device("HDMI: 0 (hw:0,3)", inputs=0, outputs=2),
    device("USB Audio: - (hw:2,0)", inputs=1),
    device("USB Audio Pro: - (hw:1,0)", inputs=2, default=True),
]


def test_the_identity_has_no_numbers_that_change_at_boot():
    assert plain("USB Audio: - (hw:2,0)") == "USB Audio"
    assert plain("pulse") == "pulse"


def test_default_is_the_systems_default():
    assert choose(DEVICES, "input", "default") == 2


def test_default_is_any_device_when_the_system_has_none():
    assert choose(DEVICES[:2], "input", "default") == 1


def test_a_part_of_the_name_is_enough_and_case_does_not_count():
    assert choose(DEVICES, "input", "pro") == 2


def test_the_whole_name_wins_over_a_part_of_another():
    assert choose(DEVICES, "input", "USB Audio") == 1


def test_an_unknown_name_is_answered_with_those_that_exist():
    with pytest.raises(OwnerError, match=r"'Blue Yeti': no such microphone.*'USB Audio Pro'"):
        choose(DEVICES, "input", "Blue Yeti")


def test_a_loudspeaker_alone_is_said_to_lack_a_microphone():
    with pytest.raises(OwnerError, match=r"no microphone found, there is only 'HDMI: 0'"):
        choose(DEVICES[:1], "input", "default")


def test_a_microphone_alone_is_said_to_lack_a_loudspeaker():
    with pytest.raises(OwnerError, match="no loudspeaker found"):
        choose(DEVICES[1:], "output", "default")


def test_no_device_at_all_is_said_so():
    with pytest.raises(OwnerError, match="no sound device at all"):
        choose([], "input", "default")


@pytest.mark.parametrize(
    ("allowed", "form"),
    [
        (lambda rate, _channels, _dtype: rate == 16_000, (16_000, 1, "int16")),
        (lambda rate, _channels, _dtype: rate == 44_100, (44_100, 1, "int16")),
        (lambda rate, channels, _dtype: rate == 48_000 and channels == 2, (48_000, 2, "int16")),
        (
            lambda _rate, channels, dtype: (channels, dtype) == (6, "float32"),
            (16_000, 6, "float32"),
        ),
    ],
)
def test_a_stream_opens_in_the_best_form_that_the_device_allows(allowed, form):
    library = FakeSoundDevice([("Array", 6, 0, 44_100)], allowed)
    opened = PortAudio(library).open("input", "default", lambda *_form: print, print)
    assert (opened.rate, opened.channels, opened.dtype) == form


def test_a_device_that_allows_nothing_is_told_with_the_reason():
    library = FakeSoundDevice([("Array", 6, 0, 44_100)], lambda *_form: False)
    with pytest.raises(OwnerError, match="'Array' cannot be opened for input: Invalid"):
        PortAudio(library).open("input", "default", lambda *_form: print, print)


def test_a_stream_that_does_not_start_lets_the_device_go():
    library = FakeSoundDevice([("Array", 6, 0, 44_100)])
    library.starts = lambda rate, _channels, _dtype: rate == 44_100
    opened = PortAudio(library).open("input", "default", lambda *_form: print, print)
    assert opened.rate == 44_100
    assert len(library.made) > 1
    assert [stream for stream in library.made if not stream.closed] == [opened.stream]
