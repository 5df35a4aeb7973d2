from __future__ import annotations

import hashlib
from typing import Any

import orjson
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project, Role, User
from articles.models import (
    Article,
    FilePart,
    Job,
    Layer,
    Release,
    ReleaseArticle,
    Span,
    StoredFile,
)
from articles.queries.articles import ArticleFilter
from articles.queries.exports.packages import ExportQuery
from articles.queries.exports.splits import Split
from articles.queries.layers.choice import LayerChoice
from articles.queries.releases.query import ReleaseQuery
from articles.services.jobs.lifecycle import Cancelled, Progress, retry_job
from articles.services.projects.managing import archive_project, change_project
from articles.services.releases.releasing import work_on_release
from tests.at_once import at_once
from tests.builders import (
    make_article,
    make_articles,
    make_member,
    make_project,
    make_span,
)
from tests.scenarios.releases import begin_release, different, lines, make_release, unpacked

MARA = make_span()


@pytest.fixture
def articles(project: Project) -> list[Article]:
    return make_articles(project, 3, spans=(MARA,), source="Northline", language="en")


def again(release: Release) -> None:
    """What resuming does with the job of a worker that was killed."""
    Job.objects.filter(pk=release.job_id).update(state=Job.State.RUNNING, heartbeat_at="2020-01-01T00:00Z")
    work_on_release(release.job_id)


def test_a_release_holds_data_and_all_that_explains_it(
    project: Project, manager: User, articles: list[Article]
) -> None:
    change_project(project=project, changes={"guidelines": "# What counts\nNames do."})
    release = make_release(project, manager, title="Spring", query=ReleaseQuery(licence="CC-BY-4.0"))
    files = unpacked(release)
    assert list(files) == [
        "data/articles.jsonl",
        "report.json",
        "splits.json",
        "schema.json",
        "guidelines.md",
        "README.md",
        "manifest.json",
    ]
    assert [line["id"] for line in lines(files["data/articles.jsonl"])] == [one.pk for one in articles]
    assert files["guidelines.md"].decode() == "# What counts\nNames do."
    assert orjson.loads(files["schema.json"])["definition"]["labels"][0]["name"] == "PERSON"
    assert orjson.loads(files["splits.json"])["articles"][0] == {
        "id": articles[0].pk,
        "external_id": "",
        "part": "",
        "text_sha256": articles[0].sha256,
    }
    assert release.card in files["README.md"].decode()
    assert "Project" in release.card


def test_the_manifest_knows_what_there_is(project: Project, manager: User, articles: list[Article]) -> None:
    release = make_release(project, manager, title="Spring")
    manifest = orjson.loads(unpacked(release)["manifest.json"])
    assert manifest == release.manifest
    assert manifest["counts"] == {
        "articles": 3,
        "characters": sum(one.length for one in articles),
        "spans": 3,
        "relations": 0,
        "labels": {"PERSON": 3},
    }
    assert manifest["sources"] == {"Northline": 3}
    assert manifest["languages"] == {"en": 3}
    assert manifest["schema"]["version"] == 1
    assert manifest["authors"] == []
    assert manifest["changes"] is None


def test_every_file_has_its_digest(project: Project, manager: User, articles: list[Article]) -> None:
    release = make_release(project, manager)
    files = unpacked(release)
    for file in release.manifest["files"]:
        content = files.pop(file["name"])
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["size"], file["sha256"])
    assert list(files) == ["manifest.json"]


def test_the_same_data_makes_the_same_bytes(project: Project, manager: User, articles: list[Article]) -> None:
    """A release made again, as after a crash, is the same; another of the same data holds the same."""
    release = begin_release(project, manager)
    with transaction.atomic():
        work_on_release(release.job_id)
        first = StoredFile.objects.get()
        transaction.set_rollback(True)
    again(release)
    assert StoredFile.objects.get().sha256 == first.sha256
    one, other = unpacked(Release.objects.get()), unpacked(make_release(project, manager))
    for name in ("data/articles.jsonl", "splits.json", "schema.json", "report.json"):
        assert one[name] == other[name]


