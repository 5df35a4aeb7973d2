from __future__ import annotations

from articles.domain.assignments.draws import is_drawn


def test_a_lot_takes_its_share_of_articles_and_of_people() -> None:
    by_article = sum(is_drawn(10, article, 7) for article in range(10_000))
    by_person = sum(is_drawn(10, 7, user) for user in range(10_000))
    assert 900 < by_article < 1_100
    assert 900 < by_person < 1_100


def test_none_and_all_are_certain_and_a_larger_share_takes_what_a_smaller_one_takes() -> None:
    assert not any(is_drawn(0, one) for one in range(500))
    assert all(is_drawn(100, one) for one in range(500))
    assert all(is_drawn(20, one) for one in range(500) if is_drawn(10, one))
