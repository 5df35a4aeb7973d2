"""Articles that two people have read, who differ in known ways."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from annotator.users.models import Project, User
from articles.domain.layers.edits import EditRequest
from articles.models import Article
from articles.services.assignments.claiming import submit_article
from articles.services.projects.managing import change_project
from tests.builders import add_span, annotate, make_articles

# Of TEXT: "Mara Ellingsen", "Northline Press", "Norway" and "BERGEN".
MARA, PRESS, NORWAY, BERGEN = (25, 39, "PERSON"), (43, 58, "ORG"), (8, 14, "GPE"), (0, 6, "GPE")


def make_read_twice(project: Project, count: int, first: User, second: User) -> list[Article]:
    """The first marks four entities. Of these the second has one the same, one with another label, one with
    another boundary, and one not at all. Both link the first two; the second gives one article label more."""
    change_project(project=project, changes={"annotators_per_article": 3})
    articles = make_articles(project, count)
    for article in articles:
        hand_in(article, first, [MARA, PRESS, NORWAY, BERGEN], ["opinion"])
        hand_in(article, second, [MARA, (43, 58, "GPE"), (0, 14, "GPE")], ["opinion", "duplicate"])
    return articles


def hand_in(
    article: Article, by: User, spans: Sequence[tuple[int, int, str]], labels: Sequence[str] = ()
) -> None:
    """With a relation from the first span to the second."""
    edits = [add_span(*one) for one in spans]
    ends = {"source": edits[0].data["id"], "target": edits[1].data["id"]}
    link = EditRequest(uuid4(), "add_relation", {"id": str(uuid4()), "type": "PART_OF", **ends})
    annotate(article, by, *edits, link, EditRequest(uuid4(), "set_labels", list(labels)))
    submit_article(article=article, by=by)
