"""Layouts that come with tokens may be a stranger's: writers take them or do without, and never fall."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.base import ExportArticle, Tokens
from articles.formats.common.tag_schemes import SCHEMES
from tests.articles.formats.builders import exported, make_article, read_articles, write

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 3) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)


def layout_from(file_format: str, content: bytes) -> dict[str, Any]:
    (article,) = read_articles("a", content, file_format)
    tokens = exported(article).tokens
    assert tokens
    return dict(tokens.layout)


SOUND = [
    layout_from("conll", b"Mara O\nleft O\n"),
    layout_from("conllu", b"# global.columns = ID FORM NE\n1\tMara\tB-PER\n2\tleft\tO\n\n"),
]


def with_tokens(tokens: Tokens) -> ExportArticle:
    return replace(make_article("Mara left", (0, 4, "PER")), tokens=tokens)


@pytest.mark.parametrize("file_format", ["conll", "conllu"])
@given(JSON, st.data())
def test_any_layout_gives_a_file_with_all_words(file_format: str, value: Any, data: st.DataObject) -> None:
    sound = data.draw(st.sampled_from(SOUND))
    layout = {**sound, data.draw(st.sampled_from(sorted(sound))): value}
    columns = data.draw(st.sampled_from([{}, {"x": ["a", "b"]}, {"2": ["a", "b"]}, {"9": ["a", "b"]}]))
    article = with_tokens(Tokens(((0, 4), (5, 9)), (0,), columns, layout))
    content, report = write(file_format, article, scheme=data.draw(st.sampled_from(sorted(SCHEMES))))
    assert report.articles == 1
    assert b"Mara" in content
    assert b"left" in content


def test_tokens_of_another_format_are_kept_and_its_layout_is_not() -> None:
    article = with_tokens(Tokens(((0, 2), (2, 4), (5, 9)), (0, 2), {}, {"format": "webanno"}))
    content, _ = write("conll", article, columns="two")
    assert content == b"-DOCSTART- O\n\nMa B-PER\nra I-PER\n\nleft O\n\n"
    content, _ = write("conllu", article, columns="few")
    assert b"1\tMa\tSpaceAfter=No\tB-PER\n2\tra\tSpacesAfter=\\s\tI-PER\n\n" in content
