"""What a bulk edit would do, before it does it: the same rules that hold when it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from annotator.schemas.definition import Definition
from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.domain.bulk_edits import Change, StandingSpan, Wish, changes_at
from articles.domain.layers.edits import EditRefused
from articles.domain.layers.state import LayerState
from articles.domain.spans import Span as SpanValue
from articles.models import Article, Assignment, Layer, Relation, Span, Status
from articles.queries.known_gold.known_articles import shown_articles

LINKED = "It is linked to others. Open the article to remove it with its relations."
NOT_YOURS = "You are not at work on this article. Only articles that you have taken can be changed."
SUBMITTED = "You submitted this article. Reopen it to change it."
SKIPPED = "You skipped this article."
UNREVIEWED = "Nobody has submitted this article, so there is no gold of it yet."
APPROVED = "This article is approved."


class Place(NamedTuple):
    """`[start, end)` of an article, in code points."""

    article: int
    start: int
    end: int


@dataclass(frozen=True)
class Target:
    """Whose layers are changed: gold, or else `user`'s own. `reopens`: approved gold, too."""

    user: User
    is_gold: bool
    reopens: bool = False

    def layers(self, articles: Iterable[int]) -> dict[int, Layer]:
        mine = Layer.objects.gold() if self.is_gold else Layer.objects.by_user(self.user)
        return {one.article_id: one for one in mine.filter(article__in=list(articles))}


@dataclass(frozen=True)
class BulkRequest:
    """What somebody asks for: `wish`, done at these places. `search` is how they were found, as parameters of
    an address; `remarks` say why it may not have found all there is. Both are kept with the bulk edit.

    The caller chooses the id: asking twice with one id does it once.
    """

    id: UUID
    target: Target
    wish: Wish
    places: Sequence[Place]
    search: Mapping[str, Any]
    remarks: Sequence[str] = ()


@dataclass
class BulkPlan:
    """Changes and refusals, by place. `digest` is the same for the same plan."""

    changes: list[tuple[Place, Change]] = field(default_factory=list)
    refused: list[tuple[Place, str]] = field(default_factory=list)

    @property
    def digest(self) -> str:
        said = [(place, str(change.span), change.before) for place, change in self.changes]
        return sha256(repr((said, self.refused)).encode()).hexdigest()[:32]

    @property
    def standing(self) -> list[tuple[str, int]]:
        """How often each label stands where something is changed; empty where none does."""
        labels = Counter(change.before["label"] if change.before else "" for _, change in self.changes)
        return labels.most_common()

    @property
    def articles(self) -> list[tuple[int, int]]:
        """How many changes each article has, the most first."""
        return Counter(place.article for place, _ in self.changes).most_common()

    @property
    def reasons(self) -> list[tuple[str, int]]:
        return Counter(reason for _, reason in self.refused).most_common()


def plan_bulk_edit(
    project: Project, target: Target, wish: Wish, places: Sequence[Place], *, bulk: UUID
) -> BulkPlan:
    """What would be done at these places. Places of articles that the project does not have are left out."""
    plan, definition = BulkPlan(), published_definition(project.pk)
    by_article: dict[int, list[Place]] = {}
    for place in sorted(set(places)):
        by_article.setdefault(place.article, []).append(place)
    found = shown_articles(project, target.user)
    articles = found.defer("text", "metadata").in_bulk(by_article)
    layers = target.layers(articles)
    closed = obstacles(target, articles, layers)
    standing = spans_near(layers, [place for one in articles for place in by_article[one]])
    linked = linked_spans(span.id for spans in standing.values() for span in spans)
    for article in sorted(articles):
        if article in closed:
            plan.refused += [(place, closed[article]) for place in by_article[article]]
            continue
        state = state_of(articles[article].length, definition, standing.get(article, []))
        _plan_article(plan, wish, by_article[article], standing.get(article, []), state, linked, bulk)
    return plan


