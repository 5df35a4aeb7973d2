"""The first hour of a project: nothing is in it, and every page opens."""

from __future__ import annotations

from django.urls import reverse

from annotator.users.models import Project, User
from tests.architecture.test_access import NOT_ALLOWED, browser_of, our_patterns


def test_every_page_of_an_empty_project_opens(project: Project, manager: User) -> None:
    pages = [name for name, pattern in our_patterns() if set(pattern.pattern.converters) == {"slug"}]
    browser = browser_of(manager)
    answers = {name: browser.get(reverse(name, args=[project.slug])).status_code for name in pages}
    assert {name: code for name, code in answers.items() if code not in (200, 302, NOT_ALLOWED)} == {}
