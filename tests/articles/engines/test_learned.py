from __future__ import annotations

import zlib
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise, product
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.domain.spans import Meeting, Span, Suggestion, meeting
from articles.engines.base import ArticleText, EngineError, Lesson
from articles.engines.learned import LearnedEngine
from articles.engines.learned.clusters import learn_clusters
from articles.engines.learned.container import MAGIC, MAX_BYTES, pack, unpack
from articles.engines.learned.features import Observer
from articles.engines.learned.levels import mentions
from articles.engines.learned.model import from_bytes
from articles.engines.learned.sums import Layout, sums
from articles.engines.learned.vocabulary import Vocabulary
from articles.engines.learned.words import passages

LABELS = frozenset({"ORG", "GPE", "PERSON"})

# What no list knows: invented names after words that tell what they are.
SCRIPTS = {
    "latin": ("Yesterday the firm {} sold its shares .", ["Vantor", "Zembla", "Korvid", "Halsen"], "Tarbix"),
    "cyrillic": (
        "Вчера компания {} продала свои акции .",
        ["Вантор", "Зембла", "Корвид", "Халсен"],
        "Тарбикс",
    ),
    "arabic": ("أمس باعت شركة {} أسهمها في السوق .", ["فانتور", "زمبلا", "كورفيد", "هالسن"], "تاربكس"),
    "chinese": ("昨天公司{}卖掉了股票。", ["万托", "赞布", "科维", "哈森"], "塔比"),
}


def lesson(text: str, *marked: tuple[str, str], number: int = 1) -> Lesson:
    """An article with a span at the first place of each `(surface, label)`."""
    spans = []
    for count, (surface, label) in enumerate(marked):
        start = text.index(surface)
        spans.append(Span(UUID(int=count), start, start + len(surface), label))
    return Lesson(ArticleText(number, text), tuple(spans))


def found(model: bytes, text: str, labels: frozenset[str] = LABELS) -> list[tuple[str, str]]:
    return [(one.label, text[one.start : one.end]) for one in suggestions(model, text, labels)]


def suggestions(model: bytes, text: str, labels: frozenset[str] = LABELS) -> list[Suggestion]:
    (there,) = LearnedEngine({}, labels, model).annotate([ArticleText(1, text)])
    return there


def firms() -> list[Lesson]:
    sentence, names, _ = SCRIPTS["latin"]
    return [lesson(sentence.format(name), (name, "ORG")) for name in names]


MODEL = LearnedEngine.train({}, LABELS, firms())


@pytest.mark.parametrize("script", SCRIPTS)
def test_it_learns_what_it_cannot_know_in_any_script(script: str) -> None:
    sentence, names, unseen = SCRIPTS[script]
    model = LearnedEngine.train({}, LABELS, [lesson(sentence.format(name), (name, "ORG")) for name in names])
    assert found(model, sentence.format(unseen)) == [("ORG", unseen)]


def test_nested_labels_come_back_nested() -> None:
    text = "They met at the Bank of {} on Monday ."
    places = ["Vantor", "Zembla", "Korvid", "Halsen"]
    lessons = [lesson(text.format(name), (f"Bank of {name}", "ORG"), (name, "GPE")) for name in places]
    model = LearnedEngine.train({}, LABELS, lessons)
    assert found(model, text.format("Tarbix")) == [("ORG", "Bank of Tarbix"), ("GPE", "Tarbix")]


def test_a_label_that_the_schema_has_no_more_is_not_suggested() -> None:
    text = firms()[0].article.text
    assert found(MODEL, text) == [("ORG", "Vantor")]
    assert found(MODEL, text, LABELS - {"ORG"}) == []


def test_the_same_lessons_give_the_same_bytes() -> None:
    assert LearnedEngine.train({}, LABELS, firms()) == MODEL


