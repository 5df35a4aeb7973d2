"""Three annotators read one article; a reviewer settles what they disagree on, by keys."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.test_story import saving
from tests.installation import Installation

pytestmark = pytest.mark.browser
TEXT = "Alma Weir of Northline Press left Bergen. Weir will be back."
READERS = ("annotator", "colleague", "manager")


def place(words: str, label: str, number: int = 0) -> dict[str, Any]:
    start = -1
    for _ in range(number + 1):
        start = TEXT.index(words, start + 1)
    return {"id": str(uuid4()), "start": start, "end": start + len(words), "label": label}


ALMA = ("Alma Weir", "PER", 0)
WEIR = ("Weir", "PER", 1)
READINGS = (
    ([ALMA, WEIR, ("Northline Press", "ORG", 0), ("Bergen", "LOC", 0)], True),
    ([ALMA, WEIR, ("Northline", "ORG", 0), ("Bergen", "ORG", 0)], True),
    ([ALMA, WEIR, ("Northline Press", "ORG", 0)], False),
)


def make_articles(site: Installation) -> tuple[str, int]:
    """One that is read in three ways, and one on which all agree."""
    token, slug = site.command("token", "admin"), f"settle-{uuid4().hex[:8]}"
    body = {"slug": slug, "name": slug, "template": "conll-2003", "annotators_per_article": len(READERS)}
    site.call(token, "POST", "projects/", body)
    site.call(token, "PATCH", f"projects/{slug}/", {"preannotate": False, "blind_share": 0})
    roles = dict.fromkeys(READERS, "annotator") | {"reviewer": "reviewer"}
    for name, role in roles.items():
        site.call(token, "POST", f"projects/{slug}/members/", {"username": name, "role": role})
    schema = site.call(token, "GET", f"projects/{slug}/schema/")
    chain = {"name": "SAME", "chain": True}
    site.call(token, "PUT", f"projects/{slug}/schema/", {**schema, "relations": [chain]})
    texts = [{"title": "Weir", "text": TEXT}, {"title": "Again", "text": TEXT + " Again."}]
    differing, agreed = site.call(token, "POST", f"projects/{slug}/articles/", texts)
    for name, (marks, is_chained) in zip(READERS, READINGS, strict=True):
        reader = site.command("token", name)
        read(site, reader, differing["id"], marks, is_chained)
        read(site, reader, agreed["id"], [ALMA], is_chained=False)
    return slug, differing["id"]


def read(
    site: Installation, token: str, article: int, marks: list[tuple[str, str, int]], is_chained: bool
) -> None:
    spans = [place(*one) for one in marks]
    edits = [{"id": str(uuid4()), "op": "add_span", "span": span} for span in spans]
    if is_chained:
        link = {"type": "SAME", "source": spans[0]["id"], "target": spans[1]["id"]}
        edits.append({"id": str(uuid4()), "op": "add_relation", "relation": {"id": str(uuid4()), **link}})
    site.call(token, "POST", f"articles/{article}/layers/me/edits/", {"edits": edits})
    site.call(token, "POST", f"articles/{article}/submit/")


def choose(page: Page, words: str) -> None:
    """Press the number of the option that says so."""
    option = page.locator(".disagreement-option", has_text=words)
    key = option.locator("kbd").inner_text()
    with saving(page):
        page.keyboard.press(key)


def test_three_readings_become_gold_by_keys(site: Installation, sign_in: SignIn) -> None:
    slug, article = make_articles(site)
    page = sign_in("reviewer")
    page.goto(f"{site.url}/projects/{slug}/articles/{article}/review/")
    page.wait_for_selector("html[data-ready]")
    card, panel = page.locator("#disagreement"), page.locator("#panel-disagreements")
    expect(panel).to_contain_text("0 of 3 settled")
    expect(card).to_contain_text("Other boundaries")
    assert "colleague" not in page.locator("#side").inner_text()
    choose(page, "“Northline Press”")

    expect(card).to_contain_text("Other labels")
    expect(card).to_contain_text("Bergen")
    with saving(page):
        page.keyboard.press("0")
    expect(card).to_contain_text("Chain")
    expect(panel).to_contain_text("2 of 3 settled")
    with saving(page):
        page.keyboard.press("Control+z")
    expect(panel).to_contain_text("1 of 3 settled")
    page.keyboard.press("Shift+Tab")
    expect(card).to_contain_text("Other labels")
    with saving(page):  # the second click settles nothing that comes next
        page.locator(".disagreement-option", has_text="Loc").dblclick()

    page.keyboard.press("F7")
    with saving(page):
        page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#unsettled-words")).to_contain_text("1 disagreement is not settled")
    page.get_by_role("button", name="Go on settling").click()
    choose(page, "Alma Weir = Weir")
    expect(panel).to_contain_text("3 of 3 settled")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(panel).to_contain_text("3 of 3 settled")
    page.keyboard.press("Control+Enter")

    expect(page.locator("#banner")).to_contain_text("All 3 annotators say the same here")
    expect(page.locator("#panel-spans")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#banner")).to_contain_text("No other article is waiting")

    token = site.command("token", "admin")
    gold = site.call(token, "GET", f"articles/{article}/layers/gold/")
    said = {(TEXT[span["start"] : span["end"]], span["label"]) for span in gold["spans"]}
    assert said == {("Alma Weir", "PER"), ("Weir", "PER"), ("Northline Press", "ORG"), ("Bergen", "LOC")}
    assert [one["type"] for one in gold["relations"]] == ["SAME"]
    decisions = site.call(token, "GET", f"articles/{article}/disagreements/")["decisions"]
    assert sorted(one["choice"] for one in decisions) == ["reading"] * 3
    assert [one["reason"] for one in decisions if one["reason"]] == ["Guideline"]


def test_whoever_settles_second_is_told_and_sees_what_the_first_made_of_it(
    site: Installation, sign_in: SignIn
) -> None:
    slug, article = make_articles(site)
    address = f"{site.url}/projects/{slug}/articles/{article}/review/"
    first, second = sign_in("reviewer"), sign_in("admin")
    for page in (first, second):
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        expect(page.locator("#disagreement")).to_contain_text("Other boundaries")
    second.context.set_offline(True)
    key = second.locator(".disagreement-option", has_text="“Northline”").locator("kbd").inner_text()
    second.keyboard.press(key)
    expect(second.locator("#panel-disagreements")).to_contain_text("1 of 3 settled")
    choose(first, "“Northline Press”")
    second.context.set_offline(False)

    expect(second.locator("body")).to_contain_text("has settled this meanwhile")
    token = site.command("token", "admin")
    expect(second.locator("#panel-spans")).to_contain_text("Northline Press")
    gold = site.call(token, "GET", f"articles/{article}/layers/gold/")
    said = {TEXT[span["start"] : span["end"]] for span in gold["spans"]}
    assert "Northline Press" in said
    assert "Northline" not in said
