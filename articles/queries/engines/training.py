"""When engines learn: how much gold there is, how much there was the last time, and what is at work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import ceil

from django.db.models import Count

from annotator.users.models import Project
from articles.engines.registry import learning_kinds, stage_of
from articles.models import Job, Layer, ProjectEngine, RunItem
from articles.queries.gold.approved import gold_articles, gold_digest

# An engine learns from so many gold articles on, then whenever a tenth more has come, but not for one or two.
FIRST_AT = 10
GROWTH = 0.1
FEWEST_NEW = 3


def due_engines(*, nightly: bool = False) -> Iterator[ProjectEngine]:
    """Engines that should learn now, one a project at most. At night any change of the gold is enough."""
    rows = ProjectEngine.objects.filter(kind__in=learning_kinds(), learns=True)
    enough = _gold_counts(FIRST_AT)
    rows = rows.filter(project__in=enough, project__archived_at__isnull=True).select_related("project")
    busy = set(Job.objects.unfinished().filter(kind=Job.Kind.TRAIN).values_list("project", flat=True))
    for engine in sorted(rows, key=lambda one: (stage_of(one.kind), one.pk)):
        if engine.project_id not in busy and _is_due(engine, enough[engine.project_id], nightly):
            busy.add(engine.project_id)
            yield engine


def next_training_at(engine: ProjectEngine) -> int:
    """How many gold articles there must be for the engine to learn by itself."""
    last = last_training(engine)
    before = last.params["articles"] if last else 0
    return max(FIRST_AT, before + max(FEWEST_NEW, ceil(before * GROWTH)))


def last_training(engine: ProjectEngine) -> Job | None:
    """The newest, whatever came of it."""
    jobs = Job.objects.filter(project=engine.project_id, kind=Job.Kind.TRAIN, params__engine=engine.name)
    return jobs.order_by("-pk").first()


def training_at_work(project: Project) -> Job | None:
    """The project's training that has not ended. There is one at most."""
    return Job.objects.filter(project=project, kind=Job.Kind.TRAIN).unfinished().first()


def _gold_counts(at_least: int) -> dict[int, int]:
    """Gold articles by project."""
    final = Layer.objects.gold().filter(approved_at__isnull=False, article__archived_at__isnull=True)
    counts = final.order_by().values_list("article__project").annotate(Count("pk"))
    return Counter(dict(counts.filter(pk__count__gte=at_least)))


def _is_due(engine: ProjectEngine, gold: int, nightly: bool) -> bool:
    if gold < next_training_at(engine) and not (nightly and _has_changed(engine)):
        return False
    return not _is_still_read(engine.project)


def _has_changed(engine: ProjectEngine) -> bool:
    last = last_training(engine)
    return last is None or last.params["gold"] != gold_digest(engine.project)


def _is_still_read(project: Project) -> bool:
    """Whether engines are about to read gold articles: what they suggest is part of the lesson."""
    waiting = RunItem.objects.filter(state=RunItem.State.PENDING, job__in=Job.objects.at_work())
    return waiting.filter(article__in=gold_articles(project)).exists()
