"""The people of every test: one of each role, and a stranger."""

from __future__ import annotations

import pytest

from annotator.users.models import Project, Role, User
from tests.builders import make_admin, make_member, make_project, make_user


@pytest.fixture
def project(db: None) -> Project:
    return make_project()


@pytest.fixture
def annotator(project: Project) -> User:
    return make_member(project, Role.ANNOTATOR, "annotator")


@pytest.fixture
def reviewer(project: Project) -> User:
    return make_member(project, Role.REVIEWER, "reviewer")


@pytest.fixture
def manager(project: Project) -> User:
    return make_member(project, Role.MANAGER, "manager")


@pytest.fixture
def viewer(project: Project) -> User:
    return make_member(project, Role.VIEWER, "viewer")


@pytest.fixture
def stranger(db: None) -> User:
    return make_user("stranger")


@pytest.fixture
def administrator(db: None) -> User:
    return make_admin("administrator")
