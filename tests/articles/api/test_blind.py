"""The blind control: a share of articles is given without suggestions."""

from __future__ import annotations

from uuid import uuid4

import pytest

from annotator.users.models import Project, User
from articles.models import Article, Assignment, Layer, Span
from articles.queries.suggestions.blind import is_drawn_blind
from articles.services.assignments.claiming import (
    claim_article,
    claim_next,
    reopen_own,
    skip_article,
    submit_article,
)
from articles.services.assignments.handouts import give_articles
from articles.services.gold.approving import approve
from articles.services.projects.managing import change_project
from tests.articles.api.conftest import Api
from tests.builders import annotate, make_articles


@pytest.fixture
def articles(project: Project) -> list[Article]:
    """Forty articles with a suggestion each; half of them are given blind."""
    change_project(project=project, changes={"blind_share": 50})
    made = make_articles(project, 40)
    engine = project.engines.get(name="newswire")
    for article in made:
        layer = Layer.objects.create(article=article, kind=Layer.Kind.ENGINE, engine=engine)
        Span.objects.create(id=uuid4(), layer=layer, start=25, end=39, label="PERSON")
    return made


def one_of(articles: list[Article], user: User, *, blind: bool) -> Article:
    return next(one for one in articles if is_drawn_blind(one.project, one.pk, user) is blind)


def suggestions(article: Article, user: User, call: Api) -> list[object]:
    return list(call(user, "GET", f"articles/{article.pk}/editor/").body["suggestions"])


def engines_seen(article: Article, user: User, call: Api) -> list[str]:
    rows = call(user, "GET", f"articles/{article.pk}/layers/").body
    return [row["author"] for row in rows if row["author"].startswith("engine:")]


def test_however_an_article_is_given_the_same_are_given_blind(
    articles: list[Article], project: Project, annotator: User, manager: User
) -> None:
    claim_article(article=articles[0], user=annotator)
    skip_article(article=articles[1], user=annotator, reason="Not for me.")
    give_articles(
        project=project,
        articles=[one.pk for one in articles[2:20]],
        weights={"annotator": 1},
        each=1,
        due_on=None,
        by=manager,
    )
    for article in articles[2:20]:
        submit_article(article=article, by=annotator)
    submit_article(article=articles[0], by=annotator)
    assert claim_next(project=project, user=annotator) == articles[20]
    given = dict(Assignment.objects.values_list("article", "blind"))
    assert given == {one.pk: is_drawn_blind(project, one.pk, annotator) for one in articles[:21]}
    assert len(set(given.values())) == 2


def test_no_article_is_blind_where_no_engine_suggests_anything(
    articles: list[Article], project: Project, annotator: User
) -> None:
    project.engines.update(enabled=False)
    project.engines.create(name="theirs", kind="imported", enabled=True)
    assert not any(is_drawn_blind(project, one.pk, annotator) for one in articles)


def test_who_works_blind_sees_no_suggestion_until_it_is_gold(
    articles: list[Article], annotator: User, manager: User, call: Api
) -> None:
    article = one_of(articles, annotator, blind=True)
    for _ in ("before the first edit", "after it"):
        body = call(annotator, "GET", f"articles/{article.pk}/editor/").body
        assert body["suggestions"] == []
        assert "without suggestions: one in 2 does" in body["about_suggestions"]
        assert engines_seen(article, annotator, call) == []
        assert call(annotator, "GET", f"articles/{article.pk}/layers/engine:newswire/").status == 404
        annotate(article, annotator)
    submit_article(article=article, by=annotator)
    assert engines_seen(article, annotator, call) == []
    assert suggestions(article, annotator, call) == []
    reopen_own(article=article, by=annotator)
    submit_article(article=article, by=annotator)
    approve(article=article, by=manager)
    assert engines_seen(article, annotator, call) == ["engine:newswire"]
    assert call(annotator, "GET", f"articles/{article.pk}/layers/engine:newswire/").status == 200


def test_other_articles_and_other_people_have_theirs(
    articles: list[Article], annotator: User, viewer: User, reviewer: User, call: Api
) -> None:
    helped = one_of(articles, annotator, blind=False)
    body = call(annotator, "GET", f"articles/{helped.pk}/editor/").body
    assert (len(body["suggestions"]), body["about_suggestions"]) == (1, "")
    article = one_of(articles, annotator, blind=True)
    annotate(article, annotator)
    assert engines_seen(article, reviewer, call) == ["engine:newswire"]
    assert len(suggestions(article, viewer, call)) == 1


def test_who_was_given_an_article_blind_stays_so_when_the_share_changes(
    articles: list[Article], project: Project, annotator: User, call: Api
) -> None:
    article = one_of(articles, annotator, blind=True)
    claim_article(article=article, user=annotator)
    change_project(project=project, changes={"blind_share": 0})
    assert suggestions(article, annotator, call) == []


def test_a_search_for_a_label_says_nothing_of_articles_given_blind(
    articles: list[Article], project: Project, annotator: User, reviewer: User, call: Api
) -> None:
    blind = one_of(articles, annotator, blind=True)
    claim_article(article=blind, user=annotator)
    path = f"projects/{project.slug}/articles/?label=PERSON&page_size=100"
    found = {row["id"] for row in call(annotator, "GET", path).body["results"]}
    assert found == {one.pk for one in articles if not is_drawn_blind(project, one.pk, annotator)}
    assert len(call(reviewer, "GET", path).body["results"]) == 40
    submit_article(article=blind, by=annotator)
    assert len(call(annotator, "GET", path).body["results"]) == len(found)
    approve(article=blind, by=reviewer)
    assert len(call(annotator, "GET", path).body["results"]) == len(found) + 1


def test_managers_set_the_share(project: Project, manager: User, call: Api) -> None:
    path = f"projects/{project.slug}/"
    assert call(manager, "PATCH", path, {"blind_share": 25}).body["blind_share"] == 25
    for wrong in (51, -1, "many"):
        assert call(manager, "PATCH", path, {"blind_share": wrong}).status == 400
