from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.users.models import Project, User
from articles.models import Evaluation, Job, Mistake, ProjectEngine
from articles.services.evaluations import work_on_evaluation
from tests.builders import make_project
from tests.pages import Visitor, words
from tests.scenarios.evaluations import GuessingEngine, KnowingEngine, install, make_gold, measure


@pytest.fixture
def engines(project: Project, monkeypatch: pytest.MonkeyPatch) -> list[ProjectEngine]:
    return install(project, monkeypatch, GuessingEngine, KnowingEngine)


@pytest.fixture
def address(project: Project) -> str:
    return f"/projects/{project.slug}/evaluation/"


def test_without_gold_the_page_says_what_to_do(project: Project, viewer: User, address: str) -> None:
    page = words(Visitor(viewer).get(address))
    assert "No gold to measure on" in page
    assert "Approve ten or more" in page


def test_a_manager_measures_and_sees_how_far_it_is(
    project: Project, manager: User, engines: list[ProjectEngine], address: str
) -> None:
    make_gold(project, 12)
    visitor = Visitor(manager)
    assert "12 gold articles" in words(visitor.get(address))
    sent = visitor.post(f"{address}measure/", engines=["guessing", "knowing"], follow=True)
    assert "job-progress" in words(sent)
    job = Job.objects.get(kind=Job.Kind.EVALUATE)
    assert "being measured already" in words(visitor.post(f"{address}measure/", engines=["guessing"]))
    work_on_evaluation(job.pk, enqueue_run=lambda _: None)
    page = words(visitor.get(address))
    assert page.index("knowing</a>") < page.index("guessing</a>")  # the better first
    assert "job-progress" not in page


def test_measuring_needs_an_engine(project: Project, manager: User, address: str) -> None:
    make_gold(project, 2)
    answer = Visitor(manager).post(f"{address}measure/")
    assert (answer.status_code, "Choose at least one engine." in words(answer)) == (400, True)


def test_an_engine_that_was_left_out_is_named(
    project: Project, viewer: User, engines: list[ProjectEngine], address: str
) -> None:
    make_gold(project, 3)
    gone = ProjectEngine.objects.create(project=project, name="gone", kind="gone")
    measure(project, engines[0], gone)
    assert "There is no engine &#x27;gone&#x27; here" in words(Visitor(viewer).get(address))


def test_one_evaluation_by_label_with_its_matrix_and_reliability(
    project: Project, viewer: User, engines: list[ProjectEngine], address: str
) -> None:
    make_gold(project, 20)
    (evaluation,) = measure(project, engines[0])
    page = words(Visitor(viewer).get(f"{address}{evaluation.pk}/"))
    assert "Measured on 20 gold articles" in page
    assert 'aria-label="4: GPE in gold, ORG by the engine"' in page
    assert f'href="{address}{evaluation.pk}/mistakes/?gold=GPE&amp;label=-"' in page
    assert "Expected calibration error" in page
    assert "too few articles" not in page


def test_few_articles_are_said_to_be_few(
    project: Project, viewer: User, engines: list[ProjectEngine], address: str
) -> None:
    make_gold(project, 3)
    (evaluation,) = measure(project, engines[0])
    assert "too few articles" in words(Visitor(viewer).get(f"{address}{evaluation.pk}/"))


def test_mistakes_show_both_sides_and_open_the_article_at_the_place(
    project: Project, viewer: User, reviewer: User, engines: list[ProjectEngine], address: str
) -> None:
    articles = make_gold(project, 5)
    (evaluation,) = measure(project, engines[0])
    path = f"{address}{evaluation.pk}/mistakes/"
    page = words(Visitor(viewer).get(path, kind="label"))
    at = articles[2].text.index("Porto")
    assert f'href="/projects/{project.slug}/articles/{articles[2].pk}/?at={at}-{at + 5}"' in page
    assert '<mark class="in-gold in-engine">Porto</mark>' in page
    assert "gold: GPE" in page
    assert "engine: ORG 0.90" in page
    assert f"/articles/{articles[2].pk}/review/?at=" in words(Visitor(reviewer).get(path, kind="label"))


