from __future__ import annotations

import hashlib
import re
import zipfile
from collections import defaultdict
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from annotator.lib.errors import Invalid, Refused
from annotator.schemas.queries import published_definition
from annotator.schemas.services.publishing import publish
from annotator.users.models import Project, Role, User
from articles.domain.spans import Relation
from articles.formats import writers
from articles.formats.base import ParsedArticle
from articles.models import (
    Article,
    FilePart,
    Fingerprint,
    Job,
    Layer,
    Release,
    ReleaseArticle,
    Span,
    StoredFile,
)
from articles.queries.articles import ArticleFilter
from articles.queries.exports import LayerChoice
from articles.queries.files import open_stored
from articles.queries.packages import ExportQuery
from articles.queries.release_queries import ReleaseQuery
from articles.queries.releases import changes_with_articles, difference
from articles.queries.splits import Split
from articles.services.assignments import submit_article
from articles.services.gold import approve
from articles.services.intake import store_articles
from articles.services.intake_authors import Target
from articles.services.jobs import Cancelled, Progress, cancel_job, retry_job
from articles.services.projects import archive_project, change_project
from articles.services.releases import work_on_release
from tests.at_once import at_once
from tests.builders import (
    add_span,
    annotate,
    make_article,
    make_articles,
    make_member,
    make_project,
    make_span,
    make_submitted,
)
from tests.releases import begin_release, lines, make_release, unpacked

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


def test_changes_between_releases_are_found(project: Project, manager: User, articles: list[Article]) -> None:
    first = make_release(project, manager)
    Article.objects.filter(pk=articles[0].pk).update(archived_at=timezone.now())
    Article.objects.filter(pk=articles[1].pk).update(title="Changed")
    (added,) = make_articles(project, 1, text="Another text.", spans=(make_span(0, 7, "ORG"),))
    second = make_release(project, manager)
    found = difference(first, second, shown=5)
    assert found.counts == {"added": 1, "removed": 1, "changed": 1, "moved": 0}
    ids = {kind: [one.id for one in rows] for kind, rows in found.articles.items()}
    assert ids == {"added": [added.pk], "removed": [articles[0].pk], "changed": [articles[1].pk], "moved": []}
    assert second.manifest["changes"] == {
        "since": 1,
        "added": 1,
        "removed": 1,
        "changed": 1,
        "moved": 0,
        "labels": {"ORG": {"was": 0, "is": 1}, "PERSON": {"was": 3, "is": 2}},
        "schema": [],
    }
    assert "Since release 1" in second.card


def test_the_same_span_marked_again_is_no_change(
    project: Project, annotator: User, reviewer: User, manager: User
) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    approve(article=article, by=reviewer)
    first = make_release(project, manager)
    span = Span.objects.get(layer__kind="gold")
    Span.objects.filter(pk=span.pk).delete()
    span.pk = make_span().id
    span.save(force_insert=True)
    second = make_release(project, manager)
    assert sum(difference(first, second).counts.values()) == 0


def test_a_label_renamed_between_releases_is_told(
    project: Project, manager: User, articles: list[Article]
) -> None:
    make_release(project, manager)
    labels = published_definition(project.pk).to_dict()["labels"]
    publish(project=project, data={"labels": [{**labels[0], "name": "HUMAN"}, *labels[1:]]}, by=manager)
    Span.objects.update(label="HUMAN")
    second = make_release(project, manager)
    changes = changes_with_articles(second, shown=2)
    assert changes
    assert changes["changed"] == 3
    assert len(changes["articles"]["changed"]) == 2
    assert changes["labels"] == {"HUMAN": {"was": 0, "is": 3}, "PERSON": {"was": 3, "is": 0}}
    assert "The label HUMAN is added." in changes["schema"]
    assert any("PERSON is retired" in sentence for sentence in changes["schema"])


def test_a_failed_release_is_not_the_one_before(
    project: Project, manager: User, articles: list[Article]
) -> None:
    make_release(project, manager)
    cancel_job(job=begin_release(project, manager).job)
    assert make_release(project, manager).manifest["changes"]["since"] == 1


def test_authors_are_named_only_when_asked_for(
    project: Project, annotator: User, reviewer: User, manager: User
) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    approve(article=article, by=reviewer)
    quiet = b"".join(unpacked(make_release(project, manager)).values())
    assert b"reviewer" not in quiet.replace(b"annotators", b"")
    release = make_release(project, manager, query=ReleaseQuery(authors=True))
    assert release.manifest["authors"] == [
        {"username": "annotator", "name": "annotator", "annotated": 1, "approved": 0},
        {"username": "reviewer", "name": "reviewer", "annotated": 0, "approved": 1},
    ]
    assert "- reviewer: 1 article approved" in release.card


