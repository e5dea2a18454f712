"""Packets are counted, and questions for names are known among them."""

from __future__ import annotations

import socket
import struct

import pytest

from roomtone.app.prove.packets import IP4, IP6, TCP, UDP, Listener, asks_for_a_name


def ip4(protocol, port, options=b""):
    first = 0x40 | (20 + len(options)) // 4
    head = struct.pack(">B8xB2x4s4s", first, protocol, bytes(4), bytes(4)) + options
    return head + struct.pack(">HH", 40000, port)


def ip6(protocol, port):
    return bytes(6) + bytes([protocol]) + bytes(33) + struct.pack(">HH", 40000, port)


@pytest.mark.parametrize("port", [53, 853, 5353, 5355, 137])
def test_a_question_for_a_name_is_known_by_its_port(port):
    assert asks_for_a_name(IP4, ip4(UDP, port))
    assert asks_for_a_name(IP4, ip4(TCP, port, options=bytes(8)))
    assert asks_for_a_name(IP6, ip6(UDP, port))


def test_other_packets_ask_for_no_name():
    assert not asks_for_a_name(IP4, ip4(UDP, 9))
    assert not asks_for_a_name(IP4, ip4(1, 53))
    assert not asks_for_a_name(0x0806, ip4(UDP, 53))
    assert not asks_for_a_name(IP4, b"")


def test_a_packet_on_the_loopback_is_heard_once():
    try:
        listener = Listener()
    except PermissionError:
        pytest.skip("to listen to a network needs root")
    try:
        before = listener.seen["questions for names"]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.sendto(b"?", ("127.0.0.1", 137))
        listener.drain()
        assert listener.seen["questions for names"] - before == 1
        assert listener.seen["packets"] >= 1
    finally:
        listener.close()
