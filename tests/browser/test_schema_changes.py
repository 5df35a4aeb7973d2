"""A label is renamed while an annotator has an article open: nothing is lost, and the new name is shown."""

from __future__ import annotations

from time import monotonic, sleep

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SignIn
from tests.browser.test_flow import make_project, start
from tests.browser.test_story import saving
from tests.installation import Installation
from tests.scenarios.schema_changes import plan, step

pytestmark = pytest.mark.browser


def test_an_open_editor_goes_on_under_the_new_name(site: Installation, sign_in: SignIn) -> None:
    slug, (article,) = make_project(site, 1)
    page, token = start(site, sign_in, slug), site.command("token", "admin")
    with saving(page):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("p")
    changes = f"projects/{slug}/schema/changes/"
    made = site.call(token, "POST", changes, plan(step("rename", "label", "PER", to="HUMAN")))
    until = monotonic() + 60
    while site.call(token, "GET", f"{changes}{made['id']}/")["job"]["state"] != "succeeded":
        assert monotonic() < until
        sleep(0.2)
    with saving(page):  # the page knows the old label only
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("p")
    expect(page.locator("#banner")).to_contain_text("The label schema of this project has changed.")
    page.get_by_role("button", name="Show the new labels").click()
    expect(page.locator("#labels")).to_contain_text("Human")
    expect(page.locator("#text .mark")).to_have_count(2)
    layer = site.call(token, "GET", f"articles/{article}/layers/user:annotator/")
    assert [one["label"] for one in layer["spans"]] == ["HUMAN", "HUMAN"]
