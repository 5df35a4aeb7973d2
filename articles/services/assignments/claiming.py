"""Who works on what: claiming, submitting, reopening."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import NotPermitted, Refused
from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.domain.layers.state import obstacle_to_submitting
from articles.models import Article, Assignment, Event, Layer, Status
from articles.queries.assignments.queue import Left, articles_left, free_articles, queue_of
from articles.queries.assignments.standing import standings, wanted_of
from articles.queries.reopening import why_not_taken_back
from articles.queries.suggestions.blind import is_drawn_blind
from articles.services.articles import lock_articles, refresh_status, store_standings
from articles.services.gold.approving import draft_gold
from articles.services.known_gold.clearances import require_training
from articles.services.known_gold.exercises import grade_attempt
from articles.services.known_gold.known_articles import copy_known_article, score_reading, unscore_reading
from articles.services.layers import load_state, lock_own_layer
from articles.services.notifications.webhooks import announce_article
from articles.services.plants import plant_suggestions, settle_plants


def claim_article(*, article: Article, user: User) -> Assignment:
    """Assign the article to the user, if it has room. One that they had skipped or returned becomes theirs
    again.

    Locks the article's row. Raises NotPermitted: TrainingFirst where the project asks for training first.
    """
    with transaction.atomic():
        locked = Article.objects.select_for_update(no_key=True).defer("text").get(pk=article.pk)
        claims = {claim.user_id: claim for claim in Assignment.objects.filter(article=locked)}
        mine = claims.pop(user.pk, None)
        if mine and mine.takes_room:
            return mine
        if locked.status == Status.GOLD:
            raise NotPermitted(_("This article is finished: it is gold."))
        taken = sum(claim.takes_room for claim in claims.values())
        if taken >= wanted_of(article.project, article.pk):
            raise NotPermitted(_("Somebody else is at work on this article. Take the next one instead."))
        if mine is None:
            require_training(project=article.project, user=user)
        plant_suggestions(article=article, percent=article.project.planted_share)
        return _take_up(mine) if mine else _give(article.project, locked.pk, user)


def claim_next(*, project: Project, user: User, after: int | None = None) -> Article | None:
    """The article that the user should open next, without its text; None when nothing is left.

    In this order: one that a manager gave them, the earliest due date first; one that they have begun; one
    that was returned and still has room; the first of the queue, claimed now; one that they had flagged to
    come back to. `after` is the id of the article that they have open: it is never the answer.

    Rows that another request is claiming are passed over, so two people never get one place. Locks the user's
    row, so that one person who asks twice at once gets one article. Raises TrainingFirst.
    """
    require_training(project=project, user=user)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
        left = articles_left(project, user, after=after)
        if left and left[0].is_at_hand:
            return _row(left[0])
        return (
            _claim_returned([one for one in left if one.returned], user)
            or _claim_known(project, user)
            or _claim_free(project, user, after)
            or next((_row(one) for one in left if one.flagged), None)
        )


def _row(one: Left) -> Article:
    return Article.objects.only("project").get(pk=one.article)


def _claim_returned(returned: Iterable[Left], user: User) -> Article | None:
    """An article that went back to the others while the user was away, if it still has room."""
    for article in map(_row, returned):
        with suppress(NotPermitted):
            claim_article(article=article, user=user)
            refresh_status(article_id=article.pk)
            return article
    return None


def _claim_known(project: Project, user: User) -> Article | None:
    """Now and then, by chance: a copy of a known article, made for this user alone."""
    copy = copy_known_article(project=project, user=user) if project.known_share else None
    if copy:
        _give(project, copy.pk, user)
        plant_suggestions(article=copy, percent=project.planted_share)
        refresh_status(article_id=copy.pk)
    return copy


def _claim_free(project: Project, user: User, after: int | None) -> Article | None:
    for stretch in queue_of(project, user, after=after):
        unlocked = stretch.select_for_update(no_key=True, of=("self",), skip_locked=True)
        if article := _claim_first(unlocked, project, user):
            return article
    # An article that another request has locked may turn out to be free: wait for it before answering that
    # there is none. Locks are taken in order of id, so that there is no deadlock.
    free = free_articles(project, user, after=after).select_for_update(no_key=True)
    return _claim_first(free, project, user)


def _claim_first(free: QuerySet[Article], project: Project, user: User) -> Article | None:
    """Give the first free article to the user. One that turns out to be full is marked as such and passed
    over."""
    while article := free.first():
        (standing,) = standings([article.pk])
        if standing.has_room:
            _give(project, article.pk, user)
            plant_suggestions(article=article, percent=project.planted_share)
            store_standings([standing.with_claim()])
            return article
        store_standings([standing])
    return None


def _take_up(claim: Assignment) -> Assignment:
    claim.skipped_at, claim.skip_reason = None, ""
    claim.returned_at, claim.returned_by = None, None
    claim.touched_at = timezone.now()
    claim.save(update_fields=["skipped_at", "skip_reason", "returned_at", "returned_by", "touched_at"])
    return claim


def _give(project: Project, article_id: int, user: User) -> Assignment:
    blind = is_drawn_blind(project, article_id, user)
    return Assignment.objects.create(article_id=article_id, user=user, blind=blind)


def submit_article(*, article: Article, by: User) -> str:
    """Hand in the user's own layer. Answers the article's status. Locks article, then layers.

    Raises Refused naming what keeps it from being submitted. Submitting twice is harmless.
    """
    with transaction.atomic():
        lock_articles([article.pk])
        layer = lock_own_layer(article=article, user=by)
        if layer.submitted_at:
            return Article.objects.values_list("status", flat=True).get(pk=article.pk)
        state = load_state(layer, length=article.length, definition=published_definition(article.project_id))
        obstacle = obstacle_to_submitting(state, article.text)
        if obstacle:
            raise Refused(obstacle)
        claim = claim_article(article=article, user=by)
        settle_plants(article=article, layer=layer, state=state, claim=claim)
        now = timezone.now()
        Layer.objects.filter(pk=layer.pk).update(submitted_at=now)
        mine = Assignment.objects.filter(article=article, user=by)
        mine.update(submitted_at=now, flagged_at=None, flag_note="")
        status = refresh_status(article_id=article.pk)
        if article.archived_at:
            score_reading(copy=article)
            return status
        if article.project.training_for_id:
            grade_attempt(copy=article)
        elif status in (Status.SUBMITTED, Status.IN_REVIEW):
            draft_gold(article=article)
            status = Article.objects.values_list("status", flat=True).get(pk=article.pk)
        announce_article(Event.SUBMITTED, article, by)
        return status


def flag_article(*, article: Article, user: User, flagged: bool, note: str = "") -> None:
    """Mark an article to come back to, or take the mark away: other articles come before it. Raises
    NotPermitted when there is no room."""
    with transaction.atomic():
        claim = claim_article(article=article, user=user)
        claim.flagged_at = timezone.now() if flagged else None
        claim.flag_note = note if flagged else ""
        claim.save(update_fields=["flagged_at", "flag_note"])
        refresh_status(article_id=article.pk)


def skip_article(*, article: Article, user: User, reason: str) -> None:
    """Leave the article to somebody else. What was done in the user's layer stays.

    Locks the article's row. Raises Refused.
    """
    if not reason.strip():
        raise Refused(_("Say in a few words why you skip this article."))
    with transaction.atomic():
        lock_articles([article.pk])
        mine = Assignment.objects.filter(article=article, user=user).first()
        claim = mine or _give(article.project, article.pk, user)
        if claim.submitted_at:
            raise Refused(_("You have submitted this article. Take it back before you skip it."))
        # Should they edit again, the layer begins anew, and with it the question whether there is room.
        Layer.objects.by_user(user).filter(article=article).update(begun_at=None)
        claim.skipped_at, claim.skip_reason = timezone.now(), reason.strip()
        claim.flagged_at, claim.flag_note = None, ""
        claim.returned_at, claim.returned_by = None, None
        claim.save()
        refresh_status(article_id=article.pk)


def reopen_own(*, article: Article, by: User) -> str:
    """Take back one's own submission. Refused once a reviewer has begun, and once the user could copy from
    others.

    Locks article, then layer. Raises Refused.
    """
    with transaction.atomic():
        lock_articles([article.pk])
        layer = lock_own_layer(article=article, user=by)
        if reason := why_not_taken_back(article, by):
            raise Refused(reason)
        unscore_reading(copy=article)
        Layer.objects.filter(pk=layer.pk).update(submitted_at=None)
        mine = Assignment.objects.filter(article=article, user=by)
        mine.update(submitted_at=None, touched_at=timezone.now())
        return refresh_status(article_id=article.pk)