def test_progress_is_told_and_may_stop_the_work() -> None:
    told: list[int] = []
    LearnedEngine.train({}, LABELS, firms(), told.append)
    assert sum(told) == len(firms())

    def stop(more: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        LearnedEngine.train({}, LABELS, firms(), stop)


@pytest.mark.parametrize("lessons", [[], [lesson("Nothing is marked here.")]])
def test_nothing_to_learn_from_is_said(lessons: list[Lesson]) -> None:
    with pytest.raises(EngineError, match="nothing to learn from"):
        LearnedEngine.train({}, LABELS, lessons)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_whatever_the_text_spans_lie_within_it_and_never_cross(text: str) -> None:
    there = suggestions(MODEL, text)
    for one in there:
        assert 0 <= one.start < one.end <= len(text)
        assert one.confidence is not None
        assert 0 < one.confidence <= 1
    pairs = [meeting(a.start, a.end, b.start, b.end) for a in there for b in there]
    assert Meeting.CROSSING not in pairs


@pytest.mark.parametrize(
    "model",
    [b"", b"GIF89a", MAGIC, MODEL[:-1], MODEL[:40], MODEL + b"more", MODEL[:200] + b"\0" + MODEL[201:]],
)
def test_bytes_that_are_not_a_model_are_refused(model: bytes) -> None:
    with pytest.raises(EngineError, match="Train it again"):
        LearnedEngine({}, LABELS, model)


PARTS = ("outer features", "outer places", "outer values", "outer steps", "clusters")


@pytest.mark.parametrize("name", PARTS)
@given(part=st.binary(max_size=40) | st.sampled_from([b"[]", b"{}", b"null", b'["x"]', b"\xff" * 8]))
def test_a_sound_container_with_odd_parts_is_refused_or_harmless(name: str, part: bytes) -> None:
    header, parts = unpack(MODEL)
    try:
        there = suggestions(pack(header, parts | {name: part}), "The firm Tarbix .")
    except EngineError:
        return
    assert all(0 <= one.start < one.end <= 17 for one in there)


@pytest.mark.parametrize(
    "odd",
    [
        {"outer": ["B-ORG"]},
        {"outer": "O"},
        {"depth": 10**9},
        {"depth": None},
        {"engines": [1]},
        {"inner": ["O"]},
    ],
)
def test_an_odd_header_is_refused(odd: dict[str, object]) -> None:
    header, parts = unpack(MODEL)
    with pytest.raises(EngineError, match="Train it again"):
        LearnedEngine({}, LABELS, pack(header | odd, parts))


def test_a_model_that_unpacks_to_more_than_is_allowed_is_refused() -> None:
    packed = zlib.compress(bytes(MAX_BYTES + 1))
    with pytest.raises(EngineError, match="too large"):
        unpack(MAGIC + sha256(packed).digest() + packed)


def test_what_other_engines_say_is_learned_from() -> None:
    """Nothing in the text tells the firms from the others; another engine does."""
    names = ["Vantor", "Zembla", "Korvid", "Halsen", "Murgol", "Tesnik", "Pavlor", "Dremin"]
    lessons = [
        told(lesson(name, (name, "ORG")) if right else lesson(name), right)
        for name in names
        for right in (True, False)
    ]
    model = LearnedEngine.train({}, LABELS, lessons)
    read = [one.article for one in (told(lesson("Tarbix"), True), told(lesson("Tarbix"), False))]
    assert [len(there) for there in LearnedEngine({}, LABELS, model).annotate(read)] == [1, 0]


def told(one: Lesson, right: bool) -> Lesson:
    said = [Suggestion(0, len(one.article.text), "ORG" if right else "GPE")]
    return replace(one, article=replace(one.article, suggestions={"oracle": said}))


def test_names_and_what_it_has_not_seen_promise_to_teach() -> None:
    text = "Yesterday the firm Tarbix sold its shares ."
    (promised,) = LearnedEngine({}, LABELS, MODEL).promises([ArticleText(1, text)])
    assert max(promised, key=lambda word: promised[word]) == "tarbix"
    assert promised["tarbix"] > 0.5 > promised.get("shares", 0)


def test_a_name_ends_before_an_apostrophe() -> None:
    (passage,) = passages("Oslo's mayor and l’ONU")
    assert passage.words == ("Oslo", "'", "s", "mayor", "and", "l", "’", "ONU")


def test_of_crossing_spans_the_first_is_learned_and_those_with_gaps_are_not() -> None:
    text = "North and South Korea met"
    spans = [
        Span(UUID(int=1), 0, 15, "GPE"),
        Span(UUID(int=2), 10, 21, "ORG"),
        Span(UUID(int=3), 0, 21, "PERSON", fragments=((0, 5), (16, 21))),
    ]
    (passage,) = passages(text)
    (only,) = mentions(passage, spans)
    assert (only.first, only.last, only.label, only.within) == (0, 3, "GPE", [])


def test_a_span_that_ends_within_a_word_is_learned_with_all_of_it() -> None:
    (passage,) = passages("Almatyda qar")
    (only,) = mentions(passage, [Span(UUID(int=1), 0, 6, "GPE")])
    assert (only.first, only.last) == (0, 1)


def test_word_groups_hold_words_of_like_company() -> None:
    lines = [["in", city, verb] for city in ("oslo", "bergen", "tromsø") for verb in ("it", "they", "we")] * 3
    groups = learn_clusters([*lines, *(["x" + str(number), "y" + str(number)] for number in range(30))] * 2)
    assert groups["oslo"] == groups["bergen"] != groups["it"] == groups["they"]


def test_a_text_without_any_end_is_read_in_pieces() -> None:
    there = suggestions(MODEL, "Vantor " * 20_000)
    assert all(one.end <= 140_000 for one in there)


@given(st.dictionaries(st.text(), st.binary()))
def test_what_is_packed_comes_out_again(parts: dict[str, bytes]) -> None:
    assert unpack(pack({"labels": ["ORG"]}, parts)) == ({"labels": ["ORG"]}, parts)


def test_reading_sees_what_learning_saw_as_far_as_the_model_knows_it() -> None:
    text = "Yesterday the firm Tarbix sold its 30 shares .\nIn Oslo Vantor said no ."
    learned = from_bytes(MODEL)
    article, there, known = ArticleText(1, text), list(passages(text)), frozenset(learned.features())

    def seen(vocabulary: Vocabulary) -> list[list[set[str]]]:
        found = Observer(learned.clusters, learned.engines, vocabulary).observe(article, there)
        names = vocabulary.features()
        return [[{names[number] for number in word} for word in passage.features()] for passage in found]

    everything = seen(Vocabulary())
    assert seen(Vocabulary(known, is_complete=True)) == [[word & known for word in one] for one in everything]


def test_articles_are_read_together_as_each_alone() -> None:
    texts = ["", "Vantor", *(one.article.text for one in firms()), "The firm Tarbix\nand Korvid .\n" * 70]
    articles = [ArticleText(number, text) for number, text in enumerate(texts)]
    together = LearnedEngine({}, LABELS, MODEL).annotate(articles)
    for text, there in zip(texts, together, strict=True):
        alone = suggestions(MODEL, text)
        assert [replace(one, confidence=None) for one in there] == [
            replace(one, confidence=None) for one in alone
        ]
        assert [one.confidence for one in there] == pytest.approx([one.confidence for one in alone], abs=1e-9)


def test_sums_are_those_over_all_sequences_of_tags() -> None:
    chance = np.random.default_rng(1)
    lengths, tags = [4, 2, 1], 3
    layout, first, steps = Layout(lengths), chance.random(tags), chance.random((tags, tags))
    emitted = chance.random((sum(lengths), tags))
    likely, _, _ = sums(emitted.copy(), first, steps, layout)
    rows = iter(layout.rows().tolist())
    for length in lengths:
        there = [next(rows) for _ in range(length)]
        expected = np.zeros((length, tags))
        for path in product(range(tags), repeat=length):
            weight = first[path[0]] * np.prod([steps[a, b] for a, b in pairwise(path)])
            weight *= np.prod([emitted[row, tag] for row, tag in zip(there, path, strict=True)])
            expected[np.arange(length), path] += weight
        assert likely[there] == pytest.approx(expected / expected.sum(1, keepdims=True))
