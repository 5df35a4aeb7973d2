"""Whether an engine reaches the service that it asks, in words."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText, EngineError
from articles.engines.connected import SAMPLE, ConnectedEngine
from articles.models import Article, ProjectEngine
from articles.queries.engines.cards import TASTED_CHARACTERS, TASTED_SECONDS, trial_engine
from articles.queries.engines.settings import full_settings


@dataclass(frozen=True)
class Probe:
    """What came of asking once. `said` is for a manager."""

    worked: bool
    said: str


def probe(row: ProjectEngine) -> Probe:
    """Have the engine read the project's newest article, or a sentence where there is none. Takes up to
    TASTED_SECONDS, and stores nothing."""
    article = Article.objects.of(row.project).order_by("-pk").first()
    began = monotonic()
    try:
        engine = trial_engine(row, full_settings(row), seconds=TASTED_SECONDS)
        (found,) = engine.annotate([_beginning(article)])
    except EngineError as error:
        return Probe(False, f"The test failed. {error}")
    read = f"“{article}”" if article else f"the sentence “{SAMPLE.text}”"
    said = f"It works: the answer took {monotonic() - began:.1f} seconds and found {_spans(found)} in {read}."
    left_out = engine.counted["left out"] if isinstance(engine, ConnectedEngine) else 0
    if left_out:
        said += (
            f" {left_out} more could not be used: outside the text, or with a label that the schema has not."
        )
    return Probe(True, said)


def _beginning(article: Article | None) -> ArticleText:
    if article is None:
        return SAMPLE
    return ArticleText(article.pk, article.text[:TASTED_CHARACTERS], article.language)


def _spans(found: list[Suggestion]) -> str:
    return "1 span" if len(found) == 1 else f"{len(found)} spans"
