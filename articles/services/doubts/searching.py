"""Likely errors looked for in finished work in the background: by hand, and by itself when there is more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import count

from django.db import transaction
from django.utils.translation import gettext

from annotator.lib.errors import Invalid, Refused
from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.domain.doubts.edges import EdgeEvidence
from articles.domain.doubts.engines import Claim, engine_findings
from articles.domain.doubts.findings import FEWEST_PLACES, Finding, one_a_place
from articles.domain.doubts.words import WordEvidence
from articles.models import Doubt, Job
from articles.queries.doubts.evidence import (
    Finished,
    claims_on,
    due_for_search,
    extent_of_gold,
    finished_batches,
    finished_ids,
)
from articles.services.jobs.lifecycle import (
    Cancelled,
    Enqueue,
    claim_job,
    count_progress,
    create_job,
    finish_job,
    start_where_due,
    working_on,
)

# The likeliest ones are kept; nobody reads more.
MOST_DOUBTS = 5_000
# How often all articles are read: to count labels, to count words without one, and to find errors.
PASSES = 3
_KEY = ("article", "start", "end", "label", "other_start", "other_end", "other_label")


def start_doubts(*, project: Project, by: User | None, enqueue: Enqueue) -> Job:
    """Queue a search for errors. `enqueue` gets the job's id after the commit.

    Raises Invalid when there is too little finished work, Refused while another search is at work.
    """
    extent = extent_of_gold(project)
    if extent["gold"] < FEWEST_PLACES:
        raise Invalid(
            gettext(
                "Errors are found by comparing articles. Approve at least %(fewest_places)s of them first."
            )
            % {"fewest_places": FEWEST_PLACES}
        )
    with transaction.atomic():
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        if Job.objects.unfinished().filter(project=project, kind=Job.Kind.DOUBTS).exists():
            raise Refused(gettext("Errors are being looked for already. Wait until that has ended."))
        total = PASSES * extent["gold"]
        job = create_job(project=project, kind=Job.Kind.DOUBTS, by=by, total=total, params=extent)
        enqueue(job.pk)
    return job


def look_where_gold_changed(*, enqueue: Enqueue) -> int:
    """Look for errors in every project with other gold than at its last search. Answers how many searches
    were started."""
    return start_where_due(
        due_for_search(), lambda project: start_doubts(project=project, by=None, enqueue=enqueue)
    )


def work_on_doubts(job_id: int) -> None:
    """Look for errors. Everything is stored at the end, so a job that is killed begins again from the
    start."""
    job = claim_job(job_id)
    if job is None:
        return
    with working_on(job):
        Job.objects.filter(pk=job.pk).update(done=0)
        _store(job, _Search(job).findings())


class _Search:
    """One search through a project's finished articles. In memory are counts, one batch, and the likeliest
    findings."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._ids = finished_ids(job.project)
        self._labels = published_definition(job.project_id).active_names
        self._words, self._edges = WordEvidence(), EdgeEvidence()

    def findings(self) -> list[tuple[int, Finding]]:
        """With the ids of their articles. Raises Cancelled."""
        for article in self._articles():
            self._words.learn_gold(article.text, article.gold)
            self._edges.learn(article.text, article.gold, article.language)
        for article in self._articles():
            self._words.learn_text(article.text, article.gold)
        return self._likeliest()

    def _likeliest(self) -> list[tuple[int, Finding]]:
        kept: list[tuple[float, int, int, Finding]] = []
        number = count()
        for batch in self._batches():
            claims = claims_on(self._job.project, [one.id for one in batch])
            for article in batch:
                for one in one_a_place(self._found_in(article, claims.get(article.id, []))):
                    heappush(kept, (one.score, -next(number), article.id, one))
                while len(kept) > MOST_DOUBTS:
                    heappop(kept)
        return [(article, one) for _, _, article, one in kept]

    def _found_in(self, article: Finished, claims: Sequence[Claim]) -> Iterator[Finding]:
        """Findings that can be fixed: the schema may have lost the other label since."""
        text, gold = article.text, article.gold
        found = [
            *self._words.findings(text, gold),
            *self._edges.findings(text, gold, article.language),
            *engine_findings(text, gold, claims),
        ]
        return (one for one in found if one.other.label in self._labels)

    def _articles(self) -> Iterator[Finished]:
        for batch in self._batches():
            yield from batch

    def _batches(self) -> Iterator[list[Finished]]:
        for batch in finished_batches(self._ids):
            yield batch
            if not count_progress(job_id=self._job.pk, more=len(batch)):
                raise Cancelled


def _store(job: Job, findings: Sequence[tuple[int, Finding]]) -> None:
    """Open doubts that no longer hold go; what people have settled stays settled."""
    with transaction.atomic():
        settled = _dismissed(job.project)
        rows = [_row(job.project, *one) for one in findings if (one[0], *one[1].place) not in settled]
        if not finish_job(job_id=job.pk, state=Job.State.SUCCEEDED, report={"doubts": len(rows)}):
            return  # somebody else took it up and has done it
        Doubt.objects.bulk_create(
            rows,
            batch_size=1_000,
            update_conflicts=True,
            unique_fields=_KEY,
            update_fields=("kind", "score", "reason"),
        )
        holds = {_key(row) for row in rows}
        standing = Doubt.objects.filter(project=job.project, state=Doubt.State.OPEN)
        gone = [row.pk for row in standing.iterator() if _key(row) not in holds]
        standing.filter(pk__in=gone).delete()


def _dismissed(project: Project) -> set[tuple[int, int, int, str]]:
    """Places that a person has found right: no other doubt is cast on them either."""
    rows = Doubt.objects.filter(project=project, state=Doubt.State.DISMISSED)
    return set(rows.values_list("article", "start", "end", "label"))


def _row(project: Project, article: int, one: Finding) -> Doubt:
    start, end, label = one.place
    return Doubt(
        project=project,
        article_id=article,
        kind=one.kind,
        start=start,
        end=end,
        label=label,
        other_start=one.other.start,
        other_end=one.other.end,
        other_label=one.other.label,
        score=one.score,
        reason=one.reason[:300],
    )


def _key(row: Doubt) -> tuple[object, ...]:
    return (
        row.article_id,
        row.start,
        row.end,
        row.label,
        row.other_start,
        row.other_end,
        row.other_label,
    )
