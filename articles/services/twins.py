"""Near-duplicates: every article is linked to the earliest of the project that it nearly repeats.

What repeats one of a group belongs to the group, and every member points at its earliest article: no chains.
What repeats two groups makes them one. So all that resembles each other can be kept in one part of a split.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F

from annotator.users.models import Project, User
from articles.domain.groups import Groups
from articles.domain.stories.neighbours import Neighbours
from articles.domain.stories.twins import Fingerprint, fingerprint
from articles.formats.base import ParsedArticle
from articles.models import Fingerprint as FingerprintRow
from articles.models import Job
from articles.queries.stories.twins import StoredPrint, not_looked_at, prints_near
from articles.services.intake.articles import lock_intake
from articles.services.jobs.lifecycle import (
    Enqueue,
    claim_job,
    create_job,
    finish_job,
    is_cancelled,
    working_on,
)

BATCH = 500
BATCH_CHARACTERS = 5_000_000
REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class TwinFound:
    """What an article of a file nearly repeats: an article of the project, or the one at `position` (counted
    from 0 over all that the finder was shown). `similarity` is the share of word 5-grams in common."""

    similarity: float
    article: int | None = None
    position: int | None = None


class TwinFinder:
    """Looks for near-duplicates of what comes in: in the project, and in the same file. Writes nothing.

    Of the file the last 50,000 articles are remembered; what was stored in between is found in the project.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._file = Neighbours(limit=REMEMBERED)
        self._count = 0

    def look(self, batch: Sequence[ParsedArticle]) -> list[TwinFound | None]:
        """For each article the earliest that it nearly repeats."""
        prints = [fingerprint(article.text) for article in batch]
        with transaction.atomic():
            stored = prints_near(self._project, prints)
        shown = {one.article: one.shown for one in stored}
        project = _neighbours(stored)
        return [self._found(one, project, shown) for one in prints]

    def _found(self, one: Fingerprint, project: Neighbours, shown: Mapping[int, int]) -> TwinFound | None:
        _, in_file = self._file.add_new(self._count, one)
        self._count += 1
        if in_project := project.like(one):
            earliest = min(in_project, key=lambda article: shown[article])
            return TwinFound(in_project[earliest], article=shown[earliest])
        if in_file:
            earliest = min(in_file)
            return TwinFound(in_file[earliest], position=earliest)
        return None


def link_new(*, project: Project, texts: Mapping[int, str]) -> int:
    """Fingerprint articles of the project, given by id, and link those that nearly repeat another. Answers
    how many became twins.

    Articles that have a fingerprint are passed over, so doing it again does no harm. The caller owns the
    transaction and holds the intake lock: of two who link at once neither would see what the other brings.
    """
    ids = sorted(texts)
    batches = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    return sum(_link_batch(project, batch, texts) for batch in batches)


def _link_batch(project: Project, ids: Sequence[int], texts: Mapping[int, str]) -> int:
    there = set(FingerprintRow.objects.filter(pk__in=ids).values_list("pk", flat=True))
    prints = {article: fingerprint(texts[article]) for article in ids if article not in there}
    stored = prints_near(project, prints.values())
    links, neighbours = _Links(stored), _neighbours(stored)
    kept: dict[int, Fingerprint] = {}
    for article, one in prints.items():
        kept[article], like = neighbours.add_new(article, one)
        links.add(article, like)
    _store_prints(project, kept)
    return _store_links(links)


def _neighbours(stored: Iterable[StoredPrint]) -> Neighbours:
    neighbours = Neighbours()
    for one in stored:
        neighbours.add(one.article, one.print)
    return neighbours


class _Links:
    """Who joins whom: new articles, and groups that were there."""

    def __init__(self, stored: Iterable[StoredPrint]) -> None:
        self._groups = Groups()
        self._roots = {one.article: one.root for one in stored}
        self._closest: dict[int, float] = {}
        for one in stored:
            self._groups.join(one.article, one.root)

    def add(self, article: int, like: Mapping[int, float]) -> None:
        self._roots[article] = article
        for other, similarity in like.items():
            self._groups.join(article, other)
            for one in (article, self._roots[other]):
                self._closest[one] = max(similarity, self._closest.get(one, 0.0))

    def new_twins(self) -> dict[int, tuple[int, float]]:
        """Articles that were the earliest of their group, or are new, and now are twins: root, similarity to
        the closest of those that made them so."""
        joined = {one: self._groups.root(one) for one in sorted(set(self._roots.values()))}
        return {one: (root, self._closest[one]) for one, root in joined.items() if one != root}


