from __future__ import annotations

from annotator.users.models import Project, User
from tests.articles.api.conftest import Api
from tests.builders import make_member
from tests.scenarios.agreement import make_read_twice


def test_figures_name_people_and_can_be_narrowed(
    project: Project, annotator: User, viewer: User, call: Api
) -> None:
    make_read_twice(project, 10, annotator, make_member(project, name="second"))
    path = f"projects/{project.slug}/agreement/"
    found = call(viewer, "GET", path).body
    assert (found["articles"], found["pairs"], found["uncounted"]) == (10, 10, 0)
    assert found["kinds"] == {"same": 10, "label": 10, "boundary": 10, "alone": 10}
    assert ["ORG", "GPE", 10] in found["confused"]
    # One of four and three entities is the same, and the articles do not differ.
    assert found["entities"]["exact"] == [0.2857, 0.2857, 0.2857]
    # The same link, though one of its ends has another label.
    assert found["relations"]["types"][1]["f1"] == [1.0, 1.0, 1.0]
    (pair,) = found["people"]
    assert (pair["first"], pair["second"], pair["found_by_second"][0]) == ("annotator", "second", 0.25)
    narrowed = call(viewer, "GET", f"{path}?label=PERSON&annotator=second").body
    assert [(row["name"], row["exact"][0]) for row in narrowed["labels"]] == [("PERSON", 1.0)]
    assert call(viewer, "GET", f"{path}?after=2999-01-01").body["pairs"] == 0


def test_what_cannot_be_asked_for_is_named(project: Project, viewer: User, call: Api) -> None:
    answer = call(viewer, "GET", f"projects/{project.slug}/agreement/?annotator=nobody&before=soon")
    assert answer.status == 400
    assert "annotator: Select a valid choice" in answer.body["detail"]
    assert "before: Enter a valid date" in answer.body["detail"]
