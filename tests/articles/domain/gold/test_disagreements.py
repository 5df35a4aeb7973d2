from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from annotator.schemas.definition import ArticleLabel, Attribute, Definition, Label, Overlap, RelationType
from articles.domain.gold.disagreements import (
    Disagreements,
    Item,
    Kind,
    Reading,
    Said,
    disagreements,
    majority,
)
from articles.domain.gold.drafting import agreed_state, settle_by_majority
from articles.domain.gold.entities import aligned
from articles.domain.gold.settling import NOTHING, edits_to_settle
from articles.domain.layers.state import LayerState
from articles.domain.spans import Relation, Span

LABELS = ("PERSON", "ORG", "GPE")
LENGTH = 60


def make_definition(**overlap: bool) -> Definition:
    relations = (RelationType("WORKS_FOR"), RelationType("OWNS"), RelationType("COREF", chain=True))
    labels = tuple(Label(name, number) for number, name in enumerate(LABELS))
    article_labels = (ArticleLabel("sport"), ArticleLabel("trade"))
    return Definition(labels, relations, (Attribute("sure"),), article_labels, Overlap(**overlap))


LOOSE = make_definition(nested=True, crossing=True, equal=True)
FLAT = make_definition(nested=False, crossing=False, equal=False)


def span(start: int, end: int, label: str = "PERSON", **attributes: object) -> Span:
    return Span(uuid4(), start, end, label, (), attributes)


def reading(*spans: Span, links: Iterable[tuple[str, Span, Span]] = (), labels: str = "") -> Reading:
    relations = [Relation(uuid4(), type_, a.id, b.id) for type_, a, b in links]
    return Reading(
        {one.id: one for one in spans}, {one.id: one for one in relations}, frozenset(labels.split())
    )


def kinds(*readings: Reading, definition: Definition = LOOSE) -> list[tuple[Kind, int | None, int | None]]:
    return [(item.kind, item.start, item.end) for item in disagreements(readings, definition).items]


def test_who_says_the_same_has_nothing_to_settle() -> None:
    assert kinds(reading(span(0, 4), labels="sport"), reading(span(0, 4), labels="sport")) == []


def test_each_difference_is_of_its_kind() -> None:
    one = reading(span(0, 4, "PERSON"), span(10, 20, "ORG"), span(30, 34, "GPE"), labels="sport")
    other = reading(span(0, 4, "ORG"), span(10, 15, "ORG"), labels="sport trade")
    assert kinds(one, other) == [
        (Kind.LABEL, 0, 4),
        (Kind.BOUNDARY, 10, 20),
        (Kind.MISSING, 30, 34),
        (Kind.ARTICLE_LABEL, None, None),
    ]


def test_a_nested_span_is_a_question_of_its_own() -> None:
    bank, whole = span(0, 14, "ORG"), reading(span(0, 14, "ORG"), span(8, 14, "GPE"))
    assert kinds(reading(bank), whole) == [(Kind.MISSING, 8, 14)]


def test_where_spans_may_not_nest_one_for_two_is_one_question() -> None:
    one, two = reading(span(0, 14, "ORG")), reading(span(0, 4, "ORG"), span(8, 14, "GPE"))
    (item,) = disagreements([one, two], FLAT).items
    assert (item.kind, [len(said.spans) for said in item.said]) == (Kind.BOUNDARY, [1, 2])


def test_an_attribute_is_a_question_where_the_span_is_none() -> None:
    found = disagreements([reading(span(0, 4, sure="yes")), reading(span(0, 4))], LOOSE)
    (item,) = found.items
    assert (item.kind, item.name, [said.value for said in item.said]) == (
        Kind.ATTRIBUTE,
        "sure",
        ["yes", None],
    )


def test_relations_are_compared_through_what_their_ends_mean() -> None:
    mara, press = span(0, 4), span(10, 20, "ORG")
    shorter, there = span(0, 4), span(10, 15, "ORG")
    one = reading(mara, press, links=[("WORKS_FOR", mara, press)])
    same = reading(shorter, there, links=[("WORKS_FOR", shorter, there)])
    assert kinds(one, same) == [(Kind.BOUNDARY, 10, 20)]
    turned = reading(shorter, there, links=[("OWNS", there, shorter)])
    assert kinds(one, turned) == [(Kind.BOUNDARY, 10, 20), (Kind.RELATION, 0, 20)]


def test_chains_are_compared_as_sets() -> None:
    a, b, c = span(0, 2), span(10, 12), span(20, 22)
    x, y, z = span(0, 2), span(10, 12), span(20, 22)
    one = reading(a, b, c, links=[("COREF", a, b), ("COREF", b, c)])
    same = reading(x, y, z, links=[("COREF", z, x), ("COREF", x, y)])
    assert kinds(one, same) == []
    part = reading(x, y, z, links=[("COREF", x, y)])
    (item,) = disagreements([one, part], LOOSE).items
    assert (item.kind, [said.chains for said in item.said]) == (Kind.CHAIN, [((0, 1, 2),), ((0, 1),)])


def settled(found: Disagreements, item: Item, said: Said, gold: LayerState) -> LayerState:
    for edit in edits_to_settle(item, said, found, gold):
        gold.apply(edit)
    return gold


def draft(found: Disagreements, definition: Definition = LOOSE) -> LayerState:
    return agreed_state(found, LayerState(LENGTH, definition))


def places(gold: LayerState) -> set[tuple[int, int, str]]:
    return {(one.start, one.end, one.label) for one in gold.spans.values()}


