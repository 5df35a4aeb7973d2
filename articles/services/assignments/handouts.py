"""A manager gives articles to people, takes them back, or gives them to somebody else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from annotator.lib.errors import Refused
from annotator.users.models import Project, User
from articles.models import Article, Assignment, Handout
from articles.queries.assignments.handouts import HandoutPlan, plan_handout
from articles.queries.suggestions.blind import blind_lot
from articles.services.articles import lock_articles, refresh_statuses
from articles.services.assignments.leases import withdraw_articles
from articles.services.notifications.telling import tell_of_articles
from articles.services.plants import plant_suggestions


def give_articles(
    *,
    project: Project,
    articles: Sequence[int],
    weights: Mapping[str, int],
    each: int,
    due_on: date | None,
    by: User,
) -> tuple[Handout, HandoutPlan]:
    """Give each of these articles to `each` people, in shares that follow their weights (by user name).

    The same input always gives the same result. Articles without room are passed over, and nobody gets an
    article that they have or had, unless it was returned. Locks the articles. Raises Refused.
    """
    with transaction.atomic():
        lock_articles(articles)
        plan = plan_handout(project, articles, weights, each)
        if not plan.pairs:
            raise Refused(gettext("None of these articles has room for one of these people."))
        handout = Handout.objects.create(
            project=project,
            by=by,
            weights=dict(weights),
            each=each,
            due_on=due_on,
            chosen=len(articles),
            given=len(plan.pairs),
        )
        _store(handout, plan)
        ids = {article for article, _ in plan.pairs}
        if project.planted_share:
            for article in Article.objects.filter(pk__in=ids).iterator():
                plant_suggestions(article=article, percent=project.planted_share)
        refresh_statuses(article_ids=ids)
        tell_of_articles(handout, plan, by=by)
        return handout, plan


def pass_on(
    *, project: Project, user: User, articles: Collection[int], to: User, by: User
) -> tuple[int, int]:
    """Give unfinished articles of the user to somebody else, with their due dates. Answers how many were
    taken from the user, and how many of those the other person got; the rest are free for everybody. Raises
    Refused."""
    if user == to:
        raise Refused(gettext("Choose somebody else: these articles are theirs already."))
    with transaction.atomic():
        lock_articles(articles)
        due = Assignment.objects.unfinished().of(user).filter(article__in=articles)
        dates = dict(due.values_list("article", "due_on"))
        taken = withdraw_articles(project=project, user=user, articles=articles, by=by)
        if not taken:
            raise Refused(gettext("They have none of these articles in hand any more."))
        handout, plan = give_articles(
            project=project, articles=taken, weights={to.username: 1}, each=1, due_on=None, by=by
        )
        given = list(Assignment.objects.filter(handout=handout))
        for one in given:
            one.due_on = dates[one.article_id]
        Assignment.objects.bulk_update(given, ["due_on"])
        return len(taken), len(plan.pairs)


def _store(handout: Handout, plan: HandoutPlan) -> None:
    """An article that the person had returned before becomes theirs again, in the same row."""
    is_blind, now = blind_lot(handout.project), timezone.now()
    rows = [
        Assignment(
            article_id=article,
            user_id=person,
            blind=is_blind(article, person),
            handout=handout,
            due_on=handout.due_on,
            touched_at=now,
        )
        for article, person in plan.pairs
    ]
    Assignment.objects.bulk_create(
        rows,
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["article", "user"],
        update_fields=["handout", "due_on", "touched_at", "returned_at", "returned_by"],
    )
