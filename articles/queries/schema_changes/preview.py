"""What a plan would change, counted before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db import connection
from django.utils.translation import ngettext

from annotator.schemas.definition import Definition
from annotator.users.models import Project
from articles.domain.schema_changes.mapping import mapping_of
from articles.domain.schema_changes.plan import Plan, Step
from articles.domain.schema_changes.todos import labels_of, newly_required
from articles.models import Status

# What carries the names of each kind: a row for each, with its layer and the step that names it.
_CARRIERS = {
    "label": """
        SELECT step.number, s.layer_id AS layer, 1 AS amount FROM step
        JOIN articles_span s ON s.label = step.name""",
    "attribute": """
        SELECT step.number, s.layer_id AS layer, 1 AS amount FROM step
        JOIN articles_span s ON s.attributes ? step.name""",
    "option": """
        SELECT step.number, s.layer_id AS layer, 1 AS amount FROM step
        JOIN articles_span s ON s.attributes ->> step.attribute = step.name""",
    "relation": """
        SELECT step.number, r.layer_id AS layer, 1 AS amount FROM step
        JOIN articles_relation r ON r.type = step.name""",
    "article_label": """
        SELECT step.number, n.layer_id AS layer, 1 AS amount FROM step
        JOIN articles_layerlabel n ON n.name = step.name""",
}
_COUNTS = """
WITH step (number, name, attribute) AS (SELECT * FROM unnest(%(numbers)s::int[], %(names)s::text[],
    %(attributes)s::text[])),
carrier AS ({carriers}),
hit AS (
    SELECT carrier.number, l.kind, a.id, a.status, count(*) AS amount FROM carrier
    JOIN articles_layer l ON l.id = carrier.layer
    JOIN articles_article a ON a.id = l.article_id AND a.project_id = %(project)s
    GROUP BY carrier.number, l.kind, a.id
)
SELECT number, kind, status, sum(amount)::bigint, count(DISTINCT id) FROM hit
GROUP BY GROUPING SETS ((number), (number, kind), (number, status))
"""
# Spans at one place that come to have one label: all but one of them go.
_MEETING = """
WITH fate (name, becomes) AS (SELECT * FROM unnest(%(names)s::text[], %(targets)s::text[])),
standing AS (
    SELECT s.layer_id, s.start, s."end", s.fragments, coalesce(fate.becomes, s.label) AS label
    FROM articles_span s JOIN articles_layer l ON l.id = s.layer_id
    JOIN articles_article a ON a.id = l.article_id AND a.project_id = %(project)s
    LEFT JOIN fate ON fate.name = s.label
    WHERE s.label = ANY(%(names)s) OR s.label = ANY(%(targets)s)
)
SELECT coalesce(sum(amount - 1), 0)::bigint FROM (
    SELECT count(*) AS amount FROM standing GROUP BY layer_id, start, "end", fragments, label
) AS place WHERE amount > 1
"""
_LINKS_LOST = """
SELECT count(*) FROM articles_relation r JOIN articles_layer l ON l.id = r.layer_id
JOIN articles_article a ON a.id = l.article_id AND a.project_id = %(project)s
WHERE EXISTS (
    SELECT FROM articles_span s WHERE s.id IN (r.source_id, r.target_id) AND s.label = ANY(%(names)s)
)
"""


@dataclass
class Counts:
    """What a step reaches: `amount` spans, relations or labels, in all and by kind of layer; and articles, in
    all and by status."""

    amount: int = 0
    articles: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    by_status: dict[str, int] = field(default_factory=dict)

    @property
    def statuses(self) -> list[tuple[str, int]]:
        """Articles by the name of their status, in the order of work."""
        return [
            (str(title), self.by_status[name]) for name, title in Status.choices if name in self.by_status
        ]


@dataclass
class Preview:
    """What the plan comes to. `steps` are in the plan's order; `remarks` are sentences about what else."""

    steps: list[Counts]
    remarks: list[str]


def preview_of(project: Project, plan: Plan) -> Preview:
    steps = [Counts() for _ in plan.steps]
    for kind in _CARRIERS:
        numbered = [(number, one) for number, one in enumerate(plan.steps) if one.kind == kind]
        if any(one.names for _, one in numbered):
            _count(project, kind, numbered, steps)
    return Preview(steps, [*_meetings(project, plan), *_lost_links(project, plan)])


def _count(project: Project, kind: str, numbered: Sequence[tuple[int, Step]], steps: list[Counts]) -> None:
    named = [(number, name, one.attribute) for number, one in numbered for name in one.names]
    numbers, names, attributes = zip(*named, strict=True)
    params = {"numbers": list(numbers), "names": list(names), "attributes": list(attributes)}
    sql = _COUNTS.format(carriers=_CARRIERS[kind])
    for number, layer_kind, status, amount, articles in _rows(sql, {**params, "project": project.pk}):
        if layer_kind:
            steps[number].by_kind[layer_kind] = amount
        elif status:
            steps[number].by_status[status] = articles
        else:
            steps[number].amount, steps[number].articles = amount, articles


