"""Which addresses may be called: the internet's, and in the house only what the owner wrote."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from roomtone.respond.failure import ProviderError
from roomtone.respond.names import Names

HERE = ("127.0.0.1", "::1")
"""What `localhost` means, without asking anybody."""

MOST = 4
"""Addresses of a name that are tried."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
_6TO4 = ipaddress.IPv6Network("2002::/16")  # RFC 3056
_CLOSED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "100.64.0.0/10",  # RFC 6598: shared by customers of one provider
        "64:ff9b:1::/48",  # RFC 8215: NAT64 within one network
        "2001::/23",  # RFC 2928: Teredo and other special uses
        "fec0::/10",  # RFC 3879: site-local, old
        "::/96",  # RFC 4291: IPv4-compatible, old
    )
)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Reach:
    """The way to one provider. Raises ProviderError for a `base_url` that leads nowhere."""

    def __init__(self, base_url: str, names: Names) -> None:
        parts = urlsplit(base_url)
        try:
            whole = parts.hostname and parts.port != 0
        except ValueError:
            whole = False
        if not parts.hostname or not whole:
            raise ProviderError("locked", "[cloud] base_url is no address of a server; correct it")
        self.host = _spelled(parts.hostname)
        self.encrypted = parts.scheme == "https"
        self._written = written(self.host)
        self._names = names

    @property
    def local(self) -> bool:
        """Whether the owner has written an address in the house, or `localhost`."""
        return any(not public(address) for address in self._written)

    async def addresses(self) -> list[str]:
        """Addresses that may be called, the best first. Raises ProviderError.

        What was checked is what must be called: a name may lead elsewhere a moment later.
        """
        if not self.encrypted and not self.local:
            raise ProviderError(
                "untrusted", "without https nobody can tell who answers; correct [cloud] base_url"
            )
        if self._written:
            return list(self._written)
        found = await self._names.addresses(self.host)
        if not all(public(address) for address in found):
            raise ProviderError(
                "untrusted",
                "the provider's name leads into a private network; for a server of your own, write "
                "its address into [cloud] base_url instead of its name",
            )
        return _mixed(found)[:MOST]

    def forget(self) -> None:
        """Look the name up anew: its addresses lead nowhere."""
        self._names.forget()


def _spelled(host: str) -> str:
    """A host as it is looked up (RFC 3490)."""
    try:
        return host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return host


def written(host: str) -> tuple[str, ...]:
    """The addresses that a host means by itself; empty for a name that must be looked up."""
    if host.lower() == "localhost":
        return HERE
    try:
        return (str(ipaddress.ip_address(host)),)
    except ValueError:
        return ()


def public(address: str) -> bool:
    """Whether it is an address of the internet, also where one address wraps another."""
    try:
        return _public(ipaddress.ip_address(address))
    except ValueError:
        return False


def _public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id:
            return False
        if (inner := address.ipv4_mapped or _wrapped(address)) is not None:
            return _public(inner)
    if any(address in network for network in _CLOSED if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address to which a gateway would carry it on."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _6TO4:
        return ipaddress.IPv4Address(int(address) >> 80 & 0xFFFFFFFF)
    return None


def _mixed(addresses: list[str]) -> list[str]:
    """The same, both kinds in turn, so that one kind without a way does not hide the other."""
    first = [address for address in addresses if (":" in address) == (":" in addresses[0])]
    second = [address for address in addresses if address not in first]
    mixed = []
    for number in range(max(len(first), len(second))):
        mixed += first[number : number + 1] + second[number : number + 1]
    return mixed
