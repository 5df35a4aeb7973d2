"""How request code obtains exercises, known articles, and what people made of them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from annotator.users.models import Role, User
from annotator.users.permissions import Permission
from articles.access.caller import Caller
from articles.models import Attempt, Exercise, KnownArticle, KnownReading
from articles.queries.known_gold.known_articles import midnight


def get_exercise_for(caller: Caller, exercise_id: int) -> Exercise:
    """An exercise of the caller's project that can be worked on."""
    return get_object_or_404(Exercise.objects.of(caller.project).select_related("article"), pk=exercise_id)


def get_attempt_for(caller: Caller, attempt_id: int) -> Attempt:
    rows = attempts_for(caller).select_related("exercise__article__project", "copy__project", "user")
    return get_object_or_404(rows, pk=attempt_id)


def attempts_for(caller: Caller) -> QuerySet[Attempt]:
    """Attempts at exercises of the caller's project: the caller's own, or everybody's for managers."""
    rows = Attempt.objects.filter(exercise__article__project=caller.project)
    mine = rows if caller.may(Permission.MANAGE) else rows.of(caller.user)
    return mine.select_related("exercise", "user")


def sees_scores_of_others(caller: Caller) -> bool:
    """Whether the caller may see how well others annotate, also in a project that is archived."""
    return caller.role in (Role.MANAGER, Role.REVIEWER)


def get_known_article_for(caller: Caller, known_id: int) -> KnownArticle:
    """An article of the test set of the caller's project."""
    return get_object_or_404(KnownArticle.objects.of(caller.project), pk=known_id)


def get_known_reading_for(caller: Caller, reading_id: int) -> KnownReading:
    rows = known_readings_for(caller).select_related("known__article", "copy__project", "user")
    return get_object_or_404(rows.defer(None), pk=reading_id)


def known_readings_for(caller: Caller) -> QuerySet[KnownReading]:
    """Readings of known articles that were handed in: everybody's for reviewers and managers, for others
    their own once they may see the result."""
    rows = KnownReading.objects.of(caller.project).scored()
    if not sees_scores_of_others(caller):
        rows = rows.filter(user=caller.user).shown_since(midnight())
    rows = rows.select_related("known__article", "user")
    return rows.defer("known__article__text", "known__article__search", "known__article__metadata")


def get_scored_person_for(caller: Caller, username: str) -> User:
    """A person who was given known articles of the caller's project, also one who has left it."""
    given = KnownReading.objects.of(caller.project).values("user")
    return get_object_or_404(User, username=username, pk__in=given)
