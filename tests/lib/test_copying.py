from __future__ import annotations

import orjson
import pytest
from django.db import DataError, IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.lib.copying import copy_rows, copy_text, copy_text_rows

# Everything that PostgreSQL can keep in a text, with much of what COPY gives a meaning to.
SIGNS = st.sampled_from(
    ["\\", "\t", "\n", "\r", "\b", "\v", "\f", "\\N", "\\.", "\x01", "'", '"', "😀", "\u2028"]
)
TEXTS = st.lists(
    st.one_of(SIGNS, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
).map("".join)


@pytest.fixture
def table(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE kept (number int PRIMARY KEY, words text, data jsonb) ON COMMIT DROP"
        )


def kept() -> list[tuple[int, str, object]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, words, data FROM kept ORDER BY number")
        return [(number, words, orjson.loads(data)) for number, words, data in cursor.fetchall()]


COPY = "COPY kept (number, words, data) FROM STDIN"


@pytest.mark.usefixtures("table")
def test_odd_texts_arrive_as_they_were() -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(TEXTS, max_size=20))
    def check(texts: list[str]) -> None:
        rows = [(number, text, {text: [text, 1, None]}) for number, text in enumerate(texts)]
        lines = (
            f"{number}\t{copy_text(text)}\t{copy_text(orjson.dumps(data).decode())}\n"
            for number, text, data in rows
        )
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE kept")
        copy_text_rows(COPY, "".join(lines))
        assert kept() == rows
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE kept")
        copy_rows(COPY, [(number, text, orjson.dumps(data).decode()) for number, text, data in rows])
        assert kept() == rows

    check()


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize(
    ("row", "error"),
    [
        ((1, "twice", "{}"), IntegrityError),
        ((2, "no JSON", "{"), DataError),
        ((2, "NUL", '"\\u0000"'), DataError),
    ],
)
def test_what_the_database_refuses_is_an_error_that_django_knows(
    row: tuple[int, str, str], error: type[Exception]
) -> None:
    copy_rows(COPY, [(1, "first", "{}")])
    with pytest.raises(error), transaction.atomic():
        copy_rows(COPY, [row])
    with pytest.raises(error), transaction.atomic():
        copy_text_rows(COPY, "\t".join(copy_text(str(value)) for value in row) + "\n")
    assert kept() == [(1, "first", {})]
