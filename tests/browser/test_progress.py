from __future__ import annotations

import pytest

from tests.browser.conftest import SignIn
from tests.installation import Installation

pytestmark = pytest.mark.browser


def test_a_drawing_tells_its_figures_by_keys_and_is_saved_as_a_picture(
    site: Installation, sign_in: SignIn
) -> None:
    page = sign_in("manager")
    page.goto(f"{site.url}/projects/demo/progress/")
    drawing = page.locator("chart-figure[data-name=articles]")
    reader, note = drawing.get_by_role("slider"), drawing.locator(".note")
    reader.focus()
    page.keyboard.press("Home")
    said = reader.get_attribute("aria-valuetext") or ""
    assert note.inner_text().replace("\n", ", ") == said
    assert "Gold: " in said
    page.keyboard.press("Escape")
    assert note.is_hidden()
    with page.expect_download() as download:
        drawing.get_by_role("button", name="Download PNG").click()
    assert download.value.suggested_filename == "articles.png"
    # What every PNG begins with; a drawing that could not be read would leave an error on the page instead.
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
