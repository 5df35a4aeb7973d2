from __future__ import annotations

from datetime import date

from pytest_django import DjangoAssertNumQueries

from annotator.users.models import Project, User
from articles.models import Article, Rank
from articles.services.assignments.claiming import flag_article
from articles.services.gold.approving import approve
from articles.views import articles as view
from tests.builders import make_article, make_articles, make_submitted
from tests.pages import Visitor, words


def _path(project: Project) -> str:
    return f"/projects/{project.slug}/articles/"


def test_every_member_sees_the_list(
    project: Project, annotator: User, reviewer: User, viewer: User, manager: User, stranger: User
) -> None:
    make_article(
        project, title="Fourteen ships", published_on=date(2026, 2, 11), source="Northline", language="en"
    )
    for user in (annotator, reviewer, viewer, manager):
        page = words(Visitor(user).get(_path(project)))
        assert "Fourteen ships" in page
        assert "11 Feb 2026" in page
        assert "Northline" in page
    assert Visitor(stranger).get(_path(project)).status_code == 404
    assert Visitor().get(_path(project)).status_code == 302


def test_a_row_opens_the_review_for_those_who_review(
    project: Project, annotator: User, reviewer: User
) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    editor = f'href="{_path(project)}{article.pk}/"'
    review = f'href="{_path(project)}{article.pk}/review/"'
    assert review in words(Visitor(reviewer).get(_path(project)))
    assert editor in words(Visitor(annotator).get(_path(project)))
    approve(article=article, by=reviewer)
    assert review in words(Visitor(reviewer).get(_path(project)))


def test_managers_see_who_has_an_article_and_those_who_judge_it_do_not(
    project: Project, annotator: User, reviewer: User, manager: User
) -> None:
    article = make_article(project)
    flag_article(article=article, user=annotator, flagged=True)
    assert f"{annotator.name} (not sure)" in words(Visitor(manager).get(_path(project)))
    assert "(not sure)" not in words(Visitor(reviewer).get(_path(project)))


def test_search_and_filters_narrow(project: Project, viewer: User) -> None:
    make_article(project, text="Wheat prices rose in Kostanay.", title="Wheat", language="en")
    make_article(project, text="The bank kept its rate.", title="Bank", language="kk")
    visitor = Visitor(viewer)
    by_word = words(visitor.get(_path(project), q="kostan"))
    assert ">Wheat</a>" in by_word
    assert ">Bank</a>" not in by_word
    assert ">Wheat</a>" in words(visitor.get(_path(project), q='"stana"'))
    by_language = words(visitor.get(_path(project), language="kk"))
    assert ">Bank</a>" in by_language
    assert ">Wheat</a>" not in by_language
    assert "No article fits" in words(visitor.get(_path(project), q="zebra"))


def test_an_unusable_filter_is_named(project: Project, viewer: User) -> None:
    make_article(project)
    for query in ({"published_after": "soon"}, {"status": "x"}, {"ordering": "text"}, {"q": "x" * 300}):
        answer = Visitor(viewer).get(_path(project), **query)
        assert answer.status_code == 400
        assert "notice bad" in words(answer)
    damaged = Visitor(viewer).get(_path(project), cursor="!!")
    assert damaged.status_code == 400
    assert "page link is damaged" in words(damaged)


def test_pages_go_forth_and_back(project: Project, viewer: User) -> None:
    articles = make_articles(project, view.PAGE_SIZE + 1, title="News")
    visitor = Visitor(viewer)
    first = visitor.get(_path(project), q="ships").context["page"]
    assert len(first.rows) == view.PAGE_SIZE
    assert first.previous is None
    second = visitor.get(_path(project), q="ships", cursor=first.next)
    assert list(second.context["page"].rows) == articles[-1:]
    assert f"?q=ships&amp;cursor={second.context['page'].previous}" in words(second)
    back = visitor.get(_path(project), q="ships", cursor=second.context["page"].previous)
    assert list(back.context["page"].rows) == articles[:-1]


def test_fifty_rows_need_as_many_queries_as_ten(
    project: Project, viewer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visitor = Visitor(viewer)
    make_articles(project, 10)
    visitor.get(_path(project))
    with django_assert_num_queries(13):
        assert len(visitor.get(_path(project)).context["page"].rows) == 10
    make_articles(project, 60)
    with django_assert_num_queries(13):
        assert len(visitor.get(_path(project)).context["page"].rows) == view.PAGE_SIZE


def test_an_empty_list_says_what_to_do(project: Project, manager: User, viewer: User) -> None:
    assert "Import articles" in words(Visitor(manager).get(_path(project)))
    empty = words(Visitor(viewer).get(_path(project)))
    assert "No articles yet" in empty
    assert "Import articles" not in empty


def test_titles_are_escaped(project: Project, viewer: User) -> None:
    make_article(project, title="<b>Bold</b>")
    assert "&lt;b&gt;Bold" in words(Visitor(viewer).get(_path(project)))
    assert Article.objects.get().title == "<b>Bold</b>"


def test_a_manager_gives_what_was_found_a_priority(project: Project, manager: User, annotator: User) -> None:
    make_article(project, "Herring were few in the fjord this spring.")
    found = make_article(project, "The library stays open all night.")
    page = words(Visitor(manager).get(_path(project), q="library"))
    assert f'action="{_path(project)}priority/?q=library"' in page
    assert "Priority of" not in words(Visitor(annotator).get(_path(project)))
    done = Visitor(manager).post(f"{_path(project)}priority/?q=library", priority=5, follow=True)
    assert "1 article: priority 5. It counts once the project" in words(done)
    assert list(Rank.objects.values_list("article", "priority")) == [(found.pk, 5)]
    refused = Visitor(manager).post(f"{_path(project)}priority/?q=library", priority="high", follow=True)
    assert "priority: Enter a whole number." in words(refused)
