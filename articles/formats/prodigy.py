"""Prodigy's JSONL: `{text, tokens [{text, start, end, id, ws}], spans [{start, end, token_start, token_end,
label}], relations [{head, child, head_span, child_span, label}], meta, answer}`.

Offsets are code points; `head` and `child` are the numbers of the last tokens of the two spans. A relation
may link tokens that no span names (`head_span` without label): it belongs to the span that ends with that
token, and without such a span it is left out and counted. `label`, or the `accept`ed ones of `options`, are
labels of the article. Of an example that was not accepted (`answer` is `reject` or `ignore`) only the text is
read: the rest is what somebody refused. Tokens are kept and written again. Attributes, gaps and labels of the
article are not written.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, Found, LossReport, Reader, Writer
from articles.formats.common.flat_records import surveyed, without_gaps
from articles.formats.common.json_records import Record, first_record, read_json, write_json_lines
from articles.formats.common.record_fields import BadRecord, object_of, rows_of
from articles.formats.common.source import Source
from articles.formats.common.words import word_bounds

_TAKEN = {
    *("id", "text", "tokens", "spans", "relations", "meta", "answer", "label", "options", "accept", "config"),
    *("_input_hash", "_task_hash", "_view_id", "_session_id", "_annotator_id", "_timestamp", "_is_binary"),
}


class ProdigyReader(Reader):
    format = "prodigy"
    title = "Prodigy (JSONL)"
    extensions = (".jsonl",)

    def recognises(self, file: Source) -> bool:
        record = first_record(file)
        if record is None:
            return False
        return "_task_hash" in record or "answer" in record or isinstance(record.get("tokens"), list)

    def read(self, file: Source) -> Iterator[Found]:
        return read_json(file, _converted)


class ProdigyWriter(Writer):
    format = "prodigy"
    title = "Prodigy (JSONL)"
    extension = "-prodigy.jsonl"
    content_type = "application/x-ndjson"
    wants_tokens = True

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        return write_json_lines(self._line(article) for article in articles)

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        return surveyed(articles)

    def _line(self, article: ExportArticle) -> dict[str, Any]:
        spans, relations = without_gaps(article, self.report)
        self.report.articles += 1
        words = _Words(article, spans)
        rows = {span.id: words.span(span) for span in spans}
        links = [_link(one, rows[one.source], rows[one.target]) for one in relations]
        return {
            "text": article.text,
            "meta": {**article.metadata, "id": article.id, "external_id": article.external_id},
            "tokens": words.rows(),
            "spans": list(rows.values()),
            **({"relations": links} if links else {}),
            "answer": "accept",
        }


class _Words:
    """An article's tokens as Prodigy numbers them."""

    def __init__(self, article: ExportArticle, spans: Iterable[Span]) -> None:
        self._text = article.text
        self._bounds = word_bounds(article, spans)
        self._starts = [start for start, _ in self._bounds]
        self._ends = [end for _, end in self._bounds]

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "text": self._text[start:end],
                "start": start,
                "end": end,
                "id": number,
                "ws": self._text[end : end + 1].isspace(),
            }
            for number, (start, end) in enumerate(self._bounds)
        ]

    def span(self, span: Span) -> dict[str, Any]:
        """With the numbers of its first and last token; spaces at its edges belong to those beside them."""
        first = min(bisect_right(self._ends, span.start), len(self._ends) - 1)
        last = max(bisect_left(self._starts, span.end) - 1, first)
        place = {"start": span.start, "end": span.end, "label": span.label}
        return {**place, "token_start": first, "token_end": last}


def _link(one: Relation, source: Record, target: Record) -> dict[str, Any]:
    ends = {"head": source["token_end"], "child": target["token_end"]}
    return {**ends, "head_span": source, "child_span": target, "label": one.type}


def _converted(record: Record, dropped: Counter[str]) -> Record:
    meta = object_of(record, "meta")
    base = {
        "id": record.get("id", meta.get("id")),
        "text": record.get("text"),
        "metadata": {key: value for key, value in {**record, **meta}.items() if key not in _TAKEN},
        **_tokens(record),
    }
    if record.get("answer", "accept") != "accept":
        return base
    spans = _Spans(rows_of(record, "spans"))
    relations = list(_relations(rows_of(record, "relations"), spans, dropped))
    return {**base, "spans": spans.rows(), "relations": relations, "labels": _labels(record)}


class _Spans:
    """The spans of an example, each once, and those that only relations name. A span's id is what it says."""

    def __init__(self, rows: Iterable[Record]) -> None:
        self._found: dict[str, Record] = {}
        self._ending_with: dict[Any, str] = {}
        for row in rows:
            self._ending_with.setdefault(_number(row.get("token_end")), self.add(row))

    def add(self, row: Record) -> str:
        name = f"{row.get('start')}-{row.get('end')}-{row.get('label')}"
        self._found.setdefault(name, {"id": name, **{key: row.get(key) for key in ("start", "end", "label")}})
        return name

    def end(self, row: object, token: object) -> str | None:
        """The id of a relation's end, given as a span or, when that has no label, as its last token."""
        if isinstance(row, Mapping) and row.get("label"):
            return self.add(row)
        return self._ending_with.get(_number(token)) if _number(token) is not None else None

    def rows(self) -> list[Record]:
        return list(self._found.values())


def _number(value: object) -> int | None:
    return value if type(value) is int else None


def _relations(rows: Iterable[Record], spans: _Spans, dropped: Counter[str]) -> Iterator[Record]:
    for row in rows:
        source = spans.end(row.get("head_span"), row.get("head"))
        target = spans.end(row.get("child_span"), row.get("child"))
        if source is None or target is None:
            dropped["relations between tokens that are no spans"] += 1
        else:
            yield {"type": row.get("label"), "source": source, "target": target}


def _labels(record: Record) -> list[str]:
    accepted, label = record.get("accept"), record.get("label")
    names = [*(accepted if isinstance(accepted, list) else []), label]
    return [str(name) for name in names if name and isinstance(name, str | int)]


def _tokens(record: Record) -> Record:
    """As we write tokens. Their words are held against the text."""
    rows, text = rows_of(record, "tokens"), record.get("text")
    for row in rows:
        start, end, word = row.get("start"), row.get("end"), row.get("text")
        if _number(start) is None or _number(end) is None:
            raise BadRecord("A token has start and end: whole numbers of code points.")
        if isinstance(text, str) and isinstance(word, str) and word != text[start:end]:
            there = text[start:end]
            raise BadRecord(f"The token {start}-{end} says {word!r:.60}, but the text has {there!r:.60}.")
    return {"tokens": {"bounds": [[row["start"], row["end"]] for row in rows]}} if rows else {}
