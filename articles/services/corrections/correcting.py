"""The text of an article is corrected: a new article takes its place, with all that people had made."""

from __future__ import annotations

import hashlib

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import User, Verb
from annotator.users.permissions import Permission, roles_with
from annotator.users.services.audit import record
from articles.domain.corrections.reanchoring import Reanchoring
from articles.domain.stories.carrying import Alignment
from articles.models import Article, Correction, CorrectionTodo, Event, KnownArticle, Layer, Notification
from articles.models.articles import MAX_TEXT_LENGTH
from articles.queries.corrections.versions import require_current, version_number
from articles.queries.known_gold.exercises import is_open_exercise
from articles.queries.schema_changes.changes import newest_change
from articles.services.articles import METADATA_FIELDS, lock_articles, refresh_status
from articles.services.corrections.layers import (
    LayerPlan,
    carry_held_suggestions,
    plan_layers,
    write_layers_of_people,
)
from articles.services.corrections.surroundings import copy_surroundings, is_worked_on, move_what_is_about
from articles.services.intake.articles import lock_intake
from articles.services.jobs.lifecycle import Enqueue
from articles.services.notifications.telling import tell
from articles.services.notifications.webhooks import announce
from articles.services.runs.running import preannotate_new
from articles.services.schema_changes.migration import bring_up_to_date
from articles.services.twins import link_new

# How long a correction waits for an import that is at work.
PATIENCE_SECONDS = 10
# Fields that the new article gets from the old one. Its `external_id` moves later: only one may have it.
_KEPT = ("project_id", *METADATA_FIELDS)


def plan_correction(*, article: Article, text: str) -> list[LayerPlan]:
    """What a correction would do to each layer of people. Writes nothing. Raises Invalid, Refused."""
    _require_text(article, text)
    return plan_layers(_layers_of_people(article), article, Reanchoring(Alignment(article.text, text)))


def correct_text(
    *, article: Article, text: str, by: User, reason: str = "", enqueue_run: Enqueue | None
) -> Correction:
    """Replace the article by a new one with this text.

    Layers are carried over, with a list of the places that somebody should look at. The old article is
    archived as it is. Engines read the new text by `enqueue_run`; without it the caller starts them. Locks
    the project's intake, the article, then its layers. Raises Invalid, Refused.
    """
    with transaction.atomic():
        if not lock_intake(article.project, seconds=PATIENCE_SECONDS):
            raise Refused(_("An import into this project is at work. Try again in a moment."))
        lock_articles([article.pk])
        article = Article.objects.select_related("project").get(pk=article.pk)
        _require_text(article, text)
        layers = _lock_layers(article)
        way = Reanchoring(Alignment(article.text, text))
        plans = plan_layers(layers, article, way)
        correction = _make_version(article, text, by, reason)
        write_layers_of_people(plans, correction, way, by=by)
        Layer.objects.filter(pk__in=[one.pk for one in layers]).update(superseded_at=timezone.now())
        copy_surroundings(correction, way)
        move_what_is_about(source=article, target=correction.article)
        carry_held_suggestions(correction, way)
        refresh_status(article_id=correction.article_id)
        link_new(project=article.project, texts={correction.article_id: text})
        _tell(correction, by=by)
        if enqueue_run:
            new_ids = [correction.article_id]
            preannotate_new(project=article.project, article_ids=new_ids, by=by, enqueue=enqueue_run)
    return correction


def undo_correction(*, correction: Correction, by: User) -> Article:
    """Put the old text back, as long as nobody has done anything with the new one. Answers its article.

    Locks both articles, then the layers of the new one. Raises Refused.
    """
    with transaction.atomic():
        lock_articles([correction.corrected_id, correction.article_id])
        correction = _standing(correction)
        layers = _lock_layers(correction.article)
        if is_worked_on(correction):
            raise Refused(
                _("Somebody has worked on the corrected text by now. Correct the text once more instead.")
            )
        now, old, new = timezone.now(), correction.corrected, correction.article
        Correction.objects.filter(pk=correction.pk).update(undone_at=now, undone_by=by)
        Layer.objects.filter(pk__in=[one.pk for one in layers]).update(superseded_at=now)
        _layers_of_people(old).update(superseded_at=None)
        move_what_is_about(source=new, target=old)
        _swap(leaving=new, coming=old)
        refresh_status(article_id=old.pk)
        record(Verb.CORRECTION_UNDONE, by=by, project=old.project, about=old, version=correction.number)
    return old


