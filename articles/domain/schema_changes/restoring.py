"""A label schema and its names as they were before a change that is undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from annotator.schemas.definition import ArticleLabel, Attribute, Definition, Label, RelationType
from articles.domain.schema_changes.mapping import Fate, Renaming, SchemaMapping
from articles.domain.schema_changes.plan import Plan
from articles.domain.schema_changes.problems import LISTS
from articles.domain.schema_changes.rewriting import rewritten_leniently

Row = Label | RelationType | Attribute | ArticleLabel


def mapping_back(plan: Plan, before: Definition) -> SchemaMapping:
    """What becomes of spans made under new names since the change: they get the old name, if there was only
    one."""
    options = {
        (attribute.name, new): old
        for attribute in before.attributes
        for new, old in _single_sources(plan, "option", attribute.options, attribute.name).items()
    }
    return SchemaMapping(
        labels={new: Fate(old) for new, old in _only_source(plan, before, "label").items()},
        relations=_only_source(plan, before, "relation"),
        attributes=_only_source(plan, before, "attribute"),
        options=options,
        article_labels=_only_source(plan, before, "article_label"),
    )


def _only_source(plan: Plan, before: Definition, kind: str) -> dict[str, str]:
    return _single_sources(plan, kind, [row.name for row in getattr(before, LISTS[kind])])


def _single_sources(plan: Plan, kind: str, known: Sequence[str], attribute: str = "") -> dict[str, str]:
    """New names that were made of one old one, with that."""
    sources: dict[str, set[str]] = {}
    for step in plan.of(kind):
        for target in step.targets if step.attribute == attribute else ():
            sources.setdefault(target, set()).update(step.names)
    return {new: next(iter(old)) for new, old in sources.items() if new not in known and len(old) == 1}


def written_back(now: Definition, before: Definition, plan: Plan) -> Definition:
    """The definition with the plan undone, but with what was published since.

    Labels and attributes that the plan added, or joined from several, stay, because spans made since may have
    them: labels as retired ones, attributes as optional ones.
    """
    after = rewritten_leniently(before, plan)
    lists: dict[str, Any] = {LISTS[kind]: tuple(_rows_back(kind, now, before, after, plan)) for kind in LISTS}
    return replace(now, **lists)


def _rows_back(
    kind: str, now: Definition, before: Definition, after: Definition, plan: Plan
) -> Iterator[Row]:
    old, rows_now, rows_after = (_by_name(getattr(one, LISTS[kind])) for one in (before, now, after))
    back = _only_source(plan, before, kind)
    changed = {name for step in plan.of(kind) for name in step.names}
    for name, row in old.items():
        if name in changed or rows_now.get(name) == rows_after.get(name):
            yield row
        elif name in rows_now:
            yield _naming_old(rows_now[name], plan, before)
    for name, row in rows_now.items():
        if name in old or name in back:
            continue
        yield _kept_aside(row) if name in rows_after else _naming_old(row, plan, before)


def _kept_aside(row: Row) -> Row:
    match row:
        case Label():
            return replace(row, retired=True, hotkey="")
        case Attribute():
            return replace(row, required=False)
        case _:
            return row


def _naming_old(row: Row, plan: Plan, before: Definition) -> Row:
    """A row that was published since, with the old names of labels."""
    back: Renaming = _only_source(plan, before, "label")

    def named(labels: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(back.get(label) or label for label in labels))

    match row:
        case RelationType():
            return replace(row, sources=named(row.sources), targets=named(row.targets))
        case Attribute():
            return replace(row, labels=named(row.labels))
        case _:
            return row


def _by_name(rows: Sequence[Row]) -> dict[str, Row]:
    return {row.name: row for row in rows}
