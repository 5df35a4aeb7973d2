from __future__ import annotations

import pytest

from articles.domain.mentions import mentioned

TEAM = {"mara", "Rolf.Acme", "аня", "o@x", "mara-2"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@mara, is this a company?", {"mara"}),
        ("Ask @MARA.", {"mara"}),
        ("(@rolf.acme) and @mara-2", {"Rolf.Acme", "mara-2"}),
        ("@аня: посмотри", {"аня"}),
        ("@o@x", {"o@x"}),
        ("write to desk@mara.example", set()),
        ("@marabou and @ mara", set()),
        ("@@mara", set()),
        ("", set()),
    ],
)
def test_who_is_meant(text: str, found: set[str]) -> None:
    assert mentioned(text, TEAM) == found
