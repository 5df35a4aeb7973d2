"""Connections that go where they were checked to go."""

from __future__ import annotations

import asyncio
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import httpx

from articles.engines.web.addresses import Allowance

# The resolver cannot be interrupted. In threads of its own, a slow one delays nobody beyond their time limit.
_RESOLVERS = ThreadPoolExecutor(4, thread_name_prefix="resolve")


class CheckedTransport(httpx.AsyncBaseTransport):
    """Looks a host up once, checks every address that it has, and connects to one of these very addresses: a
    name that points elsewhere a moment later (DNS rebinding) changes nothing. Certificates are held against
    the name.

    Raises AddressRefused.
    """

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._inner = httpx.AsyncHTTPTransport(verify=trusted_authorities())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.raw_host.decode("ascii")
        addresses = await _look_up(host, request.url.port or _PORTS[request.url.scheme])
        for address in addresses:
            self._allowance.check(host, address)
        *others, last = addresses
        for address in others:
            try:
                return await self._inner.handle_async_request(_aimed(request, host, address))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._inner.handle_async_request(_aimed(request, host, last))

    async def aclose(self) -> None:
        await self._inner.aclose()


_PORTS = {"http": 80, "https": 443}


@cache
def trusted_authorities() -> ssl.SSLContext:
    """Those of the file or folder that SSL_CERT_FILE or SSL_CERT_DIR names, or else the usual ones (certifi).
    Reading them takes a moment, and they are the same for all."""
    return httpx.create_ssl_context()


async def _look_up(host: str, port: int) -> list[str]:
    """The addresses of a host, in the order to try them. Also decimal, octal and other odd forms of one."""
    loop = asyncio.get_running_loop()
    try:
        return await loop.run_in_executor(_RESOLVERS, _resolve, host.strip("[]"), port)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(f"The name {host!r:.80} is not known") from error


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def _aimed(request: httpx.Request, host: str, address: str) -> httpx.Request:
    """The same request, sent to an address. Its Host header names the host already."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )
