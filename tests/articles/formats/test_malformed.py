"""Whatever is uploaded: problems that say where, and never an exception."""

from __future__ import annotations

import io
import random
import struct
import zipfile

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.base import ParsedArticle, Problem
from tests.articles.formats.builders import problems, read


def archive(method: int = zipfile.ZIP_DEFLATED, /, **files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "."), content)
    return stream.getvalue()


def encrypted() -> bytes:
    content = bytearray(archive(a__txt=b"Secret"))
    for header, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(header) + offset
        content[at : at + 2] = struct.pack("<H", 1)
    return bytes(content)


def shared_bytes() -> bytes:
    """Many entries over the same packed bytes, each of which claims to be of its own."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", b"0" * 100_000)
        first = made.infolist()[0]
        for number in range(300):
            copy = zipfile.ZipInfo(f"{number}.txt")
            for name in ("CRC", "compress_size", "file_size", "header_offset", "compress_type"):
                setattr(copy, name, getattr(first, name))
            copy.compress_size = 2000
            made.filelist.append(copy)
            made.NameToInfo[copy.filename] = copy
    return stream.getvalue()


DEEP = b"[" * 900 + b"]" * 900
CASES: list[tuple[str, bytes, int | None, str]] = [
    # --- JSON Lines
    ("a.jsonl", b'{"text": "a", "x": ' + DEEP + b"}", 1, "nested"),
    ("a.jsonl", b'{"text": "a", "x": ' + DEEP[:900] + b'"\\u0000"' + DEEP[900:] + b"}", 1, "NUL"),
    ("a.jsonl", b'{"text": "a", "metadata": {"x": ' + DEEP + b"}}", 1, "nested"),
    ("a.jsonl", b'{"text": "a", "id": ' + DEEP + b"}", 1, '"id"'),
    ("a.jsonl", b'{"text": "a", "published_on": ' + DEEP + b"}", 1, "date"),
    ("a.jsonl", b'{"text": "a", "title": ' + DEEP + b"}", 1, '"title"'),
    ("a.jsonl", b'{"text": "a", "id": true}', 1, '"id"'),
    ("a.jsonl", b'{"text": "a", "id": "' + b"x" * 201 + b'"}', 1, "200"),
    ("a.jsonl", b'{"text": "a", "x": NaN}', 1, "not JSON"),
    ("a.jsonl", b'{"text": "a", "x": 1e999}', 1, "not JSON"),
    ("a.jsonl", b'{"text": "a",}', 1, "not JSON"),
    ("a.jsonl", b'\n\n{"text": "a"', 3, "not JSON"),
    ("a.jsonl", b'{"text": "a\nb"}', 1, "not JSON"),
    ("a.jsonl", b'{"text": "\\udc00\\ud800"}', 1, "not JSON"),
    ("a.jsonl", b'{"text": "a", "url": {"x": 1}}', 1, '"url"'),
    ("a.jsonl", b'{"text": null}', 1, '"text"'),
    ("a.jsonl", b'{"text": ["a"]}', 1, '"text"'),
    ("a.jsonl", b'{"text": "a", "spans": [null]}', 1, '"spans"'),
    ("a.jsonl", b'{"text": "a", "spans": [{"start": "0", "end": 1, "label": "X"}]}', 1, "start and end"),
    ("a.jsonl", b'{"text": "a", "spans": [{"start": 0, "end": 1e0, "label": "X"}]}', 1, "start and end"),
    ("a.jsonl", b'{"text": "a", "spans": [{"start": 1, "end": 0, "label": "X"}]}', 1, "empty"),
    (
        "a.jsonl",
        b'{"text": "a", "spans": [{"start": 0, "end": 9223372036854775808, "label": "X"}]}',
        1,
        "outside",
    ),
    ("a.jsonl", b'{"text": "a", "spans": [{"start": 0, "end": 1, "label": ""}]}', 1, "no label"),
    ("a.jsonl", b'{"text": "a", "spans": [{"start": 0, "end": 1, "label": ["X"]}]}', 1, "no label"),
    (
        "a.jsonl",
        b'{"text": "ab", "spans": [{"id": 1, "start": 0, "end": 1, "label": "X"},'
        b' {"id": 1, "start": 1, "end": 2, "label": "X"}]}',
        1,
        "same id",
    ),
    (
        "a.jsonl",
        b'{"text": "ab", "spans": [{"id": 1, "start": 0, "end": 1, "label": "X"}],'
        b' "relations": [{"type": "R", "source": 1, "target": 2}]}',
        1,
        "source and target",
    ),
    (
        "a.jsonl",
        b'{"text": "ab", "spans": [{"id": 1, "start": 0, "end": 1, "label": "X"}],'
        b' "relations": [{"type": 5, "source": 1, "target": 1}]}',
        1,
        "type",
    ),
    ("a.jsonl", b'{"text": "a", "relations": {}}', 1, '"relations"'),
    ("a.jsonl", b'{"text": "a", "labels": [1]}', 1, '"labels"'),
    ("a.jsonl", '{"text": "a"}'.encode("utf-16"), 1, "UTF-16"),
    ("a.jsonl", '{"text": "a"}'.encode("utf-16-le"), 1, "NUL"),
    ("a.jsonl", '{"text": "é"}'.encode("latin-1"), 1, "UTF-8"),
    # --- plain text
    ("a.txt", "a".encode("utf-32"), 1, "UTF-32"),
    ("a.txt", b"\xef\xbb\xbf", None, "empty"),
    ("a.txt", b"\xed\xa0\x80", 1, "0xED"),
    ("a.txt", b"a\r\nb\r\n\xc3", 3, "0xC3"),
    ("a.txt", "é".encode("latin-1"), 1, "0xE9"),
    # --- CSV
    ("a.csv", b"\xef\xbb\xbf", 1, '"text"'),
    ("a.csv", b"\n\ntext\na\n", 1, '"text"'),
    ("a.csv", b"text,Text\na,b\n", 1, "same name"),
    ("a.csv", b"text,x\na\n", 2, "1 values for 2"),
    ("a.csv", b'text,x\n"a\nb",1\nc\n', 4, "1 values for 2"),
    ("a.csv", b'text\n"good"\n"a\nb\nc', 3, "not CSV"),
    ("a.csv", b'text\n"a\nb"x\n', 2, "not CSV"),
    ("a.csv", b"text,\na,b\n", 2, "without a name"),
    ("a.csv", b"text\n" + b"x" * 4_100_000 + b"\n", 2, "not CSV"),
    ("a.csv", b"text\na\0b\n", 2, "NUL"),
    ("a.csv", "text\na\n".encode("utf-16"), 1, "UTF-16"),
    ("a.csv", b'"text,a\n', 1, "not CSV"),
    ("a.tsv", b"text\ttitle\na\t" + b"x" * 501 + b"\n", 2, "500"),
    # --- zip
    ("a.zip", b"PK\x05\x06" + b"\0" * 18, None, "no file"),
    ("a.zip", b"PK\x03\x04garbage", None, "not a zip"),
    ("a.zip", archive(a__txt=b"a" * 300)[:-30], None, "not a zip"),
    ("a.zip", encrypted(), None, "encrypted"),
    ("a.zip", shared_bytes(), None, "trap"),
    ("a.zip", archive(a__txt=b"ok \xff"), 1, "0xFF"),
    ("a.zip", archive(a__jsonl=b'{"text": "a"}\n{'), 2, "not JSON"),
    ("a.zip", archive(a__zip=archive(b__txt=b"x")), None, "zip"),
    ("a.zip", archive(a__txt=b""), None, "empty"),
    ("a.zip", b"this is no zip", None, "not a zip"),
    # --- the format is not what the name says
    ("a.png", b"\x89PNG\r\n", None, "not recognised"),
    ("", b"text", None, "not recognised"),
]


@pytest.mark.parametrize(
    ("name", "content", "line", "reason"), CASES, ids=[str(n) for n in range(len(CASES))]
)
def test_malformed(name: str, content: bytes, line: int | None, reason: str) -> None:
    found = problems(read(name, content))
    assert found, "nothing was refused"
    assert found[0][1] == line
    assert reason in found[0][2]
    assert len(found[0][2]) < 300


@pytest.mark.parametrize("file_format", ["jsonl", "csv", "zip", "plain"])
def test_a_format_that_was_chosen_is_held_to(file_format: str) -> None:
    found = read("x", b"\x00\x01\xff", file_format)
    assert len(problems(found)) == len(found) == 1
    assert "no format 'nope'" in problems(read("x", b"a", "nope"))[0][2]


def test_too_many_files_in_a_zip() -> None:
    content = archive(zipfile.ZIP_STORED, **{f"{n}__txt": b"" for n in range(100_001)})
    ((_, _, reason),) = problems(read("a.zip", content))
    assert "100,001 files" in reason


@pytest.mark.parametrize("name", ["../../x.txt", "/etc/passwd.txt", "C:\\x.txt", "a\u202etxt.txt", "ü/ş.txt"])
def test_a_name_in_a_zip_is_only_a_name(name: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(name, "One")
    (article,) = read("a.zip", stream.getvalue())
    assert isinstance(article, ParsedArticle)
    assert (article.text, article.file) == ("One", name)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_damaged_zip_is_refused_whatever_the_damage(method: int) -> None:
    chance = random.Random(7)
    whole = archive(method, a__txt=b"Hello world " * 20, b__jsonl=b'{"text":"x"}\n', c__csv=b"text\nq\n")
    assert not problems(read("a.zip", whole))
    for number in range(250):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 5))):
            content[chance.randrange(len(content))] = chance.choice((0, 255, chance.randrange(256)))
        read("a.zip", bytes(content[: chance.randrange(len(content))] if number % 5 == 0 else content), "zip")


def test_columns_that_mean_something_elsewhere_are_metadata_in_csv() -> None:
    (article,) = read("a.csv", b"text,labels,spans,Metadata,Desk\na,b,c,d,e\n")
    assert isinstance(article, ParsedArticle)
    assert article.metadata == {"labels": "b", "spans": "c", "Metadata": "d", "Desk": "e"}
    assert not article.spans
    assert not article.labels


def test_ids_of_other_tools_link_spans() -> None:
    record = {
        "text": "Mara at Leeds",
        "spans": [
            {"id": 1, "start": 0, "end": 4, "label": "A"},
            {"id": "T2", "start": 8, "end": 13, "label": "B"},
        ],
        "relations": [{"type": "R", "source": 1, "target": "T2"}],
    }
    (article,) = read("a.jsonl", orjson.dumps(record))
    assert isinstance(article, ParsedArticle)
    assert (article.relations[0].source, article.relations[0].target) == tuple(
        one.id for one in article.spans
    )
    (again,) = read("a.jsonl", orjson.dumps(record))
    assert again == article


NAMES = st.sampled_from(["a.txt", "a.jsonl", "a.csv", "a.tsv", "a.zip", "a"])
PIECES = st.sampled_from(
    [b'{"text":', b'"a"', b"}", b"\n", b",", b'"', b"text", b";", b"\xff", b"\0", b"PK\x03\x04"]
)


@given(NAMES, st.lists(PIECES | st.binary(max_size=4), max_size=12).map(b"".join))
def test_any_bytes_give_articles_or_problems(name: str, content: bytes) -> None:
    assert all(isinstance(one, ParsedArticle | Problem) for one in read(name, content))
