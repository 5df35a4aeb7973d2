"""What follows for articles when a project asks for more or fewer annotators."""

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
# So many articles are settled while the manager waits.
AT_ONCE = 2_000


def settle_rooms(*, project: Project, enqueue: Enqueue | None = None) -> None:
    """Settle anew which of the articles that somebody has claimed have room, and where they stand: now, or by
    `enqueue` where there are many. Meanwhile nobody gets one that is full: it is counted once more before.

    Those that nobody has claimed have room under any rule, so that they need not be touched. The gold of
    those that now wait for review is drafted by `draft_missing_gold`.
    """
    claimed = _claimed(project)
    if enqueue and len(claimed) > AT_ONCE:
        enqueue(create_job(project=project, kind=Job.Kind.ROOMS, by=None, total=len(claimed)).pk)
        return
    for batch in _batches(claimed):
        _settle(batch)


def work_on_rooms(job_id: int) -> None:
    """Do so as a job. Done twice, the second time nothing changes."""
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
    """Draft gold where articles wait for review without. Answers for how many; done twice, the second time
    there are none."""
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
