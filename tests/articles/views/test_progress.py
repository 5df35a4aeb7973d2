from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotator.users.models import Project, User
from articles.models import Article, Assignment, Layer, Plant, PlantAnswer, Sitting, Status
from articles.services.gold.approving import approve, send_back
from articles.services.projects.managing import change_project
from tests.builders import annotate, make_article, make_articles, make_member, make_submitted
from tests.pages import Visitor, words


@pytest.fixture
def address(project: Project) -> str:
    """Of a project that is 40 days old."""
    Project.objects.filter(pk=project.pk).update(created_at=timezone.now() - timedelta(days=40))
    return f"/projects/{project.slug}/progress/"


@pytest.fixture
def colleague(project: Project) -> User:
    return make_member(project, name="colleague")


def sit(article: Article, user: User, seconds: int, *, ago: int = 0) -> None:
    began = timezone.now() - timedelta(days=ago)
    Sitting.objects.create(id=uuid4(), article=article, user=user, seconds=seconds, began_at=began)


def hand_in_ago(article: Article, by: User, days: int) -> None:
    make_submitted(article, by)
    at = timezone.now() - timedelta(days=days)
    Assignment.objects.filter(article=article, user=by).update(created_at=at, submitted_at=at)
    Layer.objects.filter(article=article, user=by).update(submitted_at=at)


def test_a_project_without_articles_says_what_will_be_here(manager: User, address: str) -> None:
    page = words(Visitor(manager).get(address))
    assert "No articles yet" in page
    assert "Import articles" in page
    assert "Nothing was handed in during this time." in page


def test_managers_see_who_did_how_much_in_what_time(
    project: Project, annotator: User, colleague: User, manager: User, address: str
) -> None:
    for number, article in enumerate(make_articles(project, 12)):
        hand_in_ago(article, annotator, number % 3)
        sit(article, annotator, 60 + number, ago=number % 3)
    article = make_article(project, "Another text.")
    annotate(article, colleague)
    page = words(Visitor(manager).get(address))
    assert '<th scope="row">annotator</th> <td class="number">12</td>' in page
    # 786 seconds on three days, 65.5 in the middle, for 12 spans.
    assert (
        '<td class="number">13 min 6 s</td> <td class="number">3</td> '
        '<td class="number">1 min 6 s</td> <td class="number">1 min 6 s</td>' in page
    )
    assert "No forecast yet" in page
    assert '<b class="figure">1</b> in hand' in page


def test_time_is_shown_to_that_person_and_to_managers_only(
    project: Project,
    annotator: User,
    colleague: User,
    reviewer: User,
    viewer: User,
    manager: User,
    address: str,
) -> None:
    hand_in_ago(make_article(project), annotator, 1)
    hand_in_ago(make_article(project, "Another text."), colleague, 1)
    for article in Article.objects.all():
        sit(article, Assignment.objects.get(article=article).user, 7_200, ago=1)
    assert words(Visitor(manager).get(address)).count("2 h 0 min") == 2
    own = words(Visitor(annotator).get(address))
    assert own.count("2 h 0 min") == 1
    assert "colleague" not in own
    assert "Report to print" not in own
    for person in (reviewer, viewer):
        page = words(Visitor(person).get(address))
        assert "colleague" in page
        assert "2 h" not in page
        time = Visitor(person).get(f"{address}csv/", table="active-time").content.decode()
        assert "2.0" not in time


def test_the_tables_can_be_downloaded_by_those_who_see_them(
    project: Project, annotator: User, reviewer: User, viewer: User, address: str
) -> None:
    article = make_article(project)
    hand_in_ago(article, annotator, 2)
    approve(article=article, by=reviewer)
    today = timezone.localdate()
    answer = Visitor(viewer).get(f"{address}csv/", table="articles", after=today - timedelta(days=3))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = answer.content.decode("utf-8-sig").split()
    assert rows[0] == "Day,Gold,Handed"
    assert answer.content.decode("utf-8-sig").splitlines()[1:] == [
        f"{today - timedelta(days=3)},0,0,0,0,0",
        f"{today - timedelta(days=2)},0,1,0,0,1",
        f"{today - timedelta(days=1)},0,1,0,0,1",
        f"{today},1,0,0,0,1",
    ]
    labels = Visitor(viewer).get(f"{address}csv/", table="labels").content.decode("utf-8-sig")
    assert labels.splitlines() == ["Label,Spans in gold,Per cent", "PERSON,1,100.0"]
    mine = Visitor(annotator).get(f"{address}csv/", table="labels-by-people").content.decode("utf-8-sig")
    assert mine.splitlines() == ["Label,Name,Spans,Per cent", "PERSON,annotator,1,100.0"]
    User.objects.filter(pk=annotator.pk).update(display_name="=1+1")
    own = Visitor(annotator).get(f"{address}csv/", table="handed-in").content.decode("utf-8-sig")
    # No spreadsheet takes a name for a formula.
    assert own.splitlines()[0] == "Day,Handed in,'=1+1"
    assert Visitor(annotator).get(f"{address}csv/", table="articles").status_code == 403
    assert Visitor(annotator).get(f"{address}csv/", table="engines").status_code == 403
    assert Visitor(viewer).get(f"{address}csv/", table="nothing").status_code == 404


