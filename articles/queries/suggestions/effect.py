"""What suggestions do to people: what becomes of them, and the time that articles take with and without."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, Subquery, Sum
from django.utils.translation import gettext

from annotator.users.models import Project
from articles.domain.suggestions.effect import FEWEST, Middle, middle_of
from articles.models import Assignment, Layer, Sitting, Span

# The latest: a page is waiting, and how people worked a year ago is not the question.
LATEST_LAYERS = 2_000
Spent = tuple[int, int]  # seconds at an article, and its length in code points


@dataclass(frozen=True)
class Answers:
    """What people did with an engine's suggestions, all or those with one label."""

    name: str
    accepted: int
    changed: int
    rejected: int
    open: int

    @property
    def total(self) -> int:
        return self.accepted + self.changed + self.rejected + self.open

    @property
    def percent(self) -> int:
        """Of all, those accepted as they were."""
        return round(100 * self.accepted / self.total) if self.total else 0


@dataclass(frozen=True)
class EngineAnswers:
    whole: Answers
    labels: Sequence[Answers]

    @property
    def rows(self) -> list[Answers]:
        return [self.whole, *self.labels]


@dataclass(frozen=True)
class Pace:
    """Active seconds an article, and a thousand characters."""

    article: Middle
    thousand: Middle

    @property
    def both(self) -> tuple[Middle, Middle]:
        return (self.article, self.thousand)


@dataclass(frozen=True)
class Effect:
    engines: Sequence[EngineAnswers]
    with_suggestions: Pace
    without: Pace
    fewest: int = FEWEST

    @property
    def paces(self) -> list[tuple[str, Pace]]:
        return [(gettext("with suggestions"), self.with_suggestions), (gettext("without"), self.without)]


def effect_on_people(project: Project) -> Effect:
    """From the latest layers that people have handed in."""
    with_suggestions, without = _paces(project)
    return Effect(answers_by_engine(project), with_suggestions, without)


# A suggestion is accepted when the person's layer says the same, whichever engine it was taken from; changed
# when what was taken from it, or from another engine's same suggestion, has other bounds or another label.
_ANSWERS = """
WITH latest AS (
    SELECT person.id, person.article_id FROM articles_layer person
    JOIN articles_article article ON article.id = person.article_id
    WHERE article.project_id = %s AND article.archived_at IS NULL AND person.kind = 'user'
    AND person.submitted_at IS NOT NULL AND person.begun_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM articles_assignment mine
        WHERE mine.article_id = person.article_id AND mine.user_id = person.user_id AND mine.blind)
    ORDER BY person.submitted_at DESC LIMIT %s
)
SELECT engine.name, offered.label, answer, count(*) FROM latest
JOIN articles_layer reading ON reading.article_id = latest.article_id AND reading.kind = 'engine'
JOIN articles_projectengine engine ON engine.id = reading.engine_id
JOIN articles_span offered ON offered.layer_id = reading.id
CROSS JOIN LATERAL (SELECT CASE
    WHEN EXISTS (SELECT FROM articles_span own WHERE own.layer_id = latest.id
        AND (own.start, own."end", own.label) = (offered.start, offered."end", offered.label)) THEN 'accepted'
    WHEN EXISTS (SELECT FROM articles_span own JOIN articles_span source ON source.id = own.suggestion
        WHERE own.layer_id = latest.id AND (source.start, source."end", source.label)
        = (offered.start, offered."end", offered.label)) THEN 'changed'
    WHEN EXISTS (SELECT FROM articles_rejection refused WHERE refused.layer_id = latest.id
        AND (refused.start, refused."end", refused.label)
        = (offered.start, offered."end", offered.label)) THEN 'rejected'
    ELSE 'open' END AS answer) AS answered
GROUP BY engine.name, offered.label, answer
"""


def answers_by_engine(project: Project, latest: int = LATEST_LAYERS) -> list[EngineAnswers]:
    """What became of the suggestions in so many layers that people have handed in, the latest ones."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS, [project.pk, latest])
        rows = cursor.fetchall()
    counts = defaultdict[str, defaultdict[str, Counter[str]]](lambda: defaultdict(Counter))
    for engine, label, answer, count in rows:
        counts[engine][label][answer] += count
    return [_of_engine(engine, counts[engine]) for engine in sorted(counts)]


def _of_engine(engine: str, by_label: dict[str, Counter[str]]) -> EngineAnswers:
    labels = sorted((_of(label, counts) for label, counts in by_label.items()), key=lambda one: -one.total)
    return EngineAnswers(_of(engine, sum(by_label.values(), Counter())), labels)


def _of(name: str, counts: Counter[str]) -> Answers:
    return Answers(name, counts["accepted"], counts["changed"], counts["rejected"], counts["open"])


def _paces(project: Project) -> tuple[Pace, Pace]:
    """With suggestions, and without: given blind, or on an article in which no engine has found anything."""
    time = Sitting.objects.filter(article=OuterRef("article"), user=OuterRef("user")).order_by()
    suggested = Span.objects.filter(
        layer__in=Layer.objects.by_engines().filter(article=OuterRef(OuterRef("article")))
    )
    done = Assignment.objects.filter(
        article__project=project, article__archived_at__isnull=True, submitted_at__isnull=False
    ).annotate(
        seconds=Subquery(time.values("article").annotate(all=Sum("seconds")).values("all")),
        suggested=Exists(suggested),
    )
    rows = done.filter(seconds__gt=0).order_by("-submitted_at")
    helped, alone = list[Spent](), list[Spent]()
    for blind, has_suggestions, seconds, length in rows.values_list(
        "blind", "suggested", "seconds", "article__length"
    )[:LATEST_LAYERS]:
        (helped if has_suggestions and not blind else alone).append((seconds, length))
    return _pace(helped), _pace(alone)


def _pace(spent: Sequence[Spent]) -> Pace:
    return Pace(
        middle_of([seconds for seconds, _ in spent]),
        middle_of([1_000 * seconds / length for seconds, length in spent]),
    )
