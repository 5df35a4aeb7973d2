from __future__ import annotations

import random
import time
from itertools import combinations
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from annotator.schemas.definition import Overlap
from articles.domain.corrections.reanchoring import Kind, Reanchored, Reanchoring, reanchor
from articles.domain.layers.state import problem_with_overlap
from articles.domain.spans import Relation, Span, problem_with_offsets
from articles.domain.stories.carrying import Alignment

ANYTHING = Overlap(equal=True, nested=True, crossing=True, discontinuous=True)
NOTHING = Overlap(equal=False, nested=False, crossing=False, discontinuous=False)
OLD = "BERGEN. Mara Elingsen of Northline Press met the mayor of Bergen on Monday. Fourteen ships sailed."
words = st.sampled_from(["Ann", "Lee", "went", "to", "Oslo.", "She", "met", "李明。", "\n", "e\u0301"])
texts = st.lists(words, min_size=1, max_size=30).map(" ".join)
places = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 25)), max_size=12)


def span_of(text: str, quoted: str, label: str = "PERSON") -> Span:
    start = text.index(quoted)
    return Span(uuid4(), start, start + len(quoted), label)


def carried(old: str, new: str, *spans: Span, overlap: Overlap = ANYTHING) -> Reanchored:
    return reanchor(spans, [], Reanchoring(Alignment(old, new)), overlap)


def spans_at(text: str, where: list[tuple[int, int]]) -> list[Span]:
    inside = [(start, min(start + length, len(text))) for start, length in where if start < len(text)]
    return [Span(uuid4(), start, end, f"L{n}") for n, (start, end) in enumerate(inside)]


@given(texts, places)
def test_in_the_same_text_every_span_stays_for_certain(text: str, where: list[tuple[int, int]]) -> None:
    spans = spans_at(text, where)
    found = carried(text, text, *spans)
    assert sorted(found.spans, key=str) == sorted(spans, key=str)
    assert not found.doubtful
    assert not Reanchoring(Alignment(text, text)).new_passages()


@given(texts, texts, texts, texts, places)
def test_every_span_is_certain_or_listed_and_lies_inside_the_new_text(
    head: str, body: str, tail: str, other: str, where: list[tuple[int, int]]
) -> None:
    old, new = f"{head} {body} {tail}", f"{other} {body}"
    spans = spans_at(old, where)
    found = carried(old, new, *spans)
    listed = {one.span.id: one for one in found.doubtful}
    there = {one.id: one for one in found.spans}
    for span in spans:
        moved = there.get(span.id)
        if span.id not in listed:
            assert moved is not None
            assert moved.surface(new).split() == span.surface(old).split()
        else:
            assert (moved is None) == (listed[span.id].kind is Kind.LOST)
            assert 0 <= listed[span.id].place[0] <= listed[span.id].place[1] <= len(new)
        if moved:
            assert problem_with_offsets(moved.start, moved.end, len(new), moved.fragments) is None


@given(texts, texts, places)
def test_what_the_schema_forbids_is_never_made(old: str, new: str, where: list[tuple[int, int]]) -> None:
    allowed = [span for span in spans_at(old, where) if not old[span.start].isspace()]
    apart = list[Span]()
    for span in allowed:
        if not any(problem_with_overlap(span, other, NOTHING) for other in apart):
            apart.append(span)
    found = carried(old, new, *apart, overlap=NOTHING)
    for one, two in combinations(found.spans, 2):
        assert problem_with_overlap(one, two, NOTHING) is None


def test_a_name_that_was_spelt_wrong_is_found_in_its_new_spelling_and_asked_about() -> None:
    new = OLD.replace("Elingsen", "Ellingsen")
    found = carried(OLD, new, span_of(OLD, "Mara Elingsen"), span_of(OLD, "Northline Press", "ORG"))
    (doubt,) = found.doubtful
    assert (doubt.kind, new[slice(*doubt.place)]) == (Kind.CHANGED, "Mara Ellingsen")
    assert [one.surface(new) for one in found.spans] == ["Northline Press", "Mara Ellingsen"]
    assert Reanchoring(Alignment(OLD, new)).new_passages() == []


def test_what_was_cut_moved_or_put_in_is_told_apart() -> None:
    new = (
        "Fourteen ships sailed. BERGEN. Elingsen of Northline Press met the mayor of Bergen on Tuesday. "
        "Nobody was hurt."
    )
    mara, day, ships = span_of(OLD, "Mara Elingsen"), span_of(OLD, "Monday", "DATE"), span_of(OLD, "Fourteen")
    found = {one.span.id: one for one in carried(OLD, new, mara, day, ships).doubtful}
    assert (found[mara.id].kind, new[slice(*found[mara.id].place)]) == (Kind.SHORTENED, "Elingsen")
    assert (found[day.id].kind, new[slice(*found[day.id].place)]) == (Kind.CHANGED, "Tuesday")
    assert (found[ships.id].kind, new[slice(*found[ships.id].place)]) == (Kind.MOVED, "Fourteen")
    asked = [one.place for one in found.values()]
    passages = [new[slice(*one)] for one in Reanchoring(Alignment(OLD, new)).new_passages(asked)]
    assert "Nobody was hurt" in " ".join(passages)
    assert "Tuesday" not in " ".join(passages)


def test_what_is_gone_is_lost_with_its_relations_and_leaves_its_place() -> None:
    new = OLD.replace(" Fourteen ships sailed.", "")
    mara, ships = span_of(OLD, "Mara Elingsen"), span_of(OLD, "Fourteen ships", "COUNT")
    seen = Relation(uuid4(), "saw", mara.id, ships.id)
    found = reanchor([mara, ships], [seen], Reanchoring(Alignment(OLD, new)), ANYTHING)
    (doubt,) = found.doubtful
    assert (doubt.kind, doubt.place) == (Kind.LOST, (len(new), len(new)))
    assert (found.relations, found.lost) == ([], [seen])


def test_a_span_with_gaps_keeps_its_pieces_and_loses_the_one_that_was_cut() -> None:
    start, end = OLD.index("Mara"), OLD.index("Press") + 5
    pieces = ((start, start + 4), (end - 5, end))
    gapped = Span(uuid4(), start, end, "PERSON", pieces)
    (kept,) = carried(OLD, f"OSLO, {OLD}", gapped).spans
    assert kept.surface(f"OSLO, {OLD}") == "Mara ... Press"
    new = OLD.replace("Northline Press met", "Northline met")
    found = carried(OLD, new, gapped)
    assert [(one.surface(new), one.fragments) for one in found.spans] == [("Mara", ())]
    assert found.doubtful[0].kind is Kind.SHORTENED


def test_a_text_that_was_written_anew_is_quick() -> None:
    chance = random.Random(2)
    old, new = (" ".join(chance.choices([f"word{n}" for n in range(900)], k=8_000)) for _ in range(2))
    spans = [Span(uuid4(), start, start + 12, "PERSON") for start in range(0, len(old) - 20, 12)]
    began = time.process_time()
    carried(old, new, *spans)
    assert time.process_time() - began < 5
