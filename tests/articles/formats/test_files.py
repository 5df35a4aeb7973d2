"""Plain text, CSV and zip: read exactly, or refused with file, line and reason."""

from __future__ import annotations

import io
import zipfile

import pytest

from articles.formats.base import ParsedArticle, Problem
from tests.articles.formats.builders import make_zip, read


def test_plain_text_is_kept_exactly() -> None:
    text = " date 2024-05-30 BAKU.\r\n\te\u0301 👩‍👩‍👧 \u200f\n\n"
    (article,) = read("a.txt", text.encode())
    assert isinstance(article, ParsedArticle)
    assert article.text == text


def test_a_leading_byte_order_mark_is_removed_and_reported() -> None:
    (article,) = read("a.txt", b"\xef\xbb\xbfText")
    assert isinstance(article, ParsedArticle)
    assert article.text == "Text"
    assert article.metadata["byte_order_mark_removed"] is True


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", None, "empty"),
        (b" \n ", None, "empty"),
        (b"one\ntwo \xff", 2, "0xFF"),
        (b"one\n\ntwo\0", 3, "NUL"),
        ("x".encode("utf-16"), 1, "UTF-16"),
        (b"x" * 1_000_001, None, "at most"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, line: int | None, reason: str) -> None:
    (problem,) = read("a.txt", content)
    assert isinstance(problem, Problem)
    assert (problem.file, problem.line) == ("a.txt", line)
    assert reason in problem.reason


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_three_dialects(delimiter: str) -> None:
    content = f'Title{delimiter}text{delimiter}desk\nT{delimiter}"a ""b""\nc"{delimiter}world\n'.encode()
    (article,) = read("a.csv", content)
    assert isinstance(article, ParsedArticle)
    assert (article.title, article.text, article.line) == ("T", 'a "b"\nc', 2)
    assert article.metadata == {"desk": "world"}


def test_the_line_of_a_csv_record_is_where_it_begins() -> None:
    found = read("a.csv", b'text,title\n"one\ntwo",T\nthree\n"four",F\n')
    assert [type(one) for one in found] == [ParsedArticle, Problem, ParsedArticle]
    assert [one.line for one in found] == [2, 4, 5]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"title\nx\n", '"text"'),
        (b"text,text\na,b\n", "same name"),
        (b"text,a\n1,2,3\n", "3 values for 2"),
        (b'text\n"a', "not CSV"),
        (b'text\n"a"b\n', "not CSV"),
        (b"text\n\xff\n", "UTF-8"),
        (b"text,published_on\na,soon\n", "date"),
        (b"text\n   \n", "empty"),
    ],
)
def test_bad_csv_is_refused(content: bytes, reason: str) -> None:
    problems = [one for one in read("a.csv", content) if isinstance(one, Problem)]
    assert problems
    assert reason in problems[0].reason


def test_a_zip_of_several_kinds() -> None:
    content = make_zip(a__txt=b"One", b__jsonl=b'{"text": "Two"}\n{}', c__csv=b"text\nThree\n", d__exe=b"MZ")
    found = read("x.zip", content)
    assert [one.text for one in found if isinstance(one, ParsedArticle)] == ["One", "Two", "Three"]
    assert [(one.file, one.line) for one in found if isinstance(one, Problem)] == [
        ("b.jsonl", 2),
        ("d.exe", None),
    ]


def test_names_in_a_zip_are_data() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("../../etc/x.txt", b"One")
        archive.writestr("__MACOSX/a.txt", b"noise")
        archive.writestr(".DS_Store", b"noise")
    (article,) = read("x.zip", stream.getvalue())
    assert isinstance(article, ParsedArticle)
    assert article.file == "../../etc/x.txt"


def test_a_zip_bomb_is_not_unpacked() -> None:
    (problem,) = read("x.zip", make_zip(a__txt=b"0" * (30 * 2**20)))
    assert isinstance(problem, Problem)
    assert "trap" in problem.reason


def test_a_zip_that_lies_about_sizes_is_refused() -> None:
    content = bytearray(make_zip(a__txt=b"Hello world, hello world, hello world"))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (3).to_bytes(4, "little")
    found = read("x.zip", bytes(content))
    assert len(found) == 1
    assert isinstance(found[0], Problem)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 200, make_zip()])
def test_a_broken_or_empty_zip_is_refused(content: bytes) -> None:
    found = read("x.zip", content)
    assert all(isinstance(one, Problem) for one in found)
    assert found


def test_a_zip_in_a_zip_is_not_read() -> None:
    (problem,) = read("x.zip", make_zip(inner__zip=make_zip(a__txt=b"One")))
    assert isinstance(problem, Problem)


@pytest.mark.parametrize("name", ["a.exe", "a", "a.pages"])
def test_an_unknown_file_is_not_guessed(name: str) -> None:
    (problem,) = read(name, b"%PDF")
    assert isinstance(problem, Problem)
    assert "not recognised" in problem.reason


def test_the_name_of_a_file_cannot_garble_what_is_said_of_it() -> None:
    assert str(Problem("a\nb\u202etxt.exe", 3, "No.")) == "a\ufffdb\ufffdtxt.exe, line 3: No."
    assert str(Problem("x" * 500 + ".txt", None, "No.")) == f"…{'x' * 146}.txt: No."
    assert str(Problem("café/Қазақ 新聞.txt", 1, "No.")) == "café/Қазақ 新聞.txt, line 1: No."