def test_agreement_is_told_once_enough_articles_have_two_readings(manager: User, reviewer: User) -> None:
    project = make_project(annotators_per_article=2)
    people = [make_member(project) for _ in range(2)]
    for number, article in enumerate(make_articles(project, 10)):
        more = [add_span(0, 6, "GPE")] if number else []
        for person, edits in zip(people, ([add_span(), *more], [add_span()]), strict=True):
            annotate(article, person, *edits)
            submit_article(article=article, by=person)
        approve(article=article, by=reviewer)
    agreement = make_release(project, make_member(project, Role.MANAGER)).manifest["agreement"]
    assert agreement["articles"] == agreement["pairs"] == 10
    assert agreement["labels"] == {"GPE": 0.0, "PERSON": 1.0}
    assert agreement["f1"] == round(20 / 29, 4)


# --- parts

WORDS = ("harbour", "ferry", "bread", "glacier", "bridge", "rail", "court", "film", "storm", "marathon")


def different(project: Project, count: int, *, seed: int = 0, source: str = "") -> list[Article]:
    """Articles that have nothing to do with each other; every fifth has a label of its own."""
    chance = Random(seed)
    parsed = []
    for number in range(count):
        text = " ".join(f"{chance.choice(WORDS)}{chance.randrange(1000)}" for _ in range(40))
        label = "GPE" if number % 5 == 0 else "PERSON"
        parsed.append(ParsedArticle(text=text, file="test", spans=(make_span(0, 4, label),), source=source))
    target = Target(user=None, by=None)
    ids = store_articles(project=project, articles=parsed, target=target)
    return list(Article.objects.filter(pk__in=ids).order_by("pk"))


THREE = Split({"train": 80, "dev": 10, "test": 10})


def parts_of(release: Release) -> dict[int, str]:
    return dict(ReleaseArticle.objects.filter(release=release).values_list("article", "part"))


def test_parts_are_files_and_nothing_is_in_two(project: Project, manager: User) -> None:
    articles = different(project, 40)
    release = make_release(project, manager, split=THREE)
    files = unpacked(release)
    found = {part: {line["id"] for line in lines(files[f"data/{part}.jsonl"])} for part in THREE.shares}
    assert sorted(id_ for ids in found.values() for id_ in ids) == [article.pk for article in articles]
    assert {part: len(ids) for part, ids in found.items()} == {"train": 32, "dev": 4, "test": 4}
    assert {id_: part for part, ids in found.items() for id_ in ids} == parts_of(release)
    counts = orjson.loads(files["manifest.json"])["parts"]
    assert list(counts) == ["train", "dev", "test"]
    assert [counts[part]["labels"]["GPE"] for part in counts] == [6, 1, 1]
    listed = orjson.loads(files["splits.json"])
    assert listed["split"] == {"shares": "train:80,dev:10,test:10", "seed": THREE.seed, "group": "twins"}
    assert {one["id"]: one["part"] for one in listed["articles"]} == parts_of(release)


def test_near_duplicates_stand_in_one_part(project: Project, manager: User) -> None:
    """Also those that came in before anybody looked for near-duplicates."""
    originals = different(project, 20)
    reprints = [
        make_article(project, f"{original.text} Reprinted.", spans=(make_span(0, 4),))
        for original in originals
    ]
    Fingerprint.objects.all().delete()
    parts = parts_of(make_release(project, manager, split=Split({"train": 1, "test": 1})))
    assert set(parts.values()) == {"train", "test"}
    for original, reprint in zip(originals, reprints, strict=True):
        assert parts[original.pk] == parts[reprint.pk]


def test_articles_of_one_source_stand_in_one_part_if_asked(project: Project, manager: User) -> None:
    for number in range(6):
        different(project, 4, seed=number, source=f"Paper {number}")
    split = Split({"train": 2, "test": 1}, together=("twins", "source"))
    parts = parts_of(make_release(project, manager, split=split))
    of_source = defaultdict[str, set[str]](set)
    for article, source in Article.objects.values_list("pk", "source"):
        of_source[source].add(parts[article])
    assert all(len(found) == 1 for found in of_source.values())
    assert set(parts.values()) == {"train", "test"}


def test_articles_keep_their_part_from_one_release_to_the_next(project: Project, manager: User) -> None:
    old = different(project, 20)
    before = parts_of(make_release(project, manager, split=THREE))
    different(project, 20, seed=1)
    other_seed = Split({"train": 50, "dev": 25, "test": 25}, seed=99)
    second = make_release(project, manager, split=other_seed)
    after = parts_of(second)
    assert {article.pk: after[article.pk] for article in old} == before
    assert second.manifest["changes"]["moved"] == 0
    anew = make_release(project, manager, query=ReleaseQuery(ExportQuery(split=other_seed), keep_parts=False))
    assert parts_of(anew) != after
    assert anew.manifest["changes"]["moved"] > 0