def _require_text(article: Article, text: str) -> None:
    if not text.strip() or "\0" in text or len(text) > MAX_TEXT_LENGTH:
        raise Invalid(
            _("A text has 1 to %(most)s characters, and no NUL among them.")
            % {"most": intcomma(MAX_TEXT_LENGTH)}
        )
    if text == article.text:
        raise Refused(_("This is the text that the article has already."))
    require_current(article)
    if article.archived_at:
        raise Refused(_("This article is archived, so its text stays as it is."))
    if article.project.training_for_id or is_open_exercise(article):
        raise Refused(_("This article is an exercise. Retire it first, then correct its text."))
    if KnownArticle.objects.of(article.project).filter(article=article).exists():
        raise Refused(_("This article is in the test set. Take it out first, then correct its text."))


def _layers_of_people(article: Article) -> QuerySet[Layer]:
    return Layer.objects.filter(article=article).exclude(kind=Layer.Kind.ENGINE).order_by("pk")


def _lock_layers(article: Article) -> list[Layer]:
    """The layers of people and gold, with their rows locked, brought up to today's label schema."""
    rows = (
        _layers_of_people(article)
        .select_for_update(no_key=True, of=("self",))
        .select_related("user", "approved_by")
    )
    layers, change = list(rows), newest_change(article.project_id)
    for layer in layers:
        bring_up_to_date(change, layer)
    return layers


def _make_version(article: Article, text: str, by: User, reason: str) -> Correction:
    new = Article(
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        **{name: getattr(article, name) for name in _KEPT},
    )
    new.save()
    _swap(leaving=article, coming=new)
    return Correction.objects.create(
        article=new,
        corrected=article,
        number=version_number(article) + 1,
        reason=reason.strip()[:500],
        made_by=by,
        # Not the time at which the transaction began: people went on working until the locks were there.
        made_at=timezone.now(),
    )


def _swap(*, leaving: Article, coming: Article) -> None:
    """One leaves lists, queues and exports, the other takes its place and its external id."""
    external_id = leaving.external_id
    Article.objects.filter(pk=leaving.pk).update(archived_at=timezone.now(), external_id="")
    Article.objects.filter(pk=coming.pk).update(archived_at=None, external_id=external_id)
    coming.external_id, coming.archived_at = external_id, None


def _standing(correction: Correction) -> Correction:
    rows = Correction.objects.standing().select_related("article__project", "corrected__project")
    found = rows.filter(pk=correction.pk).first()
    if found is None:
        raise Refused(_("This correction was taken back already."))
    return found


def _tell(correction: Correction, *, by: User) -> None:
    """Write it into the log, and tell programs and whoever has something to look at."""
    article = correction.article
    todos = CorrectionTodo.objects.filter(correction=correction)
    record(
        Verb.TEXT_CORRECTED,
        by=by,
        project=article.project,
        about=article,
        version=correction.number,
        before=correction.corrected_id,
        to_look_at=todos.count(),
        reason=correction.reason,
    )
    data = {
        "id": article.pk,
        "external_id": article.external_id,
        "title": article.title,
        "by": by.username,
        "version": correction.number,
        "corrects": correction.corrected_id,
    }
    announce(Event.CORRECTED, article.project, {"article": data})
    for layer in Layer.objects.filter(correction_todos__in=todos).distinct():
        tell(
            [layer.user_id] if layer.user_id else _reviewers(article),
            kind=Notification.Kind.CORRECTED,
            project_id=article.project_id,
            key=f"{correction.pk}/{layer.pk}",
            by=by,
            article=article,
            data={"count": todos.filter(layer=layer).count()},
        )


def _reviewers(article: Article) -> list[int]:
    rows = article.project.memberships.filter(role__in=roles_with(Permission.REVIEW))
    return list(rows.values_list("user", flat=True))
