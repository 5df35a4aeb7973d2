"""What engines are measured on, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from hashlib import sha256

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from annotator.users.models import Project
from articles.domain.measures.f_measure import FEWEST_ARTICLES
from articles.domain.spans import Suggestion
from articles.models import Article, EngineVersion, Job, Layer, ProjectEngine, Span
from articles.queries.gold.approved import gold_articles, held_out

BATCH_ARTICLES = 32
BATCH_CHARACTERS = 150_000
# Measuring by itself: when there is a tenth more gold than last time.
GROWTH = 1.1


class Scope(StrEnum):
    """Gold that something may have learned from, and gold that nothing has."""

    LEARNED = "learned"
    HELD_OUT = "held_out"


def articles_to_measure(project: Project, *, most: int) -> list[tuple[Scope, list[int]]]:
    """Ids of gold articles, at most so many. While nothing is held out, nothing has been learned from.

    Those that are held out come first; of the others the same are taken every time, so that versions stay
    comparable.
    """
    apart = sorted(held_out(project).values_list("pk", flat=True))[:most]
    others = set(gold_articles(project).values_list("pk", flat=True)) - set(apart)
    taken = sorted(others, key=lambda pk: sha256(b"%d" % pk).digest())[: most - len(apart)]
    rest = Scope.LEARNED if apart else Scope.HELD_OUT
    return [(Scope.HELD_OUT, apart), (rest, sorted(taken))]


def article_batches(ids: Sequence[int]) -> Iterator[list[Article]]:
    """The articles, a few at a time: neither too many nor too long."""
    rows = Article.objects.select_related("project")
    lengths = Article.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "length")
    for batch in fitting(lengths, articles=BATCH_ARTICLES, characters=BATCH_CHARACTERS):
        yield list(rows.filter(pk__in=batch).order_by("pk"))


def fitting(lengths: Iterable[tuple[int, int]], *, articles: int, characters: int) -> Iterator[list[int]]:
    """Ids in batches of at most so many articles and characters, from ids with their lengths. A longer
    article is a batch of its own."""
    batch, room = list[int](), characters
    for pk, length in lengths:
        if batch and (len(batch) == articles or length > room):
            yield batch
            batch, room = [], characters
        batch.append(pk)
        room -= length
    if batch:
        yield batch


def stored_readings(
    engines: Sequence[ProjectEngine], articles: Sequence[Article]
) -> dict[tuple[int, int], list[Suggestion]]:
    """What the layers of these engines hold, by engine and article; nothing where there is no layer."""
    if not engines:
        return {}
    layers = Layer.objects.filter(engine__in=engines, article__in=articles)
    found: dict[tuple[int, int], list[Suggestion]] = {
        key: [] for key in layers.values_list("engine", "article")
    }
    spans = Span.objects.filter(layer__in=layers).order_by("start", "-end", "label")
    for engine, article, start, end, label, confidence in spans.values_list(
        "layer__engine", "layer__article", "start", "end", "label", "confidence"
    ):
        found[engine, article].append(Suggestion(start, end, label, confidence))
    return found


def due_for_evaluation() -> list[Project]:
    """Projects with enough gold that have a tenth more of it than when their engines were last measured, or
    an engine that has learned since."""
    jobs = Job.objects.filter(project=OuterRef("pk"), kind=Job.Kind.EVALUATE).order_by("-pk")
    gold = Layer.objects.gold().filter(
        approved_at__isnull=False, article__project=OuterRef("pk"), article__archived_at__isnull=True
    )
    engines = ProjectEngine.objects.filter(project=OuterRef("pk"), enabled=True)
    learned = EngineVersion.objects.live().filter(
        engine__project=OuterRef("pk"), engine__enabled=True, live_since__gt=OuterRef("last_at")
    )
    rows = Project.objects.live().annotate(
        gold=Subquery(gold.order_by().values("article__project").annotate(n=Count("pk")).values("n")),
        last=Subquery(jobs.annotate(gold=Cast(KT("params__gold"), IntegerField())).values("gold")[:1]),
        last_at=Subquery(jobs.values("created_at")[:1]),
    )
    grown = Q(last__isnull=True) | Q(gold__gte=F("last") * GROWTH)
    return list(rows.filter(Exists(engines), gold__gte=FEWEST_ARTICLES).filter(grown | Q(Exists(learned))))
