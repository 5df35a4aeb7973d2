"""What somebody wants exported, and the package that holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import orjson

from annotator.lib.errors import Invalid
from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.formats import writer_for
from articles.formats.base import Problem, StoredArticle, Writer
from articles.formats.common.packaging import WHOLE, Package
from articles.queries.articles import ArticleFilter, find_articles
from articles.queries.exports.splits import Split, parts_of
from articles.queries.exports.statement import Extent
from articles.queries.exports.stream import stored_articles
from articles.queries.layers.choice import GOLD, LayerChoice

FEW = 1_000


@dataclass(frozen=True)
class ExportQuery:
    """`options` are those of the format; `zipped` asks for a zip with the report even where one file would
    do."""

    wanted: ArticleFilter = field(default_factory=ArticleFilter)
    layer: LayerChoice = GOLD
    file_format: str = "jsonl"
    options: Mapping[str, str] = field(default_factory=dict)
    split: Split | None = None
    comments: bool = False
    history: bool = False
    zipped: bool = False

    def params(self) -> dict[str, str]:
        """The same as parameters of an address, without those that change nothing."""
        flags = {"comments": self.comments, "history": self.history, "zip": self.zipped}
        filters = {name: str(value) for name, value in vars(self.wanted).items() if value}
        return {
            "format": self.file_format,
            "layer": str(self.layer),
            **self.options,
            **filters,
            **(self.split.params() if self.split else {}),
            **{name: "1" for name, wanted in flags.items() if wanted},
        }


def open_package(project: Project, query: ExportQuery, *, user: User) -> Package:
    """The file that answers the query, to be written when its pieces are asked for. Raises Invalid."""
    definition = published_definition(project.pk)

    def new_writer() -> Writer:
        writer = writer_for(query.file_format, definition, query.options)
        if isinstance(writer, Problem):
            raise Invalid(writer.reason)
        return writer

    wants_tokens = new_writer().wants_tokens
    articles = find_articles(project, query.wanted, user=user)
    parts = parts_of(articles, query.layer, query.split) if query.split else {}

    def rows(part: str, *, with_text: bool = True) -> Iterable[StoredArticle]:
        extent = Extent(with_text, wants_tokens, query.history, user if query.comments else None)
        return stored_articles(articles, query.layer, extent, among=parts.get(part))

    return Package(
        f"{project.slug}-{query.layer.kind}",
        new_writer,
        rows,
        tuple(parts) or (WHOLE,),
        {"splits.json": _splits_file(query.split, parts)} if query.split else {},
        query.zipped,
    )


def are_few(project: Project, query: ExportQuery, *, user: User) -> bool:
    """Whether so few articles fit that they can be looked through while somebody waits."""
    return find_articles(project, query.wanted, user=user).order_by()[: FEW + 1].count() <= FEW


def _splits_file(split: Split, parts: Mapping[str, list[int]]) -> bytes:
    told = {"shares": split.shares, "seed": split.seed, "group": split.together, "articles": parts}
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)
