"""Archives from strangers: what is in them is read, never unpacked to disk, and never more than it may be."""

from __future__ import annotations

import gzip
import io
import os
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from articles.formats import read_upload
from articles.formats.base import Found, ParsedArticle
from articles.formats.common.archive import entry_names, zip_pieces
from articles.formats.common.source import Source
from tests.articles.formats.builders import make_zip, problems, read, read_articles


def texts(found: list[Found]) -> list[str]:
    return [one.text for one in found if isinstance(one, ParsedArticle)]


def changed(content: bytes, *, at: int, to: bytes, header: bytes = b"PK\x01\x02") -> bytes:
    """A zip with other bytes at this place of its last header."""
    place = content.rindex(header) + at
    return content[:place] + to + content[place + len(to) :]


def test_names_that_repeat_are_read_each() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "One")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "Two")
    assert texts(read("x.zip", stream.getvalue())) == ["One", "Two"]


@pytest.mark.parametrize(
    "name", ["CON.txt", "..\\..\\a.txt", "//host/share/a.txt", "a\nb.txt", "x" * 900 + ".txt"]
)
def test_names_are_data(name: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "One")
    (article,) = read_articles("x.zip", stream.getvalue())
    assert article.file == name


def test_a_name_that_is_not_utf8_is_still_a_name() -> None:
    content = make_zip(aaa__txt=b"One").replace(b"aaa.txt", b"\x8f\xe0\xa8.txt")
    assert texts(read("x.zip", content)) == ["One"]


def test_a_link_is_not_followed() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("passwd.txt")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", "One")
    found = read("x.zip", stream.getvalue())
    assert texts(found) == ["One"]
    ((name, _, reason),) = problems(found)
    assert name == "passwd.txt"
    assert "link" in reason


def test_sizes_written_after_the_content_are_read() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    stream = Pipe()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "One")
        with archive.open("b.txt", "w", force_zip64=True) as member:
            member.write(b"Two")
    assert texts(read("x.zip", stream.getvalue())) == ["One", "Two"]


def test_a_zip_behind_other_bytes_is_read_by_its_name() -> None:
    assert texts(read("x.zip", b"#!/bin/sh\n" + make_zip(a__txt=b"One"))) == ["One"]


def test_damage_is_told_of_the_file_that_has_it() -> None:
    content = make_zip(a__txt=b"One", b__jsonl=b'{"text": "Two"}\n' * 3, c__txt=b"Three")
    place = content.index(b"b.jsonl") + len("b.jsonl") + 4
    content = content[:place] + b"\xff\xff\xff" + content[place + 3 :]
    found = read("x.zip", content)
    assert texts(found)[0] == "One"
    assert texts(found)[-1] == "Three"
    assert {name for name, _, _ in problems(found)} == {"b.jsonl"}


def test_a_size_that_is_less_than_the_truth_is_not_believed() -> None:
    found = read("x.zip", changed(make_zip(a__txt=b"Hello world " * 9), at=24, to=struct.pack("<I", 5)))
    assert not texts(found)
    assert "unpacked" in problems(found)[0][2]


def test_a_size_that_is_more_than_the_truth_costs_nothing() -> None:
    found = read("x.zip", changed(make_zip(a__txt=b"Hello"), at=24, to=struct.pack("<I", 2**20 - 1)))
    assert texts(found) == ["Hello"] or problems(found)


@pytest.mark.parametrize("method", [9, 12, 14, 93, 99])
def test_other_methods_of_packing_are_refused(method: int) -> None:
    content = changed(make_zip(a__txt=b"Hello"), at=10, to=struct.pack("<H", method))
    ((_, _, reason),) = problems(read("x.zip", content))
    assert "Pack it anew as an ordinary zip" in reason


def test_one_part_of_several_is_refused() -> None:
    content = changed(make_zip(a__txt=b"Hello"), at=4, to=struct.pack("<HH", 2, 2), header=b"PK\x05\x06")
    ((_, _, reason),) = problems(read("x.zip", content))
    assert "one part of several" in reason


def test_a_list_of_files_that_is_too_long_is_not_read() -> None:
    content = changed(make_zip(a__txt=b"Hello"), at=12, to=struct.pack("<I", 2**31), header=b"PK\x05\x06")
    ((_, _, reason),) = problems(read("x.zip", content))
    assert "list of files" in reason


