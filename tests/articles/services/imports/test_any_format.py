"""Whatever a file holds and whatever is wished of it: what is valid comes in, and the rest has a reason."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.schemas.queries import published_definition
from annotator.users.models import Role
from articles.domain.layers.check import problems_with_layer
from articles.models import Article, Import, Job, Layer
from articles.queries.layers.history import layer_at
from articles.services.layers import load_state
from tests.articles.services.intake.test_articles import SCHEMA
from tests.builders import make_member, make_project
from tests.scenarios.imports import bring_in, stage

LABELS = ["PERSON", "ORG", "GPE", "PER", "Company", "two words", "<b>", "=1+1", "\\N", '"']
RELATIONS = ["LEADS", "SAME", "heads", "two words"]
ATTRIBUTES = ["note", "dead", "form", "sure", "two words"]
ARTICLE_LABELS = ["sport", "war", "two words"]
AUTHORS = ["gold", "user:ada", "user:ghost", "engine:ner", "engine:Bad Name"]
NAMES = {
    "labels": LABELS,
    "relations": RELATIONS,
    "attributes": ATTRIBUTES,
    "article_labels": ARTICLE_LABELS,
    "authors": AUTHORS,
}
_words = st.text("a\\\t\n\r\b\"'{},😀\u202e", max_size=4)
_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(-1e300, 1e300) | _words,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_words, inner, max_size=2),
    max_leaves=4,
)


def _mostly(usual: st.SearchStrategy[Any], odd: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, 9).flatmap(lambda chance: usual if chance else odd)


@st.composite
def _span(draw: st.DrawFn, number: int, length: int) -> dict[str, Any]:
    start = draw(_mostly(st.integers(0, length - 1), st.just(-1)))
    end = draw(_mostly(st.integers(max(start, 0) + 1, length), st.integers(-1, length + 1)))
    label = draw(_mostly(st.sampled_from(LABELS[:5]), st.sampled_from(LABELS)))
    span = {"id": f"s{number}", "start": start, "end": end, "label": label}
    if end - start > 2 and draw(st.booleans()):
        span["fragments"] = [[start, start + 1], [end - 1, end]]
    fitting = {"note": _words, "dead": st.booleans(), "form": st.just("name"), "sure": st.booleans()}
    odd = st.dictionaries(st.sampled_from(ATTRIBUTES), _values, max_size=2)
    span["attributes"] = draw(_mostly(st.fixed_dictionaries({}, optional=fitting), odd))
    return {**span, "confidence": draw(st.none() | st.floats(0, 1))}


@st.composite
def _layer(draw: st.DrawFn, length: int) -> dict[str, Any]:
    spans = [draw(_span(number, length)) for number in range(draw(st.integers(0, 4)))]
    kinds, more = st.sampled_from(RELATIONS), st.dictionaries(_words, _values, max_size=1)
    links = [
        {"source": one["id"], "target": "s0", "type": draw(kinds), "attributes": draw(more)}
        for one in spans[draw(st.integers(0, 9)) > 0 :]
    ]
    labels = draw(st.sets(_mostly(st.just("sport"), st.sampled_from(ARTICLE_LABELS)), max_size=2))
    return {"spans": spans, "relations": links, "labels": sorted(labels)}


@st.composite
def _record(draw: st.DrawFn) -> dict[str, Any]:
    text = "a" + draw(st.text("ab \n😀", min_size=3, max_size=12))
    author = _mostly(st.sampled_from(["user:ada", "engine:ner"]), st.sampled_from(AUTHORS))
    layers = [{"author": name, **draw(_layer(len(text)))} for name in draw(st.sets(author, max_size=2))]
    comments = [{"author": "ada", "text": "Who?", "created_at": "0001-01-01T00:00:00+14:00"}]
    threads = [{"start": 0, "end": 3, "span": "s0", "comments": comments}] * draw(st.integers(0, 1))
    more = {"layers": layers, "threads": threads, "key": draw(_values)}
    return {"text": text, **draw(_layer(len(text))), **more}


@st.composite
def _wishes(draw: st.DrawFn) -> dict[str, Any]:
    def names(known: list[str]) -> st.SearchStrategy[dict[str, str]]:
        return st.dictionaries(st.sampled_from(known), st.sampled_from([*known, ""]), max_size=4)

    mapping = {kind: draw(names(known)) for kind, known in NAMES.items() if draw(st.booleans())}
    return {
        "mapping": mapping,
        "unknown": draw(st.sampled_from(Import.Unknown.values)),
        "twins": draw(st.sampled_from(Import.Twins.values)),
        "layer": draw(st.sampled_from(["gold", "user:ada", "engine:ner"])),
    }


def test_an_import_of_what_is_valid_never_fails(db: None) -> None:
    project = make_project(schema=SCHEMA)
    manager = make_member(project, Role.MANAGER)
    make_member(project, name="ada")

    @settings(max_examples=40, deadline=None)
    @given(st.lists(_record(), min_size=1, max_size=4), _wishes())
    def check(records: list[dict[str, Any]], wishes: dict[str, Any]) -> None:
        content = "\n".join(map(json.dumps, records)).encode()
        with transaction.atomic():
            found = stage(project, manager, content, **wishes).preview
            job = bring_in(project, manager, content, only_valid=True, **wishes)
            assert job.state == Job.State.SUCCEEDED, job.error
            seen = sum(job.report.get(name, 0) for name in ("imported", "repeats", "twins", "left_out"))
            assert (seen, job.report["left_out"]) == (len(records), found["problem_count"])
            assert job.report.get("problems", []) == found["problems"]
            assert all(len(problem) < 400 for problem in found["problems"])
            for article in Article.objects.of(project):
                check_layers(article)
            transaction.set_rollback(True)

    def check_layers(article: Article) -> None:
        definition = published_definition(project.pk)
        for layer in Layer.objects.filter(article=article):
            state = load_state(layer, length=article.length, definition=definition)
            spans, relations = state.spans.values(), state.relations.values()
            assert (
                problems_with_layer(
                    spans, relations, state.labels, length=article.length, definition=definition
                )
                == []
            )
            if layer.kind != Layer.Kind.ENGINE:
                then = layer_at(layer, article, 1)
                assert {one["id"] for one in then["spans"]} == state.spans.keys()
                assert {one["id"] for one in then["relations"]} == state.relations.keys()

    check()
