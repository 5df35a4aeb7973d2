"""Articles with all that comes with them: layers of several authors, their history, comments, tokens."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.users.models import Project, Role, User
from annotator.users.services.members import add_member
from articles.domain.spans import Relation, Span
from articles.formats.base import ParsedArticle, Reading, Remark, Talk, Tokens
from articles.formats.conll import ConllWriter
from articles.formats.jsonl import JsonlWriter
from articles.models import Article, Assignment, Comment, Edit, Job, Layer, Status, Thread, Tokenization
from articles.queries.exports.statement import Extent
from articles.queries.exports.stream import stored_articles
from articles.queries.layers.bodies import whole_layer
from articles.queries.layers.choice import LayerChoice
from articles.queries.layers.history import layer_at
from articles.services.gold.approving import draft_gold
from articles.services.intake.articles import store_articles, with_newswire
from articles.services.intake.authors import Target
from tests.builders import make_member, make_project
from tests.scenarios.imports import bring_in, line

TEXT = "Mara Ellingsen leads Northline Press in Bergen."
SCHEMA = {
    "labels": [{"name": "PERSON"}, {"name": "ORG"}, {"name": "GPE"}],
    "relations": [{"name": "LEADS"}, {"name": "SAME", "chain": True}],
    "attributes": [
        {"name": "note"},
        {"name": "dead", "type": "boolean"},
        {"name": "form", "type": "choice", "options": ["name", "pronoun"]},
    ],
    "article_labels": [{"name": "sport"}, {"name": "economy"}],
    "overlap": {"equal": True, "nested": True, "crossing": True, "discontinuous": True},
}


def span(start: int, end: int, label: str = "PERSON", **more: Any) -> Span:
    return Span(uuid4(), start, end, label, **more)


def take(project: Project, *readings: Reading, **fields: Any) -> Article:
    """One article with these layers and none of its own."""
    parsed = ParsedArticle(text=TEXT, file="test", readings=readings, **fields)
    (id_,) = store_articles(
        project=project, articles=[parsed], target=Target(user=None, by=project.created_by)
    )
    return Article.objects.select_related("project").get(pk=id_)


def shape(layer: Layer) -> dict[str, Any]:
    """What a layer says, without the ids that say it."""
    body = whole_layer(layer, layer.article.project_id)
    named = ("start", "end", "label", "fragments", "attributes", "confidence")
    spans = {row["id"]: orjson.dumps([row[name] for name in named]).decode() for row in body["spans"]}
    links = [
        (one["type"], spans[one["source"]], spans[one["target"]], orjson.dumps(one["attributes"]))
        for one in body["relations"]
    ]
    return {"spans": sorted(spans.values()), "relations": sorted(links), "labels": body["labels"]}


def shapes(article: Article) -> dict[str, Any]:
    layers = Layer.objects.filter(article=article).select_related("user", "engine")
    return {f"{one.author}, {bool(one.approved_at)}": shape(one) for one in layers}


MARA, PRESS = span(0, 14, attributes={"note": 'a "b"\\\t\n'}), span(21, 36, "ORG")
LEADS = Relation(uuid4(), "LEADS", MARA.id, PRESS.id, {"sure": "very"})


# --- whose layers, and where the article stands


@pytest.mark.parametrize(
    ("needed", "authors", "status"),
    [
        (1, "", Status.NEW),
        (1, "engine:ner", Status.SUGGESTED),
        (1, "user:ada", Status.SUBMITTED),
        (1, "user:ada user:eva", Status.SUBMITTED),
        (1, "user:ada engine:ner", Status.SUBMITTED),
        (1, "user:ada gold", Status.GOLD),
        (2, "user:ada", Status.IN_PROGRESS),
        (2, "user:ada engine:ner", Status.IN_PROGRESS),
        (2, "user:ada user:eva", Status.SUBMITTED),
        (2, "gold", Status.GOLD),
    ],
)
def test_where_an_article_stands_follows_from_its_layers(
    db: None, needed: int, authors: str, status: str
) -> None:
    project = make_project(annotators_per_article=needed)
    for name in ("ada", "eva"):
        make_member(project, name=name)
    article = take(project, *(Reading(author, (span(0, 14),)) for author in authors.split()))
    assert article.status == status
    assert {one.author for one in Layer.objects.filter(kind__in=("user", "engine"))} == (
        set(authors.split()) - {"gold"}
    )
    people = Assignment.objects.filter(submitted_at__isnull=False).values_list("user__username", flat=True)
    assert sorted(f"user:{name}" for name in people) == sorted(a for a in authors.split() if "user" in a)
    has_gold = "gold" in authors or status == Status.SUBMITTED
    assert Layer.objects.gold().exists() is has_gold


def test_with_one_annotator_the_draft_is_what_handing_in_would_make(
    project: Project, annotator: User
) -> None:
    gap = span(5, 36, "ORG", fragments=((5, 14), (21, 36)), confidence=0.5)
    article = take(project, Reading("user:annotator", (MARA, PRESS, gap), (LEADS,)))
    gold = Layer.objects.gold().get()
    assert (gold.begun_at, gold.approved_at) == (None, None)
    assert shape(gold) == shape(Layer.objects.by_user(annotator).get())
    before = shape(gold)
    edit = Edit.objects.get(layer=gold)
    assert (edit.op, edit.author) == ("draft_gold", None)
    draft_gold(article=article)
    assert shape(gold) == before


def test_with_two_annotators_the_draft_is_what_they_agree_on(db: None) -> None:
    project = make_project(annotators_per_article=2)
    for name in ("ada", "eva"):
        make_member(project, name=name)
    article = take(
        project,
        Reading("user:ada", (MARA, PRESS), (LEADS,), ("sport",)),
        Reading("user:eva", (span(0, 14), span(21, 30, "ORG")), (), ("sport", "economy")),
    )
    assert article.status == Status.SUBMITTED
    gold = Layer.objects.gold().get()
    assert list(gold.spans.values_list("start", "end", "label")) == [(0, 14, "PERSON")]
    assert not gold.relations.exists()
    assert [one.name for one in gold.labels.all()] == ["sport"]


def test_an_engine_of_another_name_is_made_once_and_runs_nowhere(project: Project, manager: User) -> None:
    rows = [line(text=f"Mara {n}.", layers=[{"author": "engine:ner", "spans": []}]) for n in range(3)]
    bring_in(project, manager, b"".join(rows))
    engine = project.engines.get(name="ner")
    assert (engine.kind, engine.enabled, engine.layers.count()) == ("imported", False, 3)
    assert set(engine.layers.values_list("engine_version", flat=True)) == {"imported"}


# --- history, comments, tokens


def test_the_history_of_a_layer_adds_up_to_it(project: Project, annotator: User) -> None:
    gap = span(5, 36, "ORG", fragments=((5, 14), (21, 36)))
    article = take(
        project,
        Reading("user:annotator", (MARA, PRESS, gap), (LEADS,), ("sport", "sport")),
        Reading("engine:ner", (span(0, 14, confidence=0.25),)),
    )
    for layer in Layer.objects.exclude(kind=Layer.Kind.ENGINE):
        now = whole_layer(layer, layer.article.project_id)
        then = layer_at(layer, article, 1)
        assert [row["id"] for row in then["spans"]] == [row["id"] for row in now["spans"]]
        for name in ("relations", "labels"):
            assert then[name] == now[name]
        for one, other in zip(then["spans"], now["spans"], strict=True):
            assert orjson.loads(orjson.dumps(one)) == orjson.loads(orjson.dumps(other))
    assert not Edit.objects.filter(layer__kind=Layer.Kind.ENGINE).exists()


def test_comments_of_members_are_theirs_and_those_of_strangers_the_importers(
    project: Project, annotator: User, stranger: User
) -> None:
    remarks = (
        Remark("annotator", "Who is this?", "2024-05-30T10:00:00+06:00"),
        Remark("stranger", "A sailor.", "2024-05-30T11:00:00"),
        Remark("", "Nobody said this.", "yesterday"),
        Remark("nobody", "x" * 5_000, "0001-01-01T00:00:00+14:00"),
    )
    take(project, talks=(Talk(remarks, 0, 4, resolved=True), Talk((Remark("annotator", "All of it."),))))
    on_words, on_all = Thread.objects.order_by("start")
    assert (on_words.start, on_words.end, on_words.resolved_by) == (0, 4, project.created_by)
    assert on_words.created_at.isoformat() == "2024-05-30T04:00:00+00:00"
    assert (on_all.start, on_all.resolved_at) == (None, None)
    said = [(one.author.username, one.text[:16]) for one in on_words.comments.order_by("created_at")]
    importer = project.created_by.username  # type: ignore[union-attr]
    assert said == [
        ("annotator", "Who is this?"),
        (importer, "stranger: A sail"),
        (importer, "Nobody said this"),
        (importer, "nobody: xxxxxxxx"),
    ]
    assert max(len(one.text) for one in Comment.objects.all()) == 5_000


def test_a_comment_outside_the_text_is_a_problem(project: Project, manager: User) -> None:
    comments = [{"author": "a", "text": "Where?"}]
    content = line(text="Mara went.", threads=[{"start": 5, "end": 11, "comments": comments}])
    job = bring_in(project, manager, content)
    assert (job.state, Thread.objects.count()) == (Job.State.FAILED, 0)
    assert "line 1" in job.error


def test_tokens_are_kept_as_they_came(project: Project) -> None:
    tokens = Tokens(((0, 4), (5, 14)), (0, 1), {"pos": ["N", "N\t\\"]}, {"separator": "\t"})
    article = take(project, tokens=tokens)
    Tokenization.objects.get(article=article)
    (stored,) = stored_articles(Article.objects.of(project), LayerChoice("all"), Extent(tokens=True))
    assert stored.tokens == Tokens(((0, 4), (5, 14)), (0, 1), {"pos": ["N", "N\t\\"]}, {"separator": "\t"})


def test_a_conll_file_comes_out_as_it_went_in(project: Project, manager: User) -> None:
    content = b"-DOCSTART- -X- -X- O\n\nMara NNP B-NP B-PERSON\n( -LRB- O O\nBo NNP I-NP I-PERSON\n\n"
    bring_in(project, manager, content, "a.conll")
    articles = stored_articles(Article.objects.of(project), LayerChoice("gold"), Extent(tokens=True))
    assert b"".join(ConllWriter().write_stored(articles)) == content


# --- out of one project and into another

_letters = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)


@st.composite
def _layers(draw: st.DrawFn, text: str) -> tuple[tuple[Span, ...], tuple[Relation, ...], tuple[str, ...]]:
    spans: dict[tuple[Any, ...], Span] = {}
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        gap = ((start, start + 1), (end - 1, end)) if end - start > 2 and draw(st.booleans()) else ()
        label = draw(st.sampled_from(["PERSON", "ORG", "GPE"]))
        choices = {"note": _letters, "dead": st.booleans(), "form": st.sampled_from(["name", "pronoun"])}
        attributes = draw(st.fixed_dictionaries({}, optional=choices))
        confidence = draw(st.none() | st.floats(0, 1))
        spans[start, end, label, gap] = span(
            start, end, label, fragments=gap, attributes=attributes, confidence=confidence
        )
    found = tuple(spans.values())
    links = [Relation(uuid4(), "SAME", one.id, found[0].id, {"name": draw(_letters)}) for one in found[1:]]
    return found, tuple(links), tuple(draw(st.sets(st.sampled_from(["sport", "economy"]))))


@st.composite
def _articles(draw: st.DrawFn) -> ParsedArticle:
    text = draw(st.text("ab c\r\nй😀\u0301\\\t", min_size=2, max_size=30).filter(str.strip))
    authors = draw(st.sets(st.sampled_from(["user:ada", "user:eva", "engine:ner", "engine:rules"])))
    own = draw(_layers(text))
    readings = tuple(Reading(author, *draw(_layers(text))) for author in sorted(authors))
    title = draw(st.sampled_from(["", "Ships"]))
    metadata = {"desk": draw(_letters), "nested": {"list": [1, None, 0.5]}}
    return ParsedArticle(
        text,
        "test",
        title=title,
        metadata=metadata,
        spans=own[0],
        relations=own[1],
        labels=own[2],
        readings=readings,
    )


def test_what_goes_out_of_one_project_comes_into_another(db: None) -> None:
    one, other = make_project(schema=SCHEMA), make_project(schema=SCHEMA)
    for name in ("ada", "eva"):
        user = make_member(one, name=name)
        add_member(project=other, user=user, role=Role.ANNOTATOR)

    @settings(max_examples=20, deadline=None)
    @given(_articles())
    def check(parsed: ParsedArticle) -> None:
        with transaction.atomic():
            target = Target(user=None, by=one.created_by)
            store_articles(project=one, articles=[with_newswire(parsed)], target=target)
            stored = stored_articles(Article.objects.of(one), LayerChoice("all"))
            content = b"".join(JsonlWriter().write_stored(stored))
            assert one.created_by
            job = bring_in(other, one.created_by, content)
            assert job.report == {"imported": 1, "repeats": 0, "left_out": 0}, job.error
            before, after = Article.objects.of(one).get(), Article.objects.of(other).get()
            assert (after.text, after.title, after.metadata) == (before.text, before.title, before.metadata)
            assert shapes(after) == shapes(before)
            assert after.status == before.status
            transaction.set_rollback(True)

    check()
