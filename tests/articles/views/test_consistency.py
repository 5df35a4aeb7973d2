from __future__ import annotations

import pytest

from annotator.users.models import Project, User
from tests.pages import Visitor, words
from tests.scenarios.doubts import make_doubtful


@pytest.fixture
def address(project: Project) -> str:
    return f"/projects/{project.slug}/consistency/"


def test_each_reading_leads_to_its_lines_ready_to_be_changed(
    project: Project, reviewer: User, address: str
) -> None:
    make_doubtful(project)
    visitor = Visitor(reviewer)
    assert "Nothing was counted yet" in words(visitor.get(address))
    page = words(visitor.post(f"{address}count/", layer="gold", follow=True))
    assert "Northline Press" in page
    link = page.split(">PERSON 1<")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    lines = words(visitor.get(link))
    assert "At noon </bdi></span>" in lines
    assert '<option value="relabel" selected>' in lines
    assert "<option selected>ORG</option>" in lines
    assert "Northline Press" in words(visitor.get(f"{address}?differ=labels"))
    assert "Northline Press" in words(visitor.get(f"{address}?differ=none"))


def test_annotators_see_their_own_layer_only(project: Project, annotator: User, address: str) -> None:
    make_doubtful(project)
    visitor = Visitor(annotator)
    assert visitor.post(f"{address}count/", layer="gold").status_code == 404
    assert "Nothing differs" in words(visitor.post(f"{address}count/", layer="me", follow=True))
    assert visitor.get(f"{address}?layer=gold").status_code == 404
    assert visitor.get(f"{address}?cursor=x&layer=me&differ=y").status_code == 400
