from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from annotator.users.models import Project, User
from articles.domain.spans import Suggestion
from articles.models import Evaluation, Job, ProjectEngine, Span
from articles.services.runs.layers import write_layers
from tests.articles.engines.answering import always, serving
from tests.builders import make_article, make_articles
from tests.pages import Visitor, words


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


def test_engines_are_listed_as_they_read_with_how_good_they_were(
    manager_client: Client, project: Project, annotator: User
) -> None:
    (row,) = ProjectEngine.objects.bulk_create(
        [ProjectEngine(project=project, name="second-list", kind="gazetteer")]
    )
    figures = {"exact": {"micro": {"f1": [0.83, 0.8, 0.9]}}, "measured_on": "gold"}
    measured = Evaluation.objects.create(engine=row, engine_version="1", articles=9, figures=figures)
    page = manager_client.get(url(project)).content.decode()
    assert page.index("second-list") < page.index("Learned here") < page.index("All engines together")
    assert f'{measured.pk}/">F1 0.83</a>' in page
    assert "9 gold articles" in page
    told = words(Visitor(annotator).get(url(project)))
    assert "F1 0.83" in told
    assert f"evaluation/{measured.pk}/" not in told


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
    data = {"article": article.pk, "try": "1"}
    page = manager_client.post(url(project, "engine", "newswire"), data).content.decode()
    assert "<mark data-hue=" in page
    assert not Span.objects.exists()


def test_what_becomes_of_a_pipeline_s_labels_is_chosen(manager_client: Client, project: Project) -> None:
    page = manager_client.get(url(project, "engine", "spacy")).content.decode()
    assert 'name="label_map:PERSON"' in page
    sent = {"label_map:GPE": "=ORG", "label_map:LAW": "-", "label_map:PERSON": "", "label_map:NN": "=ORG"}
    assert manager_client.post(url(project, "engine", "spacy"), sent).status_code == 302
    kept = ProjectEngine.objects.get(project=project, name="spacy").settings["label_map"]
    assert kept == {"GPE": "ORG", "LAW": ""}
    page = manager_client.get(url(project, "engine", "spacy")).content.decode()
    assert page.count('value="=ORG" selected') == page.count('value="-" selected') == 1


def test_a_label_that_the_schema_has_not_is_refused_and_named(
    manager_client: Client, project: Project
) -> None:
    answer = manager_client.post(url(project, "engine", "spacy"), {"label_map:GPE": "=NOPE"})
    assert (answer.status_code, "There is no label NOPE" in answer.content.decode()) == (400, True)


def test_labels_of_a_pipeline_that_is_gone_are_kept_and_the_page_says_why(
    manager_client: Client, project: Project
) -> None:
    gone = {"model": "gone_pipeline", "label_map": {"GPE": "ORG"}}
    ProjectEngine.objects.filter(project=project, name="spacy").update(settings=gone)
    page = manager_client.get(url(project, "engine", "spacy")).content.decode()
    assert "There is no pipeline" in page
    assert 'name="label_map:GPE"' in page


def test_the_ensemble_is_tried_with_what_the_others_have_said(
    manager_client: Client, project: Project
) -> None:
    article = make_article(project)
    data = {"article": article.pk, "try": "1"}
    answer = manager_client.post(url(project, "engine", "ensemble"), data)
    assert (answer.status_code, "nothing to merge" in answer.content.decode()) == (400, True)
    row = ProjectEngine.objects.get(project=project, name="newswire")
    found = [Suggestion(25, 39, "PERSON", 0.9)]
    write_layers(engine=row, version="1", articles=[article], suggestions=[found])
    page = manager_client.post(url(project, "engine", "ensemble"), data).content.decode()
    assert f"{article.text[25:39]}<small>PERSON</small></mark>" in page


@pytest.mark.parametrize("number", ["", "x", "999999", "9" * 40, "-1"])
def test_trying_needs_an_article_of_the_project(
    manager_client: Client, project: Project, number: str
) -> None:
    data = {"article": number, "try": "1"}
    assert manager_client.post(url(project, "engine", "newswire"), data).status_code in (400, 404)


def test_a_run_reads_what_was_chosen(manager_client: Client, project: Project, manager: User) -> None:
    make_articles(project, 2)
    make_article(project, "Quite another text about herring.")
    data = {"engines": ["newswire"], "scope": "some", "q": "herring"}
    answer = manager_client.post(url(project, "runs"), data)
    job = Job.objects.get(project=project, created_by=manager)
    assert answer["Location"] == url(project, "job", str(job.pk))
    assert (job.total, job.params["engines"]) == (1, ["newswire", "ensemble"])


