"""Importing as a person does it: choose, look, decide, import, see."""

from __future__ import annotations

import os
from pathlib import Path

import orjson
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.test_accessibility import findings
from tests.installation import Installation

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("PICTURES", "")
TEXT = "Mara Quist leads Northline Press."
UNKNOWN = {
    "text": TEXT,
    "title": "A ship called home",
    "spans": [
        {"id": "m", "start": 0, "end": 10, "label": "PER"},
        {"id": "n", "start": 17, "end": 32, "label": "NEWSPAPER"},
    ],
    "relations": [{"source": "m", "target": "n", "type": "edits"}],
    "layers": [{"author": "user:ghost", "spans": []}],
    "desk": "world",
}


def lines(*rows: object) -> bytes:
    return b"\n".join(row if isinstance(row, bytes) else orjson.dumps(row) for row in rows)


def choose(page: Page, site: Installation, name: str, content: bytes) -> None:
    page.goto(f"{site.url}/projects/demo/import/")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("input[name=file]", file)  # type: ignore[arg-type]
    expect(page.locator("[data-part=names] li")).to_contain_text(name)
    page.get_by_role("button", name="Look through").first.click()
    page.wait_for_url("**/import/*/")


def picture(page: Page, name: str) -> None:
    """For whoever wants to see the pages: PICTURES=folder make test."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_from_a_file_to_articles_with_spans(site: Installation, sign_in: SignIn) -> None:
    page = sign_in("manager")
    choose(page, site, "ships.jsonl", lines(UNKNOWN, {"text": "A second text."}))
    expect(page.locator("h1")).to_have_text("ships.jsonl")
    expect(page.locator(".lead")).to_contain_text("1 new article")
    expect(page.locator(".problems")).to_contain_text("ships.jsonl, line 1")

    page.get_by_label("What PER becomes").select_option(label="PERSON")
    page.get_by_label("What NEWSPAPER becomes").select_option(label="add NEWSPAPER to the schema")
    page.get_by_label("What edits becomes").select_option(label="leave out")
    page.get_by_label("What user:ghost becomes").select_option(label="leave out")
    page.get_by_role("button", name="Use these names").click()
    expect(page.locator(".lead")).to_contain_text("2 new articles. 2 spans go to gold.")
    expect(page.locator(".problems")).to_have_count(0)
    expect(page.locator("mark").first).to_have_text("Mara QuistPERSON")

    page.get_by_role("button", name="Import 2 articles").click()
    expect(page.locator(".job-status .state")).to_have_text("Succeeded", timeout=30_000)
    expect(page.locator("dl.figures")).to_contain_text("2")
    expect(page.locator("main")).to_contain_text("1 relations left out")

    page.get_by_role("link", name="See the articles").click()
    page.get_by_role("link", name="A ship called home").click()
    page.wait_for_selector("html[data-ready]")
    token = site.command("token", "manager")
    article = int(page.url.split("/articles/")[1].split("/")[0])  # gold opens for review
    gold = site.call(token, "GET", f"articles/{article}/layers/gold/")
    assert [(one["start"], one["end"], one["label"]) for one in gold["spans"]] == [
        (0, 10, "PERSON"),
        (17, 32, "NEWSPAPER"),
    ]


def test_a_folder_with_texts_and_annotations(site: Installation, sign_in: SignIn, tmp_path: Path) -> None:
    for name in ("north", "south"):
        folder = tmp_path / "corpus" / name
        folder.mkdir(parents=True)
        (folder / "1.txt").write_text(f"Mara of the {name}.", encoding="utf-8")
        (folder / "1.ann").write_text("T1\tPERSON 0 4\tMara\n", encoding="utf-8")
    page = sign_in("manager")
    page.goto(f"{site.url}/projects/demo/import/")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="choose a folder").click()
    chooser.value.set_files(tmp_path / "corpus")
    expect(page.locator("[data-part=names] li").first).to_contain_text("corpus/")
    page.get_by_role("button", name="Look through").first.click()
    page.wait_for_url("**/import/*/")
    expect(page.locator(".lead")).to_contain_text("2 new articles. 2 spans go to gold.")
    page.get_by_role("button", name="Discard").click()


def test_files_that_are_dropped(site: Installation, sign_in: SignIn) -> None:
    page = sign_in("manager")
    page.goto(f"{site.url}/projects/demo/import/")
    dropped = page.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            for (const name of ["a.txt", "b.txt"]) transfer.items.add(new File(["Text of " + name], name));
            return transfer;
        }"""
    )
    page.dispatch_event("file-drop", "dragover", {"dataTransfer": dropped})
    expect(page.locator("file-drop")).to_have_class("drop field over")
    page.dispatch_event("file-drop", "drop", {"dataTransfer": dropped})
    expect(page.locator("[data-part=names] li")).to_have_text(["a.txt, 13 bytes", "b.txt, 13 bytes"])
    page.get_by_role("button", name="Look through").first.click()
    expect(page.locator("h1")).to_have_text("2 files.zip")
    page.get_by_role("button", name="Discard").click()


def test_too_many_files_are_told_before_they_are_sent(site: Installation, sign_in: SignIn) -> None:
    page = sign_in("manager")
    page.goto(f"{site.url}/projects/demo/import/")
    page.locator("file-drop").evaluate("(drop) => { drop.dataset.most = '1'; }")
    files = [{"name": f"{n}.txt", "mimeType": "text/plain", "buffer": b"x"} for n in range(2)]
    page.set_input_files("input[name=file]", files)  # type: ignore[arg-type]
    message = page.locator("input[name=file]").evaluate("(input) => input.validationMessage")
    assert message == "At most 1 files can be sent at once. Put them into a zip, and choose that."


@pytest.mark.parametrize(
    ("width", "dark"),
    [(1440, False), (1440, True), (390, False), (390, True)],
    ids=["wide-light", "wide-dark", "narrow-light", "narrow-dark"],
)
def test_the_pages_are_for_everybody(site: Installation, sign_in: SignIn, width: int, dark: bool) -> None:
    page = sign_in("manager", width=width, dark=dark)
    shade = f"{width}-{'dark' if dark else 'light'}"
    name = f"{'a-very-long-name-' * 8}.jsonl"
    rows = [UNKNOWN, *({"title": f"No text {n}"} for n in range(25)), {"text": "Two " * 200, "title": "Long"}]
    choose(page, site, name, lines(*rows))
    page.locator("summary").first.click()
    found = {"preview": findings(page)}
    assert too_wide(page) <= 0
    picture(page, f"preview-{shade}")

    page.goto(f"{site.url}/projects/demo/import/")
    page.locator("summary").first.click()
    found["choosing"] = findings(page)
    assert too_wide(page) <= 0
    picture(page, f"choosing-{shade}")
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Discard").click()
    assert {what: problems for what, problems in found.items() if problems} == {}


def too_wide(page: Page) -> int:
    """By how many pixels the page can be moved sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
