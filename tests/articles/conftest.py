from __future__ import annotations

import pytest

from annotator.users.models import Project
from articles.models import ProjectEngine
from tests.scenarios.training import make_learner


@pytest.fixture
def learner(project: Project, monkeypatch: pytest.MonkeyPatch) -> ProjectEngine:
    """An engine that learns, quickly, in the place of the one that projects begin with."""
    return make_learner(project, monkeypatch)
