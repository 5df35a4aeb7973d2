"""Options that formats of tokens have in common."""

from __future__ import annotations

from collections.abc import Mapping

from articles.formats.base import BadOption, Option
from articles.formats.common.tag_schemes import TITLES

AUTO = "auto"
READ_SCHEME = Option("scheme", "Tags are", ((AUTO, "recognised from the whole file"), *TITLES.items()))
SENTENCES = Option(
    "sentences",
    "Sentences in an article",
    help="A number. Empty: an article for each document that the file names, else one for the whole file.",
)
WRITE_SCHEME = Option("scheme", "Tags are", tuple(TITLES.items()))
TOKENS = Option(
    "tokens",
    "Articles that were imported with tokens",
    (
        ("file", "come as in that file: tokens, columns and scheme"),
        ("tokens", "keep their tokens, in the columns and scheme chosen here"),
        ("new", "get new tokens"),
    ),
)

KEEP_TOKENS = Option(
    "tokens",
    "Articles that were imported with tokens",
    (("tokens", "keep their tokens"), ("new", "get new tokens")),
)


def number_in(chosen: Mapping[str, str], name: str) -> int:
    """An option that is a number from 1, or 0 when it is empty. Raises BadOption."""
    value = chosen[name].strip()
    if value and not (value.isascii() and value.isdecimal() and int(value[:9])):
        raise BadOption(f"{name} is a number from 1.")
    return int(value[:9] or 0)
