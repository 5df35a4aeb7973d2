from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from articles.engines.web.addresses import PUBLIC_ONLY, AddressRefused, Allowance, read_url
from articles.engines.web.exchange import Exchange, Limits
from tests.articles.engines.answering import always, serving


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1",  # noqa: S104
        "169.254.169.254", "224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1", "192.0.2.1",
        "198.18.0.1", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1",
        "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2002:7f00:1::",
        "2002:a00:1::", "64:ff9b::7f00:1", "2001:db8::1",
    ],
)  # fmt: skip
def test_nothing_of_an_internal_network_is_connected_to(address: str) -> None:
    with pytest.raises(AddressRefused, match="internal network"):
        PUBLIC_ONLY.check("service.example", address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_the_internet_is_connected_to(address: str) -> None:
    PUBLIC_ONLY.check("service.example", address)


def test_the_administrator_allows_hosts_and_networks() -> None:
    allowance = Allowance.parse(["localhost", "10.0.0.0/8", " Model.internal ", "", "fd00::/8"])
    allowance.check("localhost", "127.0.0.1")
    allowance.check("MODEL.internal.", "192.168.0.9")
    allowance.check("anything", "10.9.8.7")
    allowance.check("anything", "fd00::7")
    for host, address in (("other", "127.0.0.1"), ("other", "192.168.0.9"), ("other", "::ffff:127.0.0.1")):
        with pytest.raises(AddressRefused):
            allowance.check(host, address)


@pytest.mark.parametrize("entry", ["10.0.0.0/40", "http://localhost", "a b", "10.0.0.1/8", "300.1.1.1", "-x"])
def test_an_allowance_that_means_nothing_is_named(entry: str) -> None:
    with pytest.raises(ValueError, match="neither a host name nor a network"):
        Allowance.parse([entry])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "begins with"),
        ("example.org", "begins with"),
        ("ftp://example.org", "begins with"),
        ("file:///etc/passwd", "begins with"),
        ("//example.org", "begins with"),
        ("http:///path", "begins with"),
        ("https://name:word@example.org/", "name and password"),
        ("https://name@example.org/", "name and password"),
        ("https://example.org:99999/", "port"),
        ("https://example.org:0/", "port"),
        ("https://example.org:x/", "not an address"),
        ("https://exa\x00mple.org/", "not an address"),
        ("https://example.org/" + "x" * 2000, "at most"),
        ("http://127.0.0.1:9000/", "internal network"),
        ("http://[::1]/", "internal network"),
        ("http://[::ffff:7f00:1]/", "internal network"),
        ("http://169.254.169.254/latest/meta-data", "internal network"),
    ],
)
def test_addresses_that_are_refused_at_sight(text: str, reason: str) -> None:
    with pytest.raises(AddressRefused, match=reason):
        read_url(text, PUBLIC_ONLY)


def test_an_address_is_kept_as_it_is_but_for_its_fragment() -> None:
    url = read_url(" https://example.org:8443/v1?api-version=2#here ", PUBLIC_ONLY)
    assert str(url) == "https://example.org:8443/v1?api-version=2"


def test_a_name_is_looked_up_once_so_it_cannot_point_elsewhere_after_the_check(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first look-up says the server's address, any other one would say another."""
    looked_up = list[str]()

    def resolve(host: str, port: int, **kind: Any) -> list[tuple[Any, ...]]:
        looked_up.append(host)
        address = "127.0.0.1" if len(looked_up) == 1 else "127.0.0.99"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    async def ask(address: str) -> Any:
        allowance = Allowance.parse(["127.0.0.1"])
        async with Exchange(read_url(address, allowance), allowance=allowance, limits=Limits(tries=1)) as way:
            return await way.ask({})

    with serving(always({"found": 1})) as served:
        answer = asyncio.run(ask(served.address.replace("127.0.0.1", "rebinding.example")))
    assert answer == {"found": 1}
    assert looked_up == ["rebinding.example"]
    assert served.headers[0]["Host"].startswith("rebinding.example:")
