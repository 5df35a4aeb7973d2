from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from annotator.users.models import Project
from articles.domain.stories.twins import fingerprint
from articles.formats.base import ParsedArticle
from articles.models import Article, Fingerprint, Job, Twin
from articles.models.jobs import STALE_AFTER
from articles.queries.stories.twins import _NEAR, groups_of, not_looked_at, prints_near
from articles.services import twins
from articles.services.articles import archive_article
from articles.services.jobs.lifecycle import cancel_job, claim_job, resume_stale, retry_job
from articles.services.twins import TwinFinder, link_new, start_twins, work_on_twins
from articles.tasks.jobs import enqueue as enqueue_any
from tests.builders import make_article, make_articles, make_project

WORDS = "harbour council minister river budget vote storm bridge school museum train market price winter line"


def story(seed: int, words: int = 120) -> str:
    return " ".join(random.Random(seed).choices(WORDS.split(), k=words))


def parsed(*texts: str) -> list[ParsedArticle]:
    return [ParsedArticle(text=text, file="test", line=number) for number, text in enumerate(texts, start=1)]


def link(project: Project, articles: Iterable[Article]) -> int:
    with transaction.atomic():
        return link_new(project=project, texts={one.pk: one.text for one in articles})


def pairs() -> dict[int, int]:
    return dict(Twin.objects.values_list("article_id", "original_id"))


def find_all(project: Project) -> Job:
    job = start_twins(project=project, by=None, enqueue=lambda _: None)
    work_on_twins(job.pk)
    job.refresh_from_db()
    return job


def test_reprints_and_updates_point_at_the_earliest(project: Project) -> None:
    original = make_article(project, story(1))
    make_article(project, story(2))
    reprint = make_article(project, "BERGEN. " + story(1))
    update = make_article(project, story(1) + " The minister will speak again on Tuesday.")
    job = find_all(project)
    assert (job.state, job.done, job.report) == (Job.State.SUCCEEDED, 4, {"twins": 2})
    assert pairs() == {reprint.pk: original.pk, update.pk: original.pk}
    assert all(0.8 < twin.similarity < 1 for twin in Twin.objects.all())


def test_twins_are_found_between_batches_and_within_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twins, "BATCH", 3)
    articles = [make_article(project, f"{story(number % 4)} {number}") for number in range(12)]
    find_all(project)
    assert pairs() == {articles[number].pk: articles[number % 4].pk for number in range(4, 12)}


def test_there_are_no_chains(project: Project) -> None:
    """Each text shares enough with the one before, and little with the first."""
    words = story(5, 300).split()
    articles = [make_article(project, " ".join(words[at : at + 150])) for at in range(0, 150, 15)]
    for article in articles:
        link(project, [article])
    assert pairs() == {article.pk: articles[0].pk for article in articles[1:]}


def test_an_earlier_article_that_is_looked_at_later_becomes_the_original(project: Project) -> None:
    early, late, later = (make_article(project, f"{story(1)} {number}") for number in range(3))
    link(project, [late, later])
    assert pairs() == {later.pk: late.pk}
    assert link(project, [early]) == 1
    assert pairs() == {late.pk: early.pk, later.pk: early.pk}


def test_what_repeats_two_groups_makes_them_one(project: Project) -> None:
    words = story(3, 300).split()
    spans = {"early": (0, 210), "late": (80, 300), "also late": (81, 300), "between": (25, 270)}
    early, late, also, between = (make_article(project, " ".join(words[a:b])) for a, b in spans.values())
    link(project, [early, late, also])
    assert pairs() == {also.pk: late.pk}
    link(project, [between])
    assert pairs() == {article.pk: early.pk for article in (late, also, between)}


def test_other_projects_are_not_seen(project: Project) -> None:
    other = make_project()
    theirs = make_article(other, story(1))
    link(other, [theirs])
    link(project, [make_article(project, story(1))])
    assert pairs() == {}
    assert TwinFinder(project).look(parsed(story(2))) == [None]


def test_archived_articles_are_no_originals(project: Project) -> None:
    gone = make_article(project, story(1))
    link(project, [gone])
    archive_article(article=gone)
    stays = make_article(project, story(1) + " Again.")
    link(project, [stays])
    assert pairs() == {}
    again = make_article(project, story(1) + " And again.")
    link(project, [again])
    assert pairs() == {again.pk: stays.pk}


