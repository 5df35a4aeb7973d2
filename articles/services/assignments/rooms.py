"""What changes for articles when a project asks for more or fewer annotators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction

from annotator.users.models import Project
from articles.models import Article, Assignment, Job
from articles.queries.gold.approved import waiting_without_draft
from articles.services.articles import lock_articles, refresh_statuses
from articles.services.gold.approving import draft_gold
from articles.services.jobs.lifecycle import (
    Cancelled,
    Enqueue,
    claim_job,
    count_progress,
    create_job,
    finish_job,
    working_on,
)

BATCH = 1_000
# No more articles than this are settled while the manager waits; more are left to a worker.
AT_ONCE = 2_000


def settle_rooms(*, project: Project, enqueue: Enqueue | None = None) -> None:
    """Find out anew, for articles that somebody has claimed, whether they have room and what their status is:
    at once, or by `enqueue` where there are many.

    Until that is done nobody gets a full article, because room is counted again before each claim. Articles
    that nobody has claimed have room under any rule and are not touched. For articles that now wait for
    review, `draft_missing_gold` drafts gold.
    """
    claimed = _claimed(project)
    if enqueue and len(claimed) > AT_ONCE:
        enqueue(create_job(project=project, kind=Job.Kind.ROOMS, by=None, total=len(claimed)).pk)
        return
    for batch in _batches(claimed):
        _settle(batch)


def work_on_rooms(job_id: int) -> None:
    """The same as a job. Running it twice does no harm."""
    job = claim_job(job_id)
    if job is None:
        return
    with working_on(job):
        claimed = _claimed(job.project)
        Job.objects.filter(pk=job.pk).update(done=0, total=len(claimed))
        for batch in _batches(claimed):
            _settle(batch)
            if not count_progress(job_id=job.pk, more=len(batch)):
                raise Cancelled
        finish_job(job_id=job.pk, state=Job.State.SUCCEEDED)


def draft_missing_gold() -> int:
    """Draft gold for articles that wait for review and have none. Answers how many. Running it twice does no
    harm."""
    drafted = 0
    for pk in waiting_without_draft():
        with transaction.atomic():
            lock_articles([pk])
            draft_gold(article=Article.objects.get(pk=pk))
        drafted += 1
    return drafted


def _claimed(project: Project) -> list[int]:
    claimed = Assignment.objects.filter(article__project=project).taking_room()
    return list(claimed.order_by("article").values_list("article", flat=True).distinct())


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _settle(ids: Sequence[int]) -> None:
    with transaction.atomic():
        lock_articles(ids)
        refresh_statuses(article_ids=ids)
