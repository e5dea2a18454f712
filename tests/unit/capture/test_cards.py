"""A card is the same at any number and in any order: by its serial number, its port or its id."""

from __future__ import annotations

import pytest

from fakes.portaudio import FakeSoundDevice
from roomtone.capture.cards import Cards
from roomtone.capture.devices import NotOpenedError, PortAudio, choose


@pytest.fixture
def plug(tmp_path):
    """Puts a card into a made-up /sys/class/sound."""
    sound = tmp_path / "class" / "sound"
    sound.mkdir(parents=True)

    def card(number, *, port="", serial="", name="PCH"):
        place = f"usb1/{port}/{port}:1.0" if port else "pci0/00:1f.3"
        device = tmp_path / "devices" / place
        device.mkdir(parents=True, exist_ok=True)
        if serial:
            (device.parent / "serial").write_text(serial + "\n")
        entry = sound / f"card{number}"
        entry.mkdir()
        (entry / "id").write_text(name + "\n")
        (entry / "device").symlink_to(device)
        return entry

    card.root = sound
    return card


def listed(plug, *names):
    library = FakeSoundDevice([(name, 1, 0, 48_000) for name in names])
    return PortAudio(library, Cards(plug.root)).devices()


def test_a_serial_number_goes_with_the_device_to_another_port_and_number(plug):
    plug(1, port="1-1.4", serial="A7")
    before = listed(plug, "USB Mic: Audio (hw:1,0)")[0].identity
    plug(3, port="1-1.2", serial="A7")
    after = listed(plug, "USB Mic: Audio (hw:3,0)")[0].identity
    assert before == after == "USB Mic: Audio [serial A7]"


def test_two_of_a_kind_are_told_apart_by_their_ports(plug):
    plug(1, port="1-1.4", serial="0000")
    plug(2, port="1-1.2", serial="0000")
    devices = listed(plug, "USB Mic: Audio (hw:1,0)", "USB Mic: Audio (hw:2,0)")
    assert [device.identity for device in devices] == [
        "USB Mic: Audio [usb 1-1.4]",
        "USB Mic: Audio [usb 1-1.2]",
    ]
    for order in (devices, devices[::-1]):
        chosen = order[choose(order, "input", "USB Mic: Audio [usb 1-1.2]")]
        assert chosen.name == "USB Mic: Audio (hw:2,0)"


def test_an_identity_still_fits_when_a_second_of_its_kind_comes(plug):
    plug(1, port="1-1.4", serial="0000")
    plug(2, port="1-1.2", serial="0001")
    plug(3, port="1-1.3", serial="0001")
    devices = listed(plug, *(f"USB Mic: Audio (hw:{number},0)" for number in (1, 2, 3)))
    assert choose(devices, "input", "USB Mic: Audio [serial 0000]") == 0
    assert choose(devices, "input", "USB Mic: Audio [serial 0001]") == 1


def test_another_device_at_the_old_number_is_not_taken_for_it(plug):
    plug(1, port="1-1.2", serial="B2")
    devices = listed(plug, "USB Mic: Audio (hw:1,0)")
    with pytest.raises(NotOpenedError, match="no such microphone"):
        choose(devices, "input", "USB Mic: Audio [serial A7]")


def test_a_card_on_the_board_has_its_id_and_a_server_nothing(plug):
    plug(0)
    names = [device.identity for device in listed(plug, "HDA: ALC257 (hw:0,0)", "pulse")]
    assert names == ["HDA: ALC257 [card PCH]", "pulse"]


def test_a_list_is_outdated_when_a_card_comes_or_changes_its_number(plug):
    plug(0)
    port = PortAudio(FakeSoundDevice([]), Cards(plug.root))
    assert not port.outdated
    entry = plug(1, port="1-1.4")
    assert port.outdated
    port.look_again()
    assert not port.outdated
    entry.rename(plug.root / "card2")
    assert port.outdated
