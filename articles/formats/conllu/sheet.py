"""What is kept with an article of a CoNLL-U file, so that the file can be given back: `Tokens.layout`.

It holds the file's `ConlluLayout` and in `sentences` the lines of each sentence as they stood.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from articles.formats.base import Tokens
from articles.formats.common.tag_schemes import SCHEMES
from articles.formats.common.text import BadText
from articles.formats.common.token_spans import ranges_of
from articles.formats.conllu.columns import Columns
from articles.formats.conllu.sentence import Sentence, parse_sentence

CONLLU = "conllu"


@dataclass(frozen=True, slots=True)
class ConlluLayout:
    """`header` is the file's first line when that names the columns, else empty."""

    columns: Columns
    scheme: str
    header: str

    def kept(self, sentences: Sequence[str]) -> dict[str, Any]:
        """This as `Tokens.layout`."""
        own = {"scheme": self.scheme, "header": self.header, "sentences": list(sentences)}
        return {"format": CONLLU, **asdict(self.columns), **own}

    @classmethod
    def of(cls, tokens: Tokens | None) -> ConlluLayout | None:
        """None for tokens of another format, and for a file without tags. What fits badly may come from a
        stranger's JSON Lines: `sentences_of` tells."""
        layout = tokens.layout if tokens else {}
        names = layout.get("names")
        if layout.get("format") != CONLLU or not isinstance(names, list):
            return None
        columns = Columns(
            tuple(map(str, names)), *(str(layout.get(name)) for name in ("tag", "key", "outside"))
        )
        scheme = str(layout.get("scheme"))
        fits = scheme in SCHEMES and columns.tag in columns.names
        return cls(columns, scheme, str(layout.get("header"))) if fits else None


def sentences_of(tokens: Tokens, layout: ConlluLayout) -> list[Sentence] | None:
    """The sentences as they stood, or None where these are not the tokens."""
    kept = tokens.layout.get("sentences")
    if not isinstance(kept, list) or not all(isinstance(one, str) for one in kept):
        return None
    try:
        # Only \n ends a line: other signs that do so elsewhere may stand in a form.
        lines = [list(io.StringIO(one, newline="\n")) for one in kept]
        sentences = [parse_sentence(one, 1, layout.columns, layout.scheme) for one in lines]
    except BadText:
        return None
    sizes = [end - first for first, end in ranges_of(tokens)]
    return sentences if [len(one.forms) for one in sentences] == sizes else None
