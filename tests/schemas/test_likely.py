from __future__ import annotations

import pytest

from annotator.schemas.likely import likely_name

KNOWN = ["PERSON", "ORG", "GPE", "LOC", "WORK_OF_ART", "DATE"]


@pytest.mark.parametrize(
    ("name", "likely"),
    [
        ("PER", "PERSON"),
        ("person", "PERSON"),
        ("Organisation", "ORG"),
        ("LOCATION", "LOC"),
        ("city", "GPE"),
        ("schema:Person", "PERSON"),
        ("http://example.org/ontology/Organisation", "ORG"),
        ("Date", "DATE"),
        ("MISC", ""),
        ("PRODUCT", ""),
        ("", ""),
        ("person:", ""),
    ],
)
def test_the_name_that_another_tool_uses_for_the_same_thing(name: str, likely: str) -> None:
    assert likely_name(name, KNOWN) == likely


def test_nothing_is_likely_where_nothing_is_known() -> None:
    assert likely_name("PER", []) == ""
