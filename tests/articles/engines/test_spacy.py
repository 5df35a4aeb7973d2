from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator.schemas.ready import ready_templates
from articles.engines import registry
from articles.engines.base import ArticleText, EngineError, SettingsError
from articles.engines.spacy import DEFAULT_MODEL, PIECE_CHARACTERS, SpacyEngine, _pieces

pytest.importorskip("spacy", reason="the extra 'en' is not installed")
WIRE = Path(__file__).parent / "wire"
LABELS = ready_templates()["newsroom"].definition.active_names
TEXT = "Angela Stone, who works for Google in Paris, paid $5 million on Monday."


@pytest.fixture(scope="module")
def engine() -> SpacyEngine:
    return SpacyEngine({}, LABELS)


def test_entities_with_their_places(engine: SpacyEngine) -> None:
    (suggestions,) = engine.annotate([ArticleText(1, TEXT, "en")])
    found = {(one.label, TEXT[one.start : one.end]) for one in suggestions}
    assert {("GPE", "Paris"), ("DATE", "Monday")} <= found


def test_articles_stay_in_order_and_other_languages_are_passed_over(engine: SpacyEngine) -> None:
    articles = [ArticleText(n, TEXT, "ru" if n % 3 == 0 else "en") for n in range(40)]
    counts = [len(found) for found in engine.annotate(articles)]
    assert [count == 0 for count in counts] == [n % 3 == 0 for n in range(40)]


def test_a_long_text_is_read_in_pieces_with_right_places(engine: SpacyEngine) -> None:
    text = (TEXT + "\n\n") * 600
    assert len(text) > 2 * PIECE_CHARACTERS
    assert "".join(piece for _, piece in _pieces(text)) == text
    (suggestions,) = engine.annotate([ArticleText(1, text, "en")])
    mondays = [one for one in suggestions if text[one.start : one.end] == "Monday"]
    assert len(mondays) == 600


def test_the_label_map_is_held_against_the_schema() -> None:
    with pytest.raises(SettingsError, match="NOPE"):
        SpacyEngine({"label_map": {"GPE": "NOPE"}}, LABELS)


@pytest.mark.parametrize(
    "model",
    ["no_such_model", "/", "../x", ".", "celery", "spacy", "a\0b", "x" * 5_000, "https://x.invalid/a.whl"],
)
def test_a_model_that_is_not_there_is_named(model: str) -> None:
    with pytest.raises(EngineError):
        SpacyEngine({"model": model}, LABELS)


def test_only_the_pipes_that_entities_need_are_kept() -> None:
    import spacy

    whole = spacy.load(DEFAULT_MODEL)
    engine = SpacyEngine({}, LABELS)
    assert engine._pipeline.pipe_names == ["ner"]
    there = [(one.text, one.label_) for one in whole(TEXT).ents]
    assert [(one.text, one.label_) for one in engine._pipeline(TEXT).ents] == there


def test_the_quicker_recogniser_finds_what_spacy_s_own_finds() -> None:
    import spacy

    from articles.engines.spacy_recogniser import hold_the_lock

    texts = ["", *(path.read_text(encoding="utf-8") for path in sorted(WIRE.glob("*.txt"))), TEXT]
    own, quicker = spacy.load(DEFAULT_MODEL), spacy.load(DEFAULT_MODEL)
    for pipeline in (own, quicker):
        ruler = pipeline.add_pipe("entity_ruler", before="ner")
        ruler.add_patterns([{"label": "CURRENCY", "pattern": "million"}])
    hold_the_lock(quicker)
    assert own.pipe_names == quicker.pipe_names
    assert type(own.get_pipe("ner")) is not type(quicker.get_pipe("ner"))
    own_docs, quicker_docs = (list(one.pipe(texts)) for one in (own, quicker))
    assert _entities(own_docs) == _entities(quicker_docs)
    assert any(label == "CURRENCY" for _, _, label in _entities(own_docs)[-1])


def _entities(docs: list[Any]) -> list[list[tuple[int, int, str]]]:
    return [[(one.start_char, one.end_char, one.label_) for one in doc.ents] for doc in docs]


def test_its_labels_are_told_without_loading_it(tmp_path: Path) -> None:
    told = SpacyEngine.own_labels({}, frozenset({"PER", "GPE"}))
    assert (told["PERSON"], told["GPE"], told["MONEY"], "NN" in told) == ("PER", "GPE", "", False)
    (tmp_path / "config.cfg").touch()
    for broken in ("", "{", "[]", "{}", '{"labels": {"ner": 5}}'):
        (tmp_path / "meta.json").write_text(broken)
        with pytest.raises(EngineError, match="does not say what labels"):
            SpacyEngine.own_labels({"model": str(tmp_path)}, LABELS)


def test_a_label_can_be_left_out() -> None:
    engine = SpacyEngine({"label_map": {"GPE": ""}}, LABELS)
    (suggestions,) = engine.annotate([ArticleText(1, TEXT, "en")])
    assert "DATE" in {one.label for one in suggestions}
    assert "Paris" not in {TEXT[one.start : one.end] for one in suggestions}


def test_the_label_map_chooses_the_project_s_label() -> None:
    engine = SpacyEngine({"label_map": {"GPE": "LOC"}}, LABELS)
    (suggestions,) = engine.annotate([ArticleText(1, TEXT, "en")])
    assert "LOC" in {one.label for one in suggestions}
    assert "GPE" not in {one.label for one in suggestions}


def test_labels_that_the_schema_lacks_are_left_out() -> None:
    engine = SpacyEngine({}, frozenset({"PER"}))
    (suggestions,) = engine.annotate([ArticleText(1, TEXT, "en")])
    assert {one.label for one in suggestions} <= {"PER"}


def test_a_pipeline_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import spacy

    registry.load("spacy", {}, LABELS)
    monkeypatch.setattr(spacy, "load", None)
    assert registry.load("spacy", {}, LABELS) is registry.load("spacy", {}, LABELS)


def test_one_list_an_article_for_empty_and_odd_texts(engine: SpacyEngine) -> None:
    texts = ["", " ", "\n\n", "👩‍🔧", "\u0301", "x" * 21_000, ". " * 11_000]
    found = list(engine.annotate([ArticleText(n, text) for n, text in enumerate(texts)]))
    assert len(found) == len(texts)


@settings(max_examples=25, deadline=None)
@example("00001\x1d")
@given(
    st.text(
        st.sampled_from("Mr Paris, $5 “the”'s\n👩林é\u0301.") | st.characters(exclude_categories=["Cs"]),
        max_size=80,
    )
)
def test_any_text_gives_suggestions_that_can_be_spans(engine: SpacyEngine, text: str) -> None:
    (suggestions,) = engine.annotate([ArticleText(1, text)])
    for one in suggestions:
        assert 0 <= one.start < one.end <= len(text)
        assert one.label in LABELS
        assert text[one.start : one.end] == text[one.start : one.end].strip()


def test_a_folder_that_only_looks_like_a_pipeline_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp]\nlang = 7")
    (tmp_path / "meta.json").write_text("{}")
    with pytest.raises(EngineError, match="cannot be loaded"):
        SpacyEngine({"model": str(tmp_path)}, LABELS)


def test_languages_are_codes() -> None:
    engine = SpacyEngine({"languages": ["en", "ru"]}, LABELS)
    (suggestions,) = engine.annotate([ArticleText(1, TEXT, "ru")])
    assert suggestions
    with pytest.raises(SettingsError):
        SpacyEngine({"languages": 5}, LABELS)
