"""Articles as engines see them, with what other engines have said of them before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText, Stage
from articles.engines.registry import kinds_before
from articles.models import Article, Span


def article_text(
    article: Article, suggestions: Mapping[str, Sequence[Suggestion]] | None = None
) -> ArticleText:
    """What engines see of an article."""
    metadata = {**article.metadata, "published_on": article.published_on}
    return ArticleText(article.pk, article.text, article.language, metadata, suggestions or {})


def stored_suggestions(
    articles: Sequence[Article], before: Stage = Stage.MERGES
) -> dict[int, dict[str, list[Suggestion]]]:
    """What the enabled engines of earlier stages have suggested: by article, then by the engine's name."""
    rows = Span.objects.filter(
        layer__article__in=[one.pk for one in articles],
        layer__engine__enabled=True,
        layer__engine__kind__in=kinds_before(before),
    )
    found: dict[int, dict[str, list[Suggestion]]] = {}
    for article, name, start, end, label, confidence in rows.order_by("start", "-end", "label").values_list(
        "layer__article", "layer__engine__name", "start", "end", "label", "confidence"
    ):
        of_engine = found.setdefault(article, {}).setdefault(name, [])
        of_engine.append(Suggestion(start, end, label, confidence))
    return found
