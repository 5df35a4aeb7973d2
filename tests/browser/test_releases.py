"""A release from the first choice to the file: made by a real worker, watched, downloaded, compared."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import orjson
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.test_accessibility import findings
from tests.installation import Installation

pytestmark = pytest.mark.browser


@pytest.fixture
def page(site: Installation, sign_in: SignIn) -> Page:
    page = sign_in("manager")
    page.goto(f"{site.url}/projects/demo/releases/new/")
    return page


def test_what_is_chosen_is_made_shown_and_downloaded(page: Page, tmp_path: Path) -> None:
    page.get_by_label("Title").fill("Spring")
    page.get_by_label("Licence").fill("CC-BY-4.0")
    page.get_by_label("Format").select_option("conll")
    expect(page.locator("#export-result")).to_contain_text("nested spans")
    expect(page.get_by_label("Title")).to_have_value("Spring")
    # At once, while the page still asks what this choice would give.
    page.get_by_role("group", name=re.compile("Options of CoNLL:")).get_by_label(
        "Of spans that overlap"
    ).select_option("innermost")
    page.get_by_role("button", name="Make the release").click()
    expect(page.get_by_role("heading", name=re.compile(r"Release \d+: Spring"))).to_be_visible()
    download = page.get_by_role("link", name=re.compile("Download .*KB"))
    expect(download).to_be_visible(timeout=30_000)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    with page.expect_download() as found:
        download.click()
    found.value.save_as(tmp_path / "release.zip")
    with zipfile.ZipFile(tmp_path / "release.zip") as archive:
        manifest = orjson.loads(archive.read("manifest.json"))
        assert {"data/train.conll", "data/dev.conll", "data/test.conll", "README.md"} <= set(
            archive.namelist()
        )
    assert manifest["query"]["options"] == {"overlap": "innermost"}
    assert manifest["query"]["licence"] == "CC-BY-4.0"


def test_one_file_and_the_line_for_the_shell(site: Installation, page: Page) -> None:
    page.get_by_role("button", name="Make the release").click()
    expect(page.get_by_role("link", name=re.compile("Download .*KB"))).to_be_visible(timeout=30_000)
    with page.expect_download() as found:
        page.get_by_role("link", name="README.md").click()
    assert found.value.suggested_filename == "README.md"
    line = page.get_by_label("Command that downloads the release").input_value()
    assert f"{site.url}/api/v1/releases/" in line
