from __future__ import annotations

from typing import Any

import pytest

from annotator.users.models import Project
from articles.checks import check_engine_hosts
from articles.engines.web.addresses import AddressRefused
from articles.models import ProjectEngine
from articles.queries.surroundings import allowance, surroundings_of


def test_an_engine_is_told_the_labels_that_are_in_use(project: Project) -> None:
    found = surroundings_of(ProjectEngine(project=project), seconds=3)
    assert "PERSON" in [one.name for one in found.labels]
    assert found.seconds == 3


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
