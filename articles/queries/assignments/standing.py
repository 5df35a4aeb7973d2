"""What an article's status and room follow from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db import connection

from annotator.users.models import Project
from articles.domain.assignments.draws import annotators_wanted


@dataclass(frozen=True, slots=True)
class ArticleStanding:
    """`claims` are the assignments that take room, `submissions` those of them that were handed in; `wanted`
    is how many annotators the article is to have."""

    article: int
    approved: bool
    review_began: bool
    suggested: bool
    claims: int
    submissions: int
    wanted: int

    @property
    def has_room(self) -> bool:
        return self.claims < self.wanted

    def with_claim(self) -> ArticleStanding:
        """The same once one more person has claimed the article."""
        return replace(self, claims=self.claims + 1)


def wanted_of(project: Project, article_id: int) -> int:
    """How many annotators the article is to have."""
    return annotators_wanted(project.annotators_per_article, project.overlap_share, article_id)


# Plain SQL: it is asked for every article that is given to somebody, and the ORM would take longer to build
# it than PostgreSQL to answer.
_STANDINGS = """
SELECT article.id, layers.approved, layers.review_began, layers.suggested, taken.claims, taken.submissions,
    project.annotators_per_article, project.overlap_share
FROM articles_article article
JOIN users_project project ON project.id = article.project_id
CROSS JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE kind = 'gold' AND approved_at IS NOT NULL) > 0 AS approved,
        count(*) FILTER (WHERE kind = 'gold' AND begun_at IS NOT NULL) > 0 AS review_began,
        count(*) FILTER (WHERE kind = 'engine') > 0 AS suggested
    FROM articles_layer WHERE article_id = article.id
) layers
CROSS JOIN LATERAL (
    SELECT count(*) AS claims, count(submitted_at) AS submissions
    FROM articles_assignment WHERE article_id = article.id AND skipped_at IS NULL AND returned_at IS NULL
) taken
WHERE article.id = ANY(%s)
"""


def standings(article_ids: Collection[int]) -> list[ArticleStanding]:
    """Where each of these articles stands, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDINGS, [list(article_ids)])
        return [
            ArticleStanding(pk, approved, began, suggested, claims, done, annotators_wanted(most, share, pk))
            for pk, approved, began, suggested, claims, done, most, share in cursor.fetchall()
        ]
