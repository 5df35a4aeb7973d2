"""Relations and chains by keyboard: linked, retyped, undone, named, and the same after a reload."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.test_story import saving
from tests.installation import Installation

pytestmark = pytest.mark.browser

TEXT = "Alma Weir left. “We are late,” Weir said. She waved."
MENTIONS = (("Alma Weir", "PERSON"), ("We are late", "QUOTE"), ("Weir said", "PERSON"), ("She", "PERSON"))

Link = tuple[str, str, str, dict[str, str]]


def make_article(site: Installation) -> tuple[int, list[str]]:
    """The article, and the ids of the colleague's spans in it."""
    token = site.command("token", "manager")
    article = int(site.call(token, "POST", "projects/demo/articles/", {"text": TEXT})["id"])
    ids = [str(uuid4()) for _ in MENTIONS]
    edits = [
        {
            "id": str(uuid4()),
            "op": "add_span",
            "span": {
                "id": id_,
                "start": TEXT.index(words),
                "end": TEXT.index(words) + len(words.removesuffix(" said")),
                "label": label,
            },
        }
        for id_, (words, label) in zip(ids, MENTIONS, strict=True)
    ]
    path = f"articles/{article}/layers/me/edits/"
    site.call(site.command("token", "colleague"), "POST", path, {"edits": edits})
    return article, ids


def relations(site: Installation, article: int) -> list[Link]:
    layer = site.call(site.command("token", "manager"), "GET", f"articles/{article}/layers/user:colleague/")
    words = {span["id"]: TEXT[span["start"] : span["end"]] for span in layer["spans"]}
    return sorted(
        (one["type"], words[one["source"]], words[one["target"]], one["attributes"])
        for one in layer["relations"]
    )


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_linked_retyped_undone_and_chained_by_keyboard(site: Installation, sign_in: SignIn) -> None:
    article, (alma, quote, _, _) = make_article(site)
    page = sign_in("colleague")
    page.goto(f"{site.url}/projects/demo/articles/{article}/")
    page.wait_for_selector("html[data-ready]")

    # From the quote to its speaker: the schema says which way round that is.
    page.locator(f'#span-list [data-mark="{quote}"]').click()
    page.keyboard.press(",")
    expect(page.locator(".linkbar")).to_contain_text("Link from Quote “We are late” to …")
    press(page, "]", "Enter")
    page.keyboard.type("speaker")
    with saving(page):
        page.keyboard.press("Enter")
    speaker: Link = ("SPEAKER_OF", "Weir", "We are late", {})
    assert relations(site, article) == [speaker]

    press(page, ";", "t")
    page.keyboard.type("coref")
    with saving(page):
        page.keyboard.press("Enter")
    assert [one[0] for one in relations(site, article)] == ["COREF"]
    with saving(page):
        page.keyboard.press("Control+z")
    assert relations(site, article) == [speaker]

    # A chain of three, with a name.
    page.locator(f'#span-list [data-mark="{alma}"]').click()
    for keys in ((",", "]", "]", ","), (",", "]", ",")):
        press(page, *keys)
        page.keyboard.type("coref")
        with saving(page):
            page.keyboard.press("Enter")
    page.locator(".switch", has_text="Relations").click()
    with saving(page):
        page.locator(".chain-name").fill("The traveller")
        page.locator(".chain-name").press("Enter")

    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.locator(".switch", has_text="Relations").click()
    chain = page.locator("details.chain")
    expect(chain.locator("summary")).to_have_text("The traveller3")
    expect(chain.locator("li")).to_have_text(["Alma Weir×", "Weir×", "She×"])
    found = relations(site, article)
    assert [one[:3] for one in found] == [
        ("COREF", "Alma Weir", "Weir"),
        ("COREF", "Weir", "She"),
        ("SPEAKER_OF", "Weir", "We are late"),
    ]
    assert [one[3] for one in found if one[3]] == [{"name": "The traveller"}]
