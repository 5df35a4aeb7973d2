from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from .needs import needed
from .values import Record

_ARTICLES = ["id", "external_id", "text", "labels"]
_SPANS = ["article", "id", "start", "end", "label", "text", "attributes", "fragments", "confidence"]
_RELATIONS = ["article", "id", "type", "source", "target", "attributes"]


class Frames(NamedTuple):
    """Three pandas DataFrames. `spans` and `relations` name their article's id in the column `article`; what
    is known about an article are further columns of `articles`."""

    articles: Any
    spans: Any
    relations: Any


def frames_of(records: Iterable[Record]) -> Frames:
    pandas = needed("pandas")
    articles, spans, relations = list[Record](), list[Record](), list[Record]()
    for record in records:
        known = {name: record[name] for name in _ARTICLES}
        articles.append({**record["metadata"], **known})
        spans += ({**span, "article": record["id"]} for span in record["spans"])
        relations += ({**one, "article": record["id"]} for one in record["relations"])
    free = sorted({name for row in articles for name in row} - set(_ARTICLES))
    return Frames(
        pandas.DataFrame(articles, columns=[*_ARTICLES, *free]),
        pandas.DataFrame(spans, columns=_SPANS),
        pandas.DataFrame(relations, columns=_RELATIONS),
    )
