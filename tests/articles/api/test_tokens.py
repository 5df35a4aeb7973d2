from __future__ import annotations

from annotator.users.models import ApiToken, User
from tests.articles.api.conftest import Api


def test_a_token_ends_in_the_future(stranger: User, call: Api) -> None:
    call(stranger, "GET", "me/")
    before = ApiToken.objects.count()
    late = call(stranger, "POST", "tokens/", {"name": "n", "expires_at": "2020-01-01T00:00:00Z"})
    assert late.status == 400
    assert "still to come" in late.body["detail"]
    assert ApiToken.objects.count() == before
    good = call(stranger, "POST", "tokens/", {"name": "n", "expires_at": "2199-01-01T00:00:00Z"})
    assert good.status == 201
    assert good.body["token"].startswith("ann_")
