"""The layers of an article carried over to its corrected text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from annotator.schemas.definition import Definition
from annotator.schemas.queries import published_definition
from annotator.users.models import User
from articles.domain.corrections.reanchoring import Kind, Reanchored, Reanchoring, reanchor
from articles.domain.layers.state import LayerState
from articles.domain.spans import Relation, Span
from articles.domain.stories.carrying import carry_over
from articles.domain.texts.tokens import Bounds
from articles.engines.registry import holding_kinds
from articles.models import Article, Correction, CorrectionTodo, Layer, Plant, SchemaTodo
from articles.services.gold.approving import record_whole_layer
from articles.services.layers import load_state, save_changes
from articles.services.runs.layers import write_layers

CARRYING_NAMESPACE = UUID("6f6b6e0d-7f3e-4c1b-9a55-2b0f64a1c8d2")


def carried_id(article_id: int, id_: UUID) -> UUID:
    """The id that a span or relation of an older text has in this article: always the same, so that edits
    that come late still find it."""
    return uuid5(CARRYING_NAMESPACE, f"{article_id}/{id_}")


@dataclass(frozen=True)
class LayerPlan:
    """What becomes of one layer. `passages` are stretches of the new text that its author has not read."""

    layer: Layer
    state: LayerState
    found: Reanchored
    passages: Sequence[Bounds]

    @property
    def certain(self) -> int:
        return len(self.state.spans) - len(self.found.doubtful)

    @property
    def lost(self) -> int:
        return sum(one.kind is Kind.LOST for one in self.found.doubtful)

    @property
    def unsure(self) -> int:
        """Spans that have a place which somebody is to look at."""
        return len(self.found.doubtful) - self.lost

    @property
    def asks(self) -> int:
        """How many places somebody is to look at."""
        return len(self.found.doubtful) + len(self.passages)


def plan_layers(layers: Iterable[Layer], article: Article, way: Reanchoring) -> list[LayerPlan]:
    """What becomes of these layers of people (and gold) of the article. Writes nothing."""
    definition = published_definition(article.project_id)
    return [_plan(one, article, way, definition) for one in layers]


def _plan(layer: Layer, article: Article, way: Reanchoring, definition: Definition) -> LayerPlan:
    state = load_state(layer, length=article.length, definition=definition)
    _take_out_plants(state, layer, article)
    found = reanchor(state.spans.values(), state.relations.values(), way, definition.overlap)
    passages = way.new_passages([one.place for one in found.doubtful]) if layer.begun_at else []
    return LayerPlan(layer, state, found, passages)


def _take_out_plants(state: LayerState, layer: Layer, article: Article) -> None:
    """Suggestions that are wrong on purpose are taken out when a layer is handed in. In the new text nobody
    could tell them any more, so they are taken out now."""
    if layer.kind != Layer.Kind.USER or layer.submitted_at:
        return
    origins = {origin: id_ for id_, origin in state.origins.items()}
    for plant in Plant.objects.filter(article=article, pk__in=origins):
        span = state.spans.get(origins[plant.pk])
        if span and (span.start, span.end, span.label) == (plant.start, plant.end, plant.label):
            state.remove_span({"id": str(span.id)})


def write_layers_of_people(
    plans: Iterable[LayerPlan], correction: Correction, way: Reanchoring, *, by: User
) -> None:
    """Make the layers of the new text, with what is to be looked at. Gold that has anything doubtful is not
    final any more; what was handed in stays so."""
    for plan in plans:
        layer = _new_layer(plan, correction.article)
        state = _new_state(plan, correction.article, way)
        empty = LayerState(length=state.length, definition=state.definition)
        save_changes(layer, before=empty, after=state)
        record_whole_layer(layer, state, op="carry_text", by=by)
        CorrectionTodo.objects.bulk_create(_todos(plan, layer, correction))
        _move_schema_todos(plan, layer, state)


def _new_layer(plan: LayerPlan, article: Article) -> Layer:
    old = plan.layer
    is_final = old.approved_at and not plan.asks
    return Layer.objects.create(
        article=article,
        kind=old.kind,
        user=old.user,
        created_at=old.created_at,
        begun_at=old.begun_at,
        submitted_at=old.submitted_at,
        approved_at=old.approved_at if is_final else None,
        approved_by=old.approved_by if is_final else None,
    )


def _new_state(plan: LayerPlan, article: Article, way: Reanchoring) -> LayerState:
    old = plan.state
    ids = {one: carried_id(article.pk, one) for one in (*old.spans, *old.relations)}
    spans = [replace(one, id=ids[one.id]) for one in plan.found.spans]
    return LayerState(
        length=article.length,
        definition=old.definition,
        spans={one.id: one for one in spans},
        relations={ids[one.id]: _relation(one, ids) for one in plan.found.relations},
        labels=old.labels,
        rejections=_rejections(old, way),
        origins={ids[one.id]: old.origins[one.id] for one in plan.found.spans if one.id in old.origins},
    )


def _relation(one: Relation, ids: Mapping[UUID, UUID]) -> Relation:
    return replace(one, id=ids[one.id], source=ids[one.source], target=ids[one.target])


def _rejections(old: LayerState, way: Reanchoring) -> dict[tuple[int, int, str], UUID | None]:
    """Rejections of suggestions on words that are the same. Those on other words are left out, so that
    suggestions there may be offered again."""
    nobody = UUID(int=0)
    moved = (
        (way.certain(Span(nobody, start, end, label)), origin)
        for (start, end, label), origin in old.rejections.items()
    )
    return {(one.start, one.end, one.label): origin for one, origin in moved if one}


def _todos(plan: LayerPlan, layer: Layer, correction: Correction) -> list[CorrectionTodo]:
    doubtful = [
        CorrectionTodo(
            correction=correction,
            layer=layer,
            kind=one.kind.value,
            span=None if one.kind is Kind.LOST else carried_id(correction.article_id, one.span.id),
            label=one.span.label,
            start=one.place[0],
            end=one.place[1],
            was_start=one.span.start,
            was_end=one.span.end,
        )
        for one in plan.found.doubtful
    ]
    new = [
        CorrectionTodo(correction=correction, layer=layer, kind=Kind.NEW.value, start=start, end=end)
        for start, end in plan.passages
    ]
    return sorted([*doubtful, *new], key=lambda one: (one.start, one.end))


def _move_schema_todos(plan: LayerPlan, layer: Layer, state: LayerState) -> None:
    """Spans that a change of the labels left to people stay on their list."""
    open_ones = SchemaTodo.objects.open().filter(layer=plan.layer)
    moved = [(carried_id(layer.article_id, one.span), one) for one in open_ones]
    SchemaTodo.objects.bulk_create(
        SchemaTodo(change=one.change, layer=layer, span=id_, label=one.label, attribute=one.attribute)
        for id_, one in moved
        if id_ in state.spans
    )


def carry_held_suggestions(correction: Correction, way: Reanchoring) -> None:
    """Carry over suggestions that no engine will make again: those that came with a file, or from another
    article."""
    layers = Layer.objects.by_engines().filter(article=correction.corrected, engine__kind__in=holding_kinds())
    for layer in layers.select_related("engine__project"):
        if layer.engine is None:
            continue
        state = load_state(
            layer,
            length=correction.corrected.length,
            definition=published_definition(correction.article.project_id),
        )
        carried = carry_over(state.spans.values(), state.relations.values(), way.alignment)
        write_layers(
            engine=layer.engine,
            version=layer.engine_version,
            articles=[correction.article],
            suggestions=[carried.suggestions],
        )
