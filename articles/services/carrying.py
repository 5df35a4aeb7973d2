"""Annotated once, carried over: gold of one article becomes suggestions in the others of its story."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from annotator.lib.errors import Refused
from annotator.users.models import Project, User, Verb
from annotator.users.services.audit import record
from articles.domain.stories.carrying import Alignment, Carried, carry_over
from articles.engines.carried import CarriedEngine
from articles.models import Article, ProjectEngine
from articles.queries.known_gold.exercises import is_open_exercise
from articles.queries.stories.carrying import GoldReading, due_to_be_carried, gold_reading, waiting_for
from articles.services.articles import lock_articles
from articles.services.runs.layers import write_layers

log = logging.getLogger(__name__)

# A person waits for this. What is left over is carried when they ask again.
MOST_AT_ONCE = 50
MOST_CHARACTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """How many articles got suggestions, how many spans these are, how many had no certain place, and how
    many articles are still `left`."""

    articles: int
    spans: int
    doubtful: int
    left: int


def carry_over_where_due() -> int:
    """In projects that have this switched on, carry over gold that is new since the last time. Answers how
    many articles got suggestions; the rest get them next time. Run twice at once, each article is written
    once."""
    done = 0
    for project in Project.objects.live().filter(carries_over=True):
        for gold, members in due_to_be_carried(project, most=MOST_AT_ONCE).items():
            article = Article.objects.select_related("project").get(pk=gold)
            try:
                done += carry_gold_over(article=article, by=None, among=members).articles
            except Refused as refusal:
                log.info("Gold of article %s is not carried over: %s", gold, refusal.reason)
    return done


def carry_gold_over(
    *, article: Article, by: User | None, among: Collection[int] | None = None
) -> CarriedOver:
    """Suggest the article's gold on the same words of the unfinished articles of its story (of those in
    `among`, if it is given). `by` is None where the project does it by itself.

    Replaces what was carried over there before, and touches no layer of a person. Articles that have this
    gold already are passed over. Locks the articles that it writes to, then their layers. Raises Refused.
    """
    with transaction.atomic():
        engine = _engine(article.project)
        gold = _gold(article)
        waiting = waiting_for(article, gold)
        waiting = waiting if among is None else waiting.filter(pk__in=among)
        batch = _lock_waiting(waiting, _batch(waiting.iterator(chunk_size=10)))
        carried = [carry_over(gold.spans, gold.relations, Alignment(article.text, one.text)) for one in batch]
        write_layers(
            engine=engine,
            version=gold.name,
            articles=batch,
            suggestions=[one.suggestions for one in carried],
        )
        told = _told(carried, left=waiting.count())
        if told.articles:
            record(
                Verb.CARRIED_OVER,
                by=by,
                project=article.project,
                about=article,
                articles=told.articles,
                spans=told.spans,
                doubtful=told.doubtful,
            )
        return told


def _gold(article: Article) -> GoldReading:
    """What is to be carried. Raises Refused."""
    gold = gold_reading(article)
    if gold is None:
        raise Refused(gettext("This article is not gold yet. Once it is, it can be carried over."))
    if is_open_exercise(article):
        raise Refused(
            gettext(
                "This article is an exercise, and carrying its gold over would give the answers away. Carry "
                "over another article of the story, or retire the exercise first."
            )
        )
    return gold


def _batch(waiting: Iterable[Article]) -> list[Article]:
    """As many as can be done while somebody waits, but one at least."""
    batch, characters = list[Article](), 0
    for one in waiting:
        characters += one.length
        if batch and (len(batch) == MOST_AT_ONCE or characters > MOST_CHARACTERS):
            break
        batch.append(one)
    return batch


def _lock_waiting(waiting: QuerySet[Article], batch: list[Article]) -> list[Article]:
    """Those of the batch that still wait once they are locked: somebody else may have carried it there, or
    have made them gold."""
    lock_articles(one.pk for one in batch)
    still = set(waiting.filter(pk__in=[one.pk for one in batch]).values_list("pk", flat=True))
    return [one for one in batch if one.pk in still]


def _told(carried: list[Carried], *, left: int) -> CarriedOver:
    spans = sum(len(one.suggestions) for one in carried)
    doubtful = sum(len(one.doubtful) for one in carried)
    return CarriedOver(len(carried), spans, doubtful, left)


def _engine(project: Project) -> ProjectEngine:
    """The engine that holds what is carried over. Raises Refused where it is switched off, or where another
    engine has its name."""
    engine, _ = ProjectEngine.objects.get_or_create(
        project=project, name=CarriedEngine.name, defaults={"kind": CarriedEngine.name}
    )
    if engine.kind != CarriedEngine.name:
        raise Refused(
            gettext(
                "An engine of this project has the name “carried” already, so nothing could be carried over."
            )
        )
    if not engine.enabled:
        raise Refused(
            gettext(
                "Suggestions that are carried over are switched off. A manager can switch them on in Engines."
            )
        )
    return engine
