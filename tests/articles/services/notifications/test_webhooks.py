"""What addresses are told, against a real server on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from annotator.lib.errors import Invalid
from annotator.users.models import Project, User
from articles.domain.signatures import signed_headers
from articles.models import Delivery, Event, Notification, Webhook
from articles.services.gold.approving import approve
from articles.services.notifications import deliveries
from articles.services.notifications.deliveries import FAILURES_IN_A_ROW, LEASE, PAUSES, _take, deliver_due
from articles.services.notifications.webhooks import (
    add_webhook,
    announce,
    remove_webhook,
    send_again,
    send_test,
    switch_webhook,
)
from tests.builders import make_article, make_submitted


class Receiver(ThreadingHTTPServer):
    """Keeps what it gets, and answers with `status` and `location`, after `hold_up`."""

    def __init__(self) -> None:
        self.hold_up: Callable[[], object] = lambda: None
        self.status, self.got = 200, list[tuple[dict[str, str], bytes]]()
        self.location = "http://127.0.0.1:1/elsewhere"
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.server.hold_up()
        self.send_response(self.server.status)
        self.send_header("Location", self.server.location)
        self.end_headers()
        self.wfile.write(b"\0" + b"thanks " * 1_000)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.ENGINE_HOSTS_ALLOWED = ["127.0.0.1"]
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def _hook(project: Project, by: User, url: str) -> tuple[Webhook, str]:
    return add_webhook(project=project, url=url, events=[Event.SUBMITTED, Event.APPROVED], by=by)


def _due_now() -> None:
    Delivery.objects.waiting().update(next_at=timezone.now())


def test_what_happens_is_told_once_and_signed(
    receiver: Receiver, project: Project, manager: User, annotator: User, reviewer: User
) -> None:
    _, secret = _hook(project, manager, receiver.url)
    article = make_article(project, external_id="wire-1")
    make_submitted(article, annotator)
    approve(article=article, by=reviewer)
    assert (deliver_due(), deliver_due()) == (2, 0)
    told = sorted((json.loads(body) for _, body in receiver.got), key=lambda one: one["type"])
    assert [one["type"] for one in told] == ["article.approved", "article.submitted"]
    assert told[0]["data"]["project"] == project.slug
    assert told[0]["data"]["article"] == {
        "id": article.pk,
        "external_id": "wire-1",
        "title": article.title,
        "by": "reviewer",
    }
    for headers, body in receiver.got:
        expected = signed_headers(secret, headers["webhook-id"], int(headers["webhook-timestamp"]), body)
        assert headers["webhook-signature"] == expected["webhook-signature"]
    assert {row.state for row in Delivery.objects.all()} == {Delivery.State.DELIVERED}


def test_what_is_rolled_back_is_told_to_nobody(receiver: Receiver, project: Project, manager: User) -> None:
    _hook(project, manager, receiver.url)
    with transaction.atomic():
        announce(Event.APPROVED, project, {})
        transaction.set_rollback(True)
    assert deliver_due() == 0


def test_an_answer_that_nothing_can_be_made_of_holds_up_no_other_message(
    receiver: Receiver, project: Project, manager: User
) -> None:
    # Joined to the address, this is longer than httpx lets an address be, which it says by no HTTPError.
    receiver.status, receiver.location = 302, "a" * 65_530
    good = Receiver()
    thread = threading.Thread(target=good.handle_request)
    thread.start()
    for url in (receiver.url, good.url):
        send_test(webhook=_hook(project, manager, url)[0], by=manager)
    assert deliver_due() == 2
    thread.join()
    good.server_close()
    assert sorted(Delivery.objects.values_list("state", "attempts")) == [("delivered", 1), ("waiting", 1)]


def test_an_address_that_is_slow_to_answer_keeps_none_but_its_own_messages_waiting(
    receiver: Receiver, project: Project, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "PLACES", 3)
    monkeypatch.setattr(deliveries, "PLACES_EACH", 2)
    quick = Receiver()
    thread = threading.Thread(target=quick.handle_request)
    thread.start()
    slow, _ = _hook(project, manager, receiver.url)
    # Until the other address has got its own.
    receiver.hold_up = thread.join
    for _n in range(5):
        send_test(webhook=slow, by=manager)
    send_test(webhook=_hook(project, manager, quick.url)[0], by=manager)
    assert deliver_due() == 6
    quick.server_close()
    assert set(Delivery.objects.values_list("state", "attempts")) == {("delivered", 1)}
    assert len(quick.got) == 1


def test_what_does_not_arrive_is_sent_again_later_and_at_last_given_up(
    receiver: Receiver, project: Project, manager: User
) -> None:
    hook, _ = _hook(project, manager, receiver.url)
    delivery = send_test(webhook=hook, by=manager)
    # A redirect is no arrival either: it could lead into the internal network.
    for receiver.status in [503, 302, *[500] * (len(PAUSES) - 1)]:
        _due_now()
        assert deliver_due() == 1
        assert deliver_due() == 0, "it waits a while"
    delivery.refresh_from_db()
    assert (delivery.state, delivery.status, delivery.attempts) == ("failed", 500, len(PAUSES) + 1)
    assert "thanks" in delivery.answer
    receiver.status = 204
    send_again(delivery=delivery)
    deliver_due()
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.DELIVERED
    assert {headers["webhook-id"] for headers, _ in receiver.got} == {str(delivery.pk)}


def test_an_address_where_nothing_arrives_is_switched_off_and_managers_are_told(
    receiver: Receiver, project: Project, manager: User
) -> None:
    hook, _ = _hook(project, manager, receiver.url)
    receiver.status = 410
    for _n in range(FAILURES_IN_A_ROW):
        send_test(webhook=hook, by=manager)
    Delivery.objects.update(attempts=len(PAUSES))
    deliver_due()
    hook.refresh_from_db()
    assert not hook.is_active
    assert Notification.objects.filter(user=manager, kind="webhook_stopped").count() == 1


def test_a_worker_that_dies_leaves_its_messages_to_the_next(
    receiver: Receiver, project: Project, manager: User
) -> None:
    hook, _ = _hook(project, manager, receiver.url)
    send_test(webhook=hook, by=manager)
    assert _take(busy_hooks=[])
    assert deliver_due() == 0, "somebody is at it"
    Delivery.objects.update(next_at=timezone.now() - LEASE)
    assert deliver_due() == 1


def test_nothing_goes_to_the_internal_network_or_to_what_was_switched_off(
    project: Project, manager: User, settings: Any
) -> None:
    settings.ENGINE_HOSTS_ALLOWED = []
    for url in (
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/x",
        "ftp://a.example/",
        "x",
        "",
    ):
        with pytest.raises(Invalid):
            _hook(project, manager, url)
    # A name is looked up when it is sent to.
    hook, _ = _hook(project, manager, "http://localhost:9/")
    delivery = send_test(webhook=hook, by=manager)
    deliver_due()
    delivery.refresh_from_db()
    assert "internal network" in delivery.answer
    switch_webhook(webhook=hook, active=False)
    announce(Event.APPROVED, project, {})
    _due_now()
    assert deliver_due() == 0
    switch_webhook(webhook=hook, active=True)
    remove_webhook(webhook=hook)
    announce(Event.APPROVED, project, {})
    assert deliver_due() == 0
