from __future__ import annotations

from django.db.models import Count, Max, Q

from annotator.users.models import Project
from articles.models import Delivery, Webhook


def webhooks_of(project: Project) -> list[Webhook]:
    """With how many messages wait and were given up, and when one last arrived."""
    state = Delivery.State
    rows = Webhook.objects.filter(project=project, removed_at__isnull=True).select_related("created_by")
    return list(
        rows.annotate(
            waiting=Count("deliveries", Q(deliveries__state=state.WAITING)),
            failed=Count("deliveries", Q(deliveries__state=state.FAILED)),
            last=Max("deliveries__ended_at", filter=Q(deliveries__state=state.DELIVERED)),
        )
    )


def delivery_log(webhook: Webhook, *, count: int = 100) -> list[Delivery]:
    """The newest first."""
    return list(webhook.deliveries.all()[:count])
