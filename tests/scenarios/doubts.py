"""Finished work with likely errors in it."""

from __future__ import annotations

from annotator.users.models import Project
from articles.models import Article, Doubt, Job
from articles.services.doubts.searching import start_doubts, work_on_doubts
from tests.builders import make_article, make_span


def finish(project: Project, text: str, *marked: tuple[str, str]) -> Article:
    """A gold article with each of the words in it under its label."""
    spans = [make_span(text.index(words), text.index(words) + len(words), label) for words, label in marked]
    return make_article(project, text, spans=tuple(spans))


def make_doubtful(project: Project, usual: int = 8) -> tuple[Article, Article]:
    """“Northline Press” is ORG in all articles but two: PERSON in one, without a label in the other."""
    for number in range(usual):
        finish(project, f"Number {number}: Northline Press said so.", ("Northline Press", "ORG"))
    odd = finish(project, "At noon Northline Press denied it.", ("Northline Press", "PERSON"))
    return odd, finish(project, "Norway! Northline Press denied it.", ("Norway", "GPE"))


def look(project: Project) -> Job:
    job = start_doubts(project=project, by=None, enqueue=lambda _: None)
    work_on_doubts(job.pk)
    job.refresh_from_db()
    return job


def make_doubt(project: Project) -> Doubt:
    """That of the PERSON."""
    odd, _ = make_doubtful(project)
    look(project)
    return Doubt.objects.get(article=odd)


def cast_doubt(article: Article) -> Doubt:
    """On a place of an article that nobody has looked through."""
    return Doubt.objects.create(
        project=article.project,
        article=article,
        kind=Doubt.Kind.ENGINE,
        start=0,
        end=6,
        other_start=0,
        other_end=6,
        other_label="GPE",
        score=0.9,
        reason="It is sure.",
    )
