from __future__ import annotations

from typing import Any

from rest_framework.test import APIClient

from annotator.users.models import Project, User
from articles.models import SchemaChange
from tests.builders import annotate, make_article
from tests.scenarios.schema_changes import RENAME, carry_out, plan, step


def test_a_plan_is_previewed_carried_out_and_taken_back(
    project: Project, manager: User, annotator: User
) -> None:
    client, address = APIClient(), f"/api/v1/projects/{project.slug}/schema/changes/"
    client.force_authenticate(manager)
    annotate(make_article(project), annotator)
    body: dict[str, Any] = plan(RENAME, step("delete", "label", "NOTHING"))
    seen = client.post(f"{address}?preview=1", body, format="json").json()
    assert (seen["steps"][0]["amount"], seen["steps"][0]["by_kind"]) == (1, {"user": 1})
    assert seen["problems"] == ["There is no label 'NOTHING'."]
    assert client.post(address, body, format="json").status_code == 400
    assert client.post(address, {"steps": [{"do": 7}]}, format="json").status_code == 400
    made = client.post(address, plan(RENAME), format="json")
    assert (made.status_code, made.json()["version"], made.json()["job"]["kind"]) == (202, 2, "schema")
    carry_out(SchemaChange.objects.get())
    undone = client.post(f"{address}{made.json()['id']}/undo/")
    assert (undone.status_code, undone.json()["undoes"]) == (202, made.json()["id"])
    assert [one["version"] for one in client.get(address).json()] == [3, 2]
    assert client.get(f"{address}{made.json()['id']}/").json()["job"]["state"] == "succeeded"
