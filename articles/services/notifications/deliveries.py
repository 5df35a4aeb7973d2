"""Sending the messages of webhooks: each at least once, until it arrives or for some three days."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Self

import orjson
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from annotator.lib import advisory_locks
from annotator.lib.sealing import unseal
from annotator.users.models import Membership, Role
from articles.domain.signatures import signed_headers
from articles.engines.web.addresses import Allowance
from articles.models import Delivery, Notification, Webhook
from articles.queries.engines.surroundings import allowance
from articles.services.notifications.telling import tell
from articles.services.notifications.webhooks import PURPOSE

if TYPE_CHECKING:
    import httpx

PLACES, PLACES_EACH = 50, 5
# After so many seconds no further message is begun: a worker has other work, too.
TURN = 5.0
SECONDS = 10.0
# Longer than sending one message can take. One that has not ended by then has lost its worker.
LEASE = timedelta(seconds=60)
# How long to wait after each failed attempt.
PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (10, 60, 300, 1_800, 7_200, 21_600, 43_200, 86_400, 86_400)
)
# After so many messages in a row that did not arrive, an address is taken to be gone.
FAILURES_IN_A_ROW = 20
QUOTED = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """`status` is that of the answer, or None when none came; `answer` how it began, or why there is none."""

    status: int | None
    answer: str

    @property
    def has_arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def deliver_due() -> int:
    """Send what is due. Answers how many messages; none while another worker is sending.

    No row is locked while an address is waited for, and what becomes of a message is noted as soon as it is
    known; one whose worker is killed is due again after the lease.
    """
    with _alone() as is_alone:
        return _deliver() if is_alone and _due().exists() else 0


def _deliver() -> int:
    ended, over = 0, time.monotonic() + TURN
    with _Post(allowance()) as post:
        while True:
            while post.has_place and time.monotonic() < over and (delivery := _take(post.busy_hooks())):
                post.send(delivery)
            if post.is_empty:
                return ended
            for delivery, outcome in post.wait():
                _record(delivery, outcome)
                ended += 1


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other worker is sending: slow addresses hold up one worker, not all of them. If that worker
    is killed, its lock ends with its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [advisory_locks.DELIVERY])
        is_alone: bool = cursor.fetchone()[0]
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [advisory_locks.DELIVERY])


def _due() -> QuerySet[Delivery]:
    due = Delivery.objects.waiting().filter(next_at__lte=timezone.now())
    return due.filter(webhook__project__deleted_at__isnull=True)


def _take(busy_hooks: Collection[int]) -> Delivery | None:
    """The message that has waited longest, except those of webhooks that have enough on their way."""
    with transaction.atomic():
        due = _due().exclude(webhook__in=busy_hooks).order_by("next_at").select_related("webhook")
        taken = due.select_for_update(no_key=True, of=("self",), skip_locked=True).first()
        if taken:
            Delivery.objects.filter(pk=taken.pk).update(next_at=timezone.now() + LEASE)
        return taken


class _Post:
    """Messages on their way: at most PLACES, and at most PLACES_EACH of one webhook, so that an address that
    is slow to answer holds up only its own messages. They get on only while `wait` is called."""

    def __init__(self, allowed: Allowance) -> None:
        import httpx  # it takes 11 MB, which a worker without webhooks need not spend

        from articles.engines.web.transport import CheckedTransport

        self.client = httpx.AsyncClient(
            transport=CheckedTransport(allowed), timeout=SECONDS, follow_redirects=False, trust_env=False
        )
        self.runner = asyncio.Runner()
        self.sending: dict[asyncio.Task[Outcome], Delivery] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.runner.run(self.client.aclose())
        self.runner.close()

    @property
    def has_place(self) -> bool:
        return len(self.sending) < PLACES

    @property
    def is_empty(self) -> bool:
        return not self.sending

    def busy_hooks(self) -> list[int]:
        held = Counter(delivery.webhook_id for delivery in self.sending.values())
        return [hook for hook, count in held.items() if count >= PLACES_EACH]

    def send(self, delivery: Delivery) -> None:
        task = self.runner.get_loop().create_task(_outcome(self.client, delivery))
        self.sending[task] = delivery

    def wait(self) -> list[tuple[Delivery, Outcome]]:
        """Wait until at least one has ended. Answers those that have, with their outcomes."""
        ended, _ = self.runner.run(_first_of(self.sending))
        return [(self.sending.pop(task), task.result()) for task in ended]


async def _first_of(tasks: Collection[asyncio.Task[Outcome]]) -> tuple[set[asyncio.Task[Outcome]], object]:
    return await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)


async def _outcome(client: httpx.AsyncClient, delivery: Delivery) -> Outcome:
    try:
        async with asyncio.timeout(SECONDS):
            return await _post(client, delivery)
    # Whatever an address does, the outcomes of the other messages must not be lost.
    except Exception as error:
        return Outcome(None, (str(error) or "No answer came in time.")[:QUOTED])


async def _post(client: httpx.AsyncClient, delivery: Delivery) -> Outcome:
    body = orjson.dumps(delivery.body)
    secret = unseal(delivery.webhook.secret, purpose=PURPOSE)
    headers = signed_headers(secret, str(delivery.pk), int(timezone.now().timestamp()), body)
    headers |= {"Content-Type": "application/json", "User-Agent": "Annotator", "Accept-Encoding": "identity"}
    async with client.stream("POST", delivery.webhook.url, content=body, headers=headers) as response:
        begun = b""
        async for piece in response.aiter_raw():
            begun += piece
            if len(begun) >= QUOTED:
                break
    words = begun[:QUOTED].decode("utf-8", "replace").replace("\0", "")
    return Outcome(response.status_code, words[:QUOTED])


def _record(delivery: Delivery, outcome: Outcome) -> None:
    attempts = delivery.attempts + 1
    changes = {"attempts": attempts, "status": outcome.status, "answer": outcome.answer}
    waiting = Delivery.objects.waiting().filter(pk=delivery.pk)
    if outcome.has_arrived:
        waiting.update(state=Delivery.State.DELIVERED, ended_at=timezone.now(), **changes)
    elif attempts > len(PAUSES):
        waiting.update(state=Delivery.State.FAILED, ended_at=timezone.now(), **changes)
        _stop_if_nobody_is_there(delivery.webhook)
    else:
        pause = PAUSES[attempts - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, is no secret
        waiting.update(next_at=timezone.now() + pause, **changes)


def _stop_if_nobody_is_there(webhook: Webhook) -> None:
    """Switch the webhook off when all of its last messages were given up, and tell the managers."""
    ended = webhook.deliveries.exclude(state=Delivery.State.WAITING).order_by("-ended_at")
    last = list(ended.values_list("state", flat=True)[:FAILURES_IN_A_ROW])
    if len(last) < FAILURES_IN_A_ROW or Delivery.State.DELIVERED in last:
        return
    with transaction.atomic():
        now = timezone.now()
        if Webhook.objects.filter(pk=webhook.pk, stopped_at__isnull=True).update(stopped_at=now):
            managers = Membership.objects.filter(project=webhook.project_id, role=Role.MANAGER)
            tell(
                managers.values_list("user", flat=True),
                kind=Notification.Kind.WEBHOOK_STOPPED,
                project_id=webhook.project_id,
                key=f"webhook:{webhook.pk}:{now:%s}",
                by=None,
                data={"url": webhook.url},
            )