def test_a_part_that_is_no_longer_wanted_is_dealt_out_again(project: Project, manager: User) -> None:
    different(project, 20)
    before = parts_of(make_release(project, manager, split=THREE))
    after = parts_of(make_release(project, manager, split=Split({"train": 80, "test": 20})))
    assert set(after.values()) == {"train", "test"}
    assert all(after[article] == part for article, part in before.items() if part != "dev")


def test_an_empty_part_is_there_all_the_same(project: Project, manager: User) -> None:
    different(project, 1)
    release = make_release(project, manager, split=THREE)
    assert unpacked(release)["data/dev.jsonl"] == b""
    assert release.manifest["parts"]["dev"]["articles"] == 0
    assert "| `dev` | 0 | 0 | 0 |" in release.card


def test_a_format_of_many_files_has_folders(project: Project, manager: User) -> None:
    different(project, 10)
    names = list(unpacked(make_release(project, manager, split=THREE, file_format="brat")))
    assert sum(name.startswith("data/train/") and name.endswith(".txt") for name in names) == 8
    assert "manifest.json" in names


def test_what_a_format_leaves_out_is_in_report_and_card(project: Project, manager: User) -> None:
    nested = (make_span(25, 39), make_span(25, 29, "TITLE"))
    make_articles(project, 2, spans=nested)
    release = make_release(project, manager, file_format="conll")
    assert release.manifest["report"]["dropped"] == {"nested spans": 2}
    assert "- 2 nested spans" in release.card


def test_all_layers_hold_what_is_not_gold_yet(project: Project, manager: User, annotator: User) -> None:
    make_submitted(make_article(project), annotator)
    make_article(project, "Nobody has read this.")
    release = make_release(project, manager, layer=LayerChoice("all"))
    assert release.manifest["counts"]["articles"] == 2
    assert release.manifest["counts"]["labels"] == {"PERSON": 1}


@pytest.mark.django_db(transaction=True)
def test_a_release_is_of_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What others do while one part is written is in no other part."""
    project = make_project()
    manager = make_member(project, Role.MANAGER)
    different(project, 20)
    release = begin_release(project, manager, split=THREE)
    count = Progress.count

    def meddle(progress: Progress, more: int = 1) -> None:
        if more:
            at_once(1, lambda _: Layer.objects.update(approved_at=None))
        count(progress, more)

    monkeypatch.setattr(Progress, "count", meddle)
    work_on_release(release.job_id)
    release.refresh_from_db()
    assert release.manifest["report"]["articles"] == release.manifest["counts"]["articles"] == 20


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


def format_names() -> list[str]:
    return [kind.format for kind in writers()]


@pytest.fixture
def mixed(project: Project) -> list[Article]:
    """Articles in two scripts with nested spans, a relation and labels."""
    head, name = make_span(25, 39), make_span(25, 29, "TITLE")
    one = make_articles(
        project,
        2,
        spans=(head, name),
        relations=(Relation(uuid4(), "TITLE_OF", name.id, head.id),),
        labels=("opinion",),
        language="en",
        source="Northline",
    )
    return one + make_articles(
        project, 1, text="Аягөз қаласында.", spans=(make_span(0, 5, "GPE"),), language="kk"
    )


@pytest.mark.parametrize("file_format", format_names())
def test_every_format_is_the_same_twice(
    project: Project, manager: User, mixed: list[Article], file_format: str
) -> None:
    split = Split({"train": 2, "test": 1})
    one, other = (
        unpacked(make_release(project, manager, file_format=file_format, split=split)) for _ in "12"
    )
    data = [name for name in one if name.startswith("data/")]
    assert data
    assert {name: one[name] for name in data} == {name: other[name] for name in data}


@pytest.mark.parametrize("file_format", format_names())
def test_the_code_on_the_card_reads_the_data(
    project: Project,
    manager: User,
    mixed: list[Article],
    file_format: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    release = make_release(project, manager, file_format=file_format)
    assert release.file
    with zipfile.ZipFile(open_stored(release.file)) as archive:
        archive.extractall(tmp_path)
    monkeypatch.chdir(tmp_path)
    code = re.findall(r"```python\n(.*?)\n```", release.card, re.DOTALL)
    found: dict[str, Any] = {}
    for one in code:
        exec(one, found)  # noqa: S102 - it is ours
    assert any(value for name, value in found.items() if name in LOADED) or not code


LOADED = ("articles", "tasks", "tagged", "spans", "contents")


def test_the_hub_finds_the_parts(project: Project, manager: User, mixed: list[Article]) -> None:
    readme = unpacked(make_release(project, manager, split=THREE))["README.md"].decode()
    assert '{"split": "dev", "path": "data/dev.jsonl"}' in readme
    assert 'language: ["en", "kk"]' in readme
    assert "configs" not in unpacked(make_release(project, manager, file_format="brat"))["README.md"].decode()
