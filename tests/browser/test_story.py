"""The main job in a browser: suggested, corrected, submitted, approved, downloaded."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import orjson
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.installation import Installation

pytestmark = pytest.mark.browser


def wait_for_suggestions(site: Installation, token: str) -> None:
    """The Celery worker has read the demo's articles, without anyone asking."""
    deadline = time.monotonic() + 90
    while True:
        figures = site.call(token, "GET", "projects/demo/progress/")
        if figures["by_status"]["new"] == 0:
            return
        assert time.monotonic() < deadline, figures
        time.sleep(0.5)


@contextmanager
def saving(page: Page) -> Iterator[None]:
    """What is done inside reaches the server before the test goes on."""
    with page.expect_response(lambda response: response.url.endswith("/edits/") and response.ok):
        yield
    expect(page.locator("#status")).to_have_text("All changes saved")


def test_from_suggestion_to_gold(site: Installation, sign_in: SignIn) -> None:
    token = site.command("token", "manager")
    wait_for_suggestions(site, token)

    # The annotator takes the next article: suggestions are there. Corrects it without touching the mouse.
    page = sign_in("annotator")
    page.goto(f"{site.url}/projects/demo/")
    page.get_by_role("button", name="Start annotating").click()
    page.wait_for_selector("#text > *")
    article = int(page.url.rstrip("/").rpartition("/")[2])
    before = site.call(token, "GET", f"articles/{article}/layers/")
    assert {layer["author"] for layer in before} >= {"engine:newswire", "engine:gazetteer", "engine:spacy"}

    page.locator("#text").focus()
    page.keyboard.press("Tab")
    with saving(page):
        page.keyboard.press("Enter")
    layer = site.call(token, "GET", f"articles/{article}/layers/user:annotator/")
    assert len(layer["spans"]) == 1
    accepted = layer["spans"][0]
    assert accepted["suggestion"] is not None

    with saving(page):
        page.keyboard.press("Control+z")
    assert site.call(token, "GET", f"articles/{article}/layers/user:annotator/")["spans"] == []
    with saving(page):
        page.keyboard.press("Control+Shift+z")

    with saving(page):
        page.locator("#accept-all-button").click()
    layer = site.call(token, "GET", f"articles/{article}/layers/user:annotator/")
    assert len(layer["spans"]) > 5

    page.locator("#finish").click()
    page.wait_for_url(lambda url: str(article) not in url.rstrip("/").rpartition("/")[2])
    assert site.call(token, "GET", f"articles/{article}/")["status"] == "submitted"

    # The reviewer opens it, removes one span, and approves.
    review = sign_in("reviewer")
    review.goto(f"{site.url}/projects/demo/articles/{article}/review/")
    review.wait_for_selector("#text > *")
    expect(review.locator("#people")).to_contain_text("annotator")
    review.locator("#finish").click()
    review.wait_for_url(lambda url: f"/{article}/" not in url)
    assert site.call(token, "GET", f"articles/{article}/")["status"] == "gold"

    # That was too early: back to it, open it again, approve it once more.
    review.get_by_role("button", name="Back to it").click()
    review.get_by_role("button", name="Reopen").click()
    expect(review.locator("#finish")).to_be_visible()
    assert site.call(token, "GET", f"articles/{article}/")["status"] == "in_review"
    review.wait_for_selector("html[data-ready]")
    review.locator("#finish").click()
    review.wait_for_url(lambda url: f"/{article}/" not in url)
    assert site.call(token, "GET", f"articles/{article}/")["status"] == "gold"

    # And the gold is there for programs.
    with review.expect_download() as download:
        review.goto(f"{site.url}/projects/demo/")
        review.get_by_role("link", name="JSON Lines").click()
    lines = [orjson.loads(line) for line in download.value.path().read_bytes().splitlines()]
    mine = next(line for line in lines if line["id"] == article)
    assert len(mine["spans"]) == len(layer["spans"])
    for span in mine["spans"]:
        assert mine["text"][span["start"] : span["end"]] == span["text"]


def test_a_span_by_keyboard_alone(site: Installation, sign_in: SignIn) -> None:
    token = site.command("token", "manager")
    text = "Alma Weir met Bo Lund."
    article = site.call(token, "POST", "projects/demo/articles/", {"text": text})["id"]
    page = sign_in("colleague")
    page.goto(f"{site.url}/projects/demo/articles/{article}/")
    page.wait_for_selector("#text > *")
    page.locator("#text").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+ArrowRight")
    with saving(page):
        page.keyboard.press("p")
    spans = site.call(token, "GET", f"articles/{article}/layers/user:colleague/")["spans"]
    assert [(span["label"], text[span["start"] : span["end"]]) for span in spans] == [("PERSON", "Alma Weir")]


def test_what_was_typed_offline_arrives_after_a_reload(site: Installation, sign_in: SignIn) -> None:
    token = site.command("token", "manager")
    text = "Cora Vane met Dag Holm."
    article = site.call(token, "POST", "projects/demo/articles/", {"text": text})["id"]
    page = sign_in("colleague")
    page.goto(f"{site.url}/projects/demo/articles/{article}/")
    page.wait_for_selector("#text > *")
    page.context.set_offline(True)
    page.locator("#text").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("p")
    expect(page.locator("#status")).to_contain_text("kept on this computer")
    page.context.set_offline(False)
    with saving(page):
        page.reload()
    spans = site.call(token, "GET", f"articles/{article}/layers/user:colleague/")["spans"]
    assert [text[span["start"] : span["end"]] for span in spans] == ["Cora Vane"]


def test_what_the_server_refuses_leaves_every_tab(site: Installation, sign_in: SignIn) -> None:
    text = "quiet boats met grey gulls."  # nothing that an engine suggests: it would move the cursor
    article = site.call(site.command("token", "manager"), "POST", "projects/demo/articles/", {"text": text})[
        "id"
    ]
    page = sign_in("colleague")
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(f"{site.url}/projects/demo/articles/{article}/")
        tab.wait_for_selector("html[data-ready]")
    # The same person, in another browser: these words are labelled already, which neither tab knows.
    span = {"id": str(uuid4()), "start": 0, "end": 11, "label": "PERSON"}
    edits = {"edits": [{"id": str(uuid4()), "op": "add_span", "span": span}]}
    site.call(site.command("token", "colleague"), "POST", f"articles/{article}/layers/me/edits/", edits)
    page.locator("#text").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("o")
    for tab in (page, other):
        expect(tab.locator("#span-list summary").filter(has_text="Person")).to_be_visible()
        expect(tab.locator("#span-list summary").filter(has_text="Org")).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_every_page_opens_without_an_error(
    site: Installation, sign_in: SignIn, width: int, dark: bool
) -> None:
    page = sign_in("manager", width=width, dark=dark)
    names = (
        "",
        "articles/",
        "import/",
        "members/",
        "schema/",
        "engines/",
        "jobs/",
        "settings/",
        "articles/1/",
    )
    for name in names:
        response = page.goto(f"{site.url}/projects/demo/{name}")
        assert response
        assert response.status == 200, name
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{name} is {overflow} px wider than the window"
