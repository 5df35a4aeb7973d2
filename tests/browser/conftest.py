from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect, sync_playwright

from tests.browser.find_browser import NoBrowser, find_browser
from tests.installation import Installation, open_folder

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SignIn = Callable[..., Page]
PATIENCE = 15_000  # ms: the machine may be busy
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        path = find_browser()
    except NoBrowser as error:
        pytest.fail(str(error), pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site() -> Iterator[Installation]:
    """The real product with its demo project: web, worker, beat, PostgreSQL and Valkey."""
    with open_folder() as folder:
        installation = Installation(folder / "data")
        installation.start()
        yield installation
        left = installation.stop()
        assert left == [], f"These processes were left behind: {left}"


@pytest.fixture(scope="session")
def sessions() -> dict[str, StorageState]:
    """Cookies of those who have signed in, by name: a password takes long to check, as it should."""
    return {}


@pytest.fixture
def sign_in(browser: Browser, site: Installation, sessions: dict[str, StorageState]) -> Iterator[SignIn]:
    """`sign_in("annotator", width=390)`: a page of that person, in a browser that has nothing of other tests
    but, from the second time on, the cookies of having signed in.

    An error in the page's console fails the test.
    """
    contexts, errors = [], list[str]()

    def do(name: str, width: int = 1440, height: int = 900, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            storage_state=sessions.get(name),
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(site.url)
        if "/accounts/login/" in page.url:
            _fill_in(page, name, site.logins[name])
            sessions[name] = context.storage_state()
        return page

    yield do
    for context in contexts:
        context.close()
    assert errors == []


def _fill_in(page: Page, name: str, password: str) -> None:
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
