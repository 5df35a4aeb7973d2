"""spaCy: a zip of `.spacy` files (DocBin) and a report.

`doc.ents` holds spans that do not overlap, `doc.spans` all under one key; the attribute `link` is their
`kb_id`. Labels of the article are `doc.cats`. An article that came with tokens keeps them when every span
begins and ends where they do, else it gets spaCy's; a span that does not begin and end at a token is left out
and counted. `user_data` has `id`, `external_id` and `metadata`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import count, islice
from typing import Any

import orjson

from annotator.schemas.definition import Definition
from articles.domain.spans import Span
from articles.formats.base import BadOption, ExportArticle, FolderWriter, LossReport, Option, Tokens
from articles.formats.common.flat import LEVELS, OVERLAP, flat_spans

DOCS_A_FILE = 500
SPANS_KEY = "sc"
# spaCy imports a module of this name, so it is held to the form of a language code.
_CODE = re.compile(r"[a-z]{2,3}")


class SpacyWriter(FolderWriter):
    format = "spacy"
    title = "spaCy (.spacy files in a zip)"
    extension = "-spacy.zip"
    wants_tokens = True
    options = (
        replace(
            OVERLAP,
            title="Of spans that overlap, in doc.ents",
            choices=tuple(choice for choice in OVERLAP.choices if choice[0] != LEVELS),
            help="All are in doc.spans.",
        ),
        Option("spans_key", "Key of doc.spans", help=f"Empty: {SPANS_KEY}, which the SpanCategorizer reads."),
    )

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
            yield f"part-{number:04}.spacy", self._docs(batch)

    def _docs(self, articles: list[ExportArticle]) -> bytes:
        from spacy.tokens import DocBin

        docs = DocBin(store_user_data=True)
        for article in articles:
            docs.add(self._doc(article))
        return bytes(docs.to_bytes())

    def _doc(self, article: ExportArticle) -> Any:
        whole = [span for span in article.spans if not span.fragments]
        doc = _made_doc(article, whole)
        doc.user_data |= {
            "id": article.id,
            "external_id": article.external_id,
            # Dates are not among what spaCy can keep there.
            "metadata": orjson.loads(orjson.dumps(article.metadata)),
        }
        names = {*self.definition.article_label_names, *article.labels}
        doc.cats = {name: float(name in article.labels) for name in sorted(names)}
        placed = {span.id: _placed(doc, span) for span in whole}
        fitting = [span for span in whole if placed[span.id] is not None]
        self._count(article, len(whole), fitting)
        doc.spans[self.chosen["spans_key"] or SPANS_KEY] = [placed[span.id] for span in fitting]
        priority = [label.name for label in self.definition.labels]
        flat = flat_spans(fitting, self.chosen["overlap"], LossReport(), priority)
        doc.ents = tuple(placed[span.id] for span in flat)
        return doc

    def _count(self, article: ExportArticle, whole: int, fitting: list[Span]) -> None:
        self.report.articles += 1
        self.report.spans_written += len(fitting)
        self.report.drop("spans with gaps", len(article.spans) - whole)
        self.report.drop("spans that do not end at a token", whole - len(fitting))
        self.report.drop("relations", len(article.relations))
        self.report.drop("spans' attributes", sum(1 for span in fitting if span.attributes.keys() - {"link"}))


def _made_doc(article: ExportArticle, spans: list[Span]) -> Any:
    pipeline = _pipeline(str(article.metadata.get("language", "")))
    if article.tokens and article.tokens.bounds and _all_fit(spans, article.tokens):
        return _doc_of_tokens(pipeline.vocab, article.text, article.tokens)
    return pipeline.make_doc(article.text)


def _all_fit(spans: Iterable[Span], tokens: Tokens) -> bool:
    starts, ends = {start for start, _ in tokens.bounds}, {end for _, end in tokens.bounds}
    return all(span.start in starts and span.end in ends for span in spans)


def _doc_of_tokens(vocab: Any, text: str, tokens: Tokens) -> Any:
    """spaCy knows one space after a token; what else lies between tokens is a token too."""
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    begins: list[bool] = []
    sentences, position = set(tokens.sentences), 0
    for number, (start, end) in enumerate((*tokens.bounds, (len(text), len(text)))):
        between = text[position:start]
        if words and between.startswith(" "):
            spaces[-1], between = True, between[1:]
        for word, begins_sentence in ((between, False), (text[start:end], number in sentences)):
            if word:
                words.append(word)
                spaces.append(False)
                begins.append(begins_sentence)
        position = end
    return Doc(vocab, words=words, spaces=spaces, sent_starts=begins if len(sentences) > 1 else None)


def _placed(doc: Any, span: Span) -> Any:
    link = span.attributes.get("link")
    return doc.char_span(span.start, span.end, label=span.label, kb_id=link if isinstance(link, str) else "")


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
