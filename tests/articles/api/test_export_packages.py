"""What a call can ask of an export besides format and filters: options, parts, levels, layers, comments."""

from __future__ import annotations

import io
import itertools
import zipfile
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from annotator.users.models import Project, User
from articles.formats import writers
from articles.forms.exports import ExportForm, option_names
from articles.models import Article, Tokenization, Twin
from articles.queries.exports import packages
from articles.services.threads import Anchor, begin_thread
from tests.articles.api.conftest import Answer, Api
from tests.builders import add_span, annotate, make_article, make_articles, make_span, make_submitted

SPLIT = "split=train:60,dev:20,test:20"


@pytest.fixture
def export(project: Project, viewer: User, call: Api) -> Any:
    """`export("format=conll")` as the viewer, read to the end."""

    def do(query: str = "") -> Answer:
        answer: Answer = call(viewer, "GET", f"projects/{project.slug}/export/?{query}")
        assert answer.raw is not None  # nothing else can be asked of the connection before
        return answer

    return do


def unpacked(answer: Answer) -> dict[str, bytes]:
    assert answer.status == 200, answer.body
    with zipfile.ZipFile(io.BytesIO(answer.raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lines(content: bytes) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in content.splitlines()]


def nested(project: Project, count: int = 1) -> list[Article]:
    return make_articles(project, count, spans=(make_span(25, 39, "PERSON"), make_span(25, 29, "ORG")))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("format=xls", "There is no format 'xls'"),
        ("format=conll&overlap=all", "overlap is one of outermost"),
        ("format=doccano&overlap=longest", "has no option overlap"),
        ("layer=someone", "layer is gold, user:NAME, engine:NAME or all."),
        ("format=conll&layer=all", "has no place for all layers. These have: jsonl"),
        ("format=conll&comments=1", "has no place for comments. These have: jsonl, doccano"),
        ("format=doccano&history=1", "has no place for history. These have: jsonl."),
        ("comments=open", "comments:"),
        ("split=train", "split is a list of parts with their shares"),
        ("split=train:80,train:20", "each once"),
        ("split=../x:80", "in small letters"),
        ("split=a:1,b:1&group=author", "group is a list of twins, source, not 'author'."),
        ("split=a:1,b:1&seed=x", "seed:"),
        ("published_after=soon", "published_after:"),
    ],
)
def test_what_cannot_be_done_is_said(project: Project, export: Any, query: str, words: str) -> None:
    answer = export(query)
    assert answer.status == 400
    assert words in answer.body["detail"]
    assert len(answer.body["detail"]) < 300


def test_layers_that_nobody_can_have_are_not_found(project: Project, export: Any) -> None:
    assert export("layer=user:nobody").status == 404
    assert export("layer=engine:nothing").status == 404


def test_no_option_of_a_format_has_the_name_of_a_parameter() -> None:
    assert not set(option_names()) & {*ExportForm.base_fields, "report", "nested"}


def test_options_reach_the_writer(project: Project, export: Any) -> None:
    make_articles(project, 1, text="👩 in Leeds", spans=(make_span(5, 10, "GPE"),))
    (line,) = lines(export("offsets=utf-16").raw)
    assert (line["spans"][0]["start"], line["offsets"]) == (6, "utf-16")


def test_parts_are_files_that_share_no_article_and_lose_none(project: Project, export: Any) -> None:
    articles = nested(project, 10)
    answer = export(SPLIT)
    files = unpacked(answer)
    assert list(files) == ["train.jsonl", "dev.jsonl", "test.jsonl", "report.json", "splits.json"]
    ids = {name: [line["id"] for line in lines(files[f"{name}.jsonl"])] for name in ("train", "dev", "test")}
    assert sorted(itertools.chain(*ids.values())) == [one.pk for one in articles]
    assert [len(one) for one in ids.values()] == [6, 2, 2]
    told = orjson.loads(files["splits.json"])
    assert told["articles"] == ids
    assert (told["seed"], told["group"]) == (13, ["twins"])
    assert orjson.loads(files["report.json"])["parts"]["dev"]["articles"] == 2
    assert (answer.type, 'filename="' in answer.response["Content-Disposition"]) == ("application/zip", True)


