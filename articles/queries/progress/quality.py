"""What reviewers made of the work, and how often people took what is known to be wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from annotator.users.models import User
from articles.access.caller import Caller
from articles.domain.progress.periods import Period
from articles.models import Review
from articles.queries.progress.history import between, manages
from articles.queries.suggestions.guard import WrongSuggestions, planted_suggestions


@dataclass(frozen=True)
class Reviewer:
    """How often somebody approved an article, and sent one back."""

    user: User
    approved: int
    sent_back: int

    @property
    def percent_sent_back(self) -> float:
        return 100 * self.sent_back / (self.approved + self.sent_back)


def reviewers(caller: Caller, period: Period) -> Sequence[Reviewer]:
    """Those who decided most in the period first."""
    bounds = between(caller.project, period, None)
    rows = Review.objects.filter(
        article__project=caller.project, created_at__gte=bounds["after"], created_at__lt=bounds["before"]
    )
    of_each = (
        rows.order_by()
        .values_list("reviewer")
        .annotate(
            approved=Count("pk", Q(decision=Review.Decision.APPROVED)),
            sent_back=Count("pk", Q(decision=Review.Decision.SENT_BACK)),
        )
    )
    counts = {user: (approved, sent_back) for user, approved, sent_back in of_each}
    found = [Reviewer(user, *counts[pk]) for pk, user in User.objects.in_bulk(counts).items()]
    return sorted(found, key=lambda one: (-one.approved - one.sent_back, one.user.username))


def planted(caller: Caller) -> WrongSuggestions:
    """Of suggestions that were wrong on purpose, from the beginning: of all annotators for managers, of
    themselves for others."""
    found = planted_suggestions(caller.project, None if manages(caller) else caller.user).values()
    return WrongSuggestions(sum(one.accepted for one in found), sum(one.shown for one in found))