def test_mistakes_are_filtered_and_paged(
    project: Project, viewer: User, engines: list[ProjectEngine], address: str
) -> None:
    make_gold(project, 30)
    (evaluation,) = measure(project, engines[0])
    path, visitor = f"{address}{evaluation.pk}/mistakes/", Visitor(viewer)
    invented = words(visitor.get(path, gold="-", label="GPE"))
    assert invented.count("engine: GPE") == 30
    assert "gold:" not in invented
    first = visitor.get(path)
    assert len(first.context["rows"]) == 50
    second = visitor.get(path, cursor=first.context["page"].next)
    ids = [row.mistake.pk for answer in (first, second) for row in answer.context["rows"]]
    assert ids == sorted(set(ids))
    assert "No mistake fits" in words(visitor.get(path, kind="missed", gold="PERSON"))


@pytest.mark.parametrize("query", [{"kind": "no"}, {"gold": "NO_LABEL"}, {"cursor": "broken"}])
def test_hostile_filters_are_refused(
    project: Project, viewer: User, engines: list[ProjectEngine], address: str, query: dict[str, str]
) -> None:
    make_gold(project, 2)
    (evaluation,) = measure(project, engines[0])
    answer = Visitor(viewer).get(f"{address}{evaluation.pk}/mistakes/", **query)
    assert answer.status_code in (400, 422)


def test_a_long_entity_is_quoted_only_in_part(
    project: Project, viewer: User, engines: list[ProjectEngine], address: str
) -> None:
    article = make_gold(project, 1)[0]
    (evaluation,) = measure(project, engines[0])
    Mistake.objects.filter(kind="invented").update(start=0, end=article.length)
    answer = Visitor(viewer).get(f"{address}{evaluation.pk}/mistakes/", kind="invented")
    assert len(answer.context["rows"][0].mistake.quote) <= 400


def test_two_evaluations_are_compared_label_by_label(
    project: Project, viewer: User, engines: list[ProjectEngine], address: str
) -> None:
    make_gold(project, 40)
    guessing, knowing = measure(project, *engines)
    answer = Visitor(viewer).get(f"{address}{knowing.pk}/compare/", **{"with": guessing.pk})
    page = words(answer)
    assert "knowing 1 is better" in page
    (mended, fixed, _), (new, worse, _) = answer.context["compared"].lists
    # Forty names that were cut short are whole; what is no more taken for an organisation is now missed.
    assert (mended, new) == ("mended", "new")
    assert (fixed, worse) == (40, 0)


def test_what_no_article_has_in_common_cannot_be_compared(
    project: Project, viewer: User, engines: list[ProjectEngine], address: str
) -> None:
    make_gold(project, 3)
    (one,) = measure(project, engines[0])
    other = Evaluation.objects.create(engine=engines[1], engine_version="1", articles=1, figures=one.figures)
    other.figures["by_article"] = {"0": {}}  # no article has this id
    other.save()
    page = words(Visitor(viewer).get(f"{address}{one.pk}/compare/", **{"with": other.pk}))
    assert "No article was read by both" in page


@pytest.mark.parametrize("wanted", ["", "x", "9" * 40])
def test_a_comparison_with_nothing_leads_back(
    project: Project, viewer: User, engines: list[ProjectEngine], address: str, wanted: str
) -> None:
    make_gold(project, 2)
    (one,) = measure(project, engines[0])
    answer = Visitor(viewer).get(f"{address}{one.pk}/compare/", **{"with": wanted})
    assert (answer.status_code, answer["Location"]) == (302, f"{address}{one.pk}/")


def test_another_project_has_nothing_to_do_with_it(
    project: Project, manager: User, engines: list[ProjectEngine], address: str
) -> None:
    make_gold(project, 2)
    (one,) = measure(project, engines[0])
    other = make_project()
    visitor = Visitor(other.created_by)
    assert visitor.get(f"/projects/{other.slug}/evaluation/{one.pk}/").status_code == 404
    assert Visitor(manager).get(f"{address}{one.pk}/compare/", **{"with": one.pk + 1}).status_code == 404


def test_the_number_of_queries_does_not_grow_with_gold(
    project: Project, viewer: User, engines: list[ProjectEngine], address: str
) -> None:
    def queries() -> int:
        visitor = Visitor(viewer)
        with CaptureQueriesContext(connection) as done:
            visitor.get(address)
        return len(done)

    make_gold(project, 3)
    measure(project, *engines)
    few = queries()
    make_gold(project, 30, first=3)
    measure(project, *engines)
    assert queries() == few
