"""Relations that engines offer between their suggestions."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from articles.models import Article, Layer, Relation

Place = tuple[int, int, str]
_ENDS = ("source__start", "source__end", "source__label", "target__start", "target__end", "target__label")


def links_by_mention(article: Article) -> dict[Place, list[dict[str, Any]]]:
    """The relations that enabled engines offer, at both of their ends, each once however many engines agree.

    A link is `type, start, end, label` of the mention at its other end, and whether this end `is_source`.
    """
    rows = Relation.objects.filter(
        layer__article=article, layer__kind=Layer.Kind.ENGINE, layer__engine__enabled=True
    )
    found: defaultdict[Place, list[dict[str, Any]]] = defaultdict(list)
    for kind, *ends in rows.order_by("type", *_ENDS).values_list("type", *_ENDS).distinct():
        source, target = (ends[0], ends[1], ends[2]), (ends[3], ends[4], ends[5])
        found[source].append(_link(kind, target, is_source=True))
        found[target].append(_link(kind, source, is_source=False))
    return dict(found)


def _link(kind: str, other: Place, *, is_source: bool) -> dict[str, Any]:
    start, end, label = other
    return {"type": kind, "start": start, "end": end, "label": label, "is_source": is_source}
