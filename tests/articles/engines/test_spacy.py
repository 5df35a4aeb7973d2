from __future__ import annotations

import pytest

from annotator.schemas.ready import ready_templates
from articles.engines.base import ArticleText, EngineError, SettingsError
from articles.engines.spacy import PIECE_CHARACTERS, SpacyEngine, _pieces

pytest.importorskip("spacy", reason="the extra 'en' is not installed")
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


@pytest.mark.parametrize("model", ["no_such_model", "/", "../x"])
def test_a_model_that_is_not_there_is_named(model: str) -> None:
    with pytest.raises(EngineError):
        SpacyEngine({"model": model}, LABELS)