@pytest.mark.parametrize(
    ("inside", "word"),
    [
        ("xl/workbook.xml", "Excel"),
        ("ppt/presentation.xml", "PowerPoint"),
        ("META-INF/container.xml", "EPUB"),
    ],
)
def test_documents_that_are_zips_are_named(inside: str, word: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<a/>")
        archive.writestr(inside, "<a/>")
    ((_, _, reason),) = problems(read("x.zip", stream.getvalue()))
    assert word in reason


def test_memory_is_that_of_one_file() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for number in range(60):
            archive.writestr(f"{number}.txt", os.urandom(250_000).hex())
    content = stream.getvalue()
    tracemalloc.start()
    try:
        count = sum(
            len(one.text)
            for one in read_upload(Source.of("x.zip", content))
            if isinstance(one, ParsedArticle)
        )
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 60 * 500_000
    assert peak < 6_000_000


def test_many_files_take_time_by_their_number_only() -> None:
    files = [Source.of(f"{number}.txt", b"One") for number in range(2_000)]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for file in files:
            archive.writestr(file.name, b"One")
    # Half of them do not have the chosen format's ending; telling which took the square of their number once.
    found = read("x.zip", stream.getvalue().replace(b"7.txt", b"7.doc"), "plain")
    assert len(texts(found)) == 1_800
    assert len(problems(found)) == 200


LINES = b'{"text": "One"}\n{"text": "Two"}\n'


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.JSONL.GZ", "a.jsonl"])
def test_a_gzip_is_read_as_what_is_in_it(name: str) -> None:
    articles = read_articles(name, gzip.compress(LINES))
    assert [one.text for one in articles] == ["One", "Two"]
    assert {one.file.lower() for one in articles} == {"a.jsonl"}


def test_a_gzip_of_several_members_is_one_file() -> None:
    assert (
        len(read_articles("a.jsonl.gz", gzip.compress(LINES) + gzip.compress(LINES) + gzip.compress(b"")))
        == 4
    )


def test_a_gzip_is_read_as_the_format_that_was_chosen() -> None:
    assert [one.text for one in read_articles("a.gz", gzip.compress(b"text\nOne\n"), "csv")] == ["One"]


@pytest.mark.parametrize(
    "damage", [lambda raw: raw[:-9], lambda raw: raw[:20] + b"\xff\xff" + raw[22:], lambda raw: raw + b"junk"]
)
def test_a_damaged_gzip_is_refused(damage: Callable[[bytes], bytes]) -> None:
    found = read("a.jsonl.gz", damage(gzip.compress(LINES * 50)))
    assert "unpacked" in problems(found)[-1][2]


def test_a_gzip_bomb_is_not_unpacked() -> None:
    content = gzip.compress(b"0" * 2**26)
    tracemalloc.start()
    try:
        found = read("a.txt.gz", content)
        assert tracemalloc.get_traced_memory()[1] < 2**25
    finally:
        tracemalloc.stop()
    ((_, _, reason),) = problems(found)
    assert "larger than it may be" in reason


@pytest.mark.parametrize(
    ("name", "head", "word"),
    [
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\4", "7z"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "RAR"),
        ("a.rar", b"Rar!\x1a\x07\x00", "RAR"),
        ("a.tar", b"a.txt" + b"\0" * 252 + b"ustar\x0000", "tar archive"),
        ("a.tar.xz", b"\xfd7zXZ\x00\x00", "xz"),
        ("a.tar.bz2", b"BZh91AY&SY\0", "bzip2"),
        ("a.zst", b"\x28\xb5\x2f\xfd\0", "zstd"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", ".docx"),
        ("a.rtf", rb"{\rtf1\ansi Hello}", "RTF"),
    ],
)
def test_what_is_known_and_not_read_says_what_to_do(name: str, head: bytes, word: str) -> None:
    for found in (read(name, head), read("x.zip", make_zip(a__dat=head)), read("x.gz", gzip.compress(head))):
        ((_, _, reason),) = problems(found)
        assert word in reason
        assert ("Save" in reason) or ("Unpack" in reason)


def test_an_archive_in_an_archive_is_not_read_whatever_its_name() -> None:
    inner = make_zip(a__txt=b"One")
    for content in (make_zip(a__txt=inner), gzip.compress(inner), make_zip(b__dat=gzip.compress(b"One"))):
        ((_, _, reason),) = problems(read("x", content))
        assert "within an archive" in reason


def test_every_entry_of_a_zip_has_a_name_of_its_own() -> None:
    assert entry_names(["a.txt", "a.txt", "a (2).txt", "a.txt", "x/a.txt", "x.y/a", "x.y/a"]) == [
        "a.txt",
        "a (2).txt",
        "a (2) (2).txt",
        "a (3).txt",
        "x/a.txt",
        "x.y/a",
        "x.y/a (2)",
    ]


def test_names_that_no_zip_can_hold_become_such_that_one_can() -> None:
    names = entry_names(["", "", "a\0b.txt", "long/" * 20_000 + "a.txt", "caf\udce9.txt", "\u202etxt.exe"])
    assert names[:3] == ["file", "file (2)", "a\ufffdb.txt"]
    assert (len(names[3]), names[3][-6:]) == (500, "/a.txt")
    assert names[4:] == ["caf\ufffd.txt", "\u202etxt.exe"]
    with zipfile.ZipFile(io.BytesIO(b"".join(zip_pieces((name, b"x") for name in names)))) as archive:
        assert archive.namelist() == names


def test_a_thousand_files_of_one_name_are_named_at_once() -> None:
    assert len(set(entry_names(["a.txt"] * 10_000))) == 10_000
