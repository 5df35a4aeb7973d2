"""The layout of Hugging Face `datasets`: a folder with Parquet and a dataset card, which
`datasets.load_dataset(folder)` loads without code. With train, dev and test parts each is such a folder, and
the folder that holds them loads too: `datasets` takes the names of folders for splits.

Rows are articles, in one of two shapes: with their spans, as the format Parquet has them; or as `tokens` and
`ner_tags` (IOB2, numbers with names), with the text and where each token begins in it. Tags are flat: of
spans that overlap one is kept, of the labels of the schema. A token is split where a span begins or ends
within it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import orjson

from annotator.schemas.definition import Definition
from articles.domain.spans import Span
from articles.formats.base import CARD, ExportArticle, FolderWriter, LossReport, Option, Tokens
from articles.formats.common.archive import Content
from articles.formats.common.flat import OVERLAP, flat_spans
from articles.formats.common.tag_schemes import OUTSIDE, tags_of
from articles.formats.common.token_spans import mentions_on
from articles.formats.common.words import word_bounds
from articles.formats.parquet.table import Row, article_fields, article_schema, count_lost, fields_of, row_of
from articles.formats.parquet.tokens import STARTS, TOKENS
from articles.formats.parquet.writer import parquet_pieces, require_pyarrow

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped]

SPANS, TAGS = "spans", "ner_tags"
SHAPE = Option(
    "shape",
    "A row is",
    ((SPANS, "a text with its spans"), (TOKENS, "tokens with numbered tags (IOB2), to train on at once")),
)
DATA = "data-00000-of-00001.parquet"
_DTYPES = {"double": "float64", "date32[day]": "date32"}


class HuggingFaceWriter(FolderWriter):
    format = "huggingface"
    title = "Hugging Face datasets (Parquet and a dataset card)"
    extension = "-huggingface.zip"
    options = (SHAPE, OVERLAP)
    wants_tokens = True
    holds_all_layers = True

    def __init__(self, definition: Definition | None = None, chosen: Mapping[str, str] | None = None) -> None:
        super().__init__(definition, chosen)
        require_pyarrow()
        tags = [f"{letter}-{label.name}" for label in self.definition.labels for letter in "BI"]
        self._numbers = {tag: number for number, tag in enumerate([OUTSIDE, *tags])}

    def files(self, articles: Iterable[ExportArticle]) -> Iterator[tuple[str, Content]]:
        schema = article_schema() if self.chosen["shape"] == SPANS else _token_schema()
        features = {field.name: _as_json(field.name, field.type, list(self._numbers)) for field in schema}
        noted = schema.with_metadata({"huggingface": orjson.dumps({"info": {"features": features}})})
        yield DATA, parquet_pieces((self._row(article) for article in articles), noted)
        yield CARD, self._card(schema).encode()

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        report = LossReport()
        for article in articles:
            self._choose(article, report)
        return report

    def _choose(self, article: ExportArticle, report: LossReport) -> list[Span]:
        """The spans that are written."""
        if self.chosen["shape"] == SPANS:
            count_lost(article, report)
            return list(article.spans)
        priority = [label.name for label in self.definition.labels]
        in_schema = set(priority)
        known = [span for span in article.spans if span.label in in_schema]
        spans = flat_spans(known, self.chosen["overlap"], report, priority)
        report.drop("spans of labels that the schema does not have", len(article.spans) - len(known))
        report.articles += 1
        report.spans_written += len(spans)
        report.drop("spans' attributes", sum(1 for span in spans if span.attributes))
        report.drop("relations", len(article.relations))
        report.drop("article labels", len(article.labels))
        report.drop("layers besides gold", len(article.readings))
        return spans

    def _row(self, article: ExportArticle) -> Row:
        spans = self._choose(article, self.report)
        return row_of(article) if self.chosen["shape"] == SPANS else self._token_row(article, spans)

    def _token_row(self, article: ExportArticle, spans: list[Span]) -> Row:
        tokens = Tokens(word_bounds(article, spans))
        (mentions,) = mentions_on(spans, tokens, self.report)
        tags = tags_of(mentions, len(tokens.bounds), "iob2")
        return {
            **fields_of(article),
            TOKENS: [article.text[start:end] for start, end in tokens.bounds],
            TAGS: [self._numbers[tag] for tag in tags],
            STARTS: [start for start, _ in tokens.bounds],
        }

    def _card(self, schema: pyarrow.Schema) -> str:
        names = {str(number): name for name, number in self._numbers.items()}
        about = {
            "configs": [{"config_name": "default", "data_files": "data-*.parquet"}],
            "dataset_info": {"features": [_as_yaml(field.name, field.type, names) for field in schema]},
            "task_categories": ["token-classification"],
            "tags": ["named-entity-recognition"],
        }
        # JSON is YAML.
        front = "\n".join(f"{key}: {orjson.dumps(value).decode()}" for key, value in about.items())
        return f"---\n{front}\n---\n\n{_WORDS[self.chosen['shape']]}\n{self.report.sentence()}\n"


_WORDS = {
    SPANS: """# Articles with spans

Each row is an article: `text`, and `spans` with `start` and `end` in code points, which may overlap.
`attributes` and `metadata` are JSON.

    import datasets
    articles = datasets.load_dataset("path/of/this/folder", split="train")
""",
    TOKENS: """# Tokens with tags

Each row is an article: `tokens`, and `ner_tags` in IOB2, one a token. `token_starts` says where in `text`
each token begins, in code points.

    import datasets
    articles = datasets.load_dataset("path/of/this/folder", split="train")
    names = articles.features["ner_tags"].feature.names
""",
}


def _token_schema() -> pyarrow.Schema:
    import pyarrow as pa

    return pa.schema(
        {
            **article_fields(),
            TOKENS: pa.list_(pa.string()),
            TAGS: pa.list_(pa.int64()),
            STARTS: pa.list_(pa.int32()),
        }
    )


def _as_json(name: str, kind: pyarrow.DataType, tags: list[str]) -> Any:
    if name == TAGS:
        return {"feature": {"names": tags, "_type": "ClassLabel"}, "_type": "Sequence"}
    from pyarrow import types

    if types.is_struct(kind):
        fields = [kind.field(place) for place in range(kind.num_fields)]
        return {field.name: _as_json(field.name, field.type, tags) for field in fields}
    if types.is_list(kind):
        inner = _as_json("", kind.value_type, tags)
        return [inner] if types.is_struct(kind.value_type) else {"feature": inner, "_type": "Sequence"}
    return {"dtype": _dtype(kind), "_type": "Value"}


def _as_yaml(name: str, kind: pyarrow.DataType, tags: Mapping[str, str]) -> dict[str, Any]:
    if name == TAGS:
        return {"name": name, "sequence": {"class_label": {"names": tags}}}
    return {"name": name, **_yaml_type(kind, tags)}


def _yaml_type(kind: pyarrow.DataType, tags: Mapping[str, str]) -> dict[str, Any]:
    from pyarrow import types

    if not types.is_list(kind):
        return {"dtype": _dtype(kind)}
    inner = kind.value_type
    if types.is_struct(inner):
        fields = [inner.field(place) for place in range(inner.num_fields)]
        return {"list": [_as_yaml(field.name, field.type, tags) for field in fields]}
    return {"sequence": _yaml_type(inner, tags) if types.is_list(inner) else _dtype(inner)}


def _dtype(kind: pyarrow.DataType) -> str:
    return _DTYPES.get(str(kind), str(kind))
