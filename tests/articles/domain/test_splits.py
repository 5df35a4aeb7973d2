from __future__ import annotations

import random
from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.splits import Item, assign_parts

SHARES = {"train": 0.8, "dev": 0.1, "test": 0.1}
labels = st.dictionaries(st.sampled_from(["PERSON", "ORG", "GPE", "LAW"]), st.integers(1, 60))


@st.composite
def articles(draw: st.DrawFn, max_size: int = 60) -> list[Item]:
    count = draw(st.integers(0, max_size))
    return [
        Item(
            number,
            group=draw(st.integers(1, number)) if draw(st.booleans()) else number,
            source=draw(st.sampled_from(["", "Northline", "Steppe Herald", "Fjord Post"])),
            labels=draw(labels),
        )
        for number in range(1, count + 1)
    ]


def corpus(count: int, seed: int = 1) -> list[Item]:
    """From fifty sources; two in ten repeat an earlier one of theirs, and LAW is rare."""
    chance = random.Random(seed)
    items = []
    for number in range(1, count + 1):
        group = chance.randrange(number % 50, number, 50) if number > 50 and chance.random() < 0.2 else number
        spans = {"PERSON": chance.randint(0, 20), "ORG": chance.randint(0, 9)}
        rare = {"LAW": 1} if chance.random() < 0.02 else {}
        items.append(Item(number, group or number, f"source {number % 50}", spans | rare))
    return items


def groups_of(items: list[Item], *, sources: bool = False) -> list[set[int]]:
    """Which ids belong together, found slowly: whoever shares a group or a source, again and again."""
    groups = [{item.id, item.group} for item in items]
    if sources:
        by_source = defaultdict[str, set[int]](set)
        for item in items:
            by_source[item.source].add(item.id)
        groups += [ids for source, ids in by_source.items() if source]
    merged: list[set[int]] = []
    for group in groups:
        touching = [one for one in merged if one & group]
        merged = [one for one in merged if not one & group] + [group.union(*touching)]
    ids = {item.id for item in items}
    return [group & ids for group in merged]


@given(articles(), st.integers(0, 10**9), st.booleans())
def test_every_article_has_a_part_and_no_group_is_torn(items: list[Item], seed: int, sources: bool) -> None:
    parts = assign_parts(items, SHARES, seed, keep_sources=sources)
    assert parts.keys() == {item.id for item in items}
    for group in groups_of(items, sources=sources):
        assert len({parts[one] for one in group}) == 1


@given(articles(), st.integers(0, 10**9), st.randoms(use_true_random=False))
def test_the_order_of_articles_and_of_shares_does_not_matter(
    items: list[Item], seed: int, chance: random.Random
) -> None:
    shuffled = chance.sample(items, len(items))
    assert assign_parts(shuffled, dict(reversed(SHARES.items())), seed) == assign_parts(items, SHARES, seed)


@given(articles(), st.integers(0, 10**9))
def test_no_part_is_empty_when_there_are_groups_enough(items: list[Item], seed: int) -> None:
    parts = assign_parts(items, SHARES, seed)
    assert len(set(parts.values())) == min(3, len(groups_of(items)))


@given(articles(), st.integers(0, 10**9), st.integers(0, 60))
def test_what_has_a_part_keeps_it_and_what_belongs_with_it_follows(
    items: list[Item], seed: int, count: int
) -> None:
    earlier = assign_parts(items[:count], SHARES, seed)
    parts = assign_parts(items, SHARES, seed + 1, earlier=earlier)
    assert {one: parts[one] for one in earlier} == earlier
    for group in groups_of(items):
        before = {earlier[one] for one in group if one in earlier}
        after = {parts[one] for one in group}
        assert after == before or (not before and len(after) == 1)


def test_another_seed_is_another_split() -> None:
    items = corpus(500)
    assert assign_parts(items, SHARES, 1) != assign_parts(items, SHARES, 2)
    assert assign_parts(items, SHARES, 1) == assign_parts(items, SHARES, 1)


@pytest.mark.parametrize("sources", [False, True])
def test_every_part_has_its_share_of_articles_and_of_every_label(sources: bool) -> None:
    items = corpus(3000)
    parts = assign_parts(items, SHARES, 7, keep_sources=sources)
    spans, total = Counter[tuple[str, str]](), Counter[str]()
    for item in items:
        for label, count in item.labels.items():
            spans[parts[item.id], label] += count
            total[label] += count
    size = Counter(parts.values())
    for part, share in SHARES.items():
        assert size[part] / len(items) == pytest.approx(share, abs=0.03)
        for label in total:
            assert spans[part, label] / total[label] == pytest.approx(share, abs=0.03)


def test_a_rare_label_is_in_every_part() -> None:
    rare = {3: {"LAW": 1}, 400: {"LAW": 1}, 900: {"LAW": 1}}
    for seed in range(20):
        items = [Item(one, one, labels={"ORG": 5} | rare.get(one, {})) for one in range(1000)]
        parts = assign_parts(items, {"train": 1, "dev": 1, "test": 1}, seed)
        assert {parts[one] for one in rare} == {"train", "dev", "test"}


def test_adding_articles_keeps_the_shares() -> None:
    items = corpus(2000)
    earlier = assign_parts(items[:1000], SHARES, 1)
    parts = assign_parts(items, SHARES, 1, earlier=earlier)
    size = Counter(parts.values())
    assert all(size[part] / 2000 == pytest.approx(share, abs=0.02) for part, share in SHARES.items())


def test_a_twin_of_a_test_article_that_is_no_longer_there_is_tested_too() -> None:
    items = [Item(number, number) for number in range(20, 60)] + [Item(99, group=7)]
    assert assign_parts(items, SHARES, 1, earlier={7: "test"})[99] == "test"


def test_a_group_that_was_torn_apart_before_it_was_known_stays_where_it_is() -> None:
    items = [Item(1, 1), Item(2, 1), Item(3, 1), Item(4, 1)]
    earlier = {1: "train", 2: "test", 3: "test"}
    assert assign_parts(items, SHARES, 1, earlier=earlier) == {**earlier, 4: "test"}


@pytest.mark.parametrize(
    "shares", [{}, {"train": 0.0, "test": 1.0}, {"train": -1.0}, {"train": float("nan")}]
)
def test_a_part_without_a_share_is_refused(shares: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="a share greater than 0"):
        assign_parts([Item(1, 1)], shares, 1)


def test_a_part_that_is_gone_is_named() -> None:
    with pytest.raises(ValueError, match="the part 'dev', which this one lacks"):
        assign_parts([Item(1, 1)], {"train": 1.0}, 1, earlier={1: "dev"})
