from __future__ import annotations

from annotator.users.models import Project
from articles.models import Article
from articles.queries.articles import without_text


def next_for_review(project: Project, after: int | None = None) -> Article | None:
    """The oldest article that waits for a reviewer, other than the one with the id `after`."""
    waiting = Article.objects.of(project).awaiting_review().exclude(pk=after or 0)
    return without_text(waiting).order_by("pk").first()
