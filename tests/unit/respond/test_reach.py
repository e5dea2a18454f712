"""Which addresses may be called."""

from __future__ import annotations

import asyncio

import pytest

from roomtone.respond.failure import ProviderError
from roomtone.respond.names import Names
from roomtone.respond.reach import Reach, public


def reach(url: str, *addresses: str) -> Reach:
    return Reach(url, Names(lambda _host: list(addresses)))


def found(url: str, *addresses: str) -> list[str]:
    return asyncio.run(reach(url, *addresses).addresses())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "240.0.0.1", "::", "::1",  # noqa: S104 - to be refused
        "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1",
        "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::10.0.0.1",
        "64:ff9b:1::1", "2002:a00:1::1", "2001::1", "2001:db8::1", "no address", "",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_internet_is_refused(address):
    assert not public(address)
    with pytest.raises(ProviderError, match="private network") as told:
        found("https://provider.example/v1", "1.1.1.1", address)
    assert told.value.kind == "untrusted"


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "2606:4700::6810:1", "64:ff9b::1.1.1.1", "::ffff:1.1.1.1"]
)
def test_an_address_of_the_internet_is_called_also_through_a_gateway(address):
    assert found("https://provider.example/v1", address) == [address]


@pytest.mark.parametrize(
    ("url", "addresses"),
    [
        ("http://192.168.1.20:8080/v1", ["192.168.1.20"]),
        ("http://localhost:11434/v1", ["127.0.0.1", "::1"]),
        ("http://[::1]:8080/v1", ["::1"]),
        ("https://10.0.0.9/v1", ["10.0.0.9"]),
    ],
)
def test_in_the_house_only_what_the_owner_wrote_as_an_address_is_called(url, addresses):
    assert found(url, "1.1.1.1") == addresses
    assert reach(url).local


@pytest.mark.parametrize("host", ["nas.local", "2130706433", "0x7f.1", "127.1"])
def test_a_name_or_a_number_that_leads_into_the_house_is_not(host):
    assert not reach(f"http://{host}/v1").local
    with pytest.raises(ProviderError):
        found(f"https://{host}/v1", "127.0.0.1")


@pytest.mark.parametrize("url", ["http://provider.example/v1", "http://1.1.1.1/v1"])
def test_without_encryption_nothing_goes_to_the_internet(url):
    with pytest.raises(ProviderError, match="https") as told:
        found(url, "1.1.1.1")
    assert told.value.kind == "untrusted"


def test_both_kinds_of_addresses_are_tried_in_turn_and_not_all_of_them():
    addresses = [*(f"2606:4700::{n}" for n in range(1, 5)), "1.1.1.1", "1.0.0.1"]
    mixed = found("https://provider.example", *addresses)
    assert mixed == ["2606:4700::1", "1.1.1.1", "2606:4700::2", "1.0.0.1"]


@pytest.mark.parametrize("url", ["https://:443/v1", "https://host:99999/v1", "https://host:0/"])
def test_an_address_that_leads_nowhere_is_told(url):
    with pytest.raises(ProviderError, match="base_url"):
        reach(url)
