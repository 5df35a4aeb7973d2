"""All layers of a project carried over to a changed label schema, in the background."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Sum

from annotator.schemas.queries import published_definition
from articles.domain.schema_changes.carrying import carry_over
from articles.domain.schema_changes.mapping import SchemaMapping
from articles.domain.schema_changes.todos import todos_in
from articles.domain.schema_changes.undoing import take_back
from articles.models import CarriedLayer, Job, Layer, SchemaChange, SchemaTodo, Status
from articles.queries.schema_changes.changes import mapping_for, plan_of
from articles.queries.schema_changes.extent import edits_to_undo, next_articles, reached_layers
from articles.services.articles import lock_articles
from articles.services.jobs.lifecycle import Cancelled, claim_job, count_progress, finish_job, working_on
from articles.services.schema_changes.layers import Carrying, LoadedLayer, load_layers, write_carryings

# Annotators of these articles wait while they are carried over: a fifth of a second, with 60 spans each.
CHUNK = 100


def work_on_schema_change(job_id: int) -> None:
    """Carry over what is left. What was done before a worker was killed is not done again."""
    job = claim_job(job_id)
    if job is None:
        return
    with working_on(job):
        change = SchemaChange.objects.get(job=job)
        mapping = mapping_for(change)
        while more := _carry_next(change.pk, mapping):
            if not count_progress(job_id=job.pk, more=more):
                raise Cancelled
        finish_job(job_id=job.pk, state=Job.State.SUCCEEDED, report=_report(change))


def _carry_next(change_id: int, mapping: SchemaMapping) -> int:
    """One chunk of articles in one transaction; how many. Locks the change, articles, then their layers."""
    with transaction.atomic():
        change = _lock(change_id)
        articles = next_articles(change, mapping, CHUNK)
        if articles:
            lock_articles(articles)
            carry_layers(change, mapping, reached_layers(change, mapping, articles))
            SchemaChange.objects.filter(pk=change_id).update(reached=articles[-1])
    return len(articles)


_WITH = ("created_by", "before", "after", "undoes__before", "project")


def _lock(change_id: int) -> SchemaChange:
    """So that a worker that was taken for dead does not do the same work at the same time."""
    rows = SchemaChange.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related(*_WITH).defer("engines", "undoes__engines").get(pk=change_id)


def bring_up_to_date(change: SchemaChange | None, layer: Layer) -> None:
    """Carry a layer over before somebody edits it, when the change has not come to it yet. The caller holds
    the layer's lock."""
    if change and change.job and change.job.state != Job.State.SUCCEEDED:
        carry_layers(change, mapping_for(change), [layer.pk])
        layer.refresh_from_db(fields=["version"])


def carry_layers(change: SchemaChange, mapping: SchemaMapping, layers: Sequence[int]) -> None:
    """Carry these layers over. Harmless when it was done before. Locks the layers."""
    has_rules = any(fate.rules for fate in mapping.labels.values())
    definition = published_definition(change.project_id)
    loaded = load_layers(layers, definition=definition, with_text=has_rules)
    _note_todos(change, mapping, loaded)
    undone = edits_to_undo(change, layers) if change.undoes else {}
    carryings = []
    for one in loaded:
        back = take_back(one.state, undone.get(one.row.pk, ()))
        edits = [*back.edits, *carry_over(one.state, mapping, one.text)]
        left = [] if one.row.kind == Layer.Kind.ENGINE else back.left
        carryings.append(Carrying(one, edits, left))
    write_carryings(change, carryings, by=change.created_by)


def _note_todos(change: SchemaChange, mapping: SchemaMapping, layers: Sequence[LoadedLayer]) -> None:
    """What is left to people: in gold, and in layers of annotators whose articles are not gold yet."""
    if change.after is None or change.undoes_id:
        return
    plan, after = plan_of(change), change.after.definition
    looked_at = [
        one
        for one in layers
        if one.row.kind == Layer.Kind.GOLD
        or (one.row.kind == Layer.Kind.USER and one.row.article.status != Status.GOLD)
    ]
    SchemaTodo.objects.bulk_create(
        (
            SchemaTodo(
                change=change, layer=one.row, span=todo.span, label=todo.label, attribute=todo.attribute
            )
            for one in looked_at
            for todo in todos_in(one.state.spans.values(), one.text, plan=plan, mapping=mapping, after=after)
        ),
        ignore_conflicts=True,
        batch_size=5_000,
    )


def _report(change: SchemaChange) -> dict[str, int]:
    """How many layers and spans were changed, by the kind of layer."""
    done = CarriedLayer.objects.filter(change=change)
    sums = done.values_list("layer__kind").annotate(Sum("spans")).order_by("layer__kind")
    spans = {f"{kind}_spans": spans for kind, spans in sums}
    return {**spans, "articles": done.values("layer__article").distinct().count()}
