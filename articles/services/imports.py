"""Imports: looked through first, then taken in whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from annotator.lib.errors import Invalid, Refused
from annotator.schemas.definition import Definition
from annotator.schemas.queries import published_definition
from annotator.users.models import Membership, Project, User
from articles.domain.layer_check import problems_with_layer
from articles.formats import read_upload, recognise
from articles.formats.base import Found, ParsedArticle, Problem
from articles.formats.source import UTF8, Source
from articles.models import Article, Import, Job
from articles.queries.files import source_of
from articles.services.files import forget_file, store_file
from articles.services.intake import lock_intake, store_articles
from articles.services.intake_authors import Target
from articles.services.jobs import (
    Enqueue,
    Progress,
    claim_job,
    create_job,
    finish_job,
    is_cancelled,
    working_on,
)
from articles.services.runs import preannotate_new

MAX_PROBLEMS_KEPT = 200
SHOWN_ARTICLES = 5
SHOWN_CHARACTERS = 300
BATCH = 500
# How long articles that come one by one wait for an import that is at work.
PATIENCE_SECONDS = 10
UPLOADS_WAIT = timedelta(days=1)


@dataclass
class Findings:
    """What a look through an upload found. `problems` holds the first ones, `problem_count` counts all."""

    articles: int = 0
    spans: int = 0
    repeats: int = 0
    problem_count: int = 0
    problems: list[str] = field(default_factory=list)
    examples: list[dict[str, Any]] = field(default_factory=list)

    def add_problem(self, problem: Problem) -> None:
        self.problem_count += 1
        if len(self.problems) < MAX_PROBLEMS_KEPT:
            self.problems.append(str(problem))

    def add_article(self, article: ParsedArticle) -> None:
        self.articles += 1
        self.spans += len(article.spans)
        if len(self.examples) < SHOWN_ARTICLES:
            self.examples.append(
                {
                    "title": article.title,
                    "file": article.file,
                    "text": article.text[:SHOWN_CHARACTERS],
                    "characters": len(article.text),
                    "spans": [[span.start, span.end, span.label] for span in article.spans[:50]],
                }
            )


def stage_import(
    *,
    project: Project,
    by: User,
    file_name: str,
    pieces: Iterable[bytes],
    file_format: str = "auto",
    encoding: str = UTF8,
    layer: str = "gold",
) -> Import:
    """Keep an upload and look it through. Nothing becomes an article yet. Raises Invalid."""
    _require_target(project, layer)
    with transaction.atomic():
        file = store_file(name=file_name, pieces=pieces)
        reader = recognise(source_of(file, name=file_name, encoding=encoding), file_format)
        if isinstance(reader, Problem):
            raise Invalid(str(reader), [str(reader)])
        upload = Import(
            project=project,
            created_by=by,
            file_name=file_name[:255],
            file=file,
            format=reader.format,
            encoding=encoding,
            layer=layer,
        )
        upload.preview = vars(look_through(upload))
        upload.save()
    return upload


def look_through(upload: Import) -> Findings:
    """Read the whole upload and count what could be imported and what not."""
    findings = Findings()
    batch: list[ParsedArticle] = []
    for found in read_import(upload):
        if isinstance(found, Problem):
            findings.add_problem(found)
            continue
        findings.add_article(found)
        batch.append(found)
        if len(batch) == BATCH:
            findings.repeats += len(_known_already(upload.project, batch))
            batch = []
    findings.repeats += len(_known_already(upload.project, batch))
    return findings


def confirm_import(*, upload: Import, only_valid: bool, enqueue: Enqueue) -> Job:
    """Queue the import of what was looked through. `only_valid` leaves out what has problems.

    Raises Refused when there are problems and they are not to be left out. Locks the upload's row.
    """
    with transaction.atomic():
        locked = Import.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if locked.job_id:
            raise Refused("This file is being imported already.")
        if locked.preview["problem_count"] and not only_valid:
            raise Refused(_problem_summary(locked.preview))
        if not locked.preview["articles"]:
            raise Refused("There is no article in this file that could be imported.")
        job = create_job(
            project=upload.project,
            kind=Job.Kind.IMPORT,
            by=upload.created_by,
            total=locked.preview["articles"],
            params={"file": locked.file_name, "layer": locked.layer},
        )
        Import.objects.filter(pk=upload.pk).update(job=job, only_valid=only_valid)
        enqueue(job.pk)
    return job


def discard_import(*, upload: Import) -> None:
    """Forget an upload that was not imported."""
    with transaction.atomic():
        if Import.objects.filter(pk=upload.pk, job__isnull=True).delete()[0] and upload.file:
            forget_file(upload.file)


def forget_old_uploads() -> int:
    """Uploads that nobody confirmed within a day go; what was imported stays. Answers how many went."""
    waiting = Import.objects.filter(job__isnull=True, created_at__lt=timezone.now() - UPLOADS_WAIT)
    uploads = list(waiting.select_related("file"))
    for upload in uploads:
        discard_import(upload=upload)
    return len(uploads)


def work_on_import(job_id: int, *, enqueue_run: Enqueue) -> None:
    """Take in a confirmed upload in one transaction: all of it or nothing, also when the worker is killed."""
    job = claim_job(job_id)
    if job is None:
        return
    with working_on(job) as progress:
        upload = Import.objects.select_related("project", "created_by", "file").get(job=job)
        with transaction.atomic():
            lock_intake(upload.project)
            new_ids, repeats = _take_in(upload, progress)
            if is_cancelled(job.pk):
                transaction.set_rollback(True)
            else:
                _finish(job, upload, new_ids, repeats, enqueue_run)
                return
        finish_job(job_id=job.pk, state=Job.State.CANCELLED)


def _finish(job: Job, upload: Import, new_ids: list[int], repeats: int, enqueue_run: Enqueue) -> None:
    """The last step of the import's transaction: the job ends in the same instant as its articles appear."""
    # The file has served; what was read is kept as articles.
    if upload.file:
        forget_file(upload.file)
    preannotate_new(project=upload.project, article_ids=new_ids, by=upload.created_by, enqueue=enqueue_run)
    report = {"imported": len(new_ids), "repeats": repeats, "left_out": upload.preview["problem_count"]}
    Job.objects.filter(pk=job.pk).update(done=len(new_ids) + repeats)
    finish_job(job_id=job.pk, state=Job.State.SUCCEEDED, report=report)


