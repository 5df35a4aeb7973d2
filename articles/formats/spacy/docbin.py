"""A DocBin, the `.spacy` file, taken apart without spaCy's own reader.

It is msgpack packed by zlib: for each document a table of tokens with the hashes of their words and labels,
and groups of spans as packed numbers; all words stand in one list. spaCy's reader unpacks without limit, lets
hooks build arrays of any type, and believes the numbers of tokens that spans name, which then read past the
end of memory. Here sizes are bounded before they are believed, no hook runs, nothing is unpickled, and what
is not as it should be is a BadText with the number of the document.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any

from articles.formats.common.limits import MAX_TEXT, MAX_WHOLE
from articles.formats.common.tag_schemes import NO_TAG, mentions_of
from articles.formats.common.text import BadText

MAX_COUNT = 5_000_000  # members of one list or map
_BROKEN = "This is not a .spacy file (DocBin) that can be read"
# A span of a group: id, link, label, first token, one past the last, and the same in characters. The id came
# with spaCy 3.3.
_SPAN = struct.Struct(">QQQllll")
_OLD_SPAN = struct.Struct(">QQllll")
_INSIDE, _BEGINS = 1, 3  # of an entity


@dataclass(frozen=True, slots=True)
class Mention:
    """A span by its tokens, `[first, end)`."""

    first: int
    end: int
    label: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class PackedDoc:
    """A document as it lies in the file. `spaces` says which words are followed by one."""

    words: Sequence[str]
    spaces: Sequence[bool]
    sentence_starts: tuple[int, ...]
    entities: tuple[Mention, ...]
    groups: Mapping[str, tuple[Mention, ...]]
    cats: Mapping[str, float]
    notes: Mapping[str, Any] = field(default_factory=dict)


def unpack_docs(content: bytes) -> Iterator[PackedDoc]:
    """The documents in their order. Raises BadText, and ImportError without spaCy."""
    table = _Table(_unpacked(_inflated(content)))
    for number, (start, end) in enumerate(table.documents()):
        try:
            yield table.doc(number, start, end)
        except BadText as error:
            raise BadText(str(error), number + 1) from error
        except (ValueError, LookupError, TypeError, AttributeError, struct.error) as error:
            raise BadText(_broken(error), number + 1) from error


def _inflated(content: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        inflated = unpacking.decompress(content, MAX_WHOLE + 1)
    except zlib.error as error:
        raise BadText(_broken(error)) from error
    if len(inflated) > MAX_WHOLE:
        raise BadText(f"Unpacked, this has more than {MAX_WHOLE // 2**20} MB. Save fewer docs in a file.")
    if not unpacking.eof:
        raise BadText(_broken("it ends too early"))
    return inflated


def _unpacked(packed: bytes, *, use_list: bool = True) -> Any:
    """Raises BadText."""
    from srsly import msgpack  # type: ignore[import-untyped]

    try:
        return msgpack.unpackb(
            packed,
            raw=False,
            use_list=use_list,
            # Without a hook of ours it adds its own, which build arrays.
            object_pairs_hook=dict,
            # It makes room for what a length announces, and each thing that follows takes a byte at least.
            max_array_len=min(MAX_COUNT, len(packed)),
            max_map_len=min(MAX_COUNT, len(packed)),
        )
    except Exception as error:  # it raises many kinds, by what is wrong
        raise BadText(_broken(error)) from error


class _Table:
    """The tokens of all documents, a row each. Raises BadText when the parts do not fit each other."""

    def __init__(self, packed: Any) -> None:
        from spacy import attrs

        columns = packed.get("attrs") if isinstance(packed, dict) else None
        if not isinstance(columns, list) or attrs.ORTH not in columns:
            raise BadText(_broken("it does not say what it holds"))
        self._packed: dict[Any, Any] = packed
        self._width = len(columns)
        self._place = {name: columns.index(id_) for name, id_ in attrs.IDS.items() if id_ in columns}
        self._strings = _strings(packed.get("strings"))
        self._tokens, self._spaces = _numbers(packed, "tokens", "Q"), _numbers(packed, "spaces", "?")
        self._lengths = _numbers(packed, "lengths", "i").tolist()
        count = sum(self._lengths)
        fits = len(self._tokens) == count * self._width and len(self._spaces) == count
        if not fits or min(self._lengths, default=0) < 0:
            raise BadText(_broken("its parts have different lengths"))

    def documents(self) -> Iterator[tuple[int, int]]:
        """For each document its first token, and one past its last."""
        return pairwise(accumulate(self._lengths, initial=0))

    def doc(self, number: int, start: int, end: int) -> PackedDoc:
        """Raises BadText, and what Python raises for values that are not as they should be."""
        flags, cats = self._part("flags", number, {}), self._part("cats", number, {})
        spaces: list[bool] = self._spaces[start:end].tolist()  # type: ignore[assignment]
        if flags.get("has_unknown_spaces"):
            spaces = [True] * (end - start - 1) + [False]
        words = tuple(self._words("ORTH", start, end))
        if sum(map(len, words)) > MAX_TEXT:
            raise BadText(f"An article has at most {MAX_TEXT:,} characters.")
        return PackedDoc(
            words,
            spaces,
            tuple(place for place, value in enumerate(self._column("SENT_START", start, end)) if value == 1),
            tuple(self._entities(start, end)),
            self._groups(self._part("span_groups", number, b""), end - start),
            {name: float(value) for name, value in cats.items() if isinstance(name, str)},
            _notes(self._part("user_data", number, None)),
        )

    def _part(self, name: str, number: int, otherwise: Any) -> Any:
        parts = self._packed.get(name)
        return parts[number] if parts else otherwise

    def _column(self, name: str, start: int, end: int) -> Sequence[int]:
        """A value for each token; 0 for what the file does not have."""
        if name not in self._place:
            return [0] * (end - start)
        return self._tokens[
            start * self._width + self._place[name] : end * self._width : self._width
        ].tolist()

    def _words(self, name: str, start: int, end: int) -> Iterator[str]:
        return (self._strings[hash_] for hash_ in self._column(name, start, end))

    def _entities(self, start: int, end: int) -> Iterator[Mention]:
        """Tags B and I with a label, as in IOB2; an I that continues nothing begins an entity."""
        letters = self._column("ENT_IOB", start, end)
        labels, links = list(self._words("ENT_TYPE", start, end)), list(self._words("ENT_KB_ID", start, end))
        tags = [
            ("BI"[letter == _INSIDE], label) if label and letter in (_INSIDE, _BEGINS) else NO_TAG
            for letter, label in zip(letters, labels, strict=True)
        ]
        for first, last, label in mentions_of(tags):
            yield Mention(first, last, label, links[first])

    def _groups(self, packed: bytes, count: int) -> dict[str, tuple[Mention, ...]]:
        """By key. Old files have a list of groups with their names, later ones a map from groups to keys."""
        found: dict[str, tuple[Mention, ...]] = {}
        groups = _unpacked(packed) if packed else {}
        for group in groups:
            content = _unpacked(group)
            keys = groups[group] if isinstance(groups, dict) else [content["name"]]
            mentions = tuple(self._mention(span, count) for span in content["spans"])
            found |= {str(key): mentions for key in keys}
        return found

    def _mention(self, packed: bytes, count: int) -> Mention:
        shape = _SPAN if len(packed) == _SPAN.size else _OLD_SPAN
        link, label, first, end = shape.unpack(packed)[-6:-2]
        if not 0 <= first < end <= count:
            raise BadText(_broken(f"a span names the tokens {first}-{end}, and there are {count}"))
        return Mention(first, end, self._strings[label], self._strings.get(link, ""))


def _strings(value: Any) -> dict[int, str]:
    """Words by the numbers that stand for them."""
    from spacy.strings import StringStore

    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadText(_broken("it has no list of words"))
    store = StringStore()
    return {store.add(word): word for word in ("", *value)}


def _numbers(packed: dict[Any, Any], name: str, kind: str) -> memoryview:
    """Raises BadText."""
    value = packed.get(name)
    if not isinstance(value, bytes) or len(value) % struct.calcsize(kind):
        raise BadText(_broken(f"{name} is no row of numbers"))
    return memoryview(value).cast("B").cast(kind)  # type: ignore[call-overload, no-any-return]


def _notes(packed: Any) -> dict[str, Any]:
    """What the user's data says by name; other tools keep much else there."""
    notes = _unpacked(packed, use_list=False) if isinstance(packed, bytes) else {}
    return {name: value for name, value in dict(notes).items() if isinstance(name, str)}


def _broken(why: object) -> str:
    reason = str(why).partition("\n")[0][:150].rstrip(".")
    return f"{_BROKEN}: {reason or type(why).__name__}."
