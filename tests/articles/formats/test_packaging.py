"""Several files in one: parts, levels, and a report that adds up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from uuid import uuid4

import orjson
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, StoredArticle
from articles.formats.common.packaging import Package
from tests.articles.formats.builders import make_article, make_stored, make_writer, write

TEXT = "Bank of Leeds paid Zoe Hall."
NESTED = make_article(
    TEXT, (0, 13, "ORG"), (0, 4, "NOUN"), (8, 13, "GPE"), (19, 22, "FIRST"), (19, 27, "PER")
)
FLAT = replace(make_article("Leeds won.", (0, 5, "GPE")), id=2)
PARTS = {"train": [NESTED], "dev": [], "test": [FLAT]}


def package(
    file_format: str, parts: dict[str, list[ExportArticle]], zipped: bool = False, **options: str
) -> Package:
    def rows(part: str, *, with_text: bool = True) -> Iterable[StoredArticle]:
        return map(make_stored, parts[part])

    return Package("gold", lambda: make_writer(file_format, **options), rows, tuple(parts), zipped=zipped)


def unpacked(made: Package) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(b"".join(made.pieces()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def report_of(made: Package) -> dict[str, object]:
    report: dict[str, object] = orjson.loads(unpacked(made)["report.json"])
    return report


def test_one_file_of_a_format_is_that_file() -> None:
    made = package("conll", {"": [NESTED, FLAT]})
    assert b"".join(made.pieces()) == write("conll", NESTED, FLAT)[0]
    assert (made.file_name, made.content_type) == ("gold.conll", "text/plain; charset=utf-8")
    assert made.report().dropped == {"nested spans": 3}


def test_a_zip_on_request_has_the_report_beside_the_file() -> None:
    made = package("conll", {"": [NESTED, FLAT]}, zipped=True)
    files = unpacked(made)
    assert files["gold.conll"] == write("conll", NESTED, FLAT)[0]
    assert orjson.loads(files["report.json"])["dropped"] == {"nested spans": 3}
    assert (made.file_name, made.content_type) == ("gold.conll.zip", "application/zip")


def test_each_part_is_a_file() -> None:
    files = unpacked(package("jsonl", PARTS))
    assert list(files) == ["train.jsonl", "dev.jsonl", "test.jsonl", "report.json"]
    assert files["test.jsonl"] == write("jsonl", FLAT)[0]
    assert files["dev.jsonl"] == b""


def test_the_report_tells_of_each_part_and_of_all() -> None:
    report = report_of(package("conll", PARTS))
    assert (report["articles"], report["spans_written"]) == (2, 3)
    assert report["dropped"] == {"nested spans": 3}
    assert report["parts"]["test"]["sentence"] == "1 articles, 1 spans written; dropped: nothing."  # type: ignore[index]


def test_a_format_of_many_files_has_a_folder_for_each_part() -> None:
    made = package("brat", PARTS)
    names = list(unpacked(made))
    assert [name for name in names if name.endswith(".txt")] == ["train/1-a1.txt", "test/2-a1.txt"]
    assert made.file_name == f"gold{make_writer('brat').extension}"


def test_each_level_is_a_file_and_no_span_is_left_out() -> None:
    files = unpacked(package("conll", {"": [NESTED, FLAT]}, overlap="levels"))
    assert list(files) == ["gold-level-1.conll", "gold-level-2.conll", "report.json"]
    assert b"B-ORG" in files["gold-level-1.conll"]
    assert b"B-PER" in files["gold-level-1.conll"]
    assert all(f"B-{label}".encode() in files["gold-level-2.conll"] for label in ("NOUN", "GPE", "FIRST"))
    report = orjson.loads(files["report.json"])
    assert (report["articles"], report["spans_written"], report["dropped"]) == (2, 6, {})


def test_levels_within_parts() -> None:
    names = list(unpacked(package("conll", PARTS, overlap="levels")))
    assert names[:4] == [
        "train-level-1.conll",
        "train-level-2.conll",
        "dev-level-1.conll",
        "test-level-1.conll",
    ]


def test_what_no_level_can_hold_is_counted_once() -> None:
    outer, inner, gap = Span(uuid4(), 0, 13, "ORG"), Span(uuid4(), 0, 4, "NOUN"), Span(uuid4(), 14, 27, "X")
    gap = replace(gap, fragments=((14, 18), (23, 27)))
    links = (Relation(uuid4(), "A", outer.id, inner.id), Relation(uuid4(), "B", outer.id, gap.id))
    article = replace(NESTED, spans=(outer, inner, gap), relations=links, labels=("sport",))
    made = package("conll", {"": [article]}, overlap="levels")
    dropped = {"spans with gaps": 1, "relations": 2, "article labels": 1}
    assert report_of(made)["dropped"] == dropped
    assert made.survey().dropped == dropped


@st.composite
def _articles(draw: st.DrawFn) -> list[ExportArticle]:
    pairs = st.lists(st.tuples(st.integers(0, 27), st.integers(1, 9)), max_size=6)
    words = TEXT.replace(" ", "_")
    articles = [make_article(words, *((a, min(28, a + n), "X") for a, n in draw(pairs))) for _ in range(2)]
    return [replace(one, id=number) for number, one in enumerate(articles)]


@given(_articles(), st.sampled_from(["outermost", "innermost", "longest", "priority", "levels"]))
def test_the_survey_says_before_what_the_report_says_after(
    articles: list[ExportArticle], overlap: str
) -> None:
    made = package("conll", {"": articles}, overlap=overlap)
    before = made.survey()
    assert b"".join(made.pieces())
    assert before == made.report()


def test_a_format_that_tells_only_afterwards_is_tried() -> None:
    assert package("jsonl", {"": [NESTED, FLAT]}).survey().spans_written == 6
