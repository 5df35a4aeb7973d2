from __future__ import annotations

import re
from typing import Any

from django.db import OperationalError
from django.test import Client, RequestFactory, override_settings

from annotator.lib.pages import unexpected_error
from annotator.users.models import ApiToken, User
from tests.builders import PASSWORD, make_token
from tests.pages import Visitor, words


def test_the_display_name_is_kept(stranger: User) -> None:
    visitor = Visitor(stranger)
    assert visitor.post("/account/", display_name="Stella Maris").url == "/account/"
    assert "<h1>Stella Maris</h1>" in words(visitor.get("/account/"))
    assert visitor.post("/account/", display_name="x" * 200).status_code == 400


def test_a_token_is_shown_once_and_works(stranger: User) -> None:
    visitor = Visitor(stranger)
    answer = visitor.post("/account/tokens/", name="Nightly", scope="read", days="30")
    secret = re.search(r"ann_[\w-]{20,}", words(answer))
    assert secret
    assert "no-store" in answer["Cache-Control"]
    assert secret.group() not in words(visitor.get("/account/"))
    used = Visitor().client.get("/api/v1/me/", headers={"Authorization": f"Bearer {secret.group()}"})
    assert used.status_code == 200


def test_an_unusable_token_form_is_refused(stranger: User) -> None:
    for change in ({"name": ""}, {"scope": "all"}, {"days": "9999"}):
        form: dict[str, Any] = {"name": "n", "scope": "read", "days": "30", **change}
        assert Visitor(stranger).post("/account/tokens/", **form).status_code == 400
    assert not ApiToken.objects.exists()


def test_only_ones_own_tokens_can_be_revoked(stranger: User, administrator: User) -> None:
    make_token(stranger)
    path = f"/account/tokens/{ApiToken.objects.get().pk}/revoke/"
    assert Visitor(administrator).post(path).status_code == 404
    assert Visitor(stranger).get(path).status_code == 405
    Visitor(stranger).post(path)
    assert ApiToken.objects.get().revoked_at


def test_the_account_is_for_those_signed_in(db: None) -> None:
    assert Visitor().get("/account/").status_code == 302
    assert Visitor().post("/account/tokens/").status_code == 302


def test_signing_in_and_out(stranger: User) -> None:
    visitor = Visitor()
    wrong = visitor.post("/accounts/login/", login="stranger", password="wrong")
    assert wrong.status_code == 200
    assert "notice bad" in words(wrong)
    assert visitor.post("/accounts/login/", login="stranger", password=PASSWORD).url == "/"
    assert "Sign out?" in words(visitor.get("/accounts/logout/"))
    assert visitor.post("/accounts/logout/").url == "/accounts/login/"


def test_every_page_of_the_account_wears_the_frame(stranger: User) -> None:
    visitor = Visitor(stranger)
    visitor.post("/accounts/reauthenticate/", password=PASSWORD)
    for path in ("password/change/", "2fa/", "2fa/totp/activate/", "reauthenticate/", "email/"):
        answer = visitor.client.get(f"/accounts/{path}", follow=True)
        assert answer.status_code == 200, path
        assert 'class="wordmark"' in words(answer), path
        assert " style=" not in words(answer)


def test_signing_up_needs_an_invitation(db: None) -> None:
    page = words(Visitor().get("/accounts/signup/"))
    assert "Joining is by invitation" in page
    form: dict[str, Any] = {"username": "mallory", "password1": PASSWORD, "password2": PASSWORD}
    Visitor().post("/accounts/signup/", **form)
    assert not User.objects.filter(username="mallory").exists()


def test_a_missing_page_is_kind(stranger: User) -> None:
    answer = Visitor(stranger).get("/nowhere/")
    assert answer.status_code == 404
    assert "There is nothing here" in words(answer)


def test_an_error_page_needs_no_database() -> None:
    answer = unexpected_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "on our side" in words(answer)


def test_a_database_that_is_away_passes_and_the_page_says_so() -> None:
    try:
        raise OperationalError("the database system is in recovery mode")
    except OperationalError:
        answer = unexpected_error(RequestFactory().get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Load this page again in a moment" in words(answer)


def test_an_error_page_speaks_the_language_of_the_browser_and_leads_on() -> None:
    request = RequestFactory().get("/projects/demo/?page=2", headers={"accept-language": "kk"})
    page = words(unexpected_error(request))
    assert '<html lang="kk">' in page
    assert 'href="/projects/demo/?page=2"' in page


def test_a_form_without_its_token_leads_back_to_its_page(stranger: User) -> None:
    client = Client(enforce_csrf_checks=True, headers={"referer": "http://testserver/account/"})
    client.force_login(stranger)
    answer = client.post("/account/", {"display_name": "Mallory"})
    assert answer.status_code == 403
    assert 'href="http://testserver/account/"' in words(answer)


@override_settings(ACCOUNT_RATE_LIMITS={"login": "1/m/ip"})
def test_too_many_tries_are_answered_by_a_page(db: None) -> None:
    answers = [Visitor().post("/accounts/login/", login="mallory", password="guess") for _ in range(2)]
    assert answers[-1].status_code == 429
    assert "Too many tries in a short time" in words(answers[-1])


def test_signing_in_within_the_editor_ends_where_the_editor_hears_of_it(stranger: User) -> None:
    visitor = Visitor()
    page = visitor.get("/accounts/login/?next=/accounts/signed-in/")
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    answer = visitor.post(
        "/accounts/login/", login="stranger", password=PASSWORD, next="/accounts/signed-in/"
    )
    assert answer.url == "/accounts/signed-in/"
    told = visitor.get("/accounts/signed-in/")
    assert 'data-user="stranger"' in words(told)
    assert told["X-Frame-Options"] == "SAMEORIGIN"
    elsewhere = visitor.get("/account/")
    assert elsewhere["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in elsewhere["Content-Security-Policy"]
