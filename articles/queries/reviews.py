from __future__ import annotations

from annotator.users.models import Project
from articles.models import Article
from articles.queries.articles import without_text


def next_for_review(project: Project) -> Article | None:
    """The oldest article that waits for a reviewer."""
    return without_text(Article.objects.of(project).awaiting_review()).order_by("pk").first()