def _plan_article(
    plan: BulkPlan,
    wish: Wish,
    places: Iterable[Place],
    standing: Sequence[StandingSpan],
    state: LayerState,
    linked: Collection[UUID],
    bulk: UUID,
) -> None:
    for place in places:
        changes, reason = changes_at(wish, *place, standing, bulk=bulk, definition=state.definition)
        if not changes:
            plan.refused.append((place, reason))
        for change in changes:
            refusal = refusal_of(change, state, linked)
            if refusal:
                plan.refused.append((place, refusal))
            else:
                plan.changes.append((place, change))


def refusal_of(change: Change, state: LayerState, linked: Collection[UUID]) -> str:
    """Why the change cannot be made; empty when it can: then it has been made in `state`."""
    if change.after is None and change.span in linked:
        return LINKED
    try:
        state.apply(change.edit(change.span))
    except EditRefused as refusal:
        return str(refusal)
    return ""


def obstacles(target: Target, articles: Mapping[int, Article], layers: Mapping[int, Layer]) -> dict[int, str]:
    """Why nothing can be changed in these articles at all."""
    if not target.is_gold:
        claims = {
            one.article_id: one for one in Assignment.objects.of(target.user).filter(article__in=articles)
        }
        found = {one: _own_obstacle(claims.get(one), layers.get(one)) for one in articles}
    else:
        found = {pk: _gold_obstacle(one, target) for pk, one in articles.items()}
    return {article: reason for article, reason in found.items() if reason}


def _own_obstacle(claim: Assignment | None, layer: Layer | None) -> str:
    if claim is None or claim.returned_at:
        return NOT_YOURS
    if claim.submitted_at or (layer and layer.submitted_at):
        return SUBMITTED
    return SKIPPED if claim.skipped_at else ""


def _gold_obstacle(article: Article, target: Target) -> str:
    if article.status == Status.GOLD:
        return "" if target.reopens else APPROVED
    return "" if article.status in (Status.SUBMITTED, Status.IN_REVIEW) else UNREVIEWED


def spans_near(layers: Mapping[int, Layer], places: Iterable[Place]) -> dict[int, list[StandingSpan]]:
    """The spans of these layers, by article, that share characters with one of the places."""
    near = [(layers[one.article].pk, one.start, one.end) for one in places if one.article in layers]
    articles = {layer.pk: article for article, layer in layers.items()}
    found: dict[UUID, Span] = {}
    if near:
        columns = [list(column) for column in zip(*near, strict=True)]
        found = {one.pk: one for one in Span.objects.raw(_NEAR, columns)}
    by_article: dict[int, list[StandingSpan]] = {}
    for one in sorted(found.values(), key=lambda span: (span.start, -span.end, span.label)):
        by_article.setdefault(articles[one.layer_id], []).append(StandingSpan(one.pk, span_data(one)))
    return by_article


_NEAR = """
SELECT s.* FROM unnest(%s::bigint[], %s::int[], %s::int[]) AS place (layer, start, stop)
JOIN articles_span s ON s.layer_id = place.layer AND s.start < place.stop AND s."end" > place.start
"""


def span_data(row: Span) -> dict[str, object]:
    """A span as edits write it, without its id."""
    return {
        "start": row.start,
        "end": row.end,
        "label": row.label,
        "fragments": row.fragments,
        "attributes": row.attributes,
        "suggestion": str(row.suggestion) if row.suggestion else None,
    }


def linked_spans(spans: Iterable[UUID]) -> set[UUID]:
    """Those of the spans that a relation begins or ends at."""
    ids = list(spans)
    rows = Relation.objects.filter(Q(source__in=ids) | Q(target__in=ids)).values_list("source", "target")
    return {end for ends in rows for end in ends}


def state_of(length: int, definition: Definition, standing: Iterable[StandingSpan]) -> LayerState:
    """The part of a layer that is around some places, as a value."""
    state = LayerState(length=length, definition=definition)
    for one in standing:
        data = one.data
        pieces = tuple((start, end) for start, end in data["fragments"])
        state.spans[one.id] = SpanValue(
            one.id, data["start"], data["end"], data["label"], pieces, data["attributes"]
        )
    return state