def test_an_article_is_handed_in_once_all_its_annotators_have(
    project: Project, annotator: User, colleague: User, viewer: User, address: str
) -> None:
    change_project(project=project, changes={"annotators_per_article": 2})
    article = make_article(project)
    hand_in_ago(article, annotator, 3)
    hand_in_ago(article, colleague, 1)
    after = timezone.localdate() - timedelta(days=3)
    answer = Visitor(viewer).get(f"{address}csv/", table="articles", after=after)
    table = [row.split(",")[1:4] for row in answer.content.decode().splitlines()[1:]]
    assert table == [["0", "0", "1"], ["0", "0", "1"], ["0", "1", "0"], ["0", "1", "0"]]


def test_what_reviewers_decided_is_counted(
    project: Project, annotator: User, reviewer: User, viewer: User, address: str
) -> None:
    for number, article in enumerate(make_articles(project, 4)):
        make_submitted(article, annotator)
        if number:
            approve(article=article, by=reviewer)
        else:
            send_back(article=article, by=reviewer, comment="Norway?")
    page = words(Visitor(viewer).get(address))
    row = '<th scope="row">reviewer</th>' + "".join(
        f'<td class="number">{one}</td>' for one in ("3", "1", "25 %")
    )
    assert row in page
    assert '<h2 id="reviewers">' not in words(Visitor(annotator).get(address))


def test_suggestions_that_were_wrong_on_purpose_are_told_of_oneself_and_to_managers(
    project: Project, annotator: User, colleague: User, manager: User, address: str
) -> None:
    article = make_article(project)
    plants = [
        Plant.objects.create(id=uuid4(), article=article, start=start, end=start + 4, label="ORG")
        for start in (0, 8)
    ]
    PlantAnswer.objects.bulk_create(
        PlantAnswer(plant=plant, user=annotator, accepted=not plant.start) for plant in plants
    )
    assert "Of 2 that you answered, you accepted 1." in words(Visitor(annotator).get(address))
    assert "Of 2 that were answered, annotators accepted 1." in words(Visitor(manager).get(address))
    assert "wrong on purpose" not in words(Visitor(colleague).get(address))


def test_a_steady_month_has_a_forecast(project: Project, annotator: User, viewer: User, address: str) -> None:
    articles = make_articles(project, 16)
    for number, article in enumerate(articles[:12]):
        hand_in_ago(article, annotator, number + 1)
    page = words(Visitor(viewer).get(address))
    assert "All handed in" in page
    assert "All gold" not in page
    assert "7 a week" in page


def test_a_period_that_cannot_be_is_refused_and_a_strange_one_fits(viewer: User, address: str) -> None:
    visitor = Visitor(viewer)
    backwards = visitor.get(address, after="2026-05-02", before="2026-05-01")
    assert backwards.status_code == 400
    assert "The period ends before it begins." in words(backwards)
    assert visitor.get(address, after="soon").status_code == 400
    assert visitor.get(address, after="0001-01-01", before="9999-12-31").status_code == 200
    assert visitor.get(address, before="0001-01-01").status_code == 200
    assert visitor.get(f"{address}report/", after="soon").status_code == 400


def test_the_report_says_when_it_was_made_and_on_what_definitions_and_nobodys_time(
    project: Project, annotator: User, manager: User, address: str
) -> None:
    hand_in_ago(make_article(project), annotator, 1)
    sit(Article.objects.get(), annotator, 7_200, ago=1)
    page = words(Visitor(manager).get(f"{address}report/"))
    assert "Made on" in page
    assert "What the figures mean" in page
    assert '<th scope="row">annotator</th>' in page
    assert "2 h" not in page
    assert Visitor(annotator).get(f"{address}report/").status_code == 403


def test_numbers_in_drawings_do_not_follow_the_language(
    project: Project, annotator: User, manager: User, address: str
) -> None:
    hand_in_ago(make_article(project), annotator, 1)
    visitor = Visitor(manager)
    visitor.client.cookies["django_language"] = "ru"
    page = words(visitor.get(address))
    assert 'lang="ru"' in page
    assert not [part for part in page.split(' width="')[1:] if "," in part.partition('"')[0]]


def test_the_pages_ask_as_often_for_ten_articles_as_for_two_hundred(
    project: Project, annotator: User, colleague: User, manager: User, address: str
) -> None:
    visitor = Visitor(manager)

    def queries(path: str) -> int:
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert visitor.get(path).status_code == 200
        return len(found)

    change_project(project=project, changes={"annotators_per_article": 2})
    fill(project, 10, annotator, colleague)
    few = [queries(address), queries(f"{address}report/")]
    fill(project, 190, annotator, colleague)
    assert [queries(address), queries(f"{address}report/")] == few


def fill(project: Project, count: int, *people: User) -> None:
    """Articles that were handed in by these people on as many days as there can be, as rows."""
    articles = Article.objects.bulk_create(
        Article(project=project, text="Some text.", sha256=f"{number:064}", status=Status.SUBMITTED)
        for number in range(count)
    )
    for person in people:
        at = [timezone.now() - timedelta(days=number % 39) for number in range(count)]
        rows = list(zip(articles, at, strict=True))
        Assignment.objects.bulk_create(
            Assignment(article=one, user=person, submitted_at=at, created_at=at) for one, at in rows
        )
        Layer.objects.bulk_create(
            Layer(article=one, kind=Layer.Kind.USER, user=person, begun_at=at, submitted_at=at)
            for one, at in rows
        )
        Sitting.objects.bulk_create(
            Sitting(id=uuid4(), article=one, user=person, seconds=60, began_at=at) for one, at in rows
        )