def test_a_relation_that_all_agree_on_comes_with_the_end_it_waited_for() -> None:
    mara, press, shorter, there = span(0, 4), span(10, 20, "ORG"), span(0, 4), span(10, 15, "ORG")
    one = reading(mara, press, links=[("WORKS_FOR", mara, press)])
    other = reading(shorter, there, links=[("WORKS_FOR", shorter, there)])
    found = disagreements([one, other], LOOSE)
    gold = draft(found)
    assert places(gold) == {(0, 4, "PERSON")}
    settled(found, found.items[0], found.items[0].said[1], gold)
    (relation,) = gold.relations.values()
    assert gold.spans[relation.target].end == 15


def test_another_choice_keeps_the_span_and_what_is_linked_to_it() -> None:
    mara, press, shorter, there = span(0, 4), span(10, 20, "ORG"), span(0, 4), span(10, 15, "ORG")
    one = reading(mara, press, links=[("WORKS_FOR", mara, press)])
    other = reading(shorter, there, links=[("WORKS_FOR", shorter, there)])
    found = disagreements([one, other], LOOSE)
    (item,) = found.items
    gold = settled(found, item, item.said[1], draft(found))
    before = gold.relations
    settled(found, item, item.said[0], gold)
    assert (places(gold), gold.relations) == ({(0, 4, "PERSON"), (10, 20, "ORG")}, before)
    settled(found, item, NOTHING, gold)
    assert (places(gold), gold.relations) == ({(0, 4, "PERSON")}, {})


def test_relations_chains_attributes_and_article_labels_are_settled() -> None:
    a, b, c = span(0, 2, sure="yes"), span(10, 12), span(20, 22)
    x, y, z = span(0, 2, sure="no"), span(10, 12), span(20, 22)
    one = reading(a, b, c, links=[("COREF", a, b), ("COREF", b, c), ("OWNS", a, c)], labels="trade")
    other = reading(x, y, z, links=[("COREF", x, y), ("WORKS_FOR", z, x)])
    found = disagreements([one, other], LOOSE)
    assert {item.kind for item in found.items} == {
        Kind.CHAIN, Kind.ATTRIBUTE, Kind.RELATION, Kind.ARTICLE_LABEL
    }  # fmt: skip
    gold = draft(found)
    for place in (1, 0):
        for item in found.items:
            settled(found, item, item.said[place], gold)
    again = disagreements([one, Reading(gold.spans, gold.relations, gold.labels)], LOOSE)
    assert again.items == ()


def test_more_than_half_of_three_decide_and_ties_stay() -> None:
    one, two, three = (
        reading(span(0, 4, label), span(10, 14, "ORG")) for label in ("PERSON", "PERSON", "GPE")
    )
    found = disagreements([one, two, three, reading(span(0, 4, "ORG"))], LOOSE)
    assert [majority(item) is None for item in found.items] == [True, False]
    found = disagreements([one, two, three], LOOSE)
    gold = draft(found)
    assert len(settle_by_majority(found, gold)) == 1
    assert places(gold) == {(0, 4, "PERSON"), (10, 14, "ORG")}


def test_two_are_no_majority() -> None:
    found = disagreements([reading(span(0, 4)), reading()], LOOSE)
    assert majority(found.items[0]) is None


spans_of_a_layer = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 8), st.sampled_from(LABELS)), max_size=6, unique=True
).map(lambda drawn: [span(start, start + length, label) for start, length, label in drawn])


def ends(pair: tuple[Span, Span]) -> tuple[UUID, UUID]:
    return pair[0].id, pair[1].id


@st.composite
def some_readings(draw: st.DrawFn) -> list[Reading]:
    readings = []
    for _ in range(draw(st.integers(2, 4))):
        spans = draw(spans_of_a_layer)
        pairs = [(a, b) for a in spans for b in spans if a.id != b.id]
        some = st.lists(st.sampled_from(pairs), max_size=3, unique_by=ends) if pairs else st.just([])
        chosen = draw(some)
        types = draw(st.lists(st.sampled_from(("WORKS_FOR", "COREF")), min_size=3, max_size=3))
        links = [(type_, a, b) for type_, (a, b) in zip(types, chosen, strict=False)]
        readings.append(reading(*spans, links=links))
    return readings


@given(some_readings())
def test_every_span_is_in_one_entity_and_no_entity_has_two_of_a_layer(readings: list[Reading]) -> None:
    entities = aligned([one.spans for one in readings])
    found = sorted(span.id for entity in entities for span in entity.marked)
    assert found == sorted(id_ for one in readings for id_ in one.spans)
    assert all(len(entity.spans) == len(readings) for entity in entities)


@given(some_readings())
def test_every_question_has_a_name_of_its_own(readings: list[Reading]) -> None:
    keys = [item.key for item in disagreements(readings, LOOSE).items]
    assert len(keys) == len(set(keys))


@given(some_readings(), st.integers(0, 3))
def test_who_takes_one_reader_s_side_throughout_has_that_reader_s_layer(
    readings: list[Reading], who: int
) -> None:
    who %= len(readings)
    found = disagreements(readings, LOOSE)
    gold = draft(found)
    for item in sorted(found.items, key=lambda item: not item.is_about_spans):
        settled(found, item, item.said[who], gold)
    chosen = readings[who]
    assert places(gold) == {(one.start, one.end, one.label) for one in chosen.spans.values()}
    assert disagreements([chosen, Reading(gold.spans, gold.relations, gold.labels)], LOOSE).items == ()
