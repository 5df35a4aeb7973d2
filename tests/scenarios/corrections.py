"""Texts that were corrected, for tests."""

from __future__ import annotations

from annotator.users.models import User
from articles.models import Article, CorrectionTodo
from articles.services.assignments.claiming import submit_article
from articles.services.corrections.correcting import correct_text
from tests.builders import annotate


def correct(
    article: Article, annotator: User, manager: User, *, submitted: bool = False
) -> tuple[Article, CorrectionTodo]:
    """The article with "Ellingsen" spelt otherwise after the annotator had marked it, and what they are to
    look at."""
    annotate(article, annotator)
    if submitted:
        submit_article(article=article, by=annotator)
    text = article.text.replace("Ellingsen", "Elingsen")
    made = correct_text(article=article, text=text, by=manager, enqueue_run=lambda _: None)
    return made.article, CorrectionTodo.objects.get(correction=made, layer__user=annotator)
