from __future__ import annotations

from annotator.users.models import Project
from articles.models import Article


def next_for_review(project: Project) -> Article | None:
    """The oldest article that waits for a reviewer."""
    return Article.objects.of(project).awaiting_review().without_text().order_by("pk").first()
