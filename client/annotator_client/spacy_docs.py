from __future__ import annotations

import warnings
from collections.abc import Iterable
from functools import cache
from typing import Any, Callable, NamedTuple

from .needs import needed
from .values import Record

# Where spaCy's span categoriser looks.
SPANS_KEY = "sc"


class Misaligned(NamedTuple):
    """A span that a Doc cannot hold: it does not fall on tokens, or has a gap."""

    article: int
    start: int
    end: int
    label: str
    text: str


class Docs(list[Any]):
    """spaCy Docs, and in `misaligned` the spans that are in none of them."""

    def __init__(self) -> None:
        super().__init__()
        self.misaligned: list[Misaligned] = []


def docs_of(records: Iterable[Record], tokenizer: Callable[[str], Any] | None = None) -> Docs:
    """All spans are in `doc.spans["sc"]`; in `doc.ents`, which may not overlap, the longest. `doc.cats` has
    the article's labels, `doc.user_data["article"]` everything else.

    `tokenizer` is a pipeline (`nlp`) or `nlp.make_doc`; without it each article gets the tokenizer of its
    language.
    """
    docs = Docs()
    for record in records:
        language = str(record["metadata"].get("language", ""))
        make_doc = tokenizer or _tokenizer(language.partition("-")[0] or "xx")
        docs.append(_doc(record, make_doc, docs.misaligned))
    if docs.misaligned:
        warnings.warn(f"{len(docs.misaligned)} spans do not fit: see `misaligned`.", stacklevel=3)
    return docs


def _doc(record: Record, make_doc: Callable[[str], Any], misaligned: list[Misaligned]) -> Any:
    doc = make_doc(record["text"])
    spans = []
    for one in record["spans"]:
        start, end, label = one["start"], one["end"], one["label"]
        span = None if one.get("fragments") else doc.char_span(start, end, label=label)
        if span is None:
            misaligned.append(Misaligned(record["id"], start, end, label, one["text"]))
        else:
            spans.append(span)
    doc.spans[SPANS_KEY] = spans
    doc.ents = needed("spacy.util").filter_spans(spans)
    doc.cats = dict.fromkeys(record["labels"], 1.0)
    doc.user_data["article"] = {name: value for name, value in record.items() if name != "text"}
    return doc


@cache
def _tokenizer(language: str) -> Callable[[str], Any]:
    """That of the language; where spaCy has none, or lacks a library for it, the one for any language."""
    spacy = needed("spacy")
    try:
        return spacy.blank(language).make_doc  # type: ignore[no-any-return]
    except ImportError:
        return spacy.blank("xx").make_doc  # type: ignore[no-any-return]
