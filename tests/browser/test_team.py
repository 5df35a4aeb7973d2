"""The walk of one article from a file to a release: three annotators and one reviewer, in the browser."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from uuid import uuid4

import orjson
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.test_story import saving
from tests.installation import Installation

pytestmark = pytest.mark.browser
TEXT = "Alma Weir of Northline left Bergen."
# Who takes the first words for what, by the label's key.
READERS = {"annotator": "p", "colleague": "p", "manager": "o"}


def make_project(site: Installation) -> str:
    token, slug = site.command("token", "admin"), f"walk-{uuid4().hex[:8]}"
    body = {"slug": slug, "name": slug, "template": "conll-2003", "annotators_per_article": len(READERS)}
    site.call(token, "POST", "projects/", body)
    site.call(token, "PATCH", f"projects/{slug}/", {"preannotate": False, "blind_share": 0})
    for name, role in {
        **dict.fromkeys(READERS, "annotator"),
        "manager": "manager",
        "reviewer": "reviewer",
    }.items():
        site.call(token, "POST", f"projects/{slug}/members/", {"username": name, "role": role})
    return slug


def bring_in(page: Page, address: str) -> None:
    page.goto(f"{address}import/")
    file = {"name": "weir.txt", "mimeType": "text/plain", "buffer": TEXT.encode()}
    page.set_input_files("input[name=file]", file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Look through").first.click()
    page.get_by_role("button", name="Import 1 article").click()
    expect(page.locator(".job-status .state")).to_have_text("Succeeded", timeout=30_000)


def annotate(page: Page, address: str, key: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=re.compile("Start annotating|Annotate")).first.click()
    page.wait_for_selector("html[data-ready]")
    page.locator("#text").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+ArrowRight")
    with saving(page):
        page.keyboard.press(key)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#banner")).to_contain_text("Nothing is waiting for you")


def settle(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=re.compile("Start reviewing")).click()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("#panel-disagreements")).to_contain_text("0 of 1 settled")
    option = page.locator(".disagreement-option", has_text="Per")
    with saving(page):
        page.keyboard.press(option.locator("kbd").inner_text())
    page.keyboard.press("Control+Enter")
    expect(page.locator("#banner")).to_contain_text("No other article is waiting")


def release(page: Page, address: str, folder: Path) -> list[dict[str, object]]:
    page.goto(f"{address}releases/new/")
    page.get_by_label("Title").fill("First")
    page.get_by_role("button", name="Make the release").click()
    link = page.get_by_role("link", name=re.compile("Download .*KB"))
    expect(link).to_be_visible(timeout=30_000)
    with page.expect_download() as found:
        link.click()
    found.value.save_as(folder / "release.zip")
    with zipfile.ZipFile(folder / "release.zip") as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".jsonl")]
    return [orjson.loads(line) for part in parts for line in part.splitlines()]


def test_from_a_file_to_a_release(site: Installation, sign_in: SignIn, tmp_path: Path) -> None:
    address = f"{site.url}/projects/{make_project(site)}/"
    bring_in(sign_in("manager"), address)
    for name, key in READERS.items():
        annotate(sign_in(name), address, key)
    settle(sign_in("reviewer"), address)
    (line,) = release(sign_in("manager"), address, tmp_path)
    assert line["text"] == TEXT
    assert [(one["text"], one["label"]) for one in line["spans"]] == [("Alma Weir", "PER")]  # type: ignore[attr-defined]
    # What was not upheld is told to whoever had said it.
    page = sign_in("manager")
    page.goto(f"{address}feedback/")
    expect(page.locator("main")).to_contain_text("Alma Weir")
