"""Requests with a token. Reading is tried again when the network or the server stumbles; writing is not."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Union
from urllib.parse import parse_qs, urlsplit

import httpx

from .errors import ConnectionFailed, problem_of

TRIES = 4
LONGEST_PAUSE = 30.0
_LATER = frozenset({429, 502, 503, 504})
Params = Mapping[str, Union[str, int]]


class Connection:
    """To one server. The token goes there and nowhere else: redirects and foreign links are not followed."""

    def __init__(self, url: str, token: str, *, timeout: float) -> None:
        address = urlsplit(url)
        if address.scheme not in ("http", "https") or not address.netloc:
            raise ValueError(f"An address begins with https:// or http://, unlike {url!r:.100}.")
        base = f"{address.scheme}://{address.netloc}{address.path.rstrip('/')}"
        self._base = base if base.endswith("/api/v1") else f"{base}/api/v1"
        headers = {"Authorization": f"Bearer {token}", "User-Agent": "annotator-client"}
        self._http = httpx.Client(headers=headers, timeout=timeout)

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, params: Params | None = None) -> Any:
        """The JSON of the answer. Raises Problem, ConnectionFailed."""
        for attempt in range(1, TRIES):
            asked = ""
            with suppress(ConnectionFailed):
                response = self._send("GET", path, params=params)
                if response.status_code not in _LATER:
                    return _json(response)
                asked = response.headers.get("Retry-After", "")
            time.sleep(pause_after(attempt, asked))
        return _json(self._send("GET", path, params=params))

    def post(self, path: str, **content: Any) -> Any:
        """Like `get`, but sent once. `content` is httpx's: json, data, files."""
        return _json(self._send("POST", path, **content))

    def pages(self, path: str, params: Params) -> Iterator[Any]:
        """The rows of a list that comes by cursor, page after page."""
        while True:
            page = self.get(path, params)
            yield from page["results"]
            if not page["next"]:
                return
            params = {**params, "cursor": parse_qs(urlsplit(page["next"]).query)["cursor"][0]}

    @contextmanager
    def stream(
        self, path: str, params: Params | None = None, headers: Mapping[str, str] | None = None
    ) -> Iterator[httpx.Response]:
        """An answer whose body is read while it comes. Raises Problem, ConnectionFailed; the latter also when
        the body ends too early."""
        # Compressed, sizes and ranges would mean something else, and a small piece become a large one.
        headers = {"Accept-Encoding": "identity", **(headers or {})}
        try:
            with self._http.stream("GET", f"{self._base}/{path}", params=params, headers=headers) as response:
                if response.status_code >= 300:
                    raise problem_of(response.status_code, response.reason_phrase, response.read())
                yield response
        except httpx.TransportError as error:
            raise _failed(error) from error

    def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            return self._http.request(method, f"{self._base}/{path}", **more)
        except httpx.TransportError as error:
            raise _failed(error) from error


def _json(response: httpx.Response) -> Any:
    if response.status_code >= 300:
        raise problem_of(response.status_code, response.reason_phrase, response.content)
    return response.json() if response.content else None


def _failed(error: httpx.TransportError) -> ConnectionFailed:
    return ConnectionFailed(f"The connection to the server failed: {error or type(error).__name__}")


def pause_after(failures: int, asked: str = "") -> float:
    """Seconds: half of one, doubled with every further failure, or what the server asks for."""
    wanted = float(asked) if asked.isdecimal() else 0.25 * 2**failures
    return min(wanted, LONGEST_PAUSE)