def test_a_group_whose_original_is_archived_stays_one(project: Project) -> None:
    gone, stays = (make_article(project, f"{story(1)} {number}") for number in range(2))
    link(project, [gone, stays])
    archive_article(article=gone)
    (found,) = TwinFinder(project).look(parsed(story(1)))
    assert found is not None
    assert found.article == stays.pk
    link(project, [again := make_article(project, story(1) + " Again.")])
    groups = groups_of(Article.objects.of(project))
    assert groups[again.pk] == groups[stays.pk]


def test_doing_it_twice_changes_nothing(project: Project) -> None:
    articles = make_articles(project, 5, story(1))
    link(project, articles)
    before = (pairs(), list(Fingerprint.objects.order_by("pk").values_list("pk", "bands")))
    assert link(project, articles) == 0
    assert find_all(project).done == 0
    assert (pairs(), list(Fingerprint.objects.order_by("pk").values_list("pk", "bands"))) == before


def test_a_job_whose_worker_died_is_taken_up_where_it_stopped(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twins, "BATCH", 2)
    make_articles(project, 5, story(1))
    job = start_twins(project=project, by=None, enqueue=lambda _: None)
    claimed = claim_job(job.pk)
    assert claimed is not None
    twins._work_on_batch(claimed, after=0)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - STALE_AFTER - timedelta(seconds=1))

    assert resume_stale(enqueue=lambda stale: work_on_twins(stale.pk)) == 1
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.report) == (Job.State.SUCCEEDED, 5, 5, {"twins": 4})
    assert not not_looked_at(project).exists()


def test_a_cancelled_job_stops_and_can_be_taken_up(project: Project) -> None:
    make_articles(project, 3, story(1))
    job = start_twins(project=project, by=None, enqueue=lambda _: None)
    cancel_job(job=job)
    work_on_twins(job.pk)
    assert not Fingerprint.objects.exists()
    retry_job(job=job, enqueue=work_on_twins)
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.SUCCEEDED, 3)


def test_the_workers_know_this_kind_of_job(
    project: Project, django_capture_on_commit_callbacks: Callable[[], AbstractContextManager[list[object]]]
) -> None:
    job = start_twins(project=project, by=None, enqueue=lambda _: None)
    with django_capture_on_commit_callbacks() as callbacks:
        enqueue_any(job)
    assert len(callbacks) == 1


def test_the_finder_names_articles_of_the_project_and_of_the_file(project: Project) -> None:
    there = make_article(project, story(1))
    link(project, [there])
    finder = TwinFinder(project)
    first = finder.look(parsed(story(2), story(1) + " Again.", story(3)))
    assert [one and (one.article, one.position) for one in first] == [None, (there.pk, None), None]
    second = finder.look(parsed(story(4), story(3) + " Again.", story(4) + " Again."))
    assert [one and (one.article, one.position) for one in second] == [None, (None, 2), (None, 3)]
    assert Article.objects.count() == Fingerprint.objects.count() == 1


def test_the_finder_asks_the_database_once_a_batch(
    project: Project, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    link(project, make_articles(project, 3, story(1)))
    finder = TwinFinder(project)
    for size in (1, 40):
        # A savepoint and its release, and the planner told twice.
        with django_assert_num_queries(5):
            finder.look(parsed(*(story(number) for number in range(size))))


def test_groups_hold_twins_and_answer_for_all(project: Project) -> None:
    articles = [make_article(project, story(number % 3) + f" {number}") for number in range(5)]
    link(project, articles)
    groups = groups_of(Article.objects.of(project))
    assert dict(groups) == {articles[3].pk: articles[0].pk, articles[4].pk: articles[1].pk}
    assert [groups[one.pk] for one in articles] == [articles[number % 3].pk for number in range(5)]


def test_a_text_that_is_repeated_often_is_met_a_few_times(project: Project) -> None:
    """The first holds the bands, and later ones only what is theirs alone."""
    articles = make_articles(project, 300, story(1))
    link(project, articles)
    assert Twin.objects.filter(original=articles[0].pk).count() == 299
    bands = [band for row in Fingerprint.objects.values_list("bands", flat=True) for band in row]
    assert len(bands) < 300
    with transaction.atomic():
        near = prints_near(project, [fingerprint(story(1) + " Again.")])
    assert len(near) <= 10


def test_the_index_is_used(project: Project) -> None:
    link(project, make_articles(project, 3, story(1)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {_NEAR}", [["{1,2}"], project.pk, 64])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Bitmap Index Scan on fingerprint_bands" in plan
