from __future__ import annotations

import pytest

from annotator.users.models import Project, User
from tests.builders import annotate, make_article
from tests.pages import Visitor, words
from tests.scenarios.doubts import finish


@pytest.fixture
def address(project: Project) -> str:
    return f"/projects/{project.slug}/concordance/"


def test_the_empty_page_says_what_it_is_for(reviewer: User, address: str) -> None:
    assert "What do you look for?" in words(Visitor(reviewer).get(address))
    assert "Found nowhere" in words(Visitor(reviewer).get(f"{address}?text=Bergen"))


def test_lines_lead_to_the_place_in_its_article(project: Project, reviewer: User, address: str) -> None:
    done = finish(project, "Ships left Bergen at noon.", ("Bergen", "GPE"))
    fresh = make_article(project, "Nobody left Bergen today.")
    page = words(Visitor(reviewer).get(f"{address}?text=bergen"))
    assert f"articles/{done.pk}/review/?at=11-17" in page
    assert f"articles/{fresh.pk}/?at=12-18" in page
    assert "<mark>Bergen</mark>" in page
    assert '<span class="label" data-hue' in page


def test_pages_of_lines_in_the_order_asked_for(
    project: Project, reviewer: User, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.views.concordance.PAGE_SIZE", 1)
    make_article(project, "Zoo Bergen.")
    make_article(project, "Ape Bergen.")
    page = words(Visitor(reviewer).get(f"{address}?text=Bergen&sort=before"))
    assert "Ape" in page
    assert "Zoo" not in page
    assert 'rel="next" href="?text=Bergen&amp;sort=before&amp;page=2"' in page
    assert "Zoo" in words(Visitor(reviewer).get(f"{address}?text=Bergen&sort=before&page=99"))


def test_what_cannot_be_used_is_said(reviewer: User, address: str) -> None:
    answer = Visitor(reviewer).get(f"{address}?text=(&way=pattern")
    assert (answer.status_code, "not a regular expression" in words(answer)) == (400, True)
    assert Visitor(reviewer).get(f"{address}?way=nonsense").status_code == 400
    assert Visitor(reviewer).get(f"{address}?layer=user:nobody").status_code == 404
    assert Visitor(reviewer).get(f"{address}?text=a%00b").status_code == 400


def test_annotators_see_the_labels_of_their_own_layer_only(
    project: Project, annotator: User, reviewer: User, address: str
) -> None:
    finish(project, "Ships left Bergen at noon.", ("Bergen", "GPE"))
    annotate(make_article(project), annotator)
    visitor = Visitor(annotator)
    assert 'class="label"' not in words(visitor.get(f"{address}?text=Bergen"))
    assert 'class="label"' in words(visitor.get(f"{address}?labelled=PERSON"))
    for layer in ("gold", "user:reviewer", "engine:newswire", "all"):
        assert visitor.get(f"{address}?text=Bergen&layer={layer}").status_code == 404
    assert visitor.get(f"{address}?text=Bergen&layer=user:annotator").status_code == 200


def test_lines_can_be_chosen_where_their_layer_can_be_changed(
    project: Project, reviewer: User, viewer: User, annotator: User, address: str
) -> None:
    article = make_article(project, "Nobody left Bergen today.")
    box = f'name="place" value="{article.pk}:12-18"'
    assert box in words(Visitor(reviewer).get(f"{address}?text=Bergen"))
    assert box in words(Visitor(annotator).get(f"{address}?text=Bergen"))
    assert box not in words(Visitor(viewer).get(f"{address}?text=Bergen"))
    assert box not in words(Visitor(reviewer).get(f"{address}?text=Bergen&layer=user:annotator"))
