"""The test set: articles with known gold, copies of which stand among the work of annotators."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.users.models import Project, User
from annotator.users.permissions import Permission, check
from articles.domain.spans import Link, Suggestion
from articles.models import (
    Article,
    Assignment,
    Exercise,
    KnownArticle,
    KnownReading,
    Layer,
    Precedent,
    ProjectEngine,
    Relation,
    Span,
    Twin,
)
from articles.queries.gold.approved import gold_articles


def about_known_articles(project: Project) -> str:
    """What annotators are told where their work is watched by known articles; empty where it is not."""
    if not project.known_share:
        return ""
    return _(
        "This project watches quality: now and then you are given an article whose answers are known, and "
        "which looks like any other. On the day after, Known articles shows you how you did."
    )


def may_be_known(project: Project) -> QuerySet[Article]:
    """The articles that can join the test set: their gold is approved, and annotators find it nowhere else:
    neither in an exercise, nor in an article that nearly repeats it, nor as a case in the guidelines."""
    told: tuple[QuerySet[Any, Any], ...] = (
        KnownArticle.objects.of(project).values("article"),
        Exercise.objects.of(project).values("article"),
        Twin.objects.filter(article__project=project).values("article"),
        Twin.objects.filter(article__project=project).values("original"),
        Precedent.objects.standing().filter(project=project).values("article"),
    )
    rows = gold_articles(project)
    for ids in told:
        rows = rows.exclude(pk__in=ids)
    return rows


def joinable(found: QuerySet[Article], project: Project) -> list[int]:
    """Those of the articles found that can join the test set."""
    rows = may_be_known(project).filter(pk__in=found.order_by().values("pk"))
    return list(rows.values_list("pk", flat=True))


def shown_articles(project: Project, user: User) -> QuerySet[Article]:
    """The articles of the project as the user is to find them: an annotator finds no known articles but those
    that they worked on before, and the copies that they were given."""
    if check(user, Permission.VIEW_ALL_LAYERS, project):
        return Article.objects.of(project)
    copies = KnownReading.objects.filter(user=user).values("copy")
    mine = Assignment.objects.of(user).values("article")
    kept = KnownArticle.objects.of(project).exclude(article__in=mine).values("article")
    rows = Article.objects.filter(Q(archived_at__isnull=True) | Q(pk__in=copies), project=project)
    return rows.exclude(pk__in=kept)


def kept_from(user: User) -> Q:
    """Articles that an annotator is not to find, because they may be tested on them, as a condition."""
    known = KnownArticle.objects.filter(article=OuterRef("pk"), removed_at__isnull=True)
    mine = Assignment.objects.of(user).filter(article=OuterRef("pk"))
    return Q(Exists(known), ~Exists(mine))


def open_to(user: User) -> Q:
    """Articles that are not archived, and copies that the user was given, as a condition."""
    return Q(archived_at__isnull=True) | Q(known_reading__user=user)


def is_given_to(article: Article, user: User) -> bool:
    """Whether it is a copy of a known article that this user was given."""
    return KnownReading.objects.filter(copy=article, user=user).exists()


def next_known(project: Project, user: User) -> KnownArticle | None:
    """A known article by chance that the user has not met in any form; None when there is none."""
    mine = Assignment.objects.of(user).values("article")
    rows = KnownArticle.objects.to_give(project).exclude(readings__user=user).exclude(article__in=mine)
    return rows.select_related("article").order_by("?").first()


def place_of(article: Article) -> int:
    """The id by which the article stands among the others: for a copy that of its original."""
    if article.archived_at is None:
        return article.pk
    reading = KnownReading.objects.filter(copy=article).select_related("known").first()
    return reading.known.article_id if reading else article.pk


def is_shown(reading: KnownReading) -> bool:
    """Whether its result may be read by who made it."""
    return reading.handed_in_at is not None and reading.handed_in_at < midnight()


def midnight() -> datetime:
    """When today began."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def engines_readings(article: Article) -> list[tuple[ProjectEngine, str, list[Suggestion]]]:
    """What each engine suggests in the article, with the version that said so."""
    layers = Layer.objects.by_engines().filter(article=article).select_related("engine").order_by("engine")
    spans = _spans_of([one.pk for one in layers])
    links = _links_of([one.pk for one in layers])
    return [
        (
            layer.engine,
            layer.engine_version,
            [
                Suggestion(
                    one.start,
                    one.end,
                    one.label,
                    one.confidence,
                    tuple(one.sources or ()),
                    tuple(links.get(one.pk, ())),
                )
                for one in spans.get(layer.pk, ())
            ],
        )
        for layer in layers
        if layer.engine
    ]


def _spans_of(layers: Collection[int]) -> Mapping[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for span in Span.objects.filter(layer__in=layers).order_by("start", "-end", "label"):
        found.setdefault(span.layer_id, []).append(span)
    return found


def _links_of(layers: Collection[int]) -> Mapping[object, list[Link]]:
    """By the id of the span that they start from."""
    found: dict[object, list[Link]] = {}
    for one in Relation.objects.filter(layer__in=layers).select_related("target"):
        to = one.target
        found.setdefault(one.source_id, []).append(Link(one.type, to.start, to.end, to.label))
    return found
