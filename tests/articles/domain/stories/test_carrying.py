from __future__ import annotations

import random
import time
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from articles.domain.spans import Link, Relation, Span
from articles.domain.stories.carrying import Alignment, carry_over

WIRE = "BERGEN. Mara Ellingsen of Northline Press met the mayor. Fourteen ships sailed on Monday. Fares rise."
PRINTED = "BERGEN.\nMara Ellingsen of\nNorthline Press met the mayor. Nine boats left. Fourteen ships sailed."
texts = st.lists(
    st.sampled_from(["Ann", "went", "to", "Oslo.", "She", "met", "李明。", "\n", "e\u0301"])
).map(" ".join)


def span_of(text: str, words: str, label: str = "PERSON") -> Span:
    start = text.index(words)
    return Span(uuid4(), start, start + len(words), label)


@given(texts, texts, texts, st.integers(0, 60), st.integers(1, 30))
def test_a_carried_span_has_the_same_words_in_the_other_text(
    head: str, body: str, tail: str, start: int, length: int
) -> None:
    first, second = f"{head} {body}", f"{body} {tail}"
    place = Alignment(first, second).place(start, min(start + length, len(first)))
    if place:
        assert second[slice(*place)].split() == first[start : start + length].split()


@given(texts, st.integers(0, 60), st.integers(1, 30))
def test_in_the_same_text_everything_has_its_own_place(text: str, start: int, length: int) -> None:
    end = min(start + length, len(text))
    if start < end and not text[start].isspace() and not text[end - 1].isspace():
        assert Alignment(text, text).place(start, end) == (start, end)


def test_spans_come_along_across_other_line_ends_and_what_changed_is_doubtful() -> None:
    person, press = span_of(WIRE, "Mara Ellingsen"), span_of(WIRE, "Northline Press", "ORG")
    day = span_of(WIRE, "Monday", "DATE")
    relations = [
        Relation(uuid4(), "works_for", person.id, press.id),
        Relation(uuid4(), "seen_on", person.id, day.id),
    ]
    carried = carry_over([day, press, person], relations, Alignment(WIRE, PRINTED))
    first, second = carried.suggestions
    assert PRINTED[first.start : first.end] == "Mara Ellingsen"
    assert PRINTED[second.start : second.end] == "Northline Press"
    assert first.links == (Link("works_for", second.start, second.end, "ORG"),)
    assert (carried.doubtful, carried.lost) == ([day], [relations[1]])


def test_a_word_that_is_the_same_by_chance_carries_nothing() -> None:
    first = "Ellingsen spoke at length about fares."
    second = "A ferry that is named Ellingsen sank yesterday near here."
    assert Alignment(first, second).place(0, len("Ellingsen")) is None


def test_a_span_with_gaps_is_doubtful() -> None:
    gapped = Span(uuid4(), 0, 21, "PERSON", fragments=((0, 6), (8, 21)))
    assert carry_over([gapped], [], Alignment(WIRE, WIRE)).doubtful == [gapped]


def test_long_texts_and_such_as_are_made_to_be_slow_are_quick() -> None:
    chance = random.Random(1)
    plain = " ".join(chance.choices([f"word{n}" for n in range(5_000)] + ["end."] * 300, k=15_000))
    hostile = [" ".join(chance.choices("abcdefghij", k=50_000)) for _ in range(2)]
    for first, second in ((plain, plain.replace("word77", "other")), (hostile[0], hostile[1])):
        began = time.process_time()
        Alignment(first, second)
        assert time.process_time() - began < 5
