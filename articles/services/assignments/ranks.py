"""The order in which articles are offered: by what they teach, how easy they are, or what a manager says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from django.db.models import Max, Q
from django.utils import timezone

from annotator.schemas.queries import published_definition
from annotator.users.models import Project, QueueOrder, User
from articles.domain.assignments.ordering import Candidate, ease, predictor, promises, queue, unsureness
from articles.domain.spans import Suggestion
from articles.engines.base import EngineError, LearningEngine
from articles.engines.registry import engine_class
from articles.models import Article, EngineVersion, Job, ProjectEngine, Rank
from articles.queries.assignments.ranks import (
    finished_articles,
    grouped,
    in_batches,
    known_words,
    times_taken,
    waiting_articles,
)
from articles.queries.engines.readings import article_text, stored_suggestions
from articles.queries.stories.twins import groups_of
from articles.services.jobs.lifecycle import Enqueue, Progress, claim_job, create_job, finish_job, working_on
from articles.services.runs.readings import Ready, make_ready

BATCH = 250
MADE_BY_RANKING = (QueueOrder.GAIN, QueueOrder.EASE)
# An order is made anew when something has changed, and not more often than this.
REST = timedelta(minutes=10)


def start_ranking(*, project: Project, by: User | None, enqueue: Enqueue) -> Job:
    """Queue a job that orders the waiting articles anew, or answer the one that is queued already."""
    unfinished = Job.objects.unfinished().filter(project=project, kind=Job.Kind.RANK).first()
    if unfinished:
        return unfinished
    job = create_job(project=project, kind=Job.Kind.RANK, by=by)
    enqueue(job.pk)
    return job


def start_due_rankings(*, enqueue: Enqueue) -> int:
    """Order the queue anew in projects that order it by gain or ease, if articles came in, engines read or
    learned, or people handed in since the last time. Answers how many jobs were started."""
    projects = Project.objects.live().filter(queue_order__in=MADE_BY_RANKING)
    due = [project for project in projects if _is_due(project)]
    for project in due:
        start_ranking(project=project, by=None, enqueue=enqueue)
    return len(due)


def set_priority(*, articles: Sequence[int], project: Project, priority: int) -> int:
    """Give these articles of the project a priority; where the queue goes by it, the highest come first."""
    ids = Article.objects.of(project).filter(pk__in=articles).values_list("pk", flat=True)
    rows = [Rank(article_id=pk, project=project, priority=priority) for pk in ids]
    _store(rows, ["priority"])
    return len(rows)


def work_on_ranking(job_id: int) -> None:
    """Order the waiting articles of a project. Running it twice gives the same order."""
    job = claim_job(job_id)
    if job is None:
        return
    with working_on(job) as progress:
        project = job.project
        Job.objects.filter(pk=job.pk).update(total=waiting_articles(project).count())
        candidates = list(_candidates(project, progress))
        known, roots = known_words(project), groups_of(Article.objects.of(project))
        done = grouped(roots, finished_articles(project))
        gains = dict(queue(candidates, known, done))
        _store([_rank(project, one, gains[one.article]) for one in candidates], ["gain", "ease", "seconds"])
        finish_job(job_id=job.pk, state=Job.State.SUCCEEDED, report={"ordered": len(candidates)})


def _candidates(project: Project, progress: Progress) -> Iterator[Candidate]:
    roots = groups_of(Article.objects.of(project))
    opening, a_character, a_suggestion = predictor(times_taken(project))
    learned = _learned(project)
    for batch in in_batches(waiting_articles(project), BATCH):
        known = stored_suggestions(batch)
        taught = _promises(learned, batch, known)
        for article in batch:
            said = known.get(article.pk, {}).values()
            found = list({(one.start, one.end): one for there in said for one in there}.values())
            yield Candidate(
                article.pk,
                seconds=opening + a_character * article.length + a_suggestion * len(found),
                uncertainty=sum(unsureness(one.confidence) for one in found),
                promises=taught[article.pk] if taught else promises(article.text, found),
                group=roots[article.pk],
            )
        progress.count(len(batch))


def _learned(project: Project) -> Ready | None:
    """The project's engine that has learned, if it can work."""
    rows = ProjectEngine.objects.filter(
        project=project, enabled=True, versions__in=EngineVersion.objects.live()
    )
    for row in rows.order_by("pk"):
        try:
            if issubclass(engine_class(row.kind), LearningEngine):
                return make_ready(row, published_definition(project.pk).active_names)
        except EngineError:
            continue
    return None


def _promises(
    learned: Ready | None, batch: Sequence[Article], known: dict[int, dict[str, list[Suggestion]]]
) -> dict[int, Mapping[str, float]]:
    """What the words of each article promise to teach the learned engine; nothing without one."""
    if learned is None or not isinstance(learned.engine, LearningEngine):
        return {}
    texts = [article_text(one, known.get(one.pk)) for one in batch]
    return dict(zip((one.pk for one in batch), learned.engine.promises(texts), strict=True))


def _rank(project: Project, one: Candidate, gain: float) -> Rank:
    return Rank(article_id=one.article, project=project, gain=gain, ease=ease(one), seconds=one.seconds)


def _store(rows: Sequence[Rank], fields: list[str]) -> None:
    Rank.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["article"], update_fields=fields, batch_size=2_000
    )


def _is_due(project: Project) -> bool:
    jobs = Job.objects.filter(project=project)
    last = jobs.filter(kind=Job.Kind.RANK).aggregate(Max("created_at"))["created_at__max"]
    if last is None:
        return True
    if last > timezone.now() - REST:
        return False
    read = jobs.filter(Q(kind=Job.Kind.RUN) | Q(kind=Job.Kind.TRAIN), finished_at__gt=last).exists()
    return read or finished_articles(project).filter(layers__submitted_at__gt=last).exists()
