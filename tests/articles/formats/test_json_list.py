"""One JSON list, read element by element, however it is laid out and wherever the pieces are cut."""

from __future__ import annotations

import io
import tracemalloc

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.base import ParsedArticle, Problem
from articles.formats.common import json_list
from articles.formats.common.json_list import elements
from articles.formats.common.json_records import read_json
from articles.formats.common.source import Source
from tests.articles.formats.builders import problems, read, read_articles

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(st.sampled_from('a"\\[]{},\n😀'), max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(VALUES, max_size=5), st.booleans(), st.integers(1, 7))
def test_elements_are_what_the_parser_finds_in_the_whole(
    values: list[object], wide: bool, piece: int
) -> None:
    content = orjson.dumps(values, option=orjson.OPT_INDENT_2 if wide else 0)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(json_list, "PIECE_BYTES", piece)
        found = list(elements(Source.of("a.json", content)))
    assert [orjson.loads(element) for _, element in found] == values
    lines = content.split(b"\n")
    assert all(element.split(b"\n")[0] in lines[line - 1] for line, element in found)


@given(st.lists(st.sampled_from([b"[", b"]", b"{", b"}", b",", b'"', b"\\", b"\n", b"1", b"\xff"])))
def test_any_brackets_end(pieces: list[bytes]) -> None:
    for one in read("a.json", b"[" + b"".join(pieces)):
        assert isinstance(one, Problem)
        assert one.line


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b'[{"text": "a"}', 1, "not closed"),
        (b'[\n{"text": "a"},\n{"text": "b"', 3, "begins here is not closed"),
        (b'[\n{"text": "a"},\n{"text": "b}]', 3, "begins here is not closed"),
        (b'[{"text": "a"},\n]', 2, "missing"),
        (b'[{"text": "a"},', 1, "not closed"),
        (b'[\n,{"text": "a"}]', 2, "missing"),
        (b'[{"text": "a"}\n{"text": "b"}]', 2, "commas"),
        (b'[{"text": "a"}]\n\n{"text": "b"}', 3, "after the end"),
        (b'[{"text": "a"},\n{"text": \n"b",}]', 3, "not JSON"),
        (b'[{"text": "a"},\n1]', 2, "object"),
        (b'[{"text": "a"},\nnull]', 2, "object"),
        (b'["a, b", {"text": "a"}]', 1, "object"),
        (b'[{"text": "a"},\n{"text": "b",\n"x": "\xff"}]', 3, "0xFF"),
        (b'[{"text": "a"},\n{"text": "\\u0000"}]', 2, "NUL"),
        (b"[" + b"[" * 5000 + b"]" * 5000 + b"]", 1, "not JSON"),
        (b"[" * 100_000, 1, "not closed"),
        (b'[{"text": "a"]}, {"text": "b"}]', 1, "not JSON"),
    ],
)
def test_a_bad_list_says_where(content: bytes, line: int, reason: str) -> None:
    found = problems(read("a.json", content))
    assert found, "nothing was refused"
    assert (found[0][1], reason in found[0][2]) == (line, True), found


def test_a_bad_element_spoils_only_itself() -> None:
    found = read("a.json", b'[{"text": "a"},\n {"text": 1},\n {"text": "c"}]')
    assert [one.line for one in found] == [1, 2, 3]
    assert len(problems(found)) == 1


def test_one_object_over_many_lines() -> None:
    (article,) = read_articles("a.json", b'\n{\n  "text": "a",\n  "id": 5\n}\n')
    assert (article.text, article.external_id, article.line) == ("a", "5", 1)


def test_a_list_in_another_encoding() -> None:
    content = '[{"text": "é"},\n{"text": "林"}]'.encode("utf-16")
    found = list(elements(Source.of("a.json", content, "utf-16")))
    assert [orjson.loads(element)["text"] for _, element in found] == ["é", "林"]


def test_memory_does_not_grow_with_the_file() -> None:
    element = orjson.dumps({"text": "x" * 10_000})

    class Endless(io.RawIOBase):
        """Forty megabytes that are never in memory at once."""

        def __init__(self) -> None:
            self.left = 4000

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            if self.left < 0:
                return b""
            return b"[" + element if self.left == 3999 else (b"," + element if self.left else b"]")

    file = Source("a.json", Endless, size=40_000_000)  # type: ignore[arg-type]
    tracemalloc.start()
    try:
        count = sum(isinstance(one, ParsedArticle) for one in read_json(file))
        assert count == 3999
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()
