from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.gold.disagreements import Reading
from articles.domain.grading import Answer, Fault, differences, grade
from articles.domain.measures.f_measure import Mention
from articles.domain.spans import Relation
from tests.builders import make_span

BERGEN: Mention = (0, 6, "GPE", ())
MARA: Mention = (25, 39, "PERSON", ())

MENTIONS = st.frozensets(
    st.tuples(st.integers(0, 9), st.integers(10, 20), st.sampled_from("AB"), st.just(())), max_size=6
)


def test_a_score_counts_bounds_labels_and_article_labels() -> None:
    gold = Answer(frozenset({BERGEN, MARA}), frozenset({"shipping"}))
    found = grade(gold, Answer(frozenset({(30, 39, "PERSON", ()), BERGEN}), frozenset()))
    assert (found.exact, found.overlap, found.labels) == (0.5, 1.0, 0.0)


def test_relations_and_attributes_count_between_entities_that_were_found() -> None:
    oslo: Mention = (60, 64, "GPE", ())
    near: Mention = (30, 39, "PERSON", ())
    said = frozenset({("role", "'mayor'"), ("alive", "True")})
    both = frozenset({("IN", MARA, BERGEN), ("IN", MARA, oslo)})
    gold = Answer(frozenset({BERGEN, MARA, oslo}), links=both, attributes={MARA: said})
    told = frozenset({("role", "'mayor'"), ("alive", "False")})
    one = frozenset({("IN", near, BERGEN)})
    found = grade(gold, Answer(frozenset({BERGEN, near}), links=one, attributes={near: told}))
    assert found.relations == pytest.approx(2 / 3)
    assert found.attributes == 0.5
    assert grade(gold, gold).relations == grade(gold, gold).attributes == 1
    assert grade(gold, Answer()).relations == 0
    bare = grade(Answer(frozenset({MARA})), Answer())
    assert (bare.relations, bare.attributes) == (None, None)


def test_how_a_chain_is_linked_does_not_matter() -> None:
    spans = [make_span(start, start + 2) for start in (0, 10, 20)]
    a, b, c = (one.id for one in spans)

    def answer(*links: tuple[UUID, UUID]) -> Answer:
        relations = [Relation(uuid4(), "SAME", *link) for link in links]
        reading = Reading({one.id: one for one in spans}, {one.id: one for one in relations})
        return Answer.of(reading, {"SAME"})

    assert answer((a, b), (a, c)) == answer((c, b), (b, a))
    assert grade(answer((a, b), (b, c)), answer((a, b))).relations == pytest.approx(2 / 3)


def test_every_fault_has_its_name() -> None:
    given_ = {(0, 6, "ORG", ()), (30, 39, "PERSON", ()), (50, 55, "ORG", ())}
    found = differences({BERGEN, MARA, (60, 66, "GPE", ())}, given_)
    assert [one.fault for one in found] == [Fault.LABEL, Fault.BOUNDARY, Fault.EXTRA, Fault.MISSED]
    assert found[1].bounds == (25, 39)


@given(MENTIONS, MENTIONS)
def test_exact_is_never_above_overlap_and_only_the_same_is_right(
    gold: frozenset[Mention], answer: frozenset[Mention]
) -> None:
    found = grade(Answer(gold), Answer(answer))
    assert 0 <= found.exact <= found.overlap <= 1
    assert (found.exact == 1) == (gold == answer) == (not differences(gold, answer))
