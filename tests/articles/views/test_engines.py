from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from annotator.users.models import Project, User
from articles.models import Job, ProjectEngine, Span
from tests.builders import make_article, make_articles


@pytest.fixture
def manager_client(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def url(project: Project, name: str = "engines", *more: str) -> str:
    return reverse(f"articles:{name}", args=[project.slug, *more])


def gazetteer(project: Project) -> ProjectEngine:
    return ProjectEngine.objects.get(project=project, name="gazetteer")


def test_cards_show_every_engine(manager_client: Client, project: Project) -> None:
    page = manager_client.get(url(project)).content.decode()
    assert all(title in page for title in ("Newswire", "Gazetteer", "spaCy", "0 articles read"))


def test_an_engine_whose_package_is_gone_says_so(manager_client: Client, project: Project) -> None:
    ProjectEngine.objects.create(project=project, name="lost", kind="lost-and-gone")
    assert "lost-and-gone" in manager_client.get(url(project)).content.decode()
    assert manager_client.get(url(project, "engine", "lost")).status_code == 200


def test_an_engine_is_switched_off_and_on(manager_client: Client, project: Project) -> None:
    switch = url(project, "engine-switch", "gazetteer")
    manager_client.post(switch)
    assert not gazetteer(project).enabled
    manager_client.post(switch, {"enabled": "on"})
    assert gazetteer(project).enabled


def test_names_are_typed_and_uploaded(manager_client: Client, project: Project) -> None:
    upload = SimpleUploadedFile("names.csv", b'Oslo,GPE\n"Ellingsen, Mara",PERSON\nBergen,GPE\n')
    data = {"entries": "Bergen\tGPE", "entries_file": upload}
    assert manager_client.post(url(project, "engine", "gazetteer"), data).status_code == 302
    kept = gazetteer(project).settings["entries"]
    assert kept == "Bergen\tGPE\nOslo\tGPE\nEllingsen, Mara\tPERSON"


def test_problems_name_the_line_and_the_list_comes_back_whole(
    manager_client: Client, project: Project
) -> None:
    upload = SimpleUploadedFile("names.tsv", b"Oslo\tNOPE\n")
    data = {"entries": "# ours\n\nBergen\tGPE", "entries_file": upload}
    answer = manager_client.post(url(project, "engine", "gazetteer"), data)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Line 4: There is no label" in page
    assert "Oslo\tNOPE</textarea>" in page
    assert gazetteer(project).settings == {}


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a\x00b,GPE", b""])
def test_a_broken_file_is_refused(manager_client: Client, project: Project, content: bytes) -> None:
    data = {"entries": "", "entries_file": SimpleUploadedFile("names.csv", content)}
    assert manager_client.post(url(project, "engine", "gazetteer"), data).status_code == 400


def test_trying_shows_the_hits_and_stores_nothing(manager_client: Client, project: Project) -> None:
    article = make_article(project)
    data = {"entries": "Mara Ellingsen\tPERSON", "article": article.pk, "try": "1"}
    page = manager_client.post(url(project, "engine", "gazetteer"), data).content.decode()
    assert '<mark data-hue="0">Mara Ellingsen<small>PERSON</small></mark>' in page
    assert gazetteer(project).settings == {}
    assert not Span.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "999999", "9" * 40, "-1"])
def test_trying_needs_an_article_of_the_project(
    manager_client: Client, project: Project, number: str
) -> None:
    data = {"entries": "", "article": number, "try": "1"}
    assert manager_client.post(url(project, "engine", "gazetteer"), data).status_code in (400, 404)


def test_a_run_reads_what_was_chosen(manager_client: Client, project: Project, manager: User) -> None:
    make_articles(project, 2)
    make_article(project, "Quite another text about herring.")
    data = {"engines": ["newswire"], "scope": "some", "q": "herring"}
    answer = manager_client.post(url(project, "runs"), data)
    job = Job.objects.get(project=project, created_by=manager)
    assert answer["Location"] == url(project, "job", str(job.pk))
    assert (job.total, job.params["engines"]) == (1, ["newswire"])


def test_a_run_of_nothing_is_refused_in_words(manager_client: Client, project: Project) -> None:
    empty = manager_client.post(url(project, "runs"), {"scope": "all"})
    assert "Choose at least one engine." in empty.content.decode()
    none = manager_client.post(url(project, "runs"), {"engines": ["newswire"], "scope": "all"})
    assert none.status_code == 400
    assert "nothing to pre-annotate" in none.content.decode()


def test_others_read_the_cards_only(client: Client, project: Project, viewer: User, stranger: User) -> None:
    client.force_login(viewer)
    page = client.get(url(project)).content.decode()
    assert "Run now" not in page
    assert client.get(url(project, "engine", "gazetteer")).status_code == 403
    assert client.post(url(project, "runs"), {"engines": ["newswire"], "scope": "all"}).status_code == 403
    assert client.post(url(project, "engine-switch", "newswire")).status_code == 403
    client.force_login(stranger)
    assert client.get(url(project)).status_code == 404
