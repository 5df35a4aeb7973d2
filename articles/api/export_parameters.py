"""The parameters of an export for the API's description. The options are taken from the formats."""

from __future__ import annotations

from functools import cache

from drf_spectacular.utils import OpenApiParameter

from articles.api.views.articles import FILTERS
from articles.formats import writers
from articles.formats.base import Option
from articles.queries.exports.splits import DEFAULT_SEED, TOGETHER, TWINS


@cache
def export_parameters() -> list[OpenApiParameter]:
    with_layers = ", ".join(kind.format for kind in writers() if kind.holds_all_layers)
    with_comments = ", ".join(kind.format for kind in writers() if kind.holds_comments)
    with_history = ", ".join(kind.format for kind in writers() if kind.holds_history)
    own = [
        OpenApiParameter("format", enum=[kind.format for kind in writers()], default=writers()[0].format),
        OpenApiParameter(
            "layer", default="gold", description=f"gold, user:NAME, engine:NAME; or all ({with_layers})."
        ),
        _flag("comments", f"Also what people said ({with_comments})."),
        _flag("history", f"Also every edit of the layers ({with_history})."),
        OpenApiParameter(
            "split",
            description="Parts and shares, like train:80,dev:10,test:10: a zip with a file for each.",
        ),
        OpenApiParameter("seed", int, default=DEFAULT_SEED, description="The same seed deals out the same."),
        OpenApiParameter(
            "group", default=TWINS, description=f"What stays together: {', '.join(TOGETHER)}; or nothing."
        ),
        _flag("zip", "A zip that holds the file and the report."),
        _flag("report", "Only the report of what would be left out, as JSON."),
    ]
    names = {one.name for one in own} | {"ordering", "twins"}
    return [*own, *_options(), *(one for one in FILTERS if one.name not in names)]


def _flag(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, enum=["1"], description=description)


def _options() -> list[OpenApiParameter]:
    """Formats may share an option; then all their values are listed."""
    found: dict[str, list[tuple[str, Option]]] = {}
    for kind in writers():
        for option in kind.options:
            found.setdefault(option.name, []).append((kind.format, option))
    return [
        OpenApiParameter(
            name,
            enum=list(dict.fromkeys(value for _, option in some for value, _ in option.choices)) or None,
            description=f"{', '.join(file_format for file_format, _ in some)}: {some[0][1].title.lower()}",
        )
        for name, some in found.items()
    ]
