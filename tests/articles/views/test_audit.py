from __future__ import annotations

from annotator.users.models import Project, Role, User, Verb
from annotator.users.services.audit import record
from annotator.users.services.members import add_member
from articles.services.projects.managing import change_project
from tests.builders import make_member
from tests.pages import Visitor, words


def test_managers_read_and_filter_the_log(project: Project, manager: User) -> None:
    make_member(project, Role.VIEWER, "newcomer")
    record(Verb.EXPORTED, by=manager, project=project, text="harbour.jsonl")
    visitor, address = Visitor(manager), f"/projects/{project.slug}/log/"
    page = words(visitor.get(address))
    assert "newcomer" in page
    assert "harbour.jsonl" in page
    narrowed = words(visitor.get(address, by="manager", verb="exported", since="2020-01-01", q="harbour"))
    assert "harbour.jsonl" in narrowed
    assert "newcomer" not in narrowed
    assert "Nothing fits" in words(visitor.get(address, until="2020-01-01"))
    assert visitor.get(address, verb="nonsense").status_code == 400


def test_details_are_in_the_language_of_the_reader_and_in_files_as_they_were_written(
    project: Project, manager: User
) -> None:
    member = make_member(project, Role.VIEWER, "newcomer")
    add_member(project=project, user=member, role=Role.REVIEWER)
    change_project(project=project, changes={"lease_days": 3}, by=manager)
    visitor, address = Visitor(manager), f"/projects/{project.slug}/log"
    page = words(visitor.client.get(f"{address}/", headers={"accept-language": "ru"}))
    assert "роль: Рецензент, до этого: Наблюдатель" in page
    assert "lease_days" not in page
    file = b"".join(visitor.get(f"{address}.csv").streaming_content).decode()
    assert "role: reviewer, before: viewer" in file


def test_the_log_as_a_table_runs_no_formulas(project: Project, manager: User) -> None:
    record(Verb.EXPORTED, by=manager, project=project, text="=1+1")
    answer = Visitor(manager).get(f"/projects/{project.slug}/log.csv", verb="exported")
    heading, line = b"".join(answer.streaming_content).decode().splitlines()
    assert heading == "at,by,verb,text,details,project,address"
    assert ",manager,exported,'=1+1,," in line


def test_other_projects_are_not_told(project: Project, manager: User) -> None:
    record(Verb.EXPORTED, by=manager, text="elsewhere.jsonl")
    assert "elsewhere" not in words(Visitor(manager).get(f"/projects/{project.slug}/log/"))