def add_articles(
    *, project: Project, articles: list[ParsedArticle], by: User, enqueue_run: Enqueue
) -> list[int]:
    """Take in articles that came one by one, all or none. Answers their ids in order.

    Raises Refused naming the first article that the project has already.
    """
    with transaction.atomic():
        if not lock_intake(project, seconds=PATIENCE_SECONDS):
            raise Refused("An import into this project is at work. Send the articles again in a moment.")
        repeats = _known_already(project, articles)
        if repeats:
            number = min(repeats)
            name = articles[number].external_id or "this text"
            raise Refused(f"Article {number + 1}: the project has {name!r:.80} already. Nothing was added.")
        try:
            ids = store_articles(project=project, articles=articles, target=Target(user=None, by=by))
        except IntegrityError as error:
            raise Refused("Somebody added one of these articles just now. Nothing was added.") from error
        preannotate_new(project=project, article_ids=ids, by=by, enqueue=enqueue_run)
    return ids


def read_import(upload: Import) -> Iterator[Found]:
    """What the file holds, held against the project's label schema."""
    definition = published_definition(upload.project_id)
    for found in read_upload(_source(upload), upload.format):
        yield found if isinstance(found, Problem) else _checked(found, definition)


def _source(upload: Import) -> Source:
    if upload.file is None:
        raise Refused("The file of this import is gone. Upload it again.")
    return source_of(upload.file, name=upload.file_name, encoding=upload.encoding)


def _checked(article: ParsedArticle, definition: Definition) -> ParsedArticle | Problem:
    problems = problems_with_layer(
        article.spans, article.relations, article.labels, length=len(article.text), definition=definition
    )
    return Problem(article.file, article.line, problems[0]) if problems else article


def _take_in(upload: Import, progress: Progress) -> tuple[list[int], int]:
    """Ids of the new articles, and how many were there before. Runs inside the import's transaction."""
    target = _target(upload)
    new_ids, repeats, batch = list[int](), 0, list[ParsedArticle]()
    for found in read_import(upload):
        if isinstance(found, Problem):
            if not upload.only_valid:
                raise Refused(str(found))
            continue
        batch.append(found)
        if len(batch) == BATCH:
            ids, known = _store_new(upload, batch, target)
            new_ids, repeats, batch = new_ids + ids, repeats + known, []
            progress.done = len(new_ids) + repeats
    ids, known = _store_new(upload, batch, target)
    return new_ids + ids, repeats + known


def _store_new(upload: Import, batch: list[ParsedArticle], target: Target) -> tuple[list[int], int]:
    known = _known_already(upload.project, batch)
    fresh = [article for number, article in enumerate(batch) if number not in known]
    return store_articles(project=upload.project, articles=fresh, target=target), len(known)


def _known_already(project: Project, batch: list[ParsedArticle]) -> set[int]:
    """Positions of articles that the project has: the same external id, or without one the same text.

    A file may also repeat itself; then the first one counts.
    """
    digests = [hashlib.sha256(article.text.encode()).hexdigest() for article in batch]
    ids = [article.external_id for article in batch if article.external_id]
    there = Article.objects.filter(project=project)
    known_ids = set(there.filter(external_id__in=ids).values_list("external_id", flat=True)) if ids else set()
    known_texts = set(there.filter(sha256__in=digests).values_list("sha256", flat=True))
    repeats: set[int] = set()
    for number, (article, sha256) in enumerate(zip(batch, digests, strict=True)):
        key, seen = (article.external_id, known_ids) if article.external_id else (sha256, known_texts)
        if key in seen:
            repeats.add(number)
        seen.add(key)
    return repeats


def _target(upload: Import) -> Target:
    if upload.layer == "gold":
        return Target(user=None, by=upload.created_by)
    name = upload.layer.removeprefix("user:")
    return Target(user=User.objects.get(username=name), by=upload.created_by)


def _require_target(project: Project, layer: str) -> None:
    if layer == "gold":
        return
    # A name with a NUL is nobody's, and a query could not hold it.
    name = layer.removeprefix("user:").replace("\0", "\ufffd")
    members = Membership.objects.filter(project=project, user__username=name)
    if not layer.startswith("user:") or not members.exists():
        raise Invalid("Spans go to gold or to user:NAME, where NAME is a member of the project.")


def _problem_summary(preview: dict[str, Any]) -> str:
    count = preview["problem_count"]
    more = f" There are {count} problems in all." if count > 1 else ""
    return f"{preview['problems'][0]}{more} Mend the file, or import only what is valid."
