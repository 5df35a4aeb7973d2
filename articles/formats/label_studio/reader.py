"""Tasks of Label Studio, each turned into a record of ours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from articles.formats.base import Found, Reader
from articles.formats.common.json_records import Record, first_record, read_json
from articles.formats.common.record_fields import BadRecord, object_of, rows_of
from articles.formats.common.source import Source
from articles.formats.label_studio.results import is_score, layer_of_result, list_of

_ABOUT_THE_WORK = {
    *("id", "text", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"),
    *("completed_by", "completions", "annotations", "predictions", "drafts"),
}
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")


class LabelStudioReader(Reader):
    format = "label-studio"
    title = "Label Studio (JSON or JSON_MIN)"
    extensions = (".json",)

    def recognises(self, file: Source) -> bool:
        record = first_record(file)
        if record is None:
            return False
        is_short = "annotation_id" in record or any(map(_short_regions, record.values()))
        return isinstance(record.get("data"), dict) or is_short

    def read(self, file: Source) -> Iterator[Found]:
        return read_json(file, _converted)


def _converted(task: Record, dropped: Counter[str]) -> Record:
    data = task.get("data")
    if not isinstance(data, dict):
        return _from_short_form(task)
    text = _text_of(data)
    free = {key: value for key, value in data.items() if value is not text}
    counting, others = _annotations(task)
    layer = layer_of_result(rows_of(counting, "result"), dropped)
    layers = [*_layers_of_people(counting, others, dropped), *_layers_of_engines(task, dropped)]
    return {
        "id": task.get("id"),
        "text": text,
        "metadata": {**object_of(task, "meta"), **free},
        **layer,
        "layers": layers,
        "threads": [thread for one in (layer, *layers) for thread in one["threads"]],
    }


def _text_of(data: Record) -> str:
    """The text of a task: named `text`, or the only one there is (the name is the project's own)."""
    if isinstance(data.get("text"), str):
        return str(data["text"])
    texts = [value for value in data.values() if isinstance(value, str)]
    if len(texts) != 1:
        raise BadRecord('The task\'s "data" has no "text".')
    return texts[0]


def _annotations(task: Record) -> tuple[Record, list[Record]]:
    """The annotation that counts, and the others from new to old. What we wrote as the layer of a person
    (`author`) does not count."""
    done = [one for one in rows_of(task, "annotations") if not one.get("was_cancelled")]
    newest = sorted(done, key=lambda one: (bool(one.get("ground_truth")), str(one.get("updated_at") or "")))
    counting: Record = next((one for one in reversed(newest) if "author" not in one), {})
    return counting, [one for one in reversed(newest) if one is not counting]


def _layers_of_people(
    counting: Record, others: Iterable[Record], dropped: Counter[str]
) -> Iterator[dict[str, Any]]:
    known = {_author(counting)}
    for one in others:
        author = _author(one)
        if not author:
            dropped["annotations by people without a name"] += 1
        elif author in known:
            dropped["older annotations by the same person"] += 1
        else:
            known.add(author)
            yield {"author": author, **layer_of_result(rows_of(one, "result"), dropped)}


def _author(annotation: Record) -> str:
    if isinstance(annotation.get("author"), str):
        return str(annotation["author"])
    by = annotation.get("completed_by")
    if isinstance(by, dict):
        by = by.get("username") or by.get("email")
    return f"user:{by.strip()}" if isinstance(by, str) and by.strip() else ""


def _layers_of_engines(task: Record, dropped: Counter[str]) -> Iterator[dict[str, Any]]:
    """The last prediction of each model. Label Studio may export no more than their numbers."""
    predictions = [one for one in list_of(task, "predictions") if isinstance(one, dict)]
    last = {_engine(one): one for one in predictions}
    dropped["older predictions by the same model"] += len(predictions) - len(last)
    for author, one in last.items():
        score = one.get("score")
        confidence = score if is_score(score) else None
        yield {"author": author, **layer_of_result(rows_of(one, "result"), dropped, confidence)}


def _engine(prediction: Record) -> str:
    """Engines are named by a letter and then letters, digits and hyphens."""
    slug = _NOT_IN_A_SLUG.sub("-", str(prediction.get("model_version") or "").lower()).strip("-")[:64]
    return f"engine:{slug if slug[:1].isalpha() else f'model-{slug}'.strip('-')[:64]}"


def _from_short_form(task: Record) -> Record:
    """Regions stand in lists under the names of their controls, which are the project's own; so do several
    choices about the article. A single choice is a text like any other, and so metadata."""
    regions = {name: _short_regions(value) for name, value in task.items()}
    choices = {name: _short_choices(value) for name, value in task.items()}
    return {
        "id": task.get("id"),
        "text": task.get("text"),
        "metadata": {
            name: value
            for name, value in task.items()
            if name not in _ABOUT_THE_WORK and not regions[name] and not choices[name]
        },
        "spans": [
            {**{name: one.get(name) for name in ("start", "end", "text")}, "label": label}
            for rows in regions.values()
            for one in rows
            for label in list_of(one, "labels")
        ],
        "labels": [name for names in choices.values() for name in names],
    }


def _short_regions(value: object) -> list[dict[str, Any]]:
    rows = value if isinstance(value, list) else []
    return [one for one in rows if isinstance(one, dict) and one.keys() >= {"start", "end", "labels"}]


def _short_choices(value: object) -> list[Any]:
    return list_of(value, "choices") if isinstance(value, dict) and value.keys() == {"choices"} else []