_PRINTS = "COPY articles_fingerprint (article_id, project_id, signature, bands) FROM STDIN (FORMAT BINARY)"
_TWINS = "COPY articles_twin (article_id, original_id, similarity) FROM STDIN (FORMAT BINARY)"


def _store_prints(project: Project, prints: Mapping[int, Fingerprint]) -> None:
    with connection.wrap_database_errors, connection.cursor() as cursor:
        with cursor.copy(_PRINTS) as copy:
            copy.set_types(["int8", "int8", "bytea", "int8[]"])
            for article, one in prints.items():
                copy.write_row((article, project.pk, one.signature, list(one.bands)))
        # What waits in the index's list is read through whole by every search.
        cursor.execute("SELECT gin_clean_pending_list('fingerprint_bands')")


def _store_links(links: _Links) -> int:
    twins = links.new_twins()
    if not twins:
        return 0
    with connection.wrap_database_errors, connection.cursor() as cursor:
        roots = [root for root, _ in twins.values()]
        cursor.execute(_MOVE_TWINS, [list(twins), roots])
        with cursor.copy(_TWINS) as copy:
            copy.set_types(["int8", "int8", "float8"])
            for article, (root, similarity) in twins.items():
                copy.write_row((article, root, similarity))
    return len(twins)


_MOVE_TWINS = """UPDATE articles_twin SET original_id = moved.root
FROM unnest(%s::bigint[], %s::bigint[]) AS moved (former, root) WHERE original_id = moved.former"""


def start_twins(*, project: Project, by: User | None, enqueue: Enqueue) -> Job:
    """Queue a look for near-duplicates among all articles that were not looked at yet."""
    with transaction.atomic():
        total = not_looked_at(project).count()
        job = create_job(project=project, kind=Job.Kind.TWINS, by=by, total=total)
        enqueue(job.pk)
    return job


def work_on_twins(job_id: int) -> None:
    """Look at what was not looked at, batch by batch. A batch is one transaction: killed in the middle, it is
    done again from its start by whoever comes next."""
    job = claim_job(job_id)
    if job is None:
        return
    with working_on(job):
        last = 0
        while not is_cancelled(job.pk):
            looked_at = _work_on_batch(job, after=last)
            if not looked_at:
                finish_job(job_id=job.pk, state=Job.State.SUCCEEDED)
                return
            last = max(looked_at)
        finish_job(job_id=job.pk, state=Job.State.CANCELLED)


def _work_on_batch(job: Job, *, after: int) -> Collection[int]:
    with transaction.atomic():
        looked_at, twins = link_next(project=job.project, after=after)
        job.report = {"twins": job.report.get("twins", 0) + twins}
        Job.objects.filter(pk=job.pk).update(done=F("done") + len(looked_at), report=job.report)
    return looked_at


def catch_up(*, project: Project) -> None:
    """Look at everything that was not looked at yet, before something new is held against it."""
    last = 0
    while looked_at := link_next(project=project, after=last)[0]:
        last = max(looked_at)


def link_next(*, project: Project, after: int = 0) -> tuple[Collection[int], int]:
    """Look at the next articles of higher id that were not looked at yet. Answers their ids, none when
    nothing is left, and how many became twins."""
    with transaction.atomic():
        lock_intake(project)
        texts = _next_texts(project, after)
        return texts.keys(), link_new(project=project, texts=texts)


def _next_texts(project: Project, after: int) -> dict[int, str]:
    texts, characters = dict[int, str](), 0
    rows = not_looked_at(project, after=after).values_list("pk", "text")[:BATCH]
    for article, text in rows.iterator(chunk_size=50):
        texts[article] = text
        characters += len(text)
        if characters > BATCH_CHARACTERS:
            break
    return texts