def test_a_zip_is_not_compressed_once_more(project: Project, viewer: User, call: Api) -> None:
    nested(project)
    headers = {"HTTP_ACCEPT_ENCODING": "gzip"}
    path = f"projects/{project.slug}/export/"
    assert "Content-Encoding" not in call(viewer, "GET", f"{path}?zip=1", **headers).response
    assert call(viewer, "GET", path, **headers).response["Content-Encoding"] == "gzip"


def test_the_same_seed_gives_the_same_file_and_another_one_another(project: Project, export: Any) -> None:
    nested(project, 10)
    assert export(SPLIT).raw == export(f"{SPLIT}&seed=13").raw
    assert export(SPLIT).raw != export(f"{SPLIT}&seed=14").raw


def test_near_duplicates_stay_together_unless_that_is_not_wished(project: Project, export: Any) -> None:
    first, *rest = nested(project, 6)
    Twin.objects.bulk_create(Twin(article=one, original=first, similarity=0.9) for one in rest)
    together = orjson.loads(unpacked(export("split=a:1,b:1"))["splits.json"])["articles"]
    assert sorted(map(len, together.values())) == [0, 6]
    apart = orjson.loads(unpacked(export("split=a:1,b:1&group="))["splits.json"])["articles"]
    assert sorted(map(len, apart.values())) == [3, 3]


def test_articles_of_a_source_stay_together(project: Project, export: Any) -> None:
    for source in ("Northline", "Courier"):
        make_articles(project, 3, text=f"Bergen, {source}", source=source, spans=(make_span(0, 6, "GPE"),))
    files = unpacked(export("split=a:1,b:1&group=twins,source"))
    for name in ("a.jsonl", "b.jsonl"):
        assert len({line["metadata"]["source"] for line in lines(files[name])}) == 1


def test_levels_are_files(project: Project, export: Any) -> None:
    nested(project)
    files = unpacked(export("format=conll&overlap=levels"))
    one, two = f"{project.slug}-gold-level-1.conll", f"{project.slug}-gold-level-2.conll"
    assert list(files) == [one, two, "report.json"]
    assert (b"B-PERSON" in files[one], b"B-ORG" in files[one]) == (True, False)
    assert (b"B-PERSON" in files[two], b"B-ORG" in files[two]) == (False, True)
    assert orjson.loads(files["report.json"])["dropped"] == {}


def test_what_is_left_out_is_told_three_ways(project: Project, export: Any) -> None:
    nested(project, 2)
    answer = export("format=conll")
    assert answer.response["X-Annotator-Report"] == "2 articles, 2 spans written; dropped: 2 nested spans."
    assert answer.response["Link"].endswith('/export/?format=conll&report=1>; rel="describedby"')
    told = export("format=conll&report=1").body
    assert (told["articles"], told["spans_written"], told["dropped"]) == (2, 2, {"nested spans": 2})
    packed = unpacked(export("format=conll&zip=1"))
    assert orjson.loads(packed["report.json"]) == told