def test_numbers_count_up_by_project(project: Project, manager: User, articles: list[Article]) -> None:
    other = make_project()
    make_articles(other, 1, spans=(MARA,))
    numbers = [make_release(project, manager).number for _ in range(2)]
    assert [*numbers, make_release(other, manager).number] == [1, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_once_get_two_numbers() -> None:
    project = make_project()
    manager = make_member(project, Role.MANAGER)
    make_articles(project, 1, spans=(MARA,))
    at_once(4, lambda _: begin_release(project, manager))
    assert sorted(Release.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_the_database_refuses_to_change_a_release(
    project: Project, manager: User, articles: list[Article]
) -> None:
    release, other = make_release(project, manager), make_article(project)
    file = release.file_id or 0
    attempts: list[Any] = [
        lambda: Release.objects.filter(pk=release.pk).update(title="Other"),
        lambda: Release.objects.filter(pk=release.pk).update(file=None, published_at=None),
        lambda: Release.objects.filter(pk=release.pk)._raw_delete("default"),
        lambda: ReleaseArticle.objects.filter(release=release).update(part="test"),
        lambda: ReleaseArticle.objects.filter(release=release)._raw_delete("default"),
        lambda: StoredFile.objects.filter(pk=file).update(size=1),
        lambda: FilePart.objects.filter(file=file).update(content=b"other"),
        lambda: FilePart.objects.filter(file=file)._raw_delete("default"),
        lambda: FilePart.objects.create(file_id=file, number=1, content=b"more"),
        lambda: ReleaseArticle.objects.create(release=release, article=other, digest=b"more"),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_what_people_do_later_changes_no_release(
    project: Project, manager: User, reviewer: User, articles: list[Article]
) -> None:
    release = make_release(project, manager)
    before = unpacked(release)
    Article.objects.filter(pk=articles[0].pk).update(title="Another title", archived_at=timezone.now())
    Span.objects.filter(layer__article=articles[1]).delete()
    assert unpacked(Release.objects.get(pk=release.pk)) == before


def test_a_job_that_runs_twice_makes_one_release(
    project: Project, manager: User, articles: list[Article]
) -> None:
    release = make_release(project, manager)
    again(release)
    job = Job.objects.get()
    assert (job.state, job.done, job.total) == (Job.State.SUCCEEDED, 3, 3)
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_leaves_nothing_and_the_next_one_finishes() -> None:
    project = make_project()
    manager = make_member(project, Role.MANAGER)
    make_articles(project, 3, spans=(MARA,))
    release = begin_release(project, manager)
    with transaction.atomic():
        work_on_release(release.job_id)
        transaction.set_rollback(True)
    assert not ReleaseArticle.objects.exists()
    assert not StoredFile.objects.exists()
    again(release)
    release.refresh_from_db()
    assert release.file
    assert release.manifest["counts"]["articles"] == 3


def test_a_cancelled_job_leaves_no_file_and_can_be_tried_again(
    project: Project, manager: User, articles: list[Article]
) -> None:
    release = begin_release(project, manager)
    Job.objects.filter(pk=release.job_id).update(
        state=Job.State.RUNNING, heartbeat_at="2020-01-01T00:00Z", cancel_asked=True
    )
    work_on_release(release.job_id)
    release.job.refresh_from_db()
    assert release.job.state == Job.State.CANCELLED
    assert not StoredFile.objects.exists()
    retry_job(job=release.job, enqueue=work_on_release)
    release.refresh_from_db()
    assert release.file


def test_work_that_is_counted_stops_when_somebody_cancels() -> None:
    progress = Progress()
    progress.count(2)
    progress.cancelled = True
    with pytest.raises(Cancelled):
        progress.count()
    assert progress.done == 2


def test_what_cannot_be_released_is_refused(project: Project, manager: User) -> None:
    with pytest.raises(Refused, match="would be empty"):
        begin_release(project, manager)
    make_articles(project, 1, spans=(MARA,))
    for wrong, reason in [
        ({"layer": LayerChoice("user", "nobody")}, "no layer"),
        ({"file_format": "papyrus"}, "no format"),
        ({"options": {"colour": "red"}}, "no option"),
        ({"wanted": ArticleFilter(mine=True)}, "what is yours"),
    ]:
        with pytest.raises(Invalid, match=reason):
            begin_release(project, manager, **wrong)  # type: ignore[arg-type]
    assert not Release.objects.exists()


def test_an_archived_project_keeps_its_releases_and_makes_none(
    project: Project, manager: User, articles: list[Article]
) -> None:
    release = make_release(project, manager)
    archive_project(project=project)
    project.refresh_from_db()
    with pytest.raises(Refused, match="archived"):
        begin_release(project, manager)
    assert len(unpacked(release)) == 7


def test_a_release_that_finds_nothing_any_more_says_so(
    project: Project, manager: User, articles: list[Article]
) -> None:
    release = begin_release(project, manager)
    Layer.objects.update(approved_at=None)
    work_on_release(release.job_id)
    job = Job.objects.get()
    assert (job.state, job.error) == (
        Job.State.FAILED,
        "No article fits any more, so the release would be empty.",
    )


def test_filters_choose_the_articles(project: Project, manager: User) -> None:
    make_articles(project, 2, spans=(MARA,), language="en")
    make_articles(project, 1, text="Аягөз қаласында.", spans=(make_span(0, 5),), language="kk")
    release = make_release(project, manager, wanted=ArticleFilter(language="kk"))
    assert release.manifest["counts"]["articles"] == 1
    assert "language `kk`" in release.card


def test_a_question_survives_being_kept() -> None:
    from datetime import date

    export = ExportQuery(
        ArticleFilter(q="ships", published_after=date(2024, 5, 1)),
        LayerChoice("user", "mara"),
        "conll",
        {"overlap": "innermost"},
        Split({"train": 8, "test": 2}, 7, ("source",)),
        comments=True,
    )
    query = ReleaseQuery(export, keep_parts=False, authors=True, licence="MIT")
    kept = orjson.loads(orjson.dumps(query.to_json()))
    assert ReleaseQuery.from_json(kept) == query


@pytest.mark.django_db(transaction=True)
def test_a_failure_in_the_middle_fails_the_job_and_no_more() -> None:
    """The connection, which was reading articles, can be used again at once."""
    project = make_project()
    manager = make_member(project, Role.MANAGER)
    article, *_ = different(project, 3)
    release = begin_release(project, manager)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_article DISABLE TRIGGER article_text_never_changes")
        cursor.execute("UPDATE articles_article SET text = 'forged' WHERE id = %s", [article.pk])
        cursor.execute("ALTER TABLE articles_article ENABLE TRIGGER article_text_never_changes")
    work_on_release(release.job_id)
    release.job.refresh_from_db()
    assert release.job.state == Job.State.FAILED
    assert "its checksum differs" in release.job.error
    assert not ReleaseArticle.objects.exists()
