"""Whether annotators may read each other."""

from __future__ import annotations

import pytest

from annotator.lib.errors import Refused
from annotator.users.models import Openness, Project, User
from articles.services.assignments.claiming import reopen_own, submit_article
from articles.services.gold.approving import approve
from articles.services.projects.managing import change_project
from tests.articles.api.conftest import Api
from tests.builders import annotate, make_articles, make_member, make_submitted
from tests.pages import Visitor


@pytest.mark.parametrize(
    ("openness", "before", "afterwards"),
    [(Openness.BLIND, 404, 404), (Openness.AFTER, 404, 200), (Openness.ALWAYS, 200, 200)],
)
def test_what_others_handed_in_is_read_only_as_the_project_says(
    project: Project, annotator: User, call: Api, openness: str, before: int, afterwards: int
) -> None:
    change_project(project=project, changes={"annotators_per_article": 3, "openness": openness})
    (article,) = make_articles(project, 1)
    first, working = make_member(project, name="first"), make_member(project, name="working")
    make_submitted(article, first)
    annotate(article, working)
    url = f"articles/{article.pk}/layers/"
    assert call(annotator, "GET", f"{url}user:first/").status == before
    make_submitted(article, annotator)
    assert call(annotator, "GET", f"{url}user:first/").status == afterwards
    assert call(annotator, "GET", f"{url}user:first/history/").status == afterwards
    assert call(annotator, "GET", f"{url}user:working/").status == 404
    listed = [row["author"] for row in call(annotator, "GET", url).body if row["author"].startswith("user:")]
    assert listed == (["user:first", "user:annotator"] if afterwards == 200 else ["user:annotator"])


def test_what_others_handed_in_opens_in_the_editor_to_be_read(
    project: Project, annotator: User, viewer: User, reviewer: User, call: Api
) -> None:
    change_project(project=project, changes={"annotators_per_article": 3, "openness": Openness.AFTER})
    (article,) = make_articles(project, 1)
    make_submitted(article, make_member(project, name="first"))
    data, page = f"articles/{article.pk}/editor/", f"/projects/{project.slug}/articles/{article.pk}/"
    others = f"{page}readings/first/"
    annotate(article, annotator)
    assert call(annotator, "GET", data).body["readings"] == []
    assert Visitor(annotator).get(others).status_code == 404
    assert call(annotator, "GET", f"{data}?reading=first").status == 404
    submit_article(article=article, by=annotator)
    assert [one["url"] for one in call(annotator, "GET", data).body["readings"]] == [others]
    boot = Visitor(annotator).get(others).context["bootstrap"]
    assert (boot["mode"], boot["layer"]["author"], boot["layer"]["editable"]) == ("read", "user:first", False)
    assert [one["label"] for one in boot["layer"]["spans"]] == ["PERSON"]
    assert (boot["own"], boot["urls"]["reopen"], boot["suggestions"]) == (page, "", [])
    assert call(annotator, "GET", f"{data}?reading=first").body["layer"]["author"] == "user:first"
    assert call(annotator, "GET", f"{data}?reading=nobody").status == 404
    assert len(call(viewer, "GET", data).body["readings"]) == 2
    assert call(reviewer, "GET", data).body["readings"] == []


def test_the_editor_offers_to_take_an_article_back_only_while_that_works(
    project: Project, annotator: User, reviewer: User, call: Api
) -> None:
    (article,) = make_articles(project, 1)
    make_submitted(article, annotator)
    data = f"articles/{article.pk}/editor/"
    boot = call(annotator, "GET", data).body
    assert boot["layer"]["locked_reason"] == "You submitted this article. Take it back to change it."
    assert boot["urls"]["reopen"]
    approve(article=article, by=reviewer)
    boot = call(annotator, "GET", data).body
    assert (
        boot["layer"]["locked_reason"] == "A reviewer has begun with this article. Ask them to send it back."
    )
    assert boot["urls"]["reopen"] == ""


def test_who_may_read_others_by_now_cannot_take_back_and_copy(project: Project, annotator: User) -> None:
    change_project(project=project, changes={"annotators_per_article": 3, "openness": Openness.AFTER})
    (article,) = make_articles(project, 1)
    make_submitted(article, annotator)
    reopen_own(article=article, by=annotator)
    make_submitted(article, make_member(project))
    submit_article(article=article, by=annotator)
    with pytest.raises(Refused, match="what others say"):
        reopen_own(article=article, by=annotator)
