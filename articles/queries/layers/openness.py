"""Whether annotators may read each other."""

from __future__ import annotations

from annotator.users.models import Openness, Project, User
from articles.models import Article, Assignment, Layer


def open_readings(article: Article, user: User) -> set[str]:
    """The layers of other people, as `user:NAME`, that an annotator may read: what was handed in, where the
    project is open, and their own is handed in if the project asks for that first."""
    if not _is_open(article.project, article, user):
        return set()
    handed_in = Layer.objects.by_people().filter(article=article, submitted_at__isnull=False)
    return {f"user:{name}" for name in handed_in.values_list("user__username", flat=True)}


def _is_open(project: Project, article: Article, user: User) -> bool:
    match project.openness:
        case Openness.ALWAYS:
            return True
        case Openness.AFTER:
            mine = Assignment.objects.of(user).filter(article=article)
            return mine.filter(submitted_at__isnull=False).exists()
    return False
