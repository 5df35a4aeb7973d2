"""Against real servers that behave badly."""

from __future__ import annotations

import asyncio
import gzip
import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from articles.engines.base import EngineError, EngineUnavailable, Secret
from articles.engines.web.addresses import PUBLIC_ONLY, AddressRefused, Allowance, read_url
from articles.engines.web.exchange import Declined, Exchange, Limits, Unanswered
from articles.engines.web.transport import trusted_authorities
from tests.articles.engines.answering import (
    HERE,
    Respond,
    always,
    endless,
    hang_up,
    serving,
    silent,
    slow_headers,
)
from tests.articles.engines.certificates import Authority

KEY = Secret("sk-very-secret-key")
QUICK = Limits(connect=10, read=10, total=30, tries=3, backoff=0.01)
HURRIED = replace(QUICK, read=0.3)
SOON_OVER = replace(QUICK, total=1)


def ask(address: str, limits: Limits = QUICK, allowance: Allowance = HERE, key: Secret | None = KEY) -> Any:
    async def asked() -> Any:
        url = httpx.URL(address)
        async with Exchange(url, key=key, allowance=allowance, limits=limits) as exchange:
            return await exchange.ask({"question": "?"})

    return asyncio.run(asked())


def asked(*responses: Respond, limits: Limits = QUICK) -> tuple[Any, int]:
    """The answer, or the error; and how often was asked."""
    with serving(*responses) as served:
        try:
            return ask(served.address, limits), len(served.questions)
        except EngineError as error:
            return error, len(served.questions)


