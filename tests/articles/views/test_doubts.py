from __future__ import annotations

import pytest

from annotator.users.models import Project, User
from articles.models import Doubt, Job
from articles.services.doubts.searching import work_on_doubts
from tests.builders import make_project
from tests.pages import Visitor, words
from tests.scenarios.doubts import look, make_doubt, make_doubtful


@pytest.fixture
def address(project: Project) -> str:
    return f"/projects/{project.slug}/doubts/"


def test_before_there_is_anything_the_page_says_what_will_come(
    project: Project, reviewer: User, address: str
) -> None:
    visitor = Visitor(reviewer)
    assert "Approve three or more articles" in words(visitor.get(address))
    refused = visitor.post(f"{address}look/")
    assert (refused.status_code, "Approve at least 3 of them first" in words(refused)) == (400, True)


def test_a_reviewer_looks_for_errors_and_sees_each_in_its_words(
    project: Project, reviewer: User, address: str
) -> None:
    odd, _ = make_doubtful(project)
    visitor = Visitor(reviewer)
    assert "job-progress" in words(visitor.post(f"{address}look/", follow=True))
    assert visitor.post(f"{address}look/").status_code == 409
    work_on_doubts(Job.objects.get(kind=Job.Kind.DOUBTS).pk)
    page = words(visitor.get(address))
    assert "2</b> left" in page
    assert f"articles/{odd.pk}/review/?at=8-23" in page
    assert "stands: PERSON" in page
    assert "perhaps: ORG" in page
    assert "“Northline Press” is ORG in 8 of 9 other places, and PERSON here." in page
    assert "Make it ORG" in page
    assert "Label it ORG" in page


def test_filters(project: Project, reviewer: User, address: str) -> None:
    odd, without = make_doubtful(project)
    look(project)
    page = words(Visitor(reviewer).get(f"{address}?label=PERSON"))
    assert f"articles/{odd.pk}/review/" in page
    assert f"articles/{without.pk}/review/" not in page
    assert "Nothing left here" in words(Visitor(reviewer).get(f"{address}?kind=engine"))
    assert Visitor(reviewer).get(f"{address}?kind=nonsense&settled=x&label=y").status_code == 200


def test_fixing_dismissing_and_undoing_without_a_script(
    project: Project, reviewer: User, address: str
) -> None:
    doubt = make_doubt(project)
    visitor = Visitor(reviewer)
    sent = visitor.post(f"{address}{doubt.pk}/?kind=words", action="fix")
    assert sent["Location"] == f"{address}?kind=words&settled={doubt.pk}"
    page = words(visitor.get(sent["Location"]))
    assert "Northline Press</span>” is fixed" in page
    assert "1</b> left" in page
    undone = words(visitor.post(f"{address}{doubt.pk}/", action="reopen", follow=True))
    assert "is fixed" not in undone
    assert "2</b> left" in undone
    assert "is right as it is" in words(visitor.post(f"{address}{doubt.pk}/", action="dismiss", follow=True))
    assert Doubt.objects.get(pk=doubt.pk).state == "dismissed"


def test_a_refusal_is_said_on_the_page(project: Project, reviewer: User, address: str) -> None:
    doubt = make_doubt(project)
    visitor = Visitor(reviewer)
    visitor.post(f"{address}{doubt.pk}/", action="fix")
    again = visitor.post(f"{address}{doubt.pk}/", action="fix")
    assert (again.status_code, "This has been settled already." in words(again)) == (409, True)
    assert visitor.post(f"{address}{doubt.pk}/", action="burn").status_code == 400


def test_the_pages_of_a_long_list(
    project: Project, reviewer: User, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.views.doubts.PAGE_SIZE", 1)
    first, second = make_doubtful(project)
    look(project)
    visitor, seen = Visitor(reviewer), []
    page = words(visitor.get(address))
    seen.append(first.pk if f"/{first.pk}/review/" in page else second.pk)
    following = page.split('rel="next" href="')[1].split('"')[0]
    page = words(visitor.get(following))
    seen.append(first.pk if f"/{first.pk}/review/" in page else second.pk)
    assert set(seen) == {first.pk, second.pk}
    assert visitor.get(f"{address}?cursor=WyJ4IiwxLDBd").status_code == 400


def test_a_doubt_of_another_project_is_not_there(project: Project, reviewer: User, address: str) -> None:
    other = make_doubt(make_project())
    assert Visitor(reviewer).post(f"{address}{other.pk}/", action="fix").status_code == 404
