"""Addresses that are told what happens, and what they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from secrets import token_bytes
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid
from annotator.lib.sealing import seal
from annotator.users.models import Project, User, Verb
from annotator.users.services.audit import record
from articles.domain.signatures import secret_as_text
from articles.engines.web.addresses import AddressRefused, read_url
from articles.models import Article, Delivery, Event, Job, Release, Webhook
from articles.queries.engines.surroundings import allowance

PURPOSE = "webhook secrets"
MOST = 20


def add_webhook(*, project: Project, url: str, events: Sequence[str], by: User) -> tuple[Webhook, str]:
    """A new address and the secret that signs what it gets, which is shown this once. Raises Invalid."""
    unknown = set(events) - set(Event.values)
    if unknown or not events:
        raise Invalid(
            _("Choose at least one of these events: %(values)s.") % {"values": ", ".join(Event.values)}
        )
    try:
        checked = str(read_url(url, allowance()))
    except AddressRefused as error:
        raise Invalid(str(error)) from error
    if Webhook.objects.filter(project=project, removed_at__isnull=True).count() >= MOST:
        raise Invalid(_("A project has at most %(most)s webhooks. Remove one first.") % {"most": MOST})
    secret = secret_as_text(token_bytes(32))
    with transaction.atomic():
        row = Webhook.objects.create(
            project=project,
            url=checked,
            events=sorted(set(events)),
            secret=seal(secret, purpose=PURPOSE),
            created_by=by,
        )
        record(Verb.WEBHOOK_ADDED, by=by, project=project, about=row, events=row.events)
    return row, secret


def switch_webhook(*, webhook: Webhook, active: bool) -> None:
    """Stop telling the address, or begin again; what was missed in between is not sent."""
    with transaction.atomic():
        webhook.stopped_at = None if active else timezone.now()
        webhook.save(update_fields=["stopped_at"])
        if not active:
            _give_up(webhook, "The webhook was switched off.")


def remove_webhook(*, webhook: Webhook) -> None:
    """The log of what was sent stays."""
    with transaction.atomic():
        webhook.removed_at = timezone.now()
        webhook.save(update_fields=["removed_at"])
        _give_up(webhook, "The webhook was removed.")
        record(Verb.WEBHOOK_REMOVED, project=webhook.project, about=webhook)


def send_again(*, delivery: Delivery) -> None:
    """Try a message once more, from the beginning, whatever became of it."""
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.WAITING, attempts=0, next_at=timezone.now(), ended_at=None
    )


def send_test(*, webhook: Webhook, by: User) -> Delivery:
    body = _body("test", webhook.project, {"by": by.username})
    return Delivery.objects.create(webhook=webhook, event="test", body=body)


def announce(event: Event, project: Project, data: Mapping[str, Any]) -> None:
    """Queue the message for every address that wants to know of this event. It is done in the caller's
    transaction: what is rolled back is told to nobody."""
    hooks = Webhook.objects.filter(
        project=project, events__contains=[event], stopped_at__isnull=True, removed_at__isnull=True
    )
    body = _body(event, project, data)
    Delivery.objects.bulk_create([Delivery(webhook=hook, event=event, body=body) for hook in hooks])


def announce_article(event: Event, article: Article, by: User | None) -> None:
    data = {
        "id": article.pk,
        "external_id": article.external_id,
        "title": article.title,
        "by": by.username if by else None,
    }
    announce(event, article.project, {"article": data})


def announce_release(release: Release) -> None:
    announce(Event.RELEASED, release.project, {"release": {"id": release.pk, "number": release.number}})


def announce_job(job_id: int) -> None:
    job = Job.objects.select_related("project").get(pk=job_id)
    data = {"id": job.pk, "kind": job.kind, "state": job.state, "done": job.done, "total": job.total}
    announce(Event.JOB_ENDED, job.project, {"job": {**data, "error": job.error}})


def _body(event: str, project: Project, data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": event,
        "timestamp": timezone.now().isoformat(),
        "data": {"project": project.slug, **data},
    }


def _give_up(webhook: Webhook, why: str) -> None:
    waiting = Delivery.objects.waiting().filter(webhook=webhook)
    waiting.update(state=Delivery.State.FAILED, answer=why, ended_at=timezone.now())
