"""Comments beside the text: said, mentioned, answered, settled, and never lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.test_accessibility import findings
from tests.installation import Installation

pytestmark = pytest.mark.browser
READY = "html[data-ready]"
SLUG = "talk"


@pytest.fixture(scope="module")
def token(site: Installation) -> str:
    """An administrator's, once the project is made."""
    token = site.command("token", "admin")
    site.call(token, "POST", "projects/", {"slug": SLUG, "name": SLUG})
    site.call(token, "PATCH", f"projects/{SLUG}/", {"preannotate": False})
    for name in ("annotator", "reviewer"):
        site.call(token, "POST", f"projects/{SLUG}/members/", {"username": name, "role": name})
    return token


@pytest.fixture
def article(site: Installation, token: str, request: pytest.FixtureRequest) -> int:
    text = {"text": f"😀 Alma Weir left Bergen on Tuesday.\n\nShe said nothing. ({request.node.name})"}
    return int(site.call(token, "POST", f"projects/{SLUG}/articles/", text)["id"])


def open_article(page: Page, site: Installation, article: int) -> None:
    page.goto(f"{site.url}/projects/{SLUG}/articles/{article}/")
    page.wait_for_selector(READY)


def threads(site: Installation, token: str, article: int) -> list[dict[str, Any]]:
    return list(site.call(token, "GET", f"articles/{article}/threads/"))


def test_a_question_and_its_answer(site: Installation, sign_in: SignIn, token: str, article: int) -> None:
    page = sign_in("annotator")
    open_article(page, site, article)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("F8")
    page.keyboard.type("A press? @rav")
    expect(page.get_by_role("option", name="@reviewer")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".thread .comment-text")).to_have_text("A press? @reviewer ")
    expect(page.locator(".comment-sign")).to_have_text("1")
    (thread,) = threads(site, token, article)
    assert (thread["start"], thread["end"]) == (2, 11)
    assert thread["comments"][0]["mentions"] == ["reviewer"]

    other = sign_in("reviewer")
    other.goto(f"{site.url}/projects/{SLUG}/")
    other.get_by_role("link", name="1 article with a comment for you").click()
    expect(other.locator(".has-comments")).to_have_text("1 open comment")
    open_article(other, site, article)
    expect(other.get_by_role("tab", name="Comments, 1 open")).to_be_visible()
    other.locator(".comment-sign").click()
    other.keyboard.type("A person.")
    other.keyboard.press("Control+Enter")
    expect(other.locator(".thread .comment-text")).to_have_count(2)
    expect(other.locator(".thread textarea")).to_have_count(0)
    assert findings(other) == []

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".thread .comment-text")).to_have_count(2)
    page.get_by_role("button", name="Alma Weir").click()
    assert page.evaluate("document.activeElement.id") == "text"
    page.get_by_role("button", name="Resolve").click()
    expect(page.locator(".resolved summary")).to_have_text("1 resolved")
    expect(page.locator(".comment-sign")).to_have_count(0)
    assert threads(site, token, article)[0]["resolved"]["by"]["username"] == "annotator"


def test_words_outlive_a_reload_and_a_network_that_fails(
    site: Installation, sign_in: SignIn, token: str, article: int
) -> None:
    page = sign_in("annotator")
    open_article(page, site, article)
    page.keyboard.press("F8")
    page.keyboard.type("Is this news")
    page.reload()
    page.wait_for_selector(READY)
    page.keyboard.press("F8")
    box = page.get_by_role("textbox", name="Ask or note something")
    expect(box).to_have_value("Is this news")
    page.keyboard.press("End")
    page.keyboard.type("?")
    # The server gets it, and its answer is lost on the way.
    page.route("**/threads/", lambda route: (route.fetch(), route.abort())[1])
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comment-problem")).to_contain_text("Your words are kept here")
    page.unroute("**/threads/")
    page.keyboard.type(" Yes.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".thread .comment-text")).to_have_text("Is this news? Yes.")
    expect(box).to_have_value("")
    (thread,) = threads(site, token, article)
    assert [one["text"] for one in thread["comments"]] == ["Is this news? Yes."]


def test_ones_own_words_are_changed(site: Installation, sign_in: SignIn, article: int) -> None:
    page = sign_in("annotator", width=390)
    open_article(page, site, article)
    page.keyboard.press("F8")
    page.keyboard.type("Frist.")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Edit").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("First. <b>& so on</b>")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".thread .comment-text")).to_have_text("First. <b>& so on</b>")
    expect(page.locator(".thread .comment-head")).to_contain_text("edited")
    assert findings(page) == []
