"""What programs are told when a request is wrong: what is wrong, and what to do."""

from __future__ import annotations

from django.test import Client

from annotator.users.models import Project, User
from tests.articles.api.conftest import Api
from tests.builders import TEXT, make_token


def test_who_forgets_the_token_learns_where_one_is_made(project: Project, manager: User) -> None:
    client = Client(headers={"Authorization": f"Token {make_token(manager)}"})
    answer = client.get("/api/v1/me/")
    assert answer.status_code == 401
    assert "Authorization: Bearer TOKEN" in answer.json()["detail"]


def test_a_form_in_place_of_json_learns_the_header(project: Project, manager: User) -> None:
    client = Client(headers={"Authorization": f"Bearer {make_token(manager)}"})
    kind = "application/x-www-form-urlencoded"
    answer = client.post(f"/api/v1/projects/{project.slug}/articles/", "text=a", content_type=kind)
    assert answer.status_code == 415
    assert answer.json()["detail"] == "The body is application/json; say so in the header Content-Type."


def test_a_wrong_verb_learns_the_right_ones(project: Project, manager: User, call: Api) -> None:
    answer = call(manager, "PUT", f"projects/{project.slug}/")
    assert (answer.status, answer.body["detail"]) == (405, "This address takes GET, PATCH.")


def test_the_root_is_a_problem_document_as_any_other_missing_address() -> None:
    assert Client().get("/api/v1/").json()["detail"] == "There is nothing at /api/v1/. See /api/docs/."


def test_a_misspelt_field_is_not_lost_without_a_word(project: Project, manager: User, call: Api) -> None:
    body = {"text": TEXT, "publshed_on": "2024-05-30"}
    for sent, pointer in ((body, "/publshed_on"), ([{"text": "a"}, body], "/publshed_on")):
        answer = call(manager, "POST", f"projects/{project.slug}/articles/", sent)
        assert (answer.status, answer.body["errors"][0]["pointer"]) == (400, pointer)
        assert "published_on" in answer.body["detail"]
    assert not project.articles.exists()


def test_an_unknown_choice_of_a_filter_learns_the_known_ones(
    project: Project, manager: User, call: Api
) -> None:
    answer = call(manager, "GET", f"projects/{project.slug}/articles/?status=nope")
    assert (answer.status, answer.body["detail"][:32]) == (400, "status: It is one of new, sugges")


def test_the_same_text_twice_is_told_in_a_sentence(project: Project, manager: User, call: Api) -> None:
    path = f"projects/{project.slug}/articles/"
    call(manager, "POST", path, {"text": TEXT})
    answer = call(manager, "POST", path, {"text": TEXT})
    assert answer.body["detail"] == "Article 1: the project has this text already. Nothing was added."


def test_a_misspelt_filter_does_not_find_everything(project: Project, manager: User, call: Api) -> None:
    for path in ("articles", "export"):
        answer = call(manager, "GET", f"projects/{project.slug}/{path}/?langauge=kk")
        assert answer.status == 400
        assert answer.body["detail"].startswith("There is no parameter langauge. There are: ")


def test_a_run_of_an_unknown_engine_names_those_that_there_are(
    project: Project, manager: User, call: Api
) -> None:
    answer = call(manager, "POST", f"projects/{project.slug}/runs/", {"engine": "newswires"})
    assert (answer.status, "newswire, " in answer.body["detail"]) == (400, True)
