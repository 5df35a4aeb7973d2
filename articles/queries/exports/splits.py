"""Train, dev and test parts of what an export finds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import orjson
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotator.lib.errors import Invalid
from articles.domain.splits import Item, assign_parts
from articles.models import Article
from articles.queries.exports.statement import join_layer
from articles.queries.layers.choice import LayerChoice
from articles.queries.stories.twins import groups_of

DEFAULT_SEED = 13
TWINS, SOURCE = "twins", "source"
TOGETHER = {TWINS: gettext_lazy("Near-duplicates"), SOURCE: gettext_lazy("Articles of the same source")}
MAX_PARTS = 10
_SHARE = re.compile(r"([a-z][a-z0-9_-]{0,15})\s*:\s*([1-9][0-9]{0,5})")
_ROWS_AT_ONCE = 2_000


@dataclass(frozen=True)
class Split:
    """`shares` by part, in any measure; `together` names what is never torn apart (of TOGETHER)."""

    shares: Mapping[str, int]
    seed: int = DEFAULT_SEED
    together: tuple[str, ...] = (TWINS,)

    @classmethod
    def parse(cls, shares: str, *, seed: int = DEFAULT_SEED, together: str = TWINS) -> Self:
        """Read `train:80,dev:10,test:10` and `twins,source`. Raises Invalid."""
        found = [_SHARE.fullmatch(one.strip()) for one in shares.split(",")]
        pairs = [(one[1], int(one[2])) for one in found if one]
        if len(pairs) < len(found) or len(dict(pairs)) < len(pairs) or len(pairs) > MAX_PARTS:
            raise Invalid(
                _(
                    "split is a list of parts with their shares, like train:80,dev:10,test:10: at "
                    "most %(max_parts)s, each once, in small letters."
                )
                % {"max_parts": MAX_PARTS}
            )
        names = tuple(name for one in together.split(",") if (name := one.strip()))
        if unknown := sorted(set(names) - TOGETHER.keys()):
            raise Invalid(
                _("group is a list of %(together)s, not %(unknown)s.")
                % {"together": ", ".join(TOGETHER), "unknown": f"{unknown[0]!r:.40}"}
            )
        return cls(dict(pairs), seed, names)

    def params(self) -> dict[str, str]:
        """The same as parameters of an address."""
        shares = ",".join(f"{part}:{share}" for part, share in self.shares.items())
        return {"split": shares, "seed": str(self.seed), "group": ",".join(self.together)}


def parts_of(
    articles: QuerySet[Article],
    layer: LayerChoice,
    split: Split,
    *,
    earlier: Mapping[int, str] | None = None,
) -> dict[str, list[int]]:
    """The ids of each part's articles, in order. Those in `earlier` keep the part that they have there.

    Takes some hundred bytes of memory an article.
    """
    parts: dict[str, list[int]] = {part: [] for part in split.shares}
    items = list(_items(articles, layer, split))
    keep_sources = SOURCE in split.together
    assigned = assign_parts(items, split.shares, split.seed, keep_sources=keep_sources, earlier=earlier)
    for item in items:
        parts[assigned[item.id]].append(item.id)
    return parts


def _items(articles: QuerySet[Article], layer: LayerChoice, split: Split) -> Iterator[Item]:
    roots = groups_of(articles) if TWINS in split.together else {}
    chosen, params = articles.order_by().values("pk").query.sql_with_params()
    sql = f"""SELECT a.id, a.source, (SELECT json_object_agg(c.label, c.spans)::text FROM
            (SELECT label, count(*) AS spans FROM articles_span s WHERE s.layer_id = l.id GROUP BY label) c)
        FROM articles_article a {join_layer(layer)} WHERE a.id IN ({chosen}) ORDER BY a.id"""  # noqa: S608
    for id_, source, labels in _rows(sql, [*([layer.name] if layer.name else []), *params]):
        yield Item(id_, roots.get(id_, id_), source, orjson.loads(labels) if labels else {})


def _rows(sql: str, params: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield from rows
