from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.domain.spans import Meeting, Span, Suggestion, meeting
from articles.engines.base import ArticleText, EngineError, Lesson
from articles.engines.learned import LearnedEngine
from articles.engines.learned.container import MAGIC, pack, unpack

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


@given(st.dictionaries(st.text(), st.binary()))
def test_what_is_packed_comes_out_again(parts: dict[str, bytes]) -> None:
    assert unpack(pack({"labels": ["ORG"]}, parts)) == ({"labels": ["ORG"]}, parts)