def _meetings(project: Project, plan: Plan) -> list[str]:
    fates = {name: fate.to for name, fate in mapping_of(plan).labels.items() if fate.to}
    if not fates:
        return []
    params = {"names": list(fates), "targets": list(fates.values()), "project": project.pk}
    ((count,),) = _rows(_MEETING, params)
    if not count:
        return []
    words = ngettext(
        "%(count)s span stands where another one comes to have the same label: they become one, with the "
        "attributes and relations of both.",
        "%(count)s spans stand where another one comes to have the same label: they become one, with the "
        "attributes and relations of both.",
        count,
    )
    return [words % {"count": intcomma(count)}]


def _lost_links(project: Project, plan: Plan) -> list[str]:
    gone = [name for step in plan.of("label", "delete") for name in step.names]
    if not gone:
        return []
    ((count,),) = _rows(_LINKS_LOST, {"names": gone, "project": project.pk})
    if not count:
        return []
    words = ngettext(
        "%(count)s relation goes with the spans that are removed.",
        "%(count)s relations go with the spans that are removed.",
        count,
    )
    return [words % {"count": intcomma(count)}]


_LEFT_TO_PEOPLE = """
SELECT count(*) FROM articles_span s JOIN articles_layer l ON l.id = s.layer_id
JOIN articles_article a ON a.id = l.article_id AND a.project_id = %(project)s AND a.archived_at IS NULL
WHERE s.label = ANY(%(labels)s) AND coalesce(s.attributes ->> %(attribute)s, '') = ''
AND (l.kind = 'gold' OR (l.kind = 'user' AND a.status <> 'gold'))
"""


def todo_remarks(project: Project, plan: Plan, before: Definition, after: Definition) -> list[str]:
    """What is left to people, in sentences: labels to be decided, attributes to be given."""
    remarks = []
    for step in plan.of("label", "split"):
        count = _left_to_people(project, step.names) if step.by_hand else 0
        if count:
            remarks.append(_waiting(count))
    for attribute in newly_required(plan, after):
        count = _left_to_people(project, labels_of(attribute, plan, before), attribute.name)
        if count:
            remarks.append(_lacking(count, attribute.name))
    return remarks


def _waiting(count: int) -> str:
    words = ngettext(
        "%(count)s span waits under Work, To decide, for somebody to say which label it is.",
        "Up to %(count)s spans wait under Work, To decide, for somebody to say which label each is.",
        count,
    )
    return words % {"count": intcomma(count)}


def _lacking(count: int, attribute: str) -> str:
    words = ngettext(
        "%(count)s span lacks %(attribute)s: it stands under Work, To decide.",
        "%(count)s spans lack %(attribute)s: they stand under Work, To decide.",
        count,
    )
    return words % {"count": intcomma(count), "attribute": attribute}


def _left_to_people(project: Project, labels: Iterable[str], attribute: str = "") -> int:
    params = {"project": project.pk, "labels": list(labels), "attribute": attribute}
    ((count,),) = _rows(_LEFT_TO_PEOPLE, params)
    return int(count)


def _rows(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


_CARRIED_NAMES = {
    "label": "SELECT s.label, s.layer_id FROM articles_span s",
    "attribute": """SELECT jsonb_object_keys(s.attributes), s.layer_id FROM articles_span s
        WHERE s.attributes <> '{}'""",
    "relation": "SELECT r.type, r.layer_id FROM articles_relation r",
    "article_label": "SELECT n.name, n.layer_id FROM articles_layerlabel n",
    "option": """SELECT o.key || ': ' || o.value, s.layer_id FROM articles_span s,
        jsonb_each_text(s.attributes) AS o WHERE s.attributes <> '{}'""",
}


def amounts_of(project: Project, kind: str) -> dict[str, Counts]:
    """How often each name of a kind is used. An option is called `attribute: option`."""
    sql = f"""
        SELECT carried.name, l.kind, count(*) FROM ({_CARRIED_NAMES[kind]}) AS carried (name, layer)
        JOIN articles_layer l ON l.id = carried.layer
        JOIN articles_article a ON a.id = l.article_id AND a.project_id = %(project)s
        GROUP BY carried.name, l.kind"""  # noqa: S608 - put together of the constants here
    found: dict[str, Counts] = {}
    for name, layer_kind, amount in _rows(sql, {"project": project.pk}):
        counts = found.setdefault(name, Counts())
        counts.amount += amount
        counts.by_kind[layer_kind] = amount
    return found
