"""spaCy: a zip of `.spacy` files (DocBin) and a report.

`doc.ents` holds spans that do not overlap (the outermost), `doc.spans["sc"]` all. A span that does not
begin and end where spaCy's tokens do is left out of both and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import count, islice
from typing import Any

from annotator.schemas.definition import Definition
from articles.formats.base import BadOption, ExportArticle, FolderWriter, LossReport
from articles.formats.flat import flat_spans

DOCS_A_FILE = 500
# spaCy imports a module of this name, so it is held to the form of a language code.
_CODE = re.compile(r"[a-z]{2,3}")


class SpacyWriter(FolderWriter):
    format = "spacy"
    title = "spaCy (.spacy files in a zip)"
    extension = "-spacy.zip"

    def __init__(self, definition: Definition | None = None, chosen: Mapping[str, str] | None = None) -> None:
        super().__init__(definition, chosen)
        try:
            import spacy  # noqa: F401
        except ImportError:
            raise BadOption("spaCy is not installed here. Install the extra 'en'.") from None

    def files(self, articles: Iterable[ExportArticle]) -> Iterator[tuple[str, bytes]]:
        rest = iter(articles)
        for number in count(1):
            batch = list(islice(rest, DOCS_A_FILE))
            if not batch:
                return
            yield f"part-{number:04}.spacy", _docs(batch, self.report)


def _docs(articles: list[ExportArticle], report: LossReport) -> bytes:
    from spacy.tokens import DocBin

    docs = DocBin(store_user_data=True)
    for article in articles:
        docs.add(_doc(article, report))
    return bytes(docs.to_bytes())


def _doc(article: ExportArticle, report: LossReport) -> Any:
    doc = _pipeline(str(article.metadata.get("language", ""))).make_doc(article.text)
    doc.user_data |= {"id": article.id, "external_id": article.external_id, "labels": list(article.labels)}
    placed = {
        span.id: doc.char_span(span.start, span.end, label=span.label)
        for span in article.spans
        if not span.fragments
    }
    fitting = [span for span in article.spans if placed.get(span.id) is not None]
    report.articles += 1
    report.drop("spans with gaps", sum(1 for span in article.spans if span.fragments))
    report.drop("spans that do not end at a token", sum(1 for span in placed.values() if span is None))
    report.drop("relations", len(article.relations))
    report.drop("spans' attributes", sum(1 for span in fitting if span.attributes))
    report.spans_written += len(fitting)
    doc.spans["sc"] = [placed[span.id] for span in fitting]
    doc.ents = tuple(placed[span.id] for span in flat_spans(fitting, "outermost", LossReport()))
    return doc


def _pipeline(language: str) -> Any:
    """A blank pipeline of the language; spaCy's many-language one where that needs what is missing."""
    code = language.partition("-")[0].lower()
    known = _CODE.fullmatch(code) and _blank(code)
    return known or _blank("xx")


@lru_cache(maxsize=64)
def _blank(code: str) -> Any:
    import spacy

    try:
        return spacy.blank(code)
    except Exception:  # spaCy raises many kinds here: unknown language, a missing tokenizer package
        return None