def test_nobody_waits_for_a_report_on_many_articles(
    project: Project, export: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    nested(project, 3)
    monkeypatch.setattr(packages, "FEW", 2)
    answer = export("format=conll")
    assert "X-Annotator-Report" not in answer.response
    assert "report=1" in answer.response["Link"]


def test_all_layers_in_one_file(project: Project, annotator: User, reviewer: User, export: Any) -> None:
    (gold,) = nested(project)
    Project.objects.filter(pk=project.pk).update(annotators_per_article=2)
    open_article = make_article(project, text="Mara Ellingsen of Northline Press said on Monday.")
    make_submitted(open_article, annotator)
    annotate(open_article, reviewer, add_span(0, 4, "PERSON"))
    untouched = make_article(project, text="Nobody has read this yet.")
    shown = {line["id"]: line for line in lines(export("layer=all").raw)}
    assert list(shown) == [gold.pk, open_article.pk, untouched.pk]
    assert len(shown[gold.pk]["spans"]) == 2
    assert "layers" not in shown[gold.pk]
    assert shown[open_article.pk]["spans"] == []
    readings = {one["author"]: one["spans"] for one in shown[open_article.pk]["layers"]}
    assert {author: [one["text"] for one in spans] for author, spans in readings.items()} == {
        "user:annotator": ["ne Press said "],
        "user:reviewer": ["Mara"],
    }


def test_gold_that_nobody_approved_is_no_layer_yet(project: Project, annotator: User, export: Any) -> None:
    make_submitted(make_article(project), annotator)
    (line,) = lines(export("layer=all").raw)
    assert [one["author"] for one in line["layers"]] == ["user:annotator"]


def test_history_is_every_edit_of_the_layers_shown(project: Project, annotator: User, export: Any) -> None:
    article = make_article(project)
    edit = add_span()
    annotate(article, annotator, edit)
    (line,) = lines(export("layer=user:annotator&history=1").raw)
    ((reading),) = line["layers"]
    assert (reading["author"], reading["spans"]) == ("user:annotator", line["spans"])
    (past,) = reading["edits"]
    assert (past["id"], past["op"], past["by"], past["version"]) == (str(edit.id), "add_span", "annotator", 1)
    assert lines(export("layer=all&history=1").raw)[0]["layers"] == [reading]


def test_comments_come_along(project: Project, annotator: User, export: Any) -> None:
    (article,) = nested(project)
    place = Anchor(start=25, end=39, span=None)
    begin_thread(
        article=article, by=annotator, thread=uuid4(), comment=uuid4(), text='Sure? \\ "', place=place
    )
    assert "threads" not in lines(export().raw)[0]
    ((thread),) = lines(export("comments=1").raw)[0]["threads"]
    assert (thread["start"], thread["end"], thread["resolved"]) == (25, 39, False)
    assert (thread["comments"][0]["author"], thread["comments"][0]["text"]) == ("annotator", 'Sure? \\ "')


def test_tokens_that_an_article_came_with_are_given_back(project: Project, export: Any) -> None:
    (article,) = make_articles(project, 1, text="Leeds won", spans=(make_span(0, 5, "GPE"),))
    data = {"bounds": [[0, 5], [6, 9]], "sentences": [0], "columns": {"pos": ["NNP", "VBD"]}, "layout": {}}
    Tokenization.objects.create(article=article, data=data)
    assert lines(export().raw)[0]["tokens"] == data


@pytest.mark.parametrize("query", ["", "layer=all&history=1&comments=1", "format=conll", SPLIT])
def test_the_number_of_queries_does_not_grow(
    project: Project,
    annotator: User,
    export: Any,
    django_assert_num_queries: DjangoAssertNumQueries,
    query: str,
) -> None:
    def grow(words: str) -> None:
        for article in make_articles(project, 5, text=words, spans=(make_span(0, 6, "GPE"),)):
            begin_thread(article=article, by=annotator, thread=uuid4(), comment=uuid4(), text="?", place=None)

    grow("Bergen by the sea")
    export(query)
    with CaptureQueriesContext(connection) as few:
        export(query)
    grow("Bergen on the hill")
    with django_assert_num_queries(len(few.captured_queries)):
        export(query)


@pytest.mark.parametrize("kind", writers(), ids=lambda kind: kind.format)
def test_every_format_is_a_download(project: Project, export: Any, kind: Any) -> None:
    nested(project, 2)
    answer = export(f"format={quote(kind.format)}&{SPLIT}")
    if answer.status == 400:
        assert "Install the extra" in answer.body["detail"]
    else:
        assert "train" in "".join(unpacked(answer))
