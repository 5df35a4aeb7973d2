"""The page of exports with scripts: options follow the format, the result follows every choice."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.installation import Installation

pytestmark = pytest.mark.browser
RESULT = "#export-result"


@pytest.fixture
def page(site: Installation, sign_in: SignIn) -> Page:
    page = sign_in("viewer")
    page.goto(f"{site.url}/projects/demo/export/")
    return page


def test_the_result_follows_every_choice_and_is_what_is_downloaded(page: Page, tmp_path: Path) -> None:
    expect(page.get_by_role("button", name="Update")).to_be_hidden()
    expect(page.locator(RESULT)).to_contain_text("Nothing is left out.")
    page.get_by_label("Format").select_option("conll")
    options = page.get_by_role("group", name=re.compile("Options of CoNLL:"))
    expect(page.get_by_label("Offsets count")).to_be_hidden()
    expect(page.locator(RESULT)).to_contain_text("nested spans")
    options.get_by_label("Of spans that overlap").select_option("levels")
    expect(page.locator(RESULT)).not_to_contain_text("nested spans")
    page.get_by_label("Names and shares").fill("train:80,test:20")
    download = page.get_by_role("link", name="Download")
    expect(download).to_have_attribute("href", re.compile("overlap=levels.*split=train"))
    with page.expect_download() as found:
        download.click()
    found.value.save_as(tmp_path / "export.zip")
    with zipfile.ZipFile(tmp_path / "export.zip") as archive:
        assert {"train-level-1.conll", "test-level-1.conll", "report.json"} <= set(archive.namelist())


def test_the_address_keeps_the_choices(page: Page) -> None:
    page.get_by_label("Format").select_option("doccano")
    expect(page).to_have_url(re.compile("format=doccano"))
    page.reload()
    expect(page.get_by_label("Format")).to_have_value("doccano")


def test_what_cannot_be_done_is_said_and_mended(page: Page) -> None:
    page.get_by_label("Layer", exact=True).select_option("all")
    page.get_by_label("Format").select_option("conll")
    expect(page.get_by_role("alert")).to_contain_text("no place for all layers")
    page.get_by_label("Format").select_option("jsonl")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("link", name="Download")).to_be_visible()
