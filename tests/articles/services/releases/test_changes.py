from __future__ import annotations

import pytest
from django.utils import timezone

from annotator.schemas.queries import published_definition
from annotator.schemas.services.publishing import publish
from annotator.users.models import Project, User
from articles.models import (
    Article,
    Span,
)
from articles.queries.releases.changes import changes_with_articles, difference
from articles.services.gold.approving import approve
from articles.services.jobs.lifecycle import cancel_job
from tests.builders import (
    make_article,
    make_articles,
    make_span,
    make_submitted,
)
from tests.scenarios.releases import begin_release, make_release

MARA = make_span()


@pytest.fixture
def articles(project: Project) -> list[Article]:
    return make_articles(project, 3, spans=(MARA,), source="Northline", language="en")


def test_changes_between_releases_are_found(project: Project, manager: User, articles: list[Article]) -> None:
    first = make_release(project, manager)
    Article.objects.filter(pk=articles[0].pk).update(archived_at=timezone.now())
    Article.objects.filter(pk=articles[1].pk).update(title="Changed")
    (added,) = make_articles(project, 1, text="Another text.", spans=(make_span(0, 7, "ORG"),))
    second = make_release(project, manager)
    found = difference(first, second, shown=5)
    assert found.counts == {"added": 1, "removed": 1, "changed": 1, "moved": 0}
    ids = {kind: [one.id for one in rows] for kind, rows in found.articles.items()}
    assert ids == {"added": [added.pk], "removed": [articles[0].pk], "changed": [articles[1].pk], "moved": []}
    assert second.manifest["changes"] == {
        "since": 1,
        "added": 1,
        "removed": 1,
        "changed": 1,
        "moved": 0,
        "labels": {"ORG": {"was": 0, "is": 1}, "PERSON": {"was": 3, "is": 2}},
        "schema": [],
    }
    assert "Since release 1" in second.card


def test_the_same_span_marked_again_is_no_change(
    project: Project, annotator: User, reviewer: User, manager: User
) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    approve(article=article, by=reviewer)
    first = make_release(project, manager)
    span = Span.objects.get(layer__kind="gold")
    Span.objects.filter(pk=span.pk).delete()
    span.pk = make_span().id
    span.save(force_insert=True)
    second = make_release(project, manager)
    assert sum(difference(first, second).counts.values()) == 0


def test_a_label_renamed_between_releases_is_told(
    project: Project, manager: User, articles: list[Article]
) -> None:
    make_release(project, manager)
    labels = published_definition(project.pk).to_dict()["labels"]
    publish(project=project, data={"labels": [{**labels[0], "name": "HUMAN"}, *labels[1:]]}, by=manager)
    Span.objects.update(label="HUMAN")
    second = make_release(project, manager)
    changes = changes_with_articles(second, shown=2)
    assert changes
    assert changes["changed"] == 3
    assert len(changes["articles"]["changed"]) == 2
    assert changes["labels"] == {"HUMAN": {"was": 0, "is": 3}, "PERSON": {"was": 3, "is": 0}}
    assert "The label HUMAN is added." in changes["schema"]
    assert any("PERSON is retired" in sentence for sentence in changes["schema"])


def test_a_failed_release_is_not_the_one_before(
    project: Project, manager: User, articles: list[Article]
) -> None:
    make_release(project, manager)
    cancel_job(job=begin_release(project, manager).job)
    assert make_release(project, manager).manifest["changes"]["since"] == 1
