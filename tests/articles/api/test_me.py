from __future__ import annotations

from annotator.users.models import User
from tests.articles.api.conftest import Api


def test_preferences_are_merged_and_taken_away(stranger: User, annotator: User, call: Api) -> None:
    keys = {"labels": {"PERSON": "x"}}
    assert call(stranger, "PATCH", "me/", {"preferences": {"keys": keys, "trim": False}}).status == 200
    answer = call(stranger, "PATCH", "me/", {"preferences": {"trim": None}})
    assert answer.body["preferences"] == {"keys": keys}
    assert call(stranger, "GET", "me/").body["preferences"] == {"keys": keys}
    assert call(annotator, "GET", "me/").body["preferences"] == {}


def test_preferences_that_are_none_or_too_many_are_refused(stranger: User, call: Api) -> None:
    bodies: list[dict[str, object]] = [{}, {"preferences": None}, {"preferences": []}, {"preferences": "x"}]
    for body in bodies:
        assert call(stranger, "PATCH", "me/", body).status == 400
    answer = call(stranger, "PATCH", "me/", {"preferences": {"keys": "x" * 20_000}})
    assert answer.status == 400
    assert "at most 16,384 characters" in answer.body["detail"]
    assert call(stranger, "GET", "me/").body["preferences"] == {}
