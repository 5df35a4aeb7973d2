"""A label schema after a plan has been carried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any, TypeVar

from annotator.schemas.definition import (
    PALETTE_SIZE,
    ArticleLabel,
    Attribute,
    Definition,
    DefinitionError,
    Label,
    RelationType,
    parse_definition,
)
from articles.domain.schema_changes.mapping import Renaming, images_of, label_images, mapping_of
from articles.domain.schema_changes.plan import Plan, PlanError, Step
from articles.domain.schema_changes.problems import LISTS, problems_with_plan

Row = TypeVar("Row", Label, RelationType, Attribute, ArticleLabel)
_TO_BE_CHOSEN = -1


def rewritten(definition: Definition, plan: Plan) -> Definition:
    """The definition after the plan. Raises PlanError with every problem."""
    problems = problems_with_plan(definition, plan)
    if problems:
        raise PlanError(problems)
    try:
        return parse_definition(rewritten_leniently(definition, plan).to_dict())
    except DefinitionError as error:
        raise PlanError(error.problems) from error


def rewritten_leniently(definition: Definition, plan: Plan) -> Definition:
    """The same for a draft, which may differ from the published schema: names that it does not have are
    passed over."""
    mapping = mapping_of(plan)
    images = label_images(plan)
    attributes = [_with_options(row, plan) for row in definition.attributes]
    required = {name for step in plan.of("attribute", "require") for name in step.names}
    return Definition(
        labels=tuple(_labels(definition.labels, plan, images)),
        relations=tuple(
            replace(row, sources=images_of(row.sources, images), targets=images_of(row.targets, images))
            for row in _moved(definition.relations, mapping.relations, plan, "relation", _joined_relations)
        ),
        attributes=tuple(
            replace(row, labels=images_of(row.labels, images), required=row.required or row.name in required)
            for row in _moved(attributes, mapping.attributes, plan, "attribute", _joined_attributes)
        ),
        article_labels=tuple(
            _moved(
                definition.article_labels, mapping.article_labels, plan, "article_label", lambda one, _: one
            )
        ),
        overlap=definition.overlap,
    )


def _labels(labels: Sequence[Label], plan: Plan, images: Mapping[str, tuple[str, ...]]) -> list[Label]:
    """In their order; what is new stands where it came from."""
    retired = {name for step in plan.of("label", "retire") for name in step.names}
    split = {name for step in plan.of("label", "split") for name in step.names}
    known = {label.name for label in labels}
    rows: dict[str, Label] = {}
    for label in labels:
        for new in images.get(label.name, (label.name,)):
            if new == label.name:
                rows[new] = replace(label, retired=True, hotkey="") if new in retired else label
            elif new not in known:
                heir = Label(new, _TO_BE_CHOSEN) if label.name in split else replace(label, name=new)
                rows.setdefault(new, heir)
    for step in plan.of("label", "add"):
        rows.setdefault(step.to, _added(step, "labels", {"colour": _free_colour(rows.values())}))
    return _with_colours(list(rows.values()))


def _with_colours(labels: list[Label]) -> list[Label]:
    """Labels that were split off get the first colours that no other label has."""
    for number, label in enumerate(labels):
        if label.colour == _TO_BE_CHOSEN:
            labels[number] = replace(label, colour=_free_colour(labels))
    return labels


def _free_colour(labels: Iterable[Label]) -> int:
    used = Counter(label.colour for label in labels)
    return min(range(PALETTE_SIZE), key=lambda colour: (used[colour], colour))


def _moved(
    rows: Sequence[Row], renaming: Renaming, plan: Plan, kind: str, joined: Callable[[Row, Row], Row]
) -> list[Row]:
    """The rows with their new names. Where several get the same name, the one that had it before counts, or
    else the first."""
    by_name = {row.name: row for row in rows}
    made_of: dict[str, list[Row]] = {}
    for row in rows:
        new = renaming.get(row.name, row.name)
        if new is not None:
            made_of.setdefault(new, []).append(row)
    heirs = {new: by_name.get(new) or replace(there[0], name=new) for new, there in made_of.items()}
    found = {new: reduce(joined, there, heirs[new]) for new, there in made_of.items()}
    places = {new: (by_name.get(new) or there[0]).name for new, there in made_of.items()}
    order = {row.name: number for number, row in enumerate(rows)}
    for step in plan.of(kind, "add"):
        found.setdefault(step.to, _added(step, LISTS[kind]))
    return sorted(found.values(), key=lambda row: order.get(places.get(row.name, ""), len(order)))


def _joined_relations(kept: RelationType, other: RelationType) -> RelationType:
    """Links of both can stand afterwards."""
    return replace(
        kept,
        sources=_either(kept.sources, other.sources),
        targets=_either(kept.targets, other.targets),
    )


def _joined_attributes(kept: Attribute, other: Attribute) -> Attribute:
    """Values of both can stand afterwards."""
    options = tuple(dict.fromkeys([*kept.options, *other.options]))
    return replace(kept, options=options, labels=_either(kept.labels, other.labels))


def _either(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Both lists of labels; an empty one means any label."""
    return tuple(dict.fromkeys([*one, *other])) if one and other else ()


def _with_options(attribute: Attribute, plan: Plan) -> Attribute:
    steps = [step for step in plan.of("option") if step.attribute == attribute.name]
    images = {name: step.to for step in steps if step.do != "add" for name in step.names}
    options = [images.get(option, option) for option in attribute.options]
    options += [step.to for step in steps if step.do == "add"]
    return replace(attribute, options=tuple(dict.fromkeys(one for one in options if one)))


def _added(step: Step, key: str, usual: Mapping[str, Any] | None = None) -> Any:
    """What is added, as a label schema would have it. Raises PlanError."""
    row = {**(usual or {}), **step.definition, "name": step.to}
    known = [{"name": name} for name in _labels_named(row) or ["ANY"]]
    rows = {"labels": known} if key != "labels" else {}
    try:
        return getattr(parse_definition({**rows, key: [row]}), key)[0]
    except DefinitionError as error:
        raise PlanError(error.problems) from error


def _labels_named(row: Mapping[str, Any]) -> list[str]:
    named = [row.get(key) for key in ("sources", "targets", "labels")]
    lists = [value for value in named if isinstance(value, list | tuple)]
    return list(dict.fromkeys(name for names in lists for name in names if isinstance(name, str)))
