"""Folders of other tools, all the way: from the upload to rows, and out again."""

from __future__ import annotations

import pytest

from annotator.users.models import Project
from articles.formats import writer_for
from articles.formats.base import ParsedArticle, Writer
from articles.formats.brat import definition_from_conf
from articles.models import Article, Comment, Job, Relation, Span
from articles.queries.exports.stream import stored_articles
from articles.queries.layers.choice import GOLD
from tests.articles.formats.builders import make_zip, read_articles
from tests.builders import make_project
from tests.scenarios import imports

CONF = """[entities]
PER
ORG
[relations]
leads\tArg1:PER, Arg2:ORG
Equiv\tArg1:<ENTITY>, Arg2:<ENTITY>
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>
[attributes]
sure\tArg:<ENTITY>
"""
TEXT = "Mara 😀 Quist leads Northline.\r\nShe sails."
ANN = """T1\tPER 0 4;7 12\tMara Quist
T2\tORG 19 28\tNorthline
T3\tPER 31 34\tShe
R1\tleads Arg1:T1 Arg2:T2
*\tEquiv T1 T3
A1\tsure T2
#1\tAnnotatorNotes T3\tOr the ship?
"""
FOLDER = make_zip(annotation__conf=CONF.encode(), a__txt=TEXT.encode(), a__ann=ANN.encode())


@pytest.fixture
def harbour(db: None) -> Project:
    return make_project(schema=definition_from_conf(CONF).to_dict())


def bring_in(project: Project, content: bytes, file_format: str = "auto") -> Job:
    by = project.created_by
    assert by
    return imports.bring_in(project, by, content, "a.zip", file_format=file_format)


def export(project: Project, file_format: str) -> bytes:
    writer = writer_for(file_format, definition_from_conf(CONF))
    assert isinstance(writer, Writer)
    return b"".join(writer.write_stored(stored_articles(Article.objects.of(project), GOLD)))


def told(article: ParsedArticle) -> tuple[object, ...]:
    spans = {span.id: (span.surface(TEXT), span.label, dict(span.attributes)) for span in article.spans}
    links = [(spans[one.source][0], one.type, spans[one.target][0]) for one in article.relations]
    return article.text, list(spans.values()), sorted(links)


def test_a_folder_of_brat_becomes_gold_with_its_comments_and_goes_out_as_it_came(harbour: Project) -> None:
    assert bring_in(harbour, FOLDER).report["imported"] == 1
    assert list(Span.objects.order_by("start").values_list("label", "start", "end", "fragments")) == [
        ("PER", 0, 12, [[0, 4], [7, 12]]),
        ("ORG", 19, 28, []),
        ("PER", 31, 34, []),
    ]
    assert sorted(Relation.objects.values_list("type", flat=True)) == ["COREF", "leads"]
    comment = Comment.objects.select_related("thread").get()
    assert (comment.text, comment.thread.start, comment.thread.end) == ("Or the ship?", 31, 34)
    (before,), (after,) = (read_articles("a.zip", one) for one in (FOLDER, export(harbour, "brat")))
    assert told(after) == told(before)
    assert bring_in(harbour, FOLDER).report == {"imported": 0, "repeats": 1, "left_out": 0}


@pytest.mark.parametrize("file_format", ["uima-xmi", "uima-json", "gate"])
def test_what_goes_out_in_one_format_comes_in_elsewhere(harbour: Project, file_format: str) -> None:
    bring_in(harbour, FOLDER)
    other = make_project(schema=definition_from_conf(CONF).to_dict())
    assert bring_in(other, export(harbour, file_format)).report["imported"] == 1
    there = Span.objects.filter(layer__article__project=other).order_by("start")
    assert list(there.values_list("label", "start", "attributes")) == [
        ("ORG", 19, {"sure": True}),
        ("PER", 31, {}),
    ], "all but the span with a gap, which these formats cannot hold"
