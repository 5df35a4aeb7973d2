"""Finding articles by what stands in them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator.lib.plans import planned_without
from annotator.users.models import Project
from articles.models import Article, SearchedText
from articles.queries.articles import matching
from articles.services.articles import change_metadata
from tests.builders import make_article, make_articles, make_project

TEXTS = {
    "press": "Northline Press said on Monday that 14 ships sailed (see O'Brien's re-count).",
    "chinese": "總統府發言人今天說,台灣「不會」讓步。2024年5月20日",
    "thai": "นายกรัฐมนตรีกล่าวว่า ประเทศไทยพร้อม",
    "money": "It cost $3.5m, or 12½ per cent, at www.example.com/news by noon_time.",
    "kazakh": "Қазақстан Президенті Қасым-Жомарт Тоқаев кеше мәлімдеді.",
}


@pytest.fixture
def articles(project: Project) -> Project:
    for name, text in TEXTS.items():
        make_article(project, text, title=name)
    return project


def found(project: Project, q: str) -> set[str]:
    return set(matching(Article.objects.of(project), q).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ('"Press said"', {"press"}),
        ('"press SAID"', {"press"}),
        ('"ress sai"', {"press"}),
        ('"said Press"', set()),
        ('"Press on"', set()),
        ('"Press  said"', set()),
        ('"hip"', {"press"}),
        ("\"O'Brien's re-count\"", {"press"}),
        ('"that 14 ships"', {"press"}),
        ('"cost $3.5m, or"', {"money"}),
        ('"or 12½ per"', {"money"}),
        ('"%"', set()),
        ('"noon_"', {"money"}),
        ('"at www"', {"money"}),
        ('"noon_time"', {"money"}),
        ('"Тоқаев кеше"', {"kazakh"}),
        ("тоқаев прези", {"kazakh"}),
        ("發言人", {"chinese"}),
        ('"發言人"', {"chinese"}),
        ("「不會」", {"chinese"}),
        ("府發言", {"chinese"}),
        ("說,台", {"chinese"}),
        ("人發", set()),
        ("ประเทศ", {"thai"}),
        ("press sail", {"press"}),
        ("sail press", set()),
    ],
)
def test_words_phrases_and_scripts_without_spaces(articles: Project, q: str, names: set[str]) -> None:
    assert found(articles, q) == names


def test_a_new_title_is_found_and_the_old_one_no_more(project: Project) -> None:
    article = make_article(project, "Herring were few this spring.", title="The fjord")
    change_metadata(article=article, changes={"title": "Empty nets"})
    assert found(project, "nets herring") == {"Empty nets"}
    assert found(project, "fjord") == set()


def test_what_is_searched_goes_with_its_article(project: Project) -> None:
    article, other = make_articles(project, 2)
    Article.objects.filter(pk=article.pk)._raw_delete("default")
    assert list(SearchedText.objects.values_list("pk", flat=True)) == [other.pk]


def test_a_phrase_is_found_wherever_it_stands(project: Project) -> None:
    # What is between angle brackets PostgreSQL takes for a tag, which it does not index.
    signs = st.sampled_from(
        [*"ab Aé1٣½-'.,:/@_%\\\"&;½²Ⅷßıй\u0301\u2019", " ", "  ", "www.", "http", "e5", "&amp;"]
    )

    @settings(max_examples=150, deadline=None)
    @given(st.lists(signs, min_size=1, max_size=20).map("".join).filter(str.strip), st.data())
    @example("a ½ b", None)
    def check(text: str, data: Any) -> None:
        start = data.draw(st.integers(0, len(text) - 1)) if data else 0
        end = data.draw(st.integers(start + 1, len(text))) if data else len(text)
        phrase = text[start:end].strip().strip('"')
        with transaction.atomic():
            article = make_article(project, text)
            if len(phrase.strip()) and phrase == phrase.strip():
                hits = matching(Article.objects.of(project), f'"{phrase}"')
                assert list(hits.values_list("pk", flat=True)) == [article.pk]
            transaction.set_rollback(True)

    check()


def plan_of(rows: QuerySet[Article]) -> str:
    """As it is where there are many articles: of a few, all are read."""
    with planned_without("seqscan", "indexscan"):
        return rows.order_by().explain()


@pytest.mark.parametrize(
    ("q", "index"),
    [
        ("harbour", "searched_words"),
        ('"Press said"', "searched_words"),
        ('"ress said on"', "searched_words"),
        ("發言人", "searched_trigrams"),
        ('"發言人"', "searched_trigrams"),
        ("ประเทศ", "searched_trigrams"),
    ],
)
def test_an_index_narrows_the_search(project: Project, q: str, index: str) -> None:
    make_articles(project, 20)
    assert index in plan_of(matching(Article.objects.all(), q))


@pytest.mark.parametrize("few", [0, 1, 9])
def test_rare_words_are_found_by_the_index_alone_where_there_are_many_articles(
    project: Project, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("articles.queries.articles.MANY", -2)
    monkeypatch.setattr("articles.queries.articles.FEW", few)
    monkeypatch.setattr("articles.queries.articles._expected", lambda *_: -1)
    make_article(project, "Herring were few in the fjord this spring.", title="fjord")
    make_article(project, "The library stays open all night.", title="night")
    make_article(make_project(), "Herring of another project.")
    assert found(project, "herr") == {"fjord"}
    assert found(project, "herring library") == set()
