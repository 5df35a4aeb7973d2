from __future__ import annotations

from annotator.users.models import Project, User
from articles.models import Rank
from tests.articles.api.conftest import Api
from tests.builders import make_article, make_articles, make_project


def test_a_manager_says_what_comes_first(project: Project, manager: User, annotator: User, call: Api) -> None:
    _, second = make_articles(project, 2)
    assert call(manager, "PATCH", f"projects/{project.slug}/", {"queue_order": "priority"}).status == 200
    url = f"projects/{project.slug}/priorities/"
    answer = call(manager, "POST", url, {"priority": 7, "articles": [second.pk]})
    assert (answer.status, answer.body) == (200, {"articles": 1})
    assert call(annotator, "POST", f"projects/{project.slug}/next/").body["id"] == second.pk


def test_a_filter_says_which_articles(project: Project, manager: User, call: Api) -> None:
    make_article(project, "Herring were few in the fjord this spring.")
    other = make_article(project, "The library stays open all night.")
    url = f"projects/{project.slug}/priorities/"
    assert call(manager, "POST", url, {"priority": -2, "filter": {"q": "library"}}).body == {"articles": 1}
    assert list(Rank.objects.values_list("article", "priority")) == [(other.pk, -2)]


def test_nonsense_is_refused_and_nothing_is_done(project: Project, manager: User, call: Api) -> None:
    article, elsewhere = make_article(project), make_article(make_project())
    url = f"projects/{project.slug}/priorities/"
    for body in (
        {"priority": 70_000},
        {"priority": "soon"},
        {},
        {"priority": 1, "articles": [article.pk, elsewhere.pk]},
        {"priority": 1, "filter": {"status": "odd"}},
    ):
        assert call(manager, "POST", url, body).status == 400
    assert call(manager, "PATCH", f"projects/{project.slug}/", {"queue_order": "alphabet"}).status == 400
    assert not Rank.objects.exists()
