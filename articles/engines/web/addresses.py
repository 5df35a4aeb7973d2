"""Where an engine may connect to: the public internet, and what the administrator allows besides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

import regex

from articles.engines.base import EngineUnavailable

if TYPE_CHECKING:
    import httpx

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
MAX_URL = 2000
_HOST_NAME = regex.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*+")


class AddressRefused(EngineUnavailable):
    """An address that no engine may connect to."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, may_pass=False)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What an administrator allows besides the public internet: hosts by name, and networks."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, entries: Iterable[str]) -> Allowance:
        """Host names, IP addresses, and networks such as 10.0.0.0/8. Raises ValueError."""
        hosts, networks = set[str](), list[Network]()
        for entry in filter(None, (one.strip().lower() for one in entries)):
            try:
                networks.append(ip_network(entry.strip("[]")))
            except ValueError:
                if not _HOST_NAME.fullmatch(entry) or entry.replace(".", "").isdigit():
                    raise ValueError(
                        f"{entry!r:.80} is neither a host name nor a network such as 10.0.0.0/8."
                    ) from None
                hosts.add(entry)
        return cls(frozenset(hosts), tuple(networks))

    def check(self, host: str, address: str) -> None:
        """Whether one may connect to `address`, which `host` is known by. Raises AddressRefused."""
        # A zone (fe80::1%eth0) says which cable to take, not where it leads.
        found = ip_address(address.partition("%")[0])
        if not (is_public(found) or self.trusts(host) or self.trusts(str(found))):
            raise AddressRefused(
                f"The address {host!r:.80} lies in an internal network, and this installation does not "
                "connect to it. Its administrator can allow that by ENGINE_HOSTS_ALLOWED."
            )

    def trusts(self, host: str) -> bool:
        """Whether the administrator named this very host, or its network."""
        found = _as_address(host)
        if found is None:
            return host.lower().rstrip(".") in self.hosts
        return any(found in network for network in self.networks)


PUBLIC_ONLY = Allowance()


def is_public(address: Address) -> bool:
    """Whether it belongs to the public internet. IPv4 within IPv6 is looked at as what it leads to."""
    if isinstance(address, IPv6Address):
        within = address.ipv4_mapped or address.sixtofour
        if within:
            return is_public(within)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def read_url(text: str, allowance: Allowance) -> httpx.URL:
    """The address of a service; what its name leads to is checked when it is connected to.

    Raises AddressRefused for what nobody should connect to, or cannot.
    """
    import httpx  # it takes 11 MB, which only those need who ask a service

    try:
        url = httpx.URL(text.strip())
    except httpx.InvalidURL:
        raise AddressRefused("This is not an address: write it as https://example.org/path.") from None
    if len(text) > MAX_URL:
        raise AddressRefused(f"An address has at most {MAX_URL:,} characters.")
    if url.scheme not in ("http", "https") or not url.host:
        raise AddressRefused("The address begins with https:// or http://.")
    if url.port is not None and not 0 < url.port < 65536:
        raise AddressRefused("The port of the address is a number from 1 to 65535.")
    if url.userinfo:
        raise AddressRefused("Leave name and password out of the address: the key has a field of its own.")
    if found := _as_address(url.host):
        allowance.check(url.host, str(found))
    return url.copy_with(fragment=None)


def _as_address(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
