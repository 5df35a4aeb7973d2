"""WCAG 2.2 AA on every page, as far as axe-core can tell."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import SignIn
from tests.installation import Installation

pytestmark = pytest.mark.browser
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# What the dark colours can change.
COLOUR_RULES = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Django admin wears django-unfold's theme; what it brings along is not ours to mend.
ADMIN_RULES = {**RULES, "runOnly": ["wcag2a", "wcag2aa"]}
READY = "html[data-ready]"
PAGES = [
    ("annotator", "/"),
    ("annotator", "/account/"),
    ("annotator", "/accounts/password/change/"),
    ("manager", "/projects/demo/"),
    ("manager", "/projects/demo/progress/"),
    ("manager", "/projects/demo/progress/report/"),
    ("manager", "/projects/demo/articles/"),
    ("manager", "/projects/demo/articles/?q=nothingatall"),
    ("manager", "/projects/demo/import/"),
    ("manager", "/projects/demo/export/"),
    ("manager", "/projects/demo/export/?format=conll&layer=all&q=1"),
    ("manager", "/projects/demo/engines/"),
    ("manager", "/projects/demo/engines/new/"),
    ("manager", "/projects/demo/engines/newswire/"),
    ("manager", "/projects/demo/engines/learned/learning/"),
    ("manager", "/projects/demo/agreement/"),
    ("manager", "/projects/demo/agreement/disagreements/"),
    ("manager", "/projects/demo/evaluation/"),
    ("manager", "/projects/demo/guard/"),
    ("manager", "/projects/demo/known/"),
    ("annotator", "/projects/demo/known/"),
    ("annotator", "/projects/demo/feedback/"),
    ("manager", "/projects/demo/concordance/?text=said"),
    ("manager", "/projects/demo/bulk-edits/"),
    ("manager", "/projects/demo/consistency/"),
    ("manager", "/projects/demo/stories/"),
    ("manager", "/projects/demo/stories/1/"),
    ("manager", "/projects/demo/stories/1/2/"),
    ("manager", "/projects/demo/articles/1/text/"),
    ("manager", "/projects/demo/articles/1/versions/"),
    ("manager", "/projects/demo/articles/1/reading/"),
    ("annotator", "/projects/demo/corrections/"),
    ("manager", "/projects/demo/doubts/"),
    ("manager", "/projects/demo/engines/gazetteer/"),
    ("manager", "/projects/demo/engines/rules/"),
    ("manager", "/projects/demo/jobs/"),
    ("manager", "/projects/demo/releases/"),
    ("manager", "/projects/demo/releases/new/"),
    ("manager", "/projects/demo/members/"),
    ("manager", "/projects/demo/assignments/"),
    ("manager", "/projects/demo/assignments/give/?each=1&share-annotator=2&share-colleague=1"),
    ("manager", "/projects/demo/assignments/annotator/"),
    ("manager", "/projects/demo/schema/"),
    ("manager", "/projects/demo/schema/changes/"),
    ("manager", "/projects/demo/schema/todo/"),
    ("manager", "/projects/demo/settings/"),
    ("manager", "/projects/demo/log/"),
    ("manager", "/projects/demo/delete/"),
    ("manager", "/projects/demo/training/"),
    ("manager", "/projects/demo/first-steps/"),
    ("manager", "/no-such-page/"),
]


def findings(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """What axe-core finds, as `rule (how bad): where`."""
    violations = Axe().run(page, options=rules).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['target']} {node['html'][:120]}"
        for one in violations
        for node in one["nodes"][:3]
    ]


def test_pages(site: Installation, sign_in: SignIn) -> None:
    people = {name: sign_in(name) for name in ("annotator", "manager")}
    found = {}
    for name, path in PAGES:
        page = people[name]
        page.emulate_media(color_scheme="light")
        page.goto(site.url + path)
        found[path] = findings(page)
        page.emulate_media(color_scheme="dark")
        found[f"{path} in the dark"] = findings(page, COLOUR_RULES)
    assert {path: problems for path, problems in found.items() if problems} == {}


def test_signing_in(site: Installation, sign_in: SignIn) -> None:
    page = sign_in("viewer")
    page.context.clear_cookies()
    page.goto(f"{site.url}/accounts/login/")
    assert findings(page) == []
    page.fill("input[name=login]", "viewer")
    page.fill("input[name=password]", "wrong")
    page.press("input[name=password]", "Enter")
    page.wait_for_selector(".notice, .errorlist, [role=alert]")
    assert findings(page) == []


def open_editor(site: Installation, page: Page, number: int = 1, review: bool = False) -> None:
    page.goto(f"{site.url}/projects/demo/articles/{number}/" + ("review/" if review else ""))
    page.wait_for_selector(READY)


@pytest.mark.parametrize(
    ("width", "dark"), [(1440, False), (1440, True), (390, False)], ids=["light", "dark", "narrow"]
)
def test_the_editor_with_all_that_it_opens(
    site: Installation, sign_in: SignIn, width: int, dark: bool
) -> None:
    page = sign_in("manager", width=width, dark=dark)
    open_editor(site, page)
    found = {"as it opens": findings(page)}
    for keys, what in (
        (["Tab", "F2"], "a note"),
        (["Escape", "Escape", "ArrowRight", " "], "the picker"),
        (["Escape", "?"], "the keys"),
        (["Escape", "\\"], "labels of the article"),
        (["Escape", "F9"], "the history"),
        (["Escape", "Tab", "F1"], "what a label means"),
        (["Escape", "Control+Shift+Enter"], "skipping"),
        (["Escape", "F3"], "the guidelines"),
        (["Escape", "F8"], "comments"),
    ):
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_timeout(150)
        found[what] = findings(page)
    assert {what: problems for what, problems in found.items() if problems} == {}


def test_high_contrast_and_review(site: Installation, sign_in: SignIn) -> None:
    page = sign_in("reviewer")
    open_editor(site, page, number=2, review=True)
    assert findings(page) == []
    page.evaluate("document.documentElement.dataset.contrast = 'more'")
    assert findings(page) == []


def test_the_admin_as_far_as_it_is_ours(site: Installation, sign_in: SignIn) -> None:
    page = sign_in("admin")
    page.goto(f"{site.url}/admin/")
    bad = [one for one in findings(page, ADMIN_RULES) if "critical" in one]
    assert bad == []
