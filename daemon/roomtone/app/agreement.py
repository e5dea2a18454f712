"""What the owner is told before a yes to the cloud: what leaves, to whom, and how to stop it."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from roomtone.base.error import OwnerError

OPENAI = "api.openai.com"

HOUSE = tuple(
    ipaddress.ip_network(block)
    for block in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)
"""Addresses that stay in a house: this machine (RFC 1122, 4291), private (RFC 1918, 4193) and
link-local ones (RFC 3927, 4291)."""

HOUSE_NAMES = ("localhost", ".localhost", ".local", ".home.arpa", ".internal")
"""Names that no public name server answers: RFC 6761, 6762, 8375, and ICANN for the last."""


def words(terms: dict[str, Any]) -> str:
    """Everything that a yes to `terms` means. Raises OwnerError for an address of nobody."""
    earlier = terms["context"]
    along = (
        "No earlier turn goes along."
        if not earlier
        else f"Up to {earlier} earlier turn{'s' * (earlier > 1)} of the conversation go along."
    )
    names = terms.get("names", 0)
    match terms.get("names", 0):
        case 0:
            listed = "names that you list in [cloud] names"
        case 1:
            listed = "the name in [cloud] names"
        case names:
            listed = f"the {names} names in [cloud] names"
    return "\n".join(
        (
            "What will leave this house when the cloud is asked:",
            "  The text of the turn, redacted, as written words. " + along,
            "  Never sound, never your notes, never what else is kept.",
            f"To whom: {whom(terms['provider'])}",
            f"  at {terms['provider']}, model {terms['model']}.",
            "What is replaced before it leaves:",
            f"  Addresses, telephone numbers, card numbers, IBANs, e-mail addresses, and {listed}.",
            "  Names that are not on the list may go.",
            "Who is concerned: whoever is in the room and speaks to it. Tell them.",
            "How to see it: `roomtone cloud ledger` shows every text that left, to the byte.",
            'How to stop it: `roomtone cloud deny`, or say "stop using the cloud"; for good: '
            "`sudo systemctl mask --now roomtone-cloud.socket roomtone-cloud.service`.",
        )
    )


def whom(provider: str) -> str:
    """Who gets it, and what they do with it. Raises OwnerError when the address names nobody."""
    try:
        parts = urlsplit(provider)
    except ValueError:
        parts = urlsplit("")
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise OwnerError("[cloud] base_url names no computer; correct it")
    if in_the_house(host):
        return f"{host}, a computer in your house."
    plain = "" if parts.scheme == "https" else " Unencrypted: everybody on the way can read it."
    if host == OPENAI:
        return (
            "OpenAI. By its published terms it keeps the text up to 30 days to look for abuse, and "
            f"does not train on it by default.{plain}"
        )
    return f"whoever runs {host}; their terms hold.{plain}"


def in_the_house(host: str) -> bool:
    """Whether an address or name can only mean this machine or one beside it."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host == HOUSE_NAMES[0] or host.endswith(HOUSE_NAMES[1:])
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in block for block in HOUSE)
