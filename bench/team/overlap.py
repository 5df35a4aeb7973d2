"""Articles that two people have read, written into a running installation: called in `manage.py shell`.

Ten people share the articles. Each marks, of a hundred entities of the corpus, some five not at all, five with
another label, and five with another boundary.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import uuid4

from django.db import connection

from annotator.users.models import Project, Role, User
from annotator.users.services.members import add_member
from articles.domain.spans import Span
from articles.formats.base import ParsedArticle
from articles.models import Layer
from articles.services.intake.articles import store_articles
from articles.services.intake.authors import Target
from articles.services.intake.layers import IncomingLayer, LayerRows
from bench.corpus import LABELS, articles

PEOPLE = 10
WEEKS = 20


def build(slug: str, first: int, count: int) -> None:
    """The articles of the corpus from the `first` on."""
    project = Project.objects.get(slug=slug)
    people, chance = _people(project), random.Random(first)  # noqa: S311 - a corpus, not a secret
    records = list(islice(articles(first + count), first, None))
    texts = [
        ParsedArticle(text=one["text"], title=one["title"], language="en", file="bench") for one in records
    ]
    ids = store_articles(project=project, articles=texts, target=Target(user=None, by=None))
    layers = [
        IncomingLayer(id_, Layer.Kind.USER, list(_marked(record["spans"], chance)), user=reader.pk)
        for number, (id_, record) in enumerate(zip(ids, records, strict=True))
        for reader in (people[number % PEOPLE], people[(number * 3 + 1) % PEOPLE])
    ]
    replace(LayerRows.of(layers), edits=[]).write()
    _spread(project)


def _people(project: Project) -> list[User]:
    if not User.objects.filter(username="reader0").exists():
        for number in range(PEOPLE):
            user = User.objects.create_user(f"reader{number}")
            add_member(project=project, user=user, role=Role.ANNOTATOR)
    return list(User.objects.filter(username__startswith="reader").order_by("username"))


def _marked(spans: list[dict[str, Any]], chance: random.Random) -> Iterator[Span]:
    for one in spans:
        start, end, label, lot = one["start"], one["end"], one["label"], chance.random()
        if lot < 0.05:
            continue
        if lot < 0.10:
            label = chance.choice(LABELS)
        elif lot < 0.15 and end - start > 1:
            end -= 1
        yield Span(uuid4(), start, end, label)


_SPREAD = """
UPDATE articles_layer SET submitted_at = layer.created_at - interval '1 week' * mod(layer.article_id, %(weeks)s)
FROM articles_layer layer JOIN articles_article article ON article.id = layer.article_id
WHERE articles_layer.id = layer.id AND article.project_id = %(project)s AND layer.kind = 'user'
"""


def _spread(project: Project) -> None:
    """As if the work had taken some weeks."""
    with connection.cursor() as cursor:
        cursor.execute(_SPREAD, {"weeks": WEEKS, "project": project.pk})
