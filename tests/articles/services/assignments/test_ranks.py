from __future__ import annotations

import pytest

from annotator.users.models import Project, QueueOrder, User
from articles.domain.spans import Suggestion
from articles.models import Article, Job, ProjectEngine, Rank
from articles.services.assignments.claiming import submit_article
from articles.services.assignments.ranks import (
    set_priority,
    start_due_rankings,
    start_ranking,
    work_on_ranking,
)
from articles.services.projects.managing import change_project
from articles.services.runs.layers import write_layers
from articles.services.twins import start_twins, work_on_twins
from tests.builders import annotate, make_article, make_articles, make_project

BERGEN = "The ferry left Bergen on Monday, {} said, and nobody aboard was hurt in the storm that came later."


def suggest(article: Article, *found: tuple[str, float]) -> None:
    """Let the gazetteer have suggested these words as people, so sure."""
    engine = ProjectEngine.objects.get(project=article.project, name="gazetteer")
    said = [
        Suggestion(article.text.index(words), article.text.index(words) + len(words), "PERSON", confidence)
        for words, confidence in found
    ]
    write_layers(engine=engine, version="1", articles=[article], suggestions=[said])


def rank(project: Project) -> Job:
    job = start_ranking(project=project, by=None, enqueue=lambda _: None)
    work_on_ranking(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.SUCCEEDED, "")
    return job


def by_gain(project: Project) -> list[int]:
    return list(Rank.objects.filter(project=project).order_by("-gain", "pk").values_list("pk", flat=True))


def test_what_the_engines_are_unsure_of_is_worth_most(project: Project) -> None:
    sure = make_article(project, "Mara Ellingsen spoke to the harbour board about herring quotas.")
    unsure = make_article(project, "Ole Brattvik wrote to the ferry line about winter tables.")
    suggest(sure, ("Mara Ellingsen", 0.99))
    suggest(unsure, ("Ole Brattvik", 0.55))
    assert rank(project).report == {"ordered": 2}
    assert by_gain(project) == [unsure.pk, sure.pk]
    ranks = {one.article_id: one for one in Rank.objects.all()}
    assert ranks[sure.pk].ease > ranks[unsure.pk].ease > 0  # type: ignore[operator]


def test_a_name_that_people_have_labelled_before_teaches_less(project: Project, annotator: User) -> None:
    done = make_article(project, "BERGEN, Norway, Feb. 11. Mara Ellingsen spoke.")
    annotate(done, annotator)
    known = make_article(project, "It was Mara Ellingsen who asked the board about the herring.")
    fresh = make_article(project, "It was Ole Brattvik who told the board about ferry tables.")
    suggest(known, ("Mara Ellingsen", 0.6))
    suggest(fresh, ("Ole Brattvik", 0.6))
    annotate(done, annotator)
    submit_article(article=done, by=annotator)
    rank(project)
    assert by_gain(project)[0] == fresh.pk
    assert done.pk not in by_gain(project), "what is done has no place in the queue"


def test_a_reprint_of_a_finished_article_comes_last(project: Project, annotator: User) -> None:
    story = " ".join(BERGEN.format(name) for name in ("Ada", "Eva", "Ida", "Ola"))
    done = make_article(project, story)
    reprint, other = (
        make_article(project, f"{story} (Corrected)"),
        make_article(project, "Ole Brattvik, 41, ran."),
    )
    suggest(reprint, ("Ada", 0.5), ("Eva", 0.5), ("Ida", 0.5))
    suggest(other, ("Ole Brattvik", 0.9))
    work_on_twins(start_twins(project=project, by=None, enqueue=lambda _: None).pk)
    annotate(done, annotator)
    submit_article(article=done, by=annotator)
    rank(project)
    assert by_gain(project) == [other.pk, reprint.pk]
    assert Rank.objects.get(pk=reprint.pk).gain == 0


def test_ranking_twice_gives_the_same_order_and_keeps_priorities(project: Project) -> None:
    articles = make_articles(project, 3)
    set_priority(articles=[articles[0].pk], project=project, priority=4)
    rank(project)
    before = list(Rank.objects.order_by("pk").values())
    rank(project)
    assert list(Rank.objects.order_by("pk").values()) == before
    assert before[0]["priority"] == 4
    assert all(row["gain"] is not None for row in before)


def test_two_requests_at_once_are_one_ranking(project: Project) -> None:
    first = start_ranking(project=project, by=None, enqueue=lambda _: None)
    assert start_ranking(project=project, by=None, enqueue=lambda _: None) == first


def test_a_project_without_articles_is_ranked_in_no_time(project: Project) -> None:
    assert rank(project).report == {"ordered": 0}


@pytest.mark.django_db
def test_only_projects_whose_queue_is_made_are_ranked_by_themselves(project: Project) -> None:
    make_project()
    queued: list[int] = []
    assert start_due_rankings(enqueue=queued.append) == 0
    change_project(project=project, changes={"queue_order": QueueOrder.GAIN})
    assert start_due_rankings(enqueue=queued.append) == 1
    work_on_ranking(queued[0])
    assert start_due_rankings(enqueue=queued.append) == 0, "nothing has changed since"


def test_priorities_are_given_only_within_the_project(project: Project) -> None:
    other = make_article(make_project())
    assert set_priority(articles=[other.pk], project=project, priority=3) == 0
    assert not Rank.objects.exists()
