"""The articles of a run: taken in batches, given back, set aside after three tries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import ceil

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from annotator.lib.plans import planned_without
from annotator.lib.rows import among
from articles.models import Article, Job, RunItem, RunWorker

MAX_TRIES = 3
BATCH_CHARACTERS = 1_000_000
# What failed in a large batch is tried again in smaller ones, and the third time alone: one bad article
# among 512 costs 32 batches of 16, and then 16 of one.
SECOND_TRY_ARTICLES = 16
# The end of a run is parted among its workers, but not into smaller pieces: each costs twenty statements.
SMALLEST_PART = 8
_READ = ("project", "text", "length", "language", "published_on", "metadata")
KILLED = f"The worker died {MAX_TRIES} times at this article."

Items = QuerySet[RunItem]


@dataclass(frozen=True)
class Batch:
    """Articles in the hands of one worker, in the order of their ids; `tries` counts the present one."""

    items: list[int]
    articles: list[int]
    tries: int
    more: bool

    def load(self) -> list[Article]:
        """The articles, with the fields that engines read."""
        rows = Article.objects.filter(pk__in=among(self.articles)).only(*_READ)
        return list(rows.order_by("pk"))


def take_batch(worker: RunWorker, size: int) -> Batch | None:
    """Up to `size` articles that no other worker has, those with the fewest tries first; None when all are
    taken. The try is counted before it is made: an article that kills its worker is noticed."""
    # Free articles are read from the index that holds them in their order: sorted, all that is left of a run
    # would be read for each batch.
    with transaction.atomic(), planned_without("sort"):
        size = _fair(worker, size)
        rows = _lock_free(worker.job_id, size + 1)
        if not rows:
            return None
        chosen = _fitting(rows, size)
        items = [row[0] for row in chosen]
        RunItem.objects.filter(pk__in=among(items)).update(worker=worker, tries=F("tries") + 1)
    articles = sorted(row[1] for row in chosen)
    return Batch(items, articles, chosen[0][2] + 1, more=len(rows) > len(chosen))


def _free(job_id: int) -> Items:
    return RunItem.objects.free().filter(job=job_id).order_by("tries", "pk")


def _fair(worker: RunWorker, size: int) -> int:
    """No more than the worker's part of what is left, so that all end at about the same time: guided
    self-scheduling (Polychronopoulos & Kuck, IEEE Transactions on Computers, 1987)."""
    workers = RunWorker.objects.working().filter(job=worker.job_id).count()
    if workers < 2:
        return size
    left = _free(worker.job_id)[: workers * size].count()
    return min(size, max(ceil(left / workers), SMALLEST_PART))


def _lock_free(job_id: int, count: int) -> list[tuple[int, int, int, int]]:
    """Item, article, tries and length of the next free articles."""
    rows = _free(job_id).select_for_update(no_key=True, skip_locked=True, of=("self",))
    return list(rows.values_list("pk", "article", "tries", "article__length")[:count])


def _fitting(rows: Sequence[tuple[int, int, int, int]], size: int) -> list[tuple[int, int, int, int]]:
    """The first rows that make a batch, all with the same number of tries. Rows are item, article, tries and
    length."""
    tries = rows[0][2]
    size = (size, min(size, SECOND_TRY_ARTICLES), 1)[min(tries, 2)]
    chosen, characters = list[tuple[int, int, int, int]](), 0
    for row in takewhile(lambda one: one[2] == tries, rows[:size]):
        characters += row[3]
        if chosen and characters > BATCH_CHARACTERS:
            break
        chosen.append(row)
    return chosen


def mark_done(batch: Batch) -> None:
    items = RunItem.objects.filter(pk__in=among(batch.items))
    items.update(state=RunItem.State.DONE, error="", worker=None, ended_at=Now())


def remember_failure(batch: Batch, *, job_id: int, error: str) -> None:
    """Give the articles back to be tried again, or set them aside if this was the last try."""
    items = RunItem.objects.filter(pk__in=among(batch.items))
    if batch.tries < MAX_TRIES:
        items.update(worker=None, error=error[:2000])
    else:
        _set_aside(items, job_id=job_id, error=error)


def give_back(batch: Batch) -> None:
    """As if the articles had never been taken."""
    RunItem.objects.filter(pk__in=among(batch.items)).update(worker=None, tries=F("tries") - 1)


def set_aside_killers(held: Items, *, job_id: int) -> None:
    """Set those articles of a dead worker aside that have been tried often enough."""
    _set_aside(held.filter(tries__gte=MAX_TRIES), job_id=job_id, error=KILLED)


def give_new_tries(failed: Items, *, job_id: int) -> int:
    """Put articles that were set aside back among the pending; how many."""
    again = failed.update(state=RunItem.State.PENDING, tries=0, error="", ended_at=None)
    Job.objects.filter(pk=job_id).update(done=F("done") - again)
    return again


def _set_aside(items: Items, *, job_id: int, error: str) -> None:
    failed = items.update(state=RunItem.State.FAILED, error=error[:2000], worker=None, ended_at=Now())
    if failed:
        Job.objects.filter(pk=job_id).update(done=F("done") + failed, attempts=0)
