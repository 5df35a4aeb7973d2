"""What a release is asked to hold, as a value and as the JSON that is kept with it: the same question can be
asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid
from annotator.users.models import Project, User
from articles.models import Article, Layer
from articles.queries.articles import ArticleFilter, find_articles
from articles.queries.exports.packages import ExportQuery
from articles.queries.exports.splits import TWINS, Split
from articles.queries.layers.choice import LayerChoice, knows_layer

_DATES = ("published_after", "published_before")
# Filters that answer each person otherwise are no part of the question.
FILTERS = ("q", "status", "label", "language", *_DATES)


@dataclass(frozen=True)
class ReleaseQuery:
    """An export, and what a release adds: whether articles keep the part that an earlier release gave them,
    whether to name who annotated and approved, and the licence."""

    export: ExportQuery = field(default_factory=ExportQuery)
    keep_parts: bool = True
    authors: bool = False
    licence: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of the parts in order; one without a name when all is one."""
        return tuple(self.export.split.shares) if self.export.split else ("",)

    @property
    def keeps_twins_together(self) -> bool:
        return self.export.split is not None and TWINS in self.export.split.together

    def to_json(self) -> dict[str, Any]:
        export, split = self.export, self.export.split
        filters = {name: getattr(export.wanted, name) for name in FILTERS}
        return {
            "format": export.file_format,
            "options": dict(export.options),
            "layer": str(export.layer),
            "filters": {name: str(value) for name, value in filters.items() if value},
            "split": split and _told(split),
            "comments": export.comments,
            "history": export.history,
            "keep_parts": self.keep_parts,
            "authors": self.authors,
            "licence": self.licence,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `to_json` made."""
        filters, split = data["filters"], data["split"]
        dates = {name: date.fromisoformat(filters[name]) for name in _DATES if name in filters}
        export = ExportQuery(
            wanted=ArticleFilter(**{**filters, **dates}),
            layer=LayerChoice(*data["layer"].split(":", 1)),
            file_format=data["format"],
            options=data["options"],
            split=split and Split.parse(split["shares"], seed=split["seed"], together=split["group"]),
            comments=data["comments"],
            history=data["history"],
        )
        return cls(export, data["keep_parts"], data["authors"], data["licence"])

    def layers(self, project: Project) -> QuerySet[Layer]:
        """The layers to show. Gold means approved gold. Raises Invalid when there can be none such."""
        layer = self.export.layer
        if not knows_layer(project, layer):
            raise Invalid(_("The project has no layer %(layer)s.") % {"layer": f"{str(layer)!r:.80}"})
        approved = Q(kind=Layer.Kind.GOLD, approved_at__isnull=False)
        wanted = {
            "gold": approved,
            "user": Q(kind=Layer.Kind.USER, user__username=layer.name),
            "engine": Q(kind=Layer.Kind.ENGINE, engine__name=layer.name),
            "all": ~Q(kind=Layer.Kind.GOLD) | approved,
        }[layer.kind]
        return Layer.objects.filter(wanted, article__project=project)

    def articles(self, project: Project, *, user: User) -> QuerySet[Article]:
        """The articles that fit now; with all layers also those that have none. Raises Invalid."""
        articles = find_articles(project, self.export.wanted, user=user)
        shown = self.layers(project).filter(article=OuterRef("pk"))
        return articles if self.export.layer.is_all else articles.filter(Exists(shown))


def _told(split: Split) -> dict[str, Any]:
    """Shares as text: the database does not keep the order of a JSON object."""
    params = split.params()
    return {"shares": params["split"], "seed": split.seed, "group": params["group"]}
