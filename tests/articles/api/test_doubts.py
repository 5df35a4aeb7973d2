from __future__ import annotations

from annotator.users.models import Project, User
from articles.services.doubts.searching import work_on_doubts
from tests.articles.api.conftest import Api
from tests.scenarios.doubts import make_doubt, make_doubtful


def test_looking_for_errors_and_settling_them(project: Project, reviewer: User, call: Api) -> None:
    odd, _ = make_doubtful(project)
    path = f"projects/{project.slug}/doubts/"
    answer = call(reviewer, "POST", path)
    assert (answer.status, answer.body["kind"]) == (202, "doubts")
    work_on_doubts(answer.body["id"])
    page = call(reviewer, "GET", f"{path}?label=PERSON").body
    (row,) = page["results"]
    assert (row["article"], row["start"], row["end"], row["label"], row["other_label"]) == (
        odd.pk, 8, 23, "PERSON", "ORG",
    )  # fmt: skip
    fixed = call(reviewer, "POST", f"doubts/{row['id']}/", {"action": "fix"}).body
    assert (fixed["state"], fixed["settled_by"]) == ("fixed", "reviewer")
    assert call(reviewer, "POST", f"doubts/{row['id']}/", {"action": "fix"}).status == 409
    assert call(reviewer, "POST", f"doubts/{row['id']}/", {"action": "reopen"}).body["state"] == "open"


def test_pages_follow_each_other(project: Project, reviewer: User, call: Api) -> None:
    make_doubt(project)
    path = f"projects/{project.slug}/doubts/"
    first = call(reviewer, "GET", f"{path}?page_size=1").body
    following = first["next"].partition("/api/v1/")[2]
    second = call(reviewer, "GET", following).body
    assert first["results"][0]["id"] != second["results"][0]["id"]
    assert second["next"] is None


def test_what_cannot_be_read_is_refused(project: Project, reviewer: User, call: Api) -> None:
    doubt = make_doubt(project)
    assert call(reviewer, "POST", f"doubts/{doubt.pk}/", {"action": "burn"}).status == 400
    assert call(reviewer, "POST", f"doubts/{doubt.pk}/", {}).status == 400
    assert call(reviewer, "GET", f"projects/{project.slug}/doubts/?kind=burn").status == 400
    assert call(reviewer, "GET", f"projects/{project.slug}/doubts/?cursor=WyJ4IiwxLDBd").status == 400
