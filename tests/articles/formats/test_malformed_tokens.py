"""Files of CoNLL, CoNLL-U and WebAnno that are damaged: a problem that says where, and never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.base import ParsedArticle, Problem
from tests.articles.formats.builders import make_zip, problems, read

LONG = "X" * 65


def conll(*rows: str) -> bytes:
    """Rows of two columns after three that are sound."""
    return "\n".join(["-DOCSTART- O", "Mara B-PER", "Lund I-PER", "left O", *rows, ""]).encode()


def plus(*rows: str, columns: str = "ID FORM MISC NE") -> bytes:
    """CoNLL-U Plus; single spaces in rows stand for tabs."""
    lines = (row if row.startswith("#") else row.replace(" ", "\t") for row in rows)
    return "\n".join([f"# global.columns = {columns}", *lines, ""]).encode()


def webanno(*rows: str, layers: tuple[str, ...] = ("#T_SP=x.Span|value",), version: str = "3.3") -> bytes:
    """WebAnno TSV; single spaces in rows stand for tabs. The first row is line 4 after one layer."""
    lines = (row if row.startswith("#") else row.replace(" ", "\t") for row in rows)
    return "\n".join([f"#FORMAT=WebAnno TSV {version}", *layers, "", *lines, ""]).encode()


TEXT = "#Text=Mara left"
MARA, LEFT = "1-1 0-4 Mara PER", "1-2 5-9 left _"
RELATION = ("#T_SP=x.Span|value", "#T_RL=x.Rel|value|BT_x.Span")
CHAIN = ("#T_CH=x.Link|referenceType|referenceRelation",)
SLOT = ("#T_SP=x.Host|ROLE_x.Host:slots_x.Link|x.Span",)

CASES: list[tuple[str, bytes, int | None, str]] = [
    # --- CoNLL: rows
    ("a.conll", conll("now O O"), 5, "3 columns, where most have 2"),
    ("a.conll", conll("now"), 5, "1 columns, where most have 2"),
    ("a.conll", conll("now o"), 5, "is no tag"),
    ("a.conll", conll("now B"), 5, "is no tag"),
    ("a.conll", conll("now B-"), 5, "is no tag"),
    ("a.conll", conll("now X-PER"), 5, "is no tag"),
    ("a.conll", conll(f"now B-{LONG}"), 5, "1 to 64 characters"),
    ("a.conll", conll("now O").replace(b" ", b"\t").replace(b"now", b""), 5, "no token in column 1"),
    ("a.conll", conll("now\u00a0O"), 5, "1 columns"),
    # --- CoNLL: the file
    ("a.conll", b"Mara\nleft\n", None, "do not have two columns"),
    ("a.conll", b"-DOCSTART- -X- O O\n\n", None, "do not have two columns"),
    ("a.conll", b"\n\n\n", None, "do not have two columns"),
    ("a.conll", b"Mara NNP\nleft VBD\n", None, "Column 2 has no tags"),
    ("a.conll", b"Mara O\n\xff O\n", 2, "0xFF is not UTF-8"),
    ("a.conll", b"Mara O\nle\0ft O\n", 2, "NUL"),
    ("a.conll", "Mara B-PER\n".encode("utf-16"), 1, "UTF-16"),
    ("a.conll", b"Mara O\n" + b"\n" * 10_002 + b"left O\n", 10_002, "too much between"),
    ("a.conll", b"Mara O\n\n-DOCSTART- " + b"x" * 10_001 + b"\nleft O\n", 3, "too much between"),
    ("a.conll", b"Mara O\n" + b"x" * 1_000_001 + b" O\nleft O\n", 2, "how many sentences"),
    ("a.iob2", "\u00a0\tO\n\u00a0\tB-X\n".encode(), 1, "The text is empty"),
    # --- CoNLL-U Plus: rows
    ("a.conllup", plus("1 Mara _"), 2, "3 columns, and the file 4"),
    ("a.conllup", plus("1 Mara _ O O"), 2, "5 columns, and the file 4"),
    ("a.conllup", plus("2 Mara _ O"), 2, "'2' stands where 1 is due"),
    ("a.conllup", plus("1 Mara _ O", "1 left _ O"), 3, "'1' stands where 2 is due"),
    ("a.conllup", plus("one Mara _ O"), 2, "'one' stands where 1 is due"),
    ("a.conllup", plus("1 Mara _ O", "3.1 x _ O"), 3, "'3.1' stands where 2 is due"),
    ("a.conllup", plus(f"{'9' * 5000} Mara _ O"), 2, "stands where 1 is due"),
    ("a.conllup", plus("1-2 du _ _", "1 de _ O", "2-3 el _ _", "2 le _ O"), 4, "overlaps the one before"),
    ("a.conllup", plus("1 Mara _ O", "1-2 du _ _"), 3, "does not stand before its words"),
    ("a.conllup", plus("2-1 du _ _"), 2, "does not stand before its words"),
    ("a.conllup", plus("1-3 du _ _", "1 de _ O", "2 le _ O", ""), 2, "ends before word 3"),
    ("a.conllup", plus("0.1 x _ _", ""), 2, "ends before word 1"),
    ("a.conllup", plus("1  _ O"), 2, "no FORM"),
    ("a.conllup", plus("1 Mara _ PER"), 2, "is no tag"),
    ("a.conllup", plus("1 Mara _ O", "", "1 left _ NN"), 4, "is no tag"),
    # --- CoNLL-U Plus: the file
    ("a.conllup", plus("1 x", columns="ID NE"), 1, "FORM among them"),
    ("a.conllup", plus("1 x O", columns="ID FORM FORM"), 1, "each column once"),
    ("a.conllup", plus(), None, "no word"),
    ("a.conllup", plus("# text = Mara", "", "# newdoc"), None, "no word"),
    ("a.conllu", b"1\tMara\t_\t_\t_\t_\t_\t_\t_\tNER=PER\n\n", 1, "is no tag"),
    ("a.conllu", b"1\tMara\t_\n", 1, "3 columns, and the file 10"),
    ("a.conllup", plus("1 Ma\0ra _ O"), 2, "NUL"),
    ("a.conllup", plus("1 Mara _ O").replace(b"Mara", b"\xe9"), 2, "0xE9 is not UTF-8"),
    ("a.conllup", plus(f"1 {'x' * 1_000_001} _ O"), 2, "how many sentences"),
    # --- WebAnno TSV: the header
    ("a.tsv", webanno(TEXT, MARA, LEFT, version="3.3b"), 1, "first line of WebAnno TSV"),
    ("a.tsv", webanno(TEXT, MARA, LEFT, layers=("#T_SP=",)), 2, "A header line names a layer"),
    ("a.tsv", webanno(TEXT, MARA, LEFT, layers=("#T_XX=x.Span|value",)), 2, "A header line names a layer"),
    ("a.tsv", webanno(TEXT, layers=("#T_SP=x.H|ROLE_x.H:s_x.L",)), 2, "After the role of a slot"),
    ("a.tsv", webanno(TEXT, layers=("#T_RL=x.Rel|value",)), 2, "ends with BT_"),
    ("a.tsv", webanno(TEXT, layers=("#T_CH=x.Link|kind",)), 2, "referenceType"),
    ("a.tsv", webanno(TEXT, layers=("#T_SP=x.S" + "|a" * 1_001,)), 2, "more than 1,000 columns"),
    # --- WebAnno TSV: rows
    ("a.tsv", webanno(TEXT, "1-1 0-4 Mara"), 5, "0 values, and the header 1"),
    ("a.tsv", webanno(TEXT, MARA + " X"), 5, "2 values, and the header 1"),
    ("a.tsv", webanno(TEXT, "1 0-4 Mara PER"), 5, "has an id like 1-2"),
    ("a.tsv", webanno(TEXT, "1-1 0+4 Mara PER"), 5, "a place like 0-4"),
    ("a.tsv", webanno(TEXT, "1-1 4-0 Mara PER"), 5, "ends before it begins"),
    ("a.tsv", webanno(TEXT, "1-1 0-0  PER"), 5, "is empty"),
    ("a.tsv", webanno(TEXT, MARA, "1-2 4-8 left _"), 6, "does not stand at 4-8"),
    ("a.tsv", webanno(TEXT, MARA, "1-2 3-9 a__left _").replace(b"__", b" "), 6, "overlaps the one before"),
    ("a.tsv", webanno(TEXT, "1-1 0-4 Mary PER"), 5, "does not stand at 0-4"),
    ("a.tsv", webanno("#Text=😊 left", "1-1 0-1 😊 X"), 5, "does not stand at 0-1"),
    ("a.tsv", webanno("#Text=😊 left", "1-1 0-2 😊 _", "1-1.1 1-2 ? X"), 6, "lies within a character"),
    ("a.tsv", webanno(TEXT, MARA, "1-1.1 0-99 Mara X"), 6, "outside the text"),
    # --- WebAnno TSV: what refers to something
    ("a.tsv", webanno(TEXT, MARA + " r Mara", LEFT + " _ _", layers=RELATION), 6, "does not name a row"),
    ("a.tsv", webanno(TEXT, MARA + " r _", LEFT + " _ _", layers=RELATION), 6, "does not name a row"),
    ("a.tsv", webanno(TEXT, "1-1 0-4 Mara a;b 1-2", layers=SLOT), 5, "2 roles for 1 slots"),
    ("a.tsv", webanno(TEXT, "1-1 0-4 Mara a 1-2[x]", layers=SLOT), 5, "does not name a row"),
    ("a.tsv", webanno(TEXT, "1-1 0-4 Mara pr[1] coref", layers=CHAIN), 5, "no link of a chain"),
    # --- WebAnno TSV: sentences
    ("a.tsv", webanno(MARA, LEFT), 4, "no #Text before these tokens"),
    ("a.tsv", webanno(TEXT), None, "no token for the last #Text"),
    ("a.tsv", webanno(), None, "no token for the last #Text"),
    ("a.tsv", webanno(f"{TEXT}!!", MARA, LEFT, "", "#Text=so", "2-1 9-11 so _"), 9, "within the one before"),
    ("a.tsv", webanno("#Text=so", "1-1 999999997-999999999 so _"), 5, "more than 1,000,000 characters"),
    ("a.tsv", webanno(f"#Text={'x' * 1_000_001}", f"1-1 0-1000001 {'x' * 1_000_001} _"), None, "at most"),
    ("a.tsv", webanno(TEXT, MARA, LEFT) * 2, 7, "another document"),
    ("a.tsv", webanno(TEXT, MARA, LEFT).replace(b"left", b"l\xffft"), 4, "0xFF is not UTF-8"),
    ("a.tsv", webanno("#Text=\\u0000", "1-1 0-1 \\u0000 _", version="3.1"), 5, "does not stand at 0-1"),
]


@pytest.mark.parametrize(
    ("name", "content", "line", "reason"), CASES, ids=[str(n) for n in range(len(CASES))]
)
def test_malformed(name: str, content: bytes, line: int | None, reason: str) -> None:
    found = problems(read(name, content))
    assert len(found) == 1, "one thing is wrong with each of these"
    assert reason in found[0][2]
    assert found[0][1] == line
    assert len(found[0][2]) < 300


SAMPLES = {
    "conll": conll("# O", "", "# note", "now  O", "-DOCSTART-", "so B-X"),
    "conllu": plus(
        "# newdoc id = 1", "1-2 du SpaceAfter=No _", "1 de _ O", "2 le _ B-X", "2.1 x _ _", "", "1 a _ O"
    ),
    "webanno": webanno(
        TEXT,
        "1-1 0-4 Mara PER[1]|X[2] a;b 1-2;1-1[1] pr[1] *->1-1 r|s 1-1[1_2]|1-2",
        "1-1.1 0-2 Ma X[2] _ _ _ _ _ _",
        "1-2 5-9 left LOC * _ pr[1] coref->1-2 r 1-1[1_0]",
        layers=(SLOT[0].replace("x.Host|", "x.Span|value|"), *CHAIN, RELATION[1]),
    ),
}
PIECES = [b"", b"0", b"-1", b"99", b"|", b"[1]", b"->", b"_", b"*", b"\0", b"\xff", b"\n", b"\t", b" ", b"#"]


def test_the_samples_are_sound() -> None:
    for file_format, content in SAMPLES.items():
        found = read("a", content, file_format)
        assert all(isinstance(one, ParsedArticle) and one.spans for one in found), found


@given(st.data())
def test_whatever_happens_to_a_file_it_gives_articles_or_problems(data: st.DataObject) -> None:
    file_format = data.draw(st.sampled_from(sorted(SAMPLES)))
    content = bytearray(SAMPLES[file_format])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content)))
        content[place : place + data.draw(st.integers(0, 6))] = data.draw(st.sampled_from(PIECES))
    for found in read("a", bytes(content), file_format):
        assert isinstance(found, ParsedArticle | Problem)
        assert isinstance(found, ParsedArticle) or len(found.reason) < 300


@given(st.sampled_from(sorted(SAMPLES)), st.binary(max_size=30), st.booleans())
def test_any_bytes_give_articles_or_problems(file_format: str, content: bytes, starts_well: bool) -> None:
    start = SAMPLES[file_format].partition(b"\n")[0] + b"\n" if starts_well else b""
    found = read("a", start + content, file_format)
    assert all(isinstance(one, ParsedArticle | Problem) for one in found)


@pytest.mark.parametrize("name", ["a.conll", "a.conllup", "a.tsv"])
def test_of_many_files_only_the_malformed_are_refused(name: str) -> None:
    bad = next(content for one, content, line, _ in CASES if one == name and line)
    stem, ending = name.split(".")
    found = read("a.zip", make_zip(**{f"{stem}__{ending}": bad, "b__txt": b"Sound."}))
    assert [one.file for one in found if isinstance(one, Problem)] == [name]
    assert [one.text for one in found if isinstance(one, ParsedArticle)] == ["Sound."]


def test_lines_without_end_are_given_up_before_they_fill_memory() -> None:
    for content in (b"\n" * 3_000_000, b"# note\n" * 500_000, b"Mara\tO\n" + b"-DOCSTART-\n" * 300_000):
        (problem,) = read("a.conll", content)
        assert isinstance(problem, Problem)
