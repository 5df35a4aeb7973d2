"""Questions and answers over HTTP: JSON both ways, within limits, asked again where that helps."""

from __future__ import annotations

import asyncio
import random
import ssl
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self

import orjson

from articles.engines.base import EngineError, EngineUnavailable, Secret
from articles.engines.web.addresses import Allowance

if TYPE_CHECKING:
    import httpx

QUOTED = 200
LONGEST = 540.0
_BUSY = frozenset({408, 425, 429, 502, 503, 504})
_NO_KEY = frozenset({401, 402, 403})


class Declined(EngineError):
    """The service answered that it will not do what it was asked. `status` is the HTTP status, 400 to 499."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


class Unanswered(EngineError):
    """No usable answer came. Whether the question or the service is at fault cannot be told from it alone."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait: seconds to connect, for the next piece of an answer, and for a question with all its
    tries. How often to ask, and with how many seconds in between at first. The longest answer, in bytes."""

    connect: float = 5.0
    read: float = 60.0
    total: float = 180.0
    tries: int = 4
    answer_bytes: int = 8 * 1024 * 1024
    backoff: float = 0.5


def limits_for(seconds: float) -> Limits:
    """Limits where an answer may take so many seconds. No question takes longer, with all its tries, than a
    worker is given for a batch."""
    return Limits(read=seconds, total=min(3 * seconds, LONGEST))


class Exchange(AbstractAsyncContextManager["Exchange"]):
    """Asks one address. For one event loop; used as a context, it gives its connections back at the end."""

    def __init__(
        self,
        address: httpx.URL,
        *,
        key: Secret | None = None,
        headers: Mapping[str, str] | None = None,
        allowance: Allowance,
        limits: Limits,
    ) -> None:
        import httpx

        from articles.engines.web.transport import CheckedTransport

        self.place = address.netloc.decode("ascii", "replace")
        self._address, self._key, self._limits = address, key, limits
        # Asked for plain answers, nobody can send a small one that becomes gigabytes.
        self._headers = {"Accept": "application/json", "Accept-Encoding": "identity", **(headers or {})}
        self._client = httpx.AsyncClient(
            transport=CheckedTransport(allowance),
            timeout=httpx.Timeout(limits.read, connect=limits.connect),
            follow_redirects=False,
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._client.aclose()

    async def ask(self, question: Any) -> Any:
        """The answer to a question, both as what JSON can hold.

        Raises EngineUnavailable when the service is down, busy for longer than the limits allow, or refuses
        the key; Declined; Unanswered.
        """
        try:
            async with asyncio.timeout(self._limits.total):
                return await self._ask(orjson.dumps(question))
        except TimeoutError:
            raise Unanswered(
                f"{self.place} did not answer within {self._limits.total:.0f} seconds."
            ) from None

    async def _ask(self, body: bytes) -> Any:
        for number in range(1, self._limits.tries):
            try:
                return await self._once(body)
            except _Passing as failure:
                await self._wait(number, failure)
        try:
            return await self._once(body)
        except _Passing as failure:
            raise failure.error from failure

    async def _wait(self, number: int, failure: _Passing) -> None:
        """Twice as long after each try, at random (full jitter: Brooker, Exponential Backoff And Jitter,
        2015), so that many who wait do not come back at once; or as long as the service asks for."""
        wait = random.uniform(0, self._limits.backoff * 2**number)  # noqa: S311 - no secret
        if failure.retry_after > self._limits.total:
            raise failure.error from failure
        await asyncio.sleep(max(wait, failure.retry_after))

    async def _once(self, body: bytes) -> Any:
        import httpx

        headers = {**self._headers, "Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key.reveal()}"
        try:
            async with self._client.stream("POST", self._address, content=body, headers=headers) as response:
                return self._understood(response, await self._read(response))
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            down = EngineUnavailable(f"{self.place} cannot be reached: {_reason(error)}.")
            raise _Passing(down) from error
        except httpx.HTTPError as error:
            raise _Passing(Unanswered(f"{self.place} did not answer: {_reason(error)}.")) from error

    async def _read(self, response: httpx.Response) -> bytes:
        """The body, as long as it is of a size that one reads."""
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise Unanswered(f"{self.place} sent a compressed answer, though it was asked for a plain one.")
        pieces, size = list[bytes](), 0
        async for piece in response.aiter_raw():
            size += len(piece)
            if size > self._limits.answer_bytes:
                megabytes = self._limits.answer_bytes / 2**20
                raise Unanswered(
                    f"The answer of {self.place} is longer than {megabytes:.0f} MB. It was not read."
                )
            pieces.append(piece)
        return b"".join(pieces)

    def _understood(self, response: httpx.Response, content: bytes) -> Any:
        if response.is_success:
            try:
                return orjson.loads(content)
            except orjson.JSONDecodeError as error:
                raise Unanswered(f"The answer of {self.place} is not JSON: {str(error)[:QUOTED]}.") from None
        raise self._failure(response, content)

    def _failure(self, response: httpx.Response, content: bytes) -> Exception:
        status, said = response.status_code, self._quoted(content)
        if status in _BUSY:
            busy = EngineUnavailable(f"{self.place} is busy or down ({status}).{said}")
            return _Passing(busy, _retry_after(response))
        if status in _NO_KEY:
            return EngineUnavailable(f"{self.place} does not accept the key ({status}).", may_pass=False)
        if response.is_redirect:
            return EngineUnavailable(
                f"{self.place} sends on to another address, which is not followed. Enter the final one.",
                may_pass=False,
            )
        if status in (404, 405, 410):
            return EngineUnavailable(
                f"{self.place} takes no questions at this address ({status}).{said}", may_pass=False
            )
        if response.is_client_error:
            return Declined(f"{self.place} declined the question ({status}).{said}", status)
        return _Passing(Unanswered(f"{self.place} failed ({status}).{said}"))

    def _quoted(self, content: bytes) -> str:
        """The beginning of what the service says of an error, without the key, should it repeat that."""
        try:
            answer = orjson.loads(content)
            error = answer.get("error", answer.get("detail", "")) if isinstance(answer, dict) else ""
            text = error.get("message", "") if isinstance(error, dict) else error
        except orjson.JSONDecodeError:
            text = ""
        if not isinstance(text, str) or not text.strip():
            return ""
        if self._key:
            text = self._key.hidden_in(text)
        return f" It says: {' '.join(text.split())[:QUOTED]}"


class _Passing(Exception):
    """A failure that may not happen again. `error` is what to raise when it does."""

    def __init__(self, error: EngineError, retry_after: float = 0.0) -> None:
        super().__init__(str(error))
        self.error = error
        self.retry_after = retry_after


def _retry_after(response: httpx.Response) -> float:
    """Seconds to wait, which the header gives as such or as a date; 0 when it says nothing usable."""
    value = response.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _reason(error: httpx.HTTPError) -> str:
    """In words; what httpx says is of use only for names."""
    import httpx

    cause: BaseException | None = error
    while cause:
        if isinstance(cause, ssl.SSLCertVerificationError):
            doubt = cause.verify_message.rstrip(".")
            return f"its certificate is not accepted ({doubt})"
        cause = cause.__cause__ or cause.__context__
    match error:
        case httpx.ConnectTimeout():
            return "connecting took too long"
        case httpx.TimeoutException():
            return "it took too long"
        case httpx.RemoteProtocolError():
            return "it closed the connection in the middle"
    return str(error).rstrip(".")[:QUOTED] or type(error).__name__
