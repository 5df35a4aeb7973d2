"""Exercises: marking articles as such, trying them, and grading.

An attempt is a copy of the article's text in a hidden project of its own, so that the real article's layers,
gold, status, comments, agreement and exports are never touched, and everything that the editor can do works
there without knowing that it is an exercise.
"""

from __future__ import annotations

from dataclasses import asdict
from secrets import token_hex

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import Refused
from annotator.schemas.queries import published_definition
from annotator.schemas.services.publishing import publish, start_schema
from annotator.users.models import Membership, Project, Role, User
from articles.domain.grading import grade
from articles.models import Article, Assignment, Attempt, Exercise, KnownArticle
from articles.queries.answers import given_answer, gold_answer
from articles.queries.gold.approved import gold_articles
from articles.queries.known_gold.exercises import training_standing
from articles.services.articles import refresh_status
from articles.services.known_gold.clearances import clear_if_passed

_COPIED = ("title", "published_on", "source", "agency", "dateline", "byline", "language")


def mark_exercise(*, project: Project, article: int, kind: str, note: str, by: User) -> Exercise:
    """Make the article an exercise, or change the kind and note of one. Raises Refused."""
    chosen = gold_articles(project).filter(pk=article).first()
    if chosen is None:
        raise Refused(_("Only articles whose gold is approved can be exercises."))
    if KnownArticle.objects.of(project).filter(article=chosen).exists():
        raise Refused(_("This article is in the test set: annotators would meet it twice."))
    exercise, _made = Exercise.objects.update_or_create(
        article=chosen,
        defaults={"kind": kind, "note": note, "retired_at": None},
        create_defaults={"kind": kind, "note": note, "created_by": by},
    )
    return exercise


def retire_exercise(*, exercise: Exercise) -> None:
    """Nobody is asked to do it any more; what people did there stays."""
    Exercise.objects.filter(pk=exercise.pk, retired_at__isnull=True).update(retired_at=timezone.now())


def begin_attempt(*, project: Project, exercise: Exercise, user: User) -> Attempt:
    """The user's attempt that is open, or a new one. A practice article may be tried again; a test counts
    once. Locks the user's row, so that one who clicks twice gets one. Raises Refused."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
        mine = Attempt.objects.of(user).counting().filter(exercise=exercise).first()
        if mine and mine.graded_at is None:
            return mine
        if exercise.kind == Exercise.Kind.TEST:
            _may_be_tested(project, user, mine)
        elif mine:
            Attempt.objects.filter(pk=mine.pk).update(set_aside_at=timezone.now())
        copy = _copy_for(user, exercise.article, _training_project(project, user))
        return Attempt.objects.create(exercise=exercise, user=user, copy=copy)


def grade_attempt(*, copy: Article) -> None:
    """Keep the score of what was just handed in, once. The caller holds the lock on the copy's row."""
    rows = Attempt.objects.select_related("exercise__article__project", "user")
    attempt = rows.filter(copy=copy, graded_at__isnull=True).first()
    if attempt is None:
        return
    found = grade(gold_answer(attempt.exercise), given_answer(attempt))
    Attempt.objects.filter(pk=attempt.pk).update(graded_at=timezone.now(), **asdict(found))
    clear_if_passed(project=attempt.exercise.article.project, user=attempt.user)


def _may_be_tested(project: Project, user: User, earlier: Attempt | None) -> None:
    if earlier:
        raise Refused(_("A test counts once. A manager can give you another try."))
    if not training_standing(project, user).has_practised:
        raise Refused(_("Hand in the practice articles first: they show what is expected."))


def _copy_for(user: User, article: Article, training: Project) -> Article:
    """A copy of the article, assigned to this user alone. It holds no gold."""
    copied = {name: getattr(article, name) for name in _COPIED}
    copy = Article.objects.create(project=training, text=article.text, sha256=article.sha256, **copied)
    Assignment.objects.create(article=copy, user=user)
    refresh_status(article_id=copy.pk)
    return copy


def _training_project(project: Project, user: User) -> Project:
    """The hidden project that holds the copies, with the labels of today and the user in it.
    Locks the project's row, so that there is one."""
    Project.objects.select_for_update(no_key=True).only("pk").get(pk=project.pk)
    definition = published_definition(project.pk)
    training = Project.objects.filter(training_for=project).first()
    if training is None:
        training = Project.objects.create(
            slug=f"training-{project.pk}-{token_hex(4)}",
            name=project.name,
            training_for=project,
            preannotate=False,
            blind_share=0,
            lease_days=0,
        )
        start_schema(project=training, definition=definition, by=None)
    elif published_definition(training.pk) != definition:
        publish(project=training, data=definition.to_dict(), by=user)
    training.confidence_shown = project.confidence_shown
    training.name = _("Training: %(project)s") % {"project": project.name[:180]}
    training.save(update_fields=["name", "confidence_shown"])
    Membership.objects.get_or_create(project=training, user=user, defaults={"role": Role.ANNOTATOR})
    return training
