"""A text with one layer marked in it, for a page that works without a script."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.schemas.queries import published_definition
from articles.domain.texts.marking import Piece, marked
from articles.models import Article, Layer, Span


def marked_text(article: Article, layer: Layer | None) -> Iterator[Piece]:
    """The whole text in pieces. It is cut line by line, so that time grows with the text and not with its
    square; a span over several lines is marked in each."""
    spans = Span.objects.filter(layer=layer).order_by("-start").values_list("start", "end", "label")
    waiting, over = list(spans) if layer else [], list[tuple[int, int, str]]()
    colours = {label.name: label.colour for label in published_definition(article.project_id).labels}
    begin = 0
    for line in article.text.splitlines(keepends=True):
        end = begin + len(line)
        while waiting and waiting[-1][0] < end:
            over.append(waiting.pop())
        here = [(max(start, begin) - begin, min(stop, end) - begin, name) for start, stop, name in over]
        yield from marked(line, here, colours)
        over = [one for one in over if one[1] > end]
        begin = end
