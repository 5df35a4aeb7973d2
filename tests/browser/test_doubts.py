"""The queue of likely errors with a script: one key each, and the list follows."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import SignIn
from tests.installation import Installation

pytestmark = pytest.mark.browser
SLUG = "doubts"
USUAL, ODD = "Northline Press said so.", "At noon Northline Press denied it."


@pytest.fixture(scope="module")
def project(site: Installation) -> str:
    """A project in which two of fourteen finished articles say otherwise of the same words."""
    token = site.command("token", "admin")
    site.call(token, "POST", "projects/", {"slug": SLUG, "name": SLUG, "template": "newsroom"})
    site.call(token, "PATCH", f"projects/{SLUG}/", {"preannotate": False})
    site.call(token, "POST", f"projects/{SLUG}/members/", {"username": "manager", "role": "manager"})
    return f"/projects/{SLUG}"


@pytest.fixture
def page(site: Installation, sign_in: SignIn, project: str) -> Page:
    page = sign_in("manager")
    page.goto(f"{site.url}{project}/import/")
    lines = [(f"Number {n}: {USUAL}", 9 + n // 10, "ORG") for n in range(12)]
    lines += [(f"{ODD} ({n})", 7, "PERSON") for n in range(2)]
    rows = [
        json.dumps({"text": text, "spans": [{"start": at + 1, "end": at + 16, "label": label}]})
        for text, at, label in lines
    ]
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    headers = {"X-CSRFToken": token, "Referer": site.url}
    content: FilePayload = {"name": "a.jsonl", "mimeType": "text/plain", "buffer": "\n".join(rows).encode()}
    sent = page.request.post(
        f"{site.url}/api/v1{project}/imports/",
        multipart={"file": content, "layer": "gold", "twins": "import"},
        headers=headers,
    )
    assert sent.ok, sent.text()
    job = sent.json()["id"]
    for _ in range(60):
        if page.request.get(f"{site.url}/api/v1/jobs/{job}/").json()["state"] == "succeeded":
            break
        page.wait_for_timeout(500)
    page.goto(f"{site.url}{project}/doubts/")
    page.click("text=Look for errors now")
    expect(page.locator(".doubts li").first).to_be_visible(timeout=60_000)
    page.goto(f"{site.url}{project}/doubts/?label=PERSON")
    return page


def test_doubts_are_settled_by_one_key_each(page: Page) -> None:
    rows = page.locator(".doubts li").filter(has_text="At noon Northline Press")
    expect(rows).to_have_count(2)
    rows.first.locator("a").focus()
    page.keyboard.press("f")
    expect(page.locator(".undo")).to_contain_text("is fixed")
    expect(rows).to_have_count(1)
    page.keyboard.press("u")
    expect(rows).to_have_count(2)
    page.keyboard.press("d")
    page.keyboard.press("d")
    expect(rows).to_have_count(0)
    expect(page.locator(".undo")).to_contain_text("is right as it is")
    page.keyboard.press("u")
    expect(rows).to_have_count(1)
    rows.locator("a").press("Enter")
    page.wait_for_url("**/review/?at=8-23")


def test_what_was_not_saved_is_said(page: Page) -> None:
    page.route("**/doubts/*/*", lambda route: route.abort())
    page.locator(".doubts li button").last.click()
    expect(page.locator("[role=alert]")).to_contain_text("This was not saved")
