from __future__ import annotations

from typing import Any

import pytest

from annotator.lib.markdown import render_markdown
from annotator.schemas.definition import parse_definition
from articles.domain.dataset_card import dataset_card, front_matter

NASTY = "a|b `c` <script>alert(1)</script> *d* [e](javascript:f) # g\n\n## h"


def manifest(**changes: Any) -> dict[str, Any]:
    labels = [{"name": "PERSON", "description": "People."}, {"name": "OLD", "retired": True}]
    counts = {"articles": 3, "spans": 4, "relations": 1, "labels": {"PERSON": 4}}
    return {
        "project": {"slug": "news", "name": "News", "description": ""},
        "release": 2,
        "title": "",
        "notes": "",
        "created_at": "2026-03-01T10:00:00+00:00",
        "query": {
            "format": "jsonl",
            "layer": "gold",
            "filters": {},
            "split": {"shares": "train:2,test:1", "seed": 7, "group": "twins,source"},
            "keep_parts": True,
            "licence": "",
        },
        "schema": {"version": 5, "definition": parse_definition({"labels": labels}).to_dict()},
        "counts": counts,
        "parts": {"train": counts, "test": {**counts, "articles": 0}},
        "source_count": 12,
        "sources": {f"Paper {number}": 1 for number in range(12)},
        "languages": {"en": 2, "": 1},
        "published": {"from": "2024-01-01", "to": "2024-02-01", "unknown": 1},
        "agreement": {"f1": None, "why_not": "Too few."},
        "authors": [],
        "changes": None,
        "report": {"dropped": {}},
        **changes,
    }


def card(**changes: Any) -> str:
    return dataset_card(manifest(**changes), "print(1)")


def test_the_card_says_what_there_is() -> None:
    text = card()
    for words in (
        "# News\n",
        "Release 2 of 2026-03-01: 3 news articles with 4 labelled spans and 1 relation.",
        "Paper 9 (1) and 2 more",
        "2024-01-01 to 2024-02-01; 1 article without a date",
        "`en` (2), not known (1)",
        "| `PERSON` | 4 | People. |",
        "| `test` | 0 | 4 | 1 |",
        "with the seed 7. Near-duplicates stand in one part. Articles of one source stand in one part. "
        "Articles of earlier releases keep their part.",
        "Too few.",
        "```python\nprint(1)\n```",
        "Not stated.",
    ):
        assert words in text


def test_a_retired_label_is_told_when_it_has_spans() -> None:
    assert "`OLD`" not in card()
    counts = {"articles": 3, "spans": 4, "relations": 1, "labels": {"OLD": 1}}
    assert "| `OLD` | 1 |" in card(counts=counts)


def test_what_changed_and_who_did_it() -> None:
    changes = {
        "since": 1, "added": 1, "removed": 2, "changed": 3, "moved": 4,
        "labels": {"PERSON": {"was": 1, "is": 4}}, "schema": ["The label OLD is retired."],
    }  # fmt: skip
    text = card(changes=changes, authors=[{"name": "Mara", "annotated": 0, "approved": 2}])
    assert "1 article added, 2 removed, 3 changed, 4 moved to another part." in text
    assert "| `PERSON` | 1 | 4 |" in text
    assert "- The label OLD is retired." in text
    assert "- Mara: 2 articles approved" in text


def test_agreement_and_losses_are_figures() -> None:
    agreement = {"f1": 0.8125, "measure": "entity F1", "articles": 20, "labels": {"PERSON": 0.9}}
    text = card(agreement=agreement, report={"dropped": {"nested spans": 1200}})
    assert "**0.812** (entity F1), over 20 articles" in text
    assert "| `PERSON` | 0.900 |" in text
    assert "- 1,200 nested spans" in text


@pytest.mark.parametrize("where", ["name", "title", "description", "source", "label", "author", "licence"])
def test_text_of_people_is_text(where: str) -> None:
    """No markup comes out of it, no cell of a table is torn, and no section begins."""
    made = manifest(authors=[{"name": "Mara", "annotated": 1, "approved": 0}])
    before = dataset_card(made, "").count("\n")
    match where:
        case "name" | "description":
            made["project"][where] = NASTY
        case "title":
            made["title"] = NASTY
        case "source":
            made["sources"] = {NASTY: 3}
        case "label":
            made["schema"]["definition"]["labels"][0]["description"] = NASTY
        case "author":
            made["authors"][0]["name"] = NASTY
        case "licence":
            made["query"]["licence"] = NASTY
    text = dataset_card(made, "")
    html = render_markdown(text)
    assert "<script" not in html
    assert "javascript:" not in html.replace("[e](javascript:f)", "")
    assert "<h2>h</h2>" not in html
    assert "alert(1)" in html
    assert text.count("\n") == before + (2 if where == "description" else 0)


def test_what_the_hub_reads() -> None:
    made = manifest()
    made["query"]["licence"] = "cc-by-4.0"
    text = front_matter(made, {"train": "data/train.jsonl"})
    assert text.startswith("---\n")
    assert 'license: "cc-by-4.0"\n' in text
    assert 'language: ["en"]\n' in text
    assert 'size_categories: ["n<1K"]\n' in text
    assert '"path": "data/train.jsonl"' in text
    made["query"]["licence"] = 'Our own: "ask us"\nfirst'
    text = front_matter(made, {})
    assert 'license: "other"\nlicense_name: "Our own: \\"ask us\\"\\nfirst"\n' in text
    assert "configs" not in text
