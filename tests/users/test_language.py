"""In which language a person sees the pages."""

from __future__ import annotations

from django.test import Client

from annotator.users.models import User

SIGN_IN, ACCOUNT, CHOOSE = "/accounts/login/", "/account/", "/account/language/"


def _browser(user: User | None = None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def _language_of(client: Client, path: str, accepted: str = "") -> str:
    page = client.get(path, headers={"accept-language": accepted}).content.decode()
    return page.split('<html lang="', 1)[1][:2]


def test_the_browser_decides_until_somebody_chooses(db: None) -> None:
    browser = _browser()
    assert _language_of(browser, SIGN_IN) == "en"
    assert _language_of(browser, SIGN_IN, "kk, ru;q=0.8") == "kk"
    assert _language_of(browser, SIGN_IN, "fr") == "en"
    browser.post(CHOOSE, {"language": "ru"})
    assert _language_of(browser, SIGN_IN, "kk") == "ru"


def test_the_choice_is_kept_with_the_person(stranger: User) -> None:
    _browser(stranger).post(CHOOSE, {"language": "kk"})
    stranger.refresh_from_db()
    assert stranger.language == "kk"
    assert _language_of(_browser(stranger), ACCOUNT, "ru") == "kk"


def test_an_unknown_language_changes_nothing(stranger: User) -> None:
    for code in ("", "xx", "../../etc", "ru\0"):
        assert _browser(stranger).post(CHOOSE, {"language": code}).status_code < 500
    stranger.refresh_from_db()
    assert stranger.language == ""


def test_after_the_choice_one_is_back_on_the_page_and_on_this_site(stranger: User) -> None:
    browser = _browser(stranger)
    for referer, back in (("http://testserver/account/", "/account/"), ("http://evil.example/", "/")):
        answer = browser.post(CHOOSE, {"language": "ru"}, headers={"referer": referer})
        assert answer.headers["Location"].removeprefix("http://testserver") == back


def test_words_of_scripts_are_only_there_for_languages_that_have_some(db: None) -> None:
    for language in ("en", "xx", "..%2f"):
        assert _browser().get(f"/words/{language}/1.js").status_code == 404
