"""What the owner is told before a yes: whom the text goes to, and what they do with it."""

from __future__ import annotations

import pytest

from roomtone.app.agreement import in_the_house, whom, words
from roomtone.base.error import OwnerError

TERMS = {"provider": "https://api.openai.com/v1", "model": "gpt-4o-mini", "context": 2, "names": 3}


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "::1", "localhost", "10.1.2.3", "172.31.0.9", "192.168.1.5", "169.254.3.4",
        "fe80::1%eth0", "fd00::7", "::ffff:192.168.1.5", "brain.local", "llm.home.arpa",
        "gpu.internal",
    ],
)  # fmt: skip
def test_what_can_only_be_in_the_house_is_called_so(host):
    assert in_the_house(host)


@pytest.mark.parametrize(
    "host",
    [
        "8.8.8.8", "172.32.0.1", "100.64.0.1", "192.0.2.1", "2001:db8::1", "::ffff:8.8.8.8",
        "api.openai.com", "localhost.example", "evillocalhost", "local", "192.168.1.5.example",
        "127.1", "0x7f000001", "brain",
    ],
)  # fmt: skip
def test_what_may_be_elsewhere_is_not_called_the_house(host):
    assert not in_the_house(host)


def test_openai_is_named_with_what_it_keeps():
    told = whom("https://api.openai.com/v1")
    assert told.startswith("OpenAI.")
    assert "30 days" in told
    assert "does not train on it by default" in told


@pytest.mark.parametrize(
    "url", ["https://api.openai.com.example/v1", "https://example/api.openai.com"]
)
def test_who_only_looks_like_openai_is_somebody_else(url):
    assert "OpenAI." not in whom(url)
    assert "their terms hold" in whom(url)


def test_an_unencrypted_way_through_the_internet_is_told():
    assert "everybody on the way can read it" in whom("http://llm.example/v1")
    assert "everybody on the way" not in whom("http://192.168.1.5:8080/v1")


def test_a_port_and_an_address_in_brackets_name_the_same_computer():
    assert whom("http://[::1]:8080/v1") == "::1, a computer in your house."
    assert whom("http://LocalHost.:11434/v1") == "localhost, a computer in your house."


@pytest.mark.parametrize("url", ["https:///v1", "https://[::1/v1", "nonsense"])
def test_an_address_of_nobody_is_refused(url):
    with pytest.raises(OwnerError, match="base_url"):
        whom(url)


def test_everything_that_a_yes_means_is_told():
    told = words(TERMS)
    for needed in (
        "the text of the turn, redacted", "2 earlier turns", "never sound", "never your notes",
        "openai", "gpt-4o-mini", "addresses, telephone numbers, card numbers, ibans, e-mail",
        "the 3 names in [cloud] names", "names that are not on the list may go",
        "whoever is in the room", "`roomtone cloud ledger`", "`roomtone cloud deny`", "or say",
        "mask",
    ):  # fmt: skip
        assert needed in told.lower().replace("\n ", ""), needed


def test_no_earlier_turn_and_one_are_told_in_good_english():
    assert "No earlier turn goes along" in words(TERMS | {"context": 0})
    assert "Up to 1 earlier turn of" in words(TERMS | {"context": 1})
    assert "names that you list" in words(TERMS | {"names": 0})
    assert "the name in [cloud] names" in words(TERMS | {"names": 1})
