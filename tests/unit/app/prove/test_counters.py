"""What the kernel has counted is read, and what has moved is told."""

from __future__ import annotations

import pytest

from roomtone.app.prove import counters

DEV = """Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs
    lo:     {lo}       1    0    0    0     0          0         0      {lo}       1    0    0
"""
ETH = (
    "  eth0:     500       5    0    0    0     0          0         0      400       4    0    0\n"
)
SNMP = """Ip: Forwarding OutRequests
Ip: 1 {packets}
IcmpMsg: InType3 OutType3 OutType8
IcmpMsg: 7 {icmp} 2
Tcp: ActiveOpens PassiveOpens
Tcp: {opens} 5
Udp: InDatagrams OutDatagrams
Udp: 9 {datagrams}
"""
SNMP6 = "Ip6OutRequests                  \t{packets6}\nUdp6OutDatagrams\t0\n"


@pytest.fixture
def kernel(tmp_path):
    """Writes /proc/7/net as a kernel would."""
    folder = tmp_path / "proc/7/net"
    folder.mkdir(parents=True)

    def write(*, lo=0, packets=0, icmp=0, opens=0, datagrams=0, packets6=0, more=""):
        (folder / "dev").write_text(DEV.format(lo=lo) + more)
        told = {"packets": packets, "icmp": icmp, "opens": opens, "datagrams": datagrams}
        (folder / "snmp").write_text(SNMP.format(**told))
        (folder / "snmp6").write_text(SNMP6.format(packets6=packets6))
        return counters.read(7, tmp_path)

    return write


def test_nothing_sent_is_nothing_moved(kernel):
    assert kernel().since(kernel()) == {}


def test_every_kind_of_sending_is_told(kernel):
    before = kernel(icmp=1)
    after = kernel(lo=90, packets=3, icmp=2, opens=1, datagrams=2, packets6=4)
    assert after.since(before) == {
        "bytes on lo": 90,
        "packets": 3,
        "control messages": 1,
        "connections": 1,
        "datagrams": 2,
        "IPv6 packets": 4,
    }


def test_the_interfaces_are_named(kernel):
    assert kernel().interfaces == ("lo",)
    assert kernel(more=ETH).interfaces == ("eth0", "lo")


def test_this_kernel_is_read():
    assert "datagrams" in counters.read().sent
