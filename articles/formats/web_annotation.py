"""W3C Web Annotation (Recommendation of 23 February 2017), export: a text and a collection for each article.

A span is an annotation whose body is its label (purpose `tagging`) and whose target is the text, selected
twice: by position in code points, and by its words with what stands around them. A span with gaps has a
target for each piece. Attributes are bodies that describe, such as `title: Dr`; a `link` identifies. A
relation is an annotation of its first span that links to its second. Labels of the article have the whole
text for a target. Comments are annotations of what they were said of, and each answer replies to the one
before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson

from articles.domain.spans import Fragment, Relation, Span
from articles.formats.base import ExportArticle, FolderWriter, Talk
from articles.formats.common.names import file_stem
from articles.formats.common.standoff import LINK

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # code points of the text before and after a quote
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")

Json = dict[str, Any]


class WebAnnotationWriter(FolderWriter):
    format = "web-annotation"
    title = "W3C Web Annotation (JSON-LD and texts in a zip)"
    extension = "-web-annotation.zip"
    holds_comments = True

    def files(self, articles: Iterable[ExportArticle]) -> Iterator[tuple[str, bytes]]:
        for article in articles:
            stem = file_stem(article)
            self.report.articles += 1
            self.report.spans_written += len(article.spans)
            yield f"{stem}.txt", article.text.encode()
            yield f"{stem}.jsonld", orjson.dumps(_collection(article, stem), option=orjson.OPT_INDENT_2)


def _collection(article: ExportArticle, stem: str) -> Json:
    source = _source(article, f"{stem}.txt")
    items = [_of_span(span, article.text, source) for span in article.spans]
    items += [_of_relation(one) for one in article.relations]
    items += [_of_label(name, article, source) for name in article.labels]
    items += [
        one for number, talk in enumerate(article.talks) for one in _of_talk(talk, number, article, source)
    ]
    page = {"id": f"{stem}.jsonld#page", "type": "AnnotationPage", "startIndex": 0, "items": items}
    return {
        "@context": CONTEXT,
        "id": f"{stem}.jsonld",
        "type": "AnnotationCollection",
        "label": str(article.metadata.get("title") or article.external_id or article.id),
        "total": len(items),
        "first": page,
    }


def _source(article: ExportArticle, name: str) -> Json:
    """The text as a resource; where it was taken from, when that is known by an address."""
    about = {"id": name, "type": "Text", "format": "text/plain"}
    language, address = article.metadata.get("language"), str(article.metadata.get("url", ""))
    about |= {"language": str(language)} if language else {}
    return about | ({"via": address} if _IRI.fullmatch(address) else {})


def _of_span(span: Span, text: str, source: Json) -> Json:
    pieces = span.fragments or ((span.start, span.end),)
    targets = [_selected(piece, text, source) for piece in pieces]
    return {
        "id": span.id.urn,
        "type": "Annotation",
        "motivation": "tagging",
        "body": [_words(span.label, "tagging"), *_described(span.attributes)],
        "target": targets if len(targets) > 1 else targets[0],
    }


def _of_relation(one: Relation) -> Json:
    other = {"type": "SpecificResource", "purpose": "linking", "source": one.target.urn}
    return {
        "id": one.id.urn,
        "type": "Annotation",
        "motivation": "linking",
        "body": [other, _words(one.type, "tagging"), *_described(one.attributes)],
        "target": one.source.urn,
    }


def _of_label(name: str, article: ExportArticle, source: Json) -> Json:
    return {
        "id": _made_id(article, "label", name).urn,
        "type": "Annotation",
        "motivation": "tagging",
        "body": [_words(name, "tagging")],
        "target": source,
    }


def _of_talk(talk: Talk, number: int, article: ExportArticle, source: Json) -> Iterator[Json]:
    target = _said_of(talk, article, source)
    motivation = "commenting"
    for place, remark in enumerate(talk.remarks):
        identity = _made_id(article, "comment", f"{number}/{place}").urn
        creator = {"type": "Person", "nickname": remark.author}
        yield {
            "id": identity,
            "type": "Annotation",
            "motivation": motivation,
            **({"creator": creator} if remark.author else {}),
            **({"created": remark.created_at} if remark.created_at else {}),
            "body": [_words(remark.text, motivation)],
            "target": target,
        }
        target, motivation = identity, "replying"


def _said_of(talk: Talk, article: ExportArticle, source: Json) -> Json | str:
    if talk.span and any(span.id == talk.span for span in article.spans):
        return talk.span.urn
    if talk.start is None or talk.end is None:
        return source
    return _selected((talk.start, talk.end), article.text, source)


def _described(attributes: Mapping[str, Any]) -> Iterator[Json]:
    for name, value in attributes.items():
        words = str(value).lower() if isinstance(value, bool) else str(value)
        if name != LINK:
            yield _words(f"{name}: {words}", "describing")
        elif _IRI.fullmatch(words):
            yield {"type": "SpecificResource", "purpose": "identifying", "source": words}
        else:
            yield _words(words, "identifying")


def _words(value: str, purpose: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _selected(piece: Fragment, text: str, source: Json) -> Json:
    start, end = piece
    quote = {"exact": text[start:end], "prefix": text[max(0, start - AROUND) : start]}
    quote["suffix"] = text[end : end + AROUND]
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": [position, {"type": "TextQuoteSelector", **quote}],
    }


def _made_id(article: ExportArticle, kind: str, name: str) -> UUID:
    """An id for what has none: the same in every export."""
    return uuid5(NAMESPACE_URL, f"annotator:{article.id}/{kind}/{name}")
