"""What likely errors are looked for in: finished articles, and what engines say of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from annotator.users.models import Project
from articles.domain.doubts.engines import Claim
from articles.domain.doubts.findings import FEWEST_PLACES, Mention
from articles.engines.registry import merging_kinds
from articles.models import Job, Layer, ProjectEngine, Rejection, Span
from articles.queries.engines.calibrations import calibrators_of
from articles.queries.evaluations.scope import article_batches
from articles.queries.gold.approved import gold_articles

LOOKED_FOR_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Finished:
    """A finished article. `gold` is without spans that have gaps, and in reading order."""

    id: int
    text: str
    language: str
    gold: Sequence[Mention]


def finished_ids(project: Project) -> list[int]:
    return list(gold_articles(project).order_by("pk").values_list("pk", flat=True))


def finished_batches(ids: Sequence[int]) -> Iterator[list[Finished]]:
    """The articles, a few at a time."""
    for batch in article_batches(ids):
        gold: dict[int, list[Mention]] = {one.pk: [] for one in batch}
        layers = Layer.objects.gold().filter(article__in=batch)
        spans = Span.objects.filter(layer__in=layers, fragments=[]).order_by("start", "-end", "label")
        for article, start, end, label in spans.values_list("layer__article", "start", "end", "label"):
            gold[article].append(Mention(start, end, label))
        yield [Finished(one.pk, one.text, one.language, gold[one.pk]) for one in batch]


def claims_on(project: Project, articles: Iterable[int]) -> Mapping[int, list[Claim]]:
    """What enabled engines suggest of each article and no reviewer has rejected, with calibrated chances.

    Where one that merges has read the article it speaks for all of them; its confidence is calibrated
    already. An engine that was never held against gold says nothing here.
    """
    engines = list(ProjectEngine.objects.filter(project=project, enabled=True))
    merging = {one.pk for one in engines if one.kind in merging_kinds()}
    calibrators = calibrators_of(project)
    layers = Layer.objects.by_engines().filter(article__in=list(articles), engine__in=engines)
    spoken_for = set(layers.filter(engine__in=merging).values_list("article", flat=True))
    rejected = _rejected(articles)
    found: dict[int, list[Claim]] = {}
    rows = Span.objects.filter(layer__in=layers).values_list(
        "layer__article", "layer__engine", "layer__engine__name", "start", "end", "label", "confidence"
    )
    for article, engine, name, start, end, label, confidence in rows:
        merges, mention = engine in merging, Mention(start, end, label)
        if merges != (article in spoken_for) or (article, mention) in rejected:
            continue
        if merges:
            chance = confidence or 0.0
        else:
            chance = calibrators[name](label, confidence) if name in calibrators else 0.0
        found.setdefault(article, []).append(Claim(name, mention, chance))
    return found


def _rejected(articles: Iterable[int]) -> set[tuple[int, Mention]]:
    rows = Rejection.objects.filter(layer__kind=Layer.Kind.GOLD, layer__article__in=list(articles))
    return {
        (article, Mention(start, end, label))
        for article, start, end, label in rows.values_list("layer__article", "start", "end", "label")
    }


def extent_of_gold(project: Project) -> dict[str, int]:
    """How many articles are finished, and how many edits they have: a search is due when either has
    changed."""
    layers = Layer.objects.gold().filter(article__in=gold_articles(project))
    return layers.aggregate(gold=Count("pk"), edits=Coalesce(Sum("version"), 0))


def due_for_search() -> list[Project]:
    """Projects whose gold has changed since errors were last looked for in it."""
    jobs = Job.objects.filter(project=OuterRef("pk"), kind=Job.Kind.DOUBTS).order_by("-pk")
    gold = Layer.objects.gold().filter(
        approved_at__isnull=False, article__project=OuterRef("pk"), article__archived_at__isnull=True
    )
    counted = gold.order_by().values("article__project")
    rows = Project.objects.live().annotate(
        gold=Subquery(counted.annotate(n=Count("pk")).values("n")),
        edits=Subquery(counted.annotate(n=Sum("version")).values("n")),
        last_gold=Subquery(jobs.annotate(n=Cast(KT("params__gold"), IntegerField())).values("n")[:1]),
        last_edits=Subquery(jobs.annotate(n=Cast(KT("params__edits"), IntegerField())).values("n")[:1]),
    )
    changed = Q(last_gold__isnull=True) | ~Q(gold=F("last_gold")) | ~Q(edits=F("last_edits"))
    just_now = jobs.filter(created_at__gt=timezone.now() - LOOKED_FOR_EVERY)
    return list(rows.filter(changed, ~Exists(just_now), gold__gte=FEWEST_PLACES))
