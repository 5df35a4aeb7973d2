"""Text in other encodings comes back exact; what is wrong has its line; nothing is guessed silently."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats import read_upload
from articles.formats.base import ParsedArticle
from articles.formats.common.encodings import ENCODINGS, Guess, advice, guesses
from articles.formats.common.source import Source
from articles.formats.common.text import BadText
from tests.articles.formats.builders import problems, read

VALUES = [value for value, _ in ENCODINGS]
# Characters that Python writes as another one: nobody's reader can tell them apart afterwards.
LOSSY = {
    "shift_jis": "¥‾",
    "euc_jp": "¥‾",
    "euc_kr": "\u3164",
    "cp932": "¢£¬‖−〜",
    "iso2022_jp": "\x1b",
}


@cache
def alphabet(encoding: str) -> str:
    """All characters of the encoding, and some beyond the first plane where it has these."""
    everything = (*range(1, 0xD800), *range(0xE000, 0x10000), 0x1F469, 0x20000, 0x10FFFF)
    written = ((chr(point), chr(point).encode(encoding, "ignore")) for point in everything)
    return "".join(sign for sign, raw in written if raw and sign not in LOSSY.get(encoding, ""))


@st.composite
def encoded_texts(draw: st.DrawFn) -> tuple[str, str]:
    encoding = draw(st.sampled_from(VALUES))
    signs = st.sampled_from(alphabet(encoding)) | st.sampled_from("\n\r a")
    # A mark at the beginning is no part of the text.
    return encoding, draw(st.text(signs, min_size=1)).lstrip("\ufeff")


@given(encoded_texts(), st.integers(0, 40_000))
def test_text_in_any_encoding_comes_back_exact(written: tuple[str, str], before: int) -> None:
    encoding, text = written
    # So that pieces are cut at every place within a character.
    text = "." * before + text
    source = Source.of("a.txt", text.encode(encoding), encoding)
    assert source.text() == text
    lines = list(source.text_lines())
    assert "".join(line for _, line in lines) == text
    assert [number for number, _ in lines] == list(range(1, len(lines) + 1))
    assert all("\n" not in line[:-1] for _, line in lines)


@pytest.mark.parametrize(("encoding", "signs"), LOSSY.items())
def test_what_cannot_come_back_is_known(encoding: str, signs: str) -> None:
    everything = alphabet(encoding) + signs
    assert [one for one in everything if _again(one, encoding) != one] == sorted(signs)


def _again(sign: str, encoding: str) -> str:
    return sign.encode(encoding).decode(encoding, "replace")


BAD = [
    ("utf-8", b"\xff"),
    ("utf-16-le", b"\x00\xdc"),
    ("utf-16-be", b"\xd8\x00\x00a"),
    ("utf-32-le", b"\x00\xd8\x00\x00"),
    ("utf-32-be", b"\x00\x11\x00\x00"),
    ("windows-1252", b"\x81"),
    ("windows-1251", b"\x98"),
    ("iso8859-7", b"\xff"),
    ("gb18030", b"\xff"),
    ("big5", b"\xff"),
    ("shift_jis", b"\xa0"),
    ("euc_jp", b"\xff"),
    ("cp949", b"\xff"),
    ("iso2022_jp", b"\x1b$B\x7f\x7f"),
    ("tis-620", b"\xff"),
]


@given(st.sampled_from(BAD), st.integers(0, 2_000), st.integers(0, 100))
def test_the_line_of_a_bad_byte(bad: tuple[str, bytes], line: int, width: int) -> None:
    encoding, raw = bad
    good = ("x" * width + "\r\n") * line
    content = good.encode(encoding) + raw + ("\nmore" * 3).encode(encoding)
    for read_all in (Source.text, lambda source: list(source.text_lines())):
        with pytest.raises(BadText) as caught:
            read_all(Source.of("a.txt", content, encoding))
        assert caught.value.line == line + 1
        assert "Byte 0x" in str(caught.value)


def test_lines_before_a_bad_byte_are_read() -> None:
    source = Source.of("a", b"one\ntwo\n\x98\n", "windows-1251")
    lines = source.lines()
    assert [next(lines), next(lines)] == [(1, b"one\n"), (2, b"two\n")]
    with pytest.raises(BadText):
        next(lines)


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-16-le", "gb18030"])
def test_nul_is_refused_in_any_encoding(encoding: str) -> None:
    with pytest.raises(BadText, match="NUL") as caught:
        Source.of("a.csv", "text,x\na,b\0\n".encode(encoding), encoding).text()
    assert caught.value.line == 2


@pytest.mark.parametrize("encoding", ["utf-7", "rot13", "zlib", "idna", "raw_unicode_escape", "nope", ""])
def test_what_is_no_encoding_of_text_is_not_offered(encoding: str) -> None:
    (problem,) = read_upload(Source.of("a.txt", b"a", encoding))
    assert "no encoding" in str(problem)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_mark_is_asked_for_where_the_encoding_needs_one(encoding: str) -> None:
    with pytest.raises(BadText, match=f"Choose {encoding}-le or {encoding}-be"):
        Source.of("a.txt", "a".encode(f"{encoding}-le"), encoding).text()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16"])
def test_one_mark_is_left_out_and_no_more(encoding: str) -> None:
    assert Source.of("a.txt", b"\xff\xfea\x00", encoding).text() == "a"
    assert Source.of("a.txt", b"\xff\xfe\xff\xfea\x00", encoding).text() == "\ufeffa"


RUSSIAN = "Мария Иванова приехала в Алматы в четверг и встретилась с представителями министерства. "
SAMPLES = [
    ("windows-1251", RUSSIAN),
    ("koi8-r", RUSSIAN),
    ("cp866", RUSSIAN),
    ("iso8859-5", RUSSIAN),
    ("mac-cyrillic", RUSSIAN),
    ("windows-1252", "Die Bürgermeisterin von Köln hat ein Gespräch über die Straßenbahn geführt. "),
    ("windows-1253", "Ο πρωθυπουργός μίλησε την Πέμπτη στη Θεσσαλονίκη για την οικονομία. "),
    ("windows-1255", "ראש הממשלה אמר ביום חמישי בירושלים כי הישיבה תתקיים בשבוע הבא. "),
    ("windows-1256", "قال الوزير يوم الخميس إن الحكومة ستعقد اجتماعا جديدا في القاهرة. "),
    ("gb18030", "中国外交部发言人星期四在北京表示，双方将继续保持沟通。" * 10),
    ("big5", "中國外交部發言人星期四在北京表示，雙方將繼續保持溝通。"),
    ("cp932", "東京で木曜日に開かれた会議で、首相は新しい政策を発表した。"),
    ("euc_jp", "東京で木曜日に開かれた会議で、首相は新しい政策を発表した。"),
    ("cp949", "서울에서 목요일에 열린 회의에서 대통령은 새로운 정책을 발표했다."),
    ("utf-16-le", "Mara went to Leeds.\n"),
    ("utf-16-be", RUSSIAN),
    ("utf-32-le", RUSSIAN),
    ("utf-32-be", "Mara"),
]


@pytest.mark.parametrize(("encoding", "text"), SAMPLES, ids=[encoding for encoding, _ in SAMPLES])
def test_what_a_file_looks_like(encoding: str, text: str) -> None:
    found = guesses(text.encode(encoding))
    assert text.encode(encoding).decode(found[0].encoding) == text
    assert 0 < found[0].chance < 100


def test_a_mark_is_certain() -> None:
    assert guesses("a".encode("utf-16")) == (Guess("utf-16", 100),)
    assert guesses("a".encode("utf-32")) == (Guess("utf-32", 100),)
    assert guesses(b"plain") == guesses("naïve café ".encode()) == ()


@given(st.binary(max_size=300))
def test_any_bytes_look_like_something_offered_or_like_nothing(content: bytes) -> None:
    assert all(one.encoding in VALUES and 0 < one.chance <= 100 for one in guesses(content))
    assert len(advice(content)) < 200


def test_the_advice_names_what_the_file_looks_like() -> None:
    content = b"Title\r\n" + RUSSIAN.encode("windows-1251")
    ((_, line, reason),) = problems(read("a.txt", content))
    assert line == 2
    assert reason == (
        "Byte 0xCC is not UTF-8. The file looks like windows-1251: choose that as its encoding, "
        "or save it as UTF-8."
    )


def test_so_does_that_of_a_single_line() -> None:
    lines = '{"text": "plain"}\n' + f'{{"text": "{RUSSIAN}"}}\n'
    found = read("a.jsonl", lines.encode("windows-1251"))
    assert isinstance(found[0], ParsedArticle)
    ((_, line, reason),) = problems(found)
    assert line == 2
    assert "looks like windows-1251" in reason


def test_a_byte_that_went_wrong_in_utf8_is_not_taken_for_another_encoding() -> None:
    content = RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()
    ((_, _, reason),) = problems(read("a.txt", content))
    assert reason == "Byte 0xFF is not UTF-8. What is around it is UTF-8: mend this place."
