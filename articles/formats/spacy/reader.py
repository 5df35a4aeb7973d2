"""spaCy's `.spacy` files (DocBin): each document is an article, and its number the line of a problem.

The text is that of the document; words whose spaces are not known are joined with one space. `doc.ents` and
the groups of `doc.spans` are taken together, each span once; `kb_id` is the attribute `link`. `doc.cats` of
at least one half are labels of the article. The tokens are kept. From `user_data` come `id`, `external_id`
and `metadata`, as our writer leaves them there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import orjson

from articles.formats.base import Found, Option, Problem, Reader
from articles.formats.common.json_records import Record, holds_nul
from articles.formats.common.record import article_from
from articles.formats.common.record_fields import BadRecord
from articles.formats.common.source import Source
from articles.formats.common.text import BadText
from articles.formats.spacy.docbin import Mention, PackedDoc, unpack_docs

CATEGORY_HOLDS = 0.5


class SpacyReader(Reader):
    format = "spacy"
    title = "spaCy (.spacy files, DocBin)"
    extensions = (".spacy",)
    options = (
        Option("spans_key", "Keys of doc.spans", help="Separated by commas. Empty: all, and doc.ents."),
    )

    def read(self, file: Source) -> Iterator[Found]:
        try:
            for number, doc in enumerate(unpack_docs(file.content()), start=1):
                yield self._article(file.name, number, doc)
        except ImportError:
            yield Problem(file.name, None, "spaCy is not installed here. Install the extra 'en'.")
        except BadText as error:
            yield Problem(file.name, error.line, str(error))

    def _article(self, name: str, number: int, doc: PackedDoc) -> Found:
        try:
            return article_from(self._record(doc), file=name, line=number)
        except BadRecord as error:
            return Problem(name, number, str(error))

    def _record(self, doc: PackedDoc) -> Record:
        pieces = [word + " " * space for word, space in zip(doc.words, doc.spaces, strict=True)]
        starts = list(accumulate(map(len, pieces), initial=0))
        bounds = [[start, start + len(word)] for start, word in zip(starts, doc.words, strict=False)]
        return {
            "id": doc.notes.get("id"),
            "external_id": doc.notes.get("external_id"),
            "text": "".join(pieces),
            "metadata": _metadata(doc.notes.get("metadata")),
            "spans": [_span(one, bounds) for one in self._mentions(doc)],
            "labels": [name for name, value in doc.cats.items() if value >= CATEGORY_HOLDS],
            "tokens": {"bounds": bounds, "sentences": sorted({0, *doc.sentence_starts})},
        }

    def _mentions(self, doc: PackedDoc) -> list[Mention]:
        """Each once; one with a link before the same without."""
        keys = {key.strip() for key in self.chosen["spans_key"].split(",")} - {""}
        found = [] if keys else list(doc.entities)
        found += [one for key, group in doc.groups.items() if not keys or key in keys for one in group]
        once: dict[tuple[int, int, str], Mention] = {}
        for one in found:
            place = (one.first, one.end, one.label)
            if place not in once or not once[place].link:
                once[place] = one
        return list(once.values())


def _span(one: Mention, bounds: list[list[int]]) -> Record:
    attributes = {"link": one.link} if one.link else {}
    place = {"start": bounds[one.first][0], "end": bounds[one.end - 1][1]}
    return {**place, "label": one.label, "attributes": attributes}


def _metadata(value: Any) -> Any:
    """As JSON knows it; what it does not know is somebody else's, and left out."""
    try:
        metadata = orjson.loads(orjson.dumps(value))
    except (orjson.JSONEncodeError, orjson.JSONDecodeError):
        return None
    return metadata if isinstance(metadata, dict) and not holds_nul(metadata) else None
