from __future__ import annotations

from typing import Any

import pytest

from annotator.users.models import Project, User
from articles.checks import check_engine_hosts
from articles.engines.chat import ChatEngine
from articles.engines.service import ServiceEngine
from articles.engines.web.addresses import AddressRefused
from articles.models import GoldPart, ProjectEngine
from articles.queries.engines.surroundings import allowance, surroundings_of
from articles.services.gold.approving import approve
from tests.builders import make_article, make_submitted


def test_an_engine_is_told_the_labels_that_are_in_use(project: Project) -> None:
    found = surroundings_of(ProjectEngine(project=project), ServiceEngine, seconds=3)
    assert "PERSON" in [one.name for one in found.labels]
    assert (found.seconds, found.examples) == (3, ())


def test_a_model_is_given_approved_gold_as_examples(
    project: Project, annotator: User, reviewer: User
) -> None:
    approved, open_ = make_article(project), make_article(project, "Mara Ellingsen, once more, of the press.")
    for article in (approved, open_):
        make_submitted(article, annotator)
    approve(article=approved, by=reviewer)
    found = surroundings_of(ProjectEngine(project=project), ChatEngine)
    (lesson,) = found.examples
    assert lesson.article.text == approved.text
    assert [(one.start, one.end, one.label) for one in lesson.spans] == [(25, 39, "PERSON")]
    GoldPart.objects.create(article=approved, held_out=True)
    assert surroundings_of(ProjectEngine(project=project), ChatEngine).examples == ()


def test_the_environment_says_where_engines_may_connect_to(settings: Any) -> None:
    with pytest.raises(AddressRefused):
        allowance().check("localhost", "127.0.0.1")
    settings.ENGINE_HOSTS_ALLOWED = ["localhost"]
    allowance().check("localhost", "127.0.0.1")
    assert check_engine_hosts(None) == []


def test_an_allowance_that_cannot_be_read_is_an_error_at_the_start(settings: Any) -> None:
    settings.ENGINE_HOSTS_ALLOWED = ["10.0.0.0/99"]
    (error,) = check_engine_hosts(None)
    assert "'10.0.0.0/99' is neither a host name nor a network" in error.msg