def test_what_fits_is_counted_before_anything_starts(manager_client: Client, project: Project) -> None:
    make_articles(project, 2, language="nb")
    make_article(project, "Quite another text about herring.")
    data = {"engines": ["newswire"], "scope": "some", "language": "nb", "count": "1"}
    page = manager_client.post(url(project, "runs"), data).content.decode()
    assert "2 articles fit." in page
    assert not Job.objects.filter(kind=Job.Kind.RUN).exists()


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


ADDRESS = "https://models.example/suggest"
KEY = "sk-very-secret-key"


def test_an_engine_is_added_and_waits_for_its_settings(manager_client: Client, project: Project) -> None:
    page = manager_client.get(url(project, "engine-new")).content.decode()
    assert "HTTP service" in page
    assert "Imported suggestions" not in page
    answer = manager_client.post(url(project, "engine-new"), {"kind": "service", "name": "ours"}, follow=True)
    assert answer.redirect_chain == [(url(project, "engine", "ours"), 302)]
    assert "Enter its settings, then switch it on." in answer.content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"kind": "imported"}, {"kind": "service", "name": "A b"}, {"kind": "\x00"}]
)
def test_what_cannot_be_added_is_told(manager_client: Client, project: Project, sent: dict[str, str]) -> None:
    before = ProjectEngine.objects.count()
    assert manager_client.post(url(project, "engine-new"), sent).status_code == 400
    assert ProjectEngine.objects.count() == before


def test_a_key_is_kept_and_never_shown(manager_client: Client, project: Project) -> None:
    manager_client.post(url(project, "engine-new"), {"kind": "service", "name": "ours"})
    page = url(project, "engine", "ours")
    sent = {"address": ADDRESS, "key": KEY, "articles": "16", "seconds": "60"}
    kept = manager_client.post(page, sent, follow=True).content.decode()
    assert "A key is kept." in kept
    assert 'name="articles" value="16"' in kept
    assert KEY not in kept
    refused = manager_client.post(page, {**sent, "address": "http://10.0.0.1/"})
    assert refused.status_code == 400
    assert KEY not in refused.content.decode()
    manager_client.post(page, {"address": ADDRESS, "key_forget": "on"})
    assert "A key is kept." not in manager_client.get(page).content.decode()


def test_a_kept_key_is_not_tried_at_another_address(manager_client: Client, project: Project) -> None:
    manager_client.post(url(project, "engine-new"), {"kind": "service", "name": "ours"})
    page, article = url(project, "engine", "ours"), make_article(project)
    manager_client.post(page, {"address": ADDRESS, "key": KEY})
    sent = {"address": "https://elsewhere.example/", "article": article.pk, "try": "1"}
    answer = manager_client.post(page, sent)
    assert answer.status_code == 400
    assert "type it again" in answer.content.decode()


def test_a_connection_is_tested(manager_client: Client, project: Project, settings: Any) -> None:
    settings.ENGINE_HOSTS_ALLOWED = ["127.0.0.1"]
    manager_client.post(url(project, "engine-new"), {"kind": "service", "name": "ours"})
    page = url(project, "engine", "ours")
    with serving(always({}, 401), always({"suggestions": [[]]})) as served:
        sent = {"address": served.address, "key": KEY, "test": "1"}
        assert (
            "does not accept the key (401)" in manager_client.post(page, sent, follow=True).content.decode()
        )
        worked = manager_client.post(page, sent, follow=True).content.decode()
        assert "It works: the answer took" in worked
        assert "It is off: switch it on among the engines." in worked


def test_an_address_in_an_internal_network_is_refused_in_words(
    manager_client: Client, project: Project
) -> None:
    manager_client.post(url(project, "engine-new"), {"kind": "service", "name": "ours"})
    page = url(project, "engine", "ours")
    with serving(always({"suggestions": [[]]})) as served:
        at_sight = manager_client.post(page, {"address": served.address})
        assert "lies in an internal network" in at_sight.content.decode()
        by_name = served.address.replace("127.0.0.1", "localhost")
        tested = manager_client.post(page, {"address": by_name, "test": "1"}, follow=True)
        assert "lies in an internal network" in tested.content.decode()
        assert served.questions == []


def test_an_engine_that_has_read_nothing_can_be_removed(manager_client: Client, project: Project) -> None:
    assert "Remove this engine" in manager_client.get(url(project, "engine", "gazetteer")).content.decode()
    manager_client.post(url(project, "engine-remove", "gazetteer"))
    assert not ProjectEngine.objects.filter(project=project, name="gazetteer").exists()


def test_others_add_and_remove_nothing(client: Client, project: Project, reviewer: User) -> None:
    client.force_login(reviewer)
    assert client.get(url(project, "engine-new")).status_code == 403
    assert client.post(url(project, "engine-new"), {"kind": "service"}).status_code == 403
    assert client.post(url(project, "engine-remove", "gazetteer")).status_code == 403
