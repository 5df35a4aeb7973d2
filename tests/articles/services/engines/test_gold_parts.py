from __future__ import annotations

import pytest

from annotator.lib.errors import Refused
from annotator.users.models import Project, User
from articles.domain.spans import Span
from articles.models import Article, GoldPart
from articles.queries.gold.approved import gold_articles, gold_digest, gold_spans, held_out, to_learn_from
from articles.services.articles import archive_article
from articles.services.edits import edit_gold_layer
from articles.services.engines.gold_parts import deal_gold
from articles.services.gold.approving import approve, send_back
from tests.at_once import at_once
from tests.builders import add_span, make_article, make_project, make_span
from tests.scenarios.training import gold, story


def parts() -> dict[int, bool]:
    return dict(GoldPart.objects.values_list("article_id", "held_out"))


def test_a_fifth_is_held_out(project: Project) -> None:
    gold(project, 30)
    deal_gold(project=project)
    assert 4 <= held_out(project).count() <= 9
    assert held_out(project).count() + to_learn_from(project).count() == 30


@pytest.mark.parametrize("count", [3, 4, 7, 10, 11])
def test_of_few_two_are_held_out_at_least(project: Project, count: int) -> None:
    gold(project, count)
    deal_gold(project=project)
    assert held_out(project).count() >= 2
    assert to_learn_from(project).exists()


def test_an_article_never_changes_sides(project: Project) -> None:
    gold(project, 12)
    deal_gold(project=project)
    before = parts()
    deal_gold(project=project)
    assert parts() == before
    gold(project, 40, first=100)
    deal_gold(project=project)
    assert {article: part for article, part in parts().items() if article in before} == before


def test_near_duplicates_never_stand_on_both_sides(project: Project) -> None:
    """Whether they come together, or one after the other, and whichever side the first is on."""
    made = gold(project, 15)
    deal_gold(project=project)
    for article in made:
        make_article(project, f"{article.text} It said so again.", spans=(make_span(0, 5),))
    gold(project, 5, first=50)
    new = [make_article(project, f"{story(50)} Once more, {n}.", spans=(make_span(0, 5),)) for n in range(3)]
    deal_gold(project=project)
    now = parts()
    for article in made:
        repeated = Article.objects.get(text=f"{article.text} It said so again.")
        assert now[repeated.pk] == now[article.pk]
    assert len({now[one.pk] for one in new}) == 1
    assert set(now.values()) == {True, False}


def test_what_joins_both_sides_is_learned_from(project: Project, reviewer: User) -> None:
    gold(project, 10)
    words = [str(number) for number in range(900)]
    one, other = (make_article(project, " ".join(part)) for part in (words[:600], words[300:]))
    for article, part in ((one, True), (other, False)):
        GoldPart.objects.create(article=article, held_out=part)
    bridge = make_article(project, " ".join(words))
    for article in (one, other, bridge):
        approve(article=article, by=reviewer)
    deal_gold(project=project)
    assert [parts()[article.pk] for article in (one, other, bridge)] == [False, False, False]
    assert held_out(project).count() >= 2


def test_what_a_reopened_article_nearly_repeats_keeps_its_side(project: Project, reviewer: User) -> None:
    gold(project, 10)
    deal_gold(project=project)
    for article in (held_out(project)[0], to_learn_from(project)[0]):
        side = parts()[article.pk]
        send_back(article=article, by=reviewer, comment="")
        archive_article(article=article)
        repeated = make_article(project, f"{article.text} And so on.", spans=(make_span(0, 5),))
        deal_gold(project=project)
        assert parts()[repeated.pk] == side


def test_gold_that_is_all_alike_cannot_be_held_out(project: Project) -> None:
    for number in range(12):
        make_article(project, f"{story(1)} {number}", spans=(make_span(0, 5),))
    with pytest.raises(Refused, match="that differ"):
        deal_gold(project=project)
    assert parts() == {}


def test_projects_do_not_mix(project: Project) -> None:
    gold(project, 10)
    other = make_project()
    gold(other, 10)
    deal_gold(project=project)
    assert not to_learn_from(other).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_deal_at_once_deal_the_same() -> None:
    project = make_project()
    gold(project, 12)
    at_once(3, lambda _: deal_gold(project=project))
    assert len(parts()) == 12


def test_gold_is_what_is_approved_and_not_archived(project: Project, reviewer: User) -> None:
    first, second, third = gold(project, 3)
    make_article(project)
    send_back(article=first, by=reviewer, comment="")
    archive_article(article=second)
    assert list(gold_articles(project)) == [third]


def test_spans_of_labels_that_are_used_no_more_are_left_out(project: Project) -> None:
    (article,) = gold(project, 1)
    assert [one.label for one in gold_spans([article], frozenset({"PERSON", "GPE"}))[article.pk]] == [
        "PERSON",
        "GPE",
    ]
    assert [one.label for one in gold_spans([article], frozenset({"GPE"}))[article.pk]] == ["GPE"]


def test_pieces_come_along(project: Project) -> None:
    torn = Span(make_span().id, 0, 9, "PERSON", ((0, 2), (5, 9)))
    article = make_article(project, story(3), spans=(torn,))
    (span,) = gold_spans([article], frozenset({"PERSON"}))[article.pk]
    assert (span.start, span.end, span.fragments) == (torn.start, torn.end, torn.fragments)


def test_the_digest_tells_when_gold_has_changed(project: Project, reviewer: User) -> None:
    article, *_ = gold(project, 3)
    before = gold_digest(project)
    assert gold_digest(project) == before
    send_back(article=article, by=reviewer, comment="")
    assert gold_digest(project) != before
    approve(article=article, by=reviewer)
    assert gold_digest(project) == before
    send_back(article=article, by=reviewer, comment="")
    edit_gold_layer(article=article, by=reviewer, edits=[add_span(0, 3, "ORG")])
    approve(article=article, by=reviewer)
    assert gold_digest(project) != before
