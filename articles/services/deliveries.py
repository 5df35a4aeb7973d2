"""Sending what webhooks are told: once at least, until it arrives or for some three days."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import orjson
from django.db import transaction
from django.utils import timezone

from annotator.lib.sealing import unseal
from annotator.users.models import Membership, Role
from articles.domain.signatures import signed_headers
from articles.engines.web.addresses import Allowance
from articles.models import Delivery, Notification, Webhook
from articles.queries.surroundings import allowance
from articles.services.notifications import tell
from articles.services.webhooks import PURPOSE

if TYPE_CHECKING:
    import httpx

BATCH = 50
# Longer than a message takes with all that can hold it up: what is not ended by then lost its worker.
LEASE = timedelta(seconds=60)
SECONDS = 10.0
# After each failed attempt, about so long to the next.
PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (10, 60, 300, 1_800, 7_200, 21_600, 43_200, 86_400, 86_400)
)
# An address at which nothing has arrived for so many messages in a row is not there any more.
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
    """Send what is due, and answer how much that was. Several may do this at once: each takes other messages.

    Nothing is locked while an address is waited for; a message whose worker is killed is due again after the
    lease.
    """
    taken = _take()
    if not taken:
        return 0
    outcomes = asyncio.run(_send(taken, allowance()))
    for delivery, outcome in zip(taken, outcomes, strict=True):
        _record(delivery, outcome)
    return len(taken)


def _take() -> Sequence[Delivery]:
    with transaction.atomic():
        due = Delivery.objects.waiting().filter(
            next_at__lte=timezone.now(), webhook__project__deleted_at__isnull=True
        )
        due = due.order_by("next_at").select_related("webhook")
        rows = list(due.select_for_update(no_key=True, of=("self",), skip_locked=True)[:BATCH])
        Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(next_at=timezone.now() + LEASE)
    return rows


async def _send(deliveries: Sequence[Delivery], allowed: Allowance) -> list[Outcome]:
    import httpx  # it takes 11 MB, which a worker without webhooks need not spend

    from articles.engines.web.transport import CheckedTransport

    async with httpx.AsyncClient(
        transport=CheckedTransport(allowed), timeout=SECONDS, follow_redirects=False, trust_env=False
    ) as client:

        async def one(delivery: Delivery) -> Outcome:
            try:
                async with asyncio.timeout(2 * SECONDS):
                    return await _post(client, delivery)
            # Whatever an address does: the outcomes of the other messages of the batch are to be kept.
            except Exception as error:
                return Outcome(None, (str(error) or "No answer came in time.")[:QUOTED])

        return list(await asyncio.gather(*map(one, deliveries)))


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
