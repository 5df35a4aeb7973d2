"""Whether annotators may take back what they handed in."""

from __future__ import annotations

from django.utils.translation import gettext as _

from annotator.users.models import Openness, User
from articles.models import Article, KnownReading, Layer
from articles.queries.known_gold.known_articles import is_shown


def why_not_taken_back(article: Article, user: User) -> str:
    """Why an annotator cannot go on with an article that they handed in, as a sentence; empty when they can:
    while no reviewer has begun, and before they could read the answers or what others say."""
    if article.project.training_for_id:
        return _("An exercise is handed in once: its answers have been shown.")
    reading = KnownReading.objects.filter(copy=article).first()
    if reading and is_shown(reading):
        return _("The answers to this article have been shown, so it stays as it was handed in.")
    if Layer.objects.gold().filter(article=article, begun_at__isnull=False).exists():
        return _("A reviewer has begun with this article. Ask them to send it back.")
    handed_in = Layer.objects.by_people().filter(article=article, submitted_at__isnull=False)
    if article.project.openness == Openness.AFTER and handed_in.exclude(user=user).exists():
        return _("You may read what others say here by now. Ask a reviewer to send it back.")
    return ""