def test_a_question_is_answered() -> None:
    with serving(always({"answer": 42})) as served:
        assert ask(served.address) == {"answer": 42}
    assert served.questions == [{"question": "?"}]
    assert served.headers[0]["Authorization"] == "Bearer sk-very-secret-key"


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    """One that is trusted here."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    trusted_authorities.cache_clear()
    yield authority
    trusted_authorities.cache_clear()


def test_a_trusted_certificate_is_accepted(authority: Authority) -> None:
    with serving(always({"answer": 42}), tls=authority.server()) as served:
        assert ask(served.address) == {"answer": 42}


@pytest.mark.parametrize(
    ("address", "days", "why"),
    [("127.0.0.1", -1, "expired"), ("127.0.0.2", 1, "not valid for '127.0.0.1'")],
)
def test_a_wrong_certificate_is_told(authority: Authority, address: str, days: int, why: str) -> None:
    refused = pytest.raises(EngineUnavailable, match=f"its certificate is not accepted .*{why}")
    with serving(always({}), tls=authority.server(address, days=days)) as served, refused:
        ask(served.address)
    assert served.questions == []


def test_a_certificate_of_nobody_known_is_told(tmp_path: Path) -> None:
    refused = pytest.raises(EngineUnavailable, match=r"certificate is not accepted .*issuer certificate")
    with serving(always({}), tls=Authority(tmp_path).server()) as served, refused:
        ask(served.address)
    assert served.questions == []


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_asked_again(status: int) -> None:
    assert asked(always({}, status), always({}, status), always({"answer": 1})) == ({"answer": 1}, 3)


def test_a_service_that_stays_busy_is_unavailable() -> None:
    error, times = asked(always({"error": {"message": "Too  many\nrequests"}}, 429))
    assert isinstance(error, EngineUnavailable)
    assert "is busy or down (429). It says: Too many requests" in str(error)
    assert times == 3


def test_a_service_that_keeps_failing_has_not_answered() -> None:
    error, times = asked(always(b"<html>oops</html>", 500))
    assert isinstance(error, Unanswered)
    assert "failed (500)" in str(error)
    assert times == 3


def test_it_waits_as_long_as_it_is_told_to() -> None:
    began = time.monotonic()
    assert asked(always({}, 429, Retry_After="1"), always(1))[0] == 1
    assert time.monotonic() - began >= 1
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    began = time.monotonic()
    assert asked(always({}, 503, Retry_After=soon), always(1))[0] == 1
    assert time.monotonic() - began >= 0.5


def test_it_does_not_wait_for_what_takes_too_long() -> None:
    error, times = asked(always({}, 429, Retry_After="86400"))
    assert isinstance(error, EngineUnavailable)
    assert times == 1


@pytest.mark.parametrize("nonsense", ["soon", "-5", "", "9" * 30, "Mon, 99 Foo"])
def test_a_retry_after_that_says_nothing_is_passed_over(nonsense: str) -> None:
    assert asked(always({}, 503, Retry_After=nonsense), always(1))[0] == 1


@pytest.mark.parametrize(
    ("respond", "reason", "limits"),
    [
        (always(b'{"suggestions": [['), "is not JSON", QUICK),
        (always(b"\xff\xfe"), "is not JSON", QUICK),
        (always(b""), "is not JSON", QUICK),
        (always(b"[" * 100_000), "is not JSON", QUICK),
        (hang_up, "closed the connection in the middle", QUICK),
        (silent(2), "took too long", HURRIED),
        (slow_headers, "within 1 seconds", SOON_OVER),
        (endless(b" ", 0.1), "within 1 seconds", SOON_OVER),
        (endless(b" " * 100_000), "longer than 8 MB", QUICK),
        (always(b" " * (8 * 2**20 + 1)), "longer than 8 MB", QUICK),
        (always(gzip.compress(bytes(2**24)), Content_Encoding="gzip"), "compressed", QUICK),
        (always(b"", Content_Encoding="br"), "compressed", QUICK),
    ],
)
def test_answers_that_are_none(respond: Respond, reason: str, limits: Limits) -> None:
    error, _ = asked(respond, limits=limits)
    assert isinstance(error, Unanswered)
    assert reason in str(error)


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (401, EngineUnavailable, "does not accept the key"),
        (403, EngineUnavailable, "does not accept the key"),
        (404, EngineUnavailable, "takes no questions at this address"),
        (400, Declined, "declined the question"),
        (422, Declined, "declined the question"),
    ],
)
def test_what_will_not_pass_is_asked_once(status: int, kind: type[EngineError], reason: str) -> None:
    error, times = asked(always({"detail": "No."}, status))
    assert type(error) is kind
    assert reason in str(error)
    assert not getattr(error, "may_pass", False)
    assert times == 1


@pytest.mark.parametrize("target", ["http://169.254.169.254/latest/", "https://elsewhere.example/", "/other"])
def test_nobody_is_sent_on(target: str) -> None:
    error, times = asked(always({}, 307, Location=target))
    assert isinstance(error, EngineUnavailable)
    assert "which is not followed" in str(error)
    assert times == 1


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with serving(always({})) as served:
        pass
    with pytest.raises(EngineUnavailable, match="cannot be reached"):
        ask(served.address)


def test_a_name_that_nobody_knows_is_unavailable() -> None:
    with pytest.raises(EngineUnavailable, match=r"The name 'nobody\.invalid' is not known"):
        ask("http://nobody.invalid/")


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_no_spelling_leads_into_an_internal_network(host: str) -> None:
    with serving(always({})) as served:
        with pytest.raises(AddressRefused, match="internal network"):
            ask(served.address.replace("127.0.0.1", host), allowance=PUBLIC_ONLY)
        assert served.questions == []


def test_a_name_of_several_addresses_is_tried_at_each() -> None:
    """`localhost` is ::1 and 127.0.0.1 on most machines; the server listens at one of them."""
    with serving(always(1)) as served:
        assert (
            ask(served.address.replace("127.0.0.1", "localhost"), allowance=Allowance.parse(["localhost"]))
            == 1
        )


def test_the_key_is_in_no_error_and_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    told = {"error": {"message": f"The key {KEY.reveal()} is bad"}}
    for status in (400, 401, 404, 429, 500):
        error, _ = asked(always(told, status))
        while error:
            assert KEY.reveal() not in f"{error!s} {error!r} {error.__dict__}"
            error = error.__cause__ or error.__context__
    assert caplog.records
    assert KEY.reveal() not in caplog.text


def test_a_secret_shows_itself_nowhere() -> None:
    assert "very" not in f"{KEY} {KEY!r} {[KEY]} %s" % KEY
    assert Secret("sk-very-secret-key") == KEY


def test_a_fragment_is_not_sent() -> None:
    with serving(always(1)) as served:
        assert ask(str(read_url(served.address + "#part", HERE))) == 1
