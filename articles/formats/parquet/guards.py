"""Whether a Parquet file is what it seems: a small one may unpack to more than there is memory, by packing,
by dictionaries whose long entries many rows name, and by runs that repeat one value a million times.

What the footer says is believed: a file that lies there, or that repeats a long text within a list, is
stopped only when its rows are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from articles.formats.common.limits import MAX_ARTICLES, MAX_RATIO
from articles.formats.common.text import BadText

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped]
    from pyarrow import parquet

MAX_GROUP = 2**30  # unpacked bytes of a row group
MAX_VALUES = 200_000_000  # in a row group
MAX_BATCH = 256 * 2**20  # bytes of the texts of a batch of rows
MAX_NESTED = 6  # lists and structs within each other, in a column
_MEGABYTE = 2**20


def require_modest(file: parquet.ParquetFile) -> None:
    """By what the footer says. Raises BadText."""
    metadata = file.metadata
    if metadata.num_rows > MAX_ARTICLES:
        raise BadText(f"A file holds at most {MAX_ARTICLES:,} articles. Split it.")
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        columns = [group.column(place) for place in range(group.num_columns)]
        unpacked = sum(column.total_uncompressed_size for column in columns)
        packed = sum(column.total_compressed_size for column in columns)
        if unpacked > MAX_GROUP or sum(column.num_values for column in columns) > MAX_VALUES:
            raise BadText(f"Row group {number + 1} holds too much at once. Write smaller row groups.")
        if unpacked > max(packed, 1) * MAX_RATIO and unpacked > _MEGABYTE:
            raise BadText("This file is packed so tightly that it looks like a trap. It was not read.")


def readable_columns(file: parquet.ParquetFile) -> list[str]:
    """The columns that hold texts, numbers, dates, and lists and structs of these."""
    return [field.name for field in file.schema_arrow if _is_readable(field.type, MAX_NESTED)]


def text_columns(file: parquet.ParquetFile) -> list[str]:
    """The columns of texts. Read as dictionaries, each text is there once, however many rows name it; pyarrow
    cannot do so within lists and structs."""
    return [field.name for field in file.schema_arrow if _is_text(field.type)]


def require_modest_batch(batch: pyarrow.RecordBatch) -> None:
    """Before its values are taken. Raises BadText."""
    from pyarrow import compute

    size = 0
    for texts in (found for column in batch.columns for found in _texts(column)):
        entries = texts.dictionary if hasattr(texts, "dictionary") else texts
        if compute.any(compute.match_substring(entries, "\0")).as_py():
            raise BadText("There is a NUL character, which no text may hold.")
        lengths = compute.cast(compute.binary_length(entries), "int64")
        if entries is not texts:
            lengths = compute.take(lengths, texts.indices)
        size += compute.sum(lengths).as_py() or 0
    if size > MAX_BATCH:
        raise BadText(f"Rows that follow each other hold more than {MAX_BATCH // _MEGABYTE} MB of text.")


def _is_readable(kind: pyarrow.DataType, depth: int) -> bool:
    from pyarrow import types

    if types.is_struct(kind) or _is_list(kind):
        inner = [kind.field(place).type for place in range(kind.num_fields)]
        return depth > 0 and all(_is_readable(one, depth - 1) for one in inner)
    plain = (types.is_integer, types.is_floating, types.is_boolean, types.is_date, types.is_timestamp)
    return _is_text(kind) or any(is_plain(kind) for is_plain in (*plain, types.is_null))


def _is_list(kind: pyarrow.DataType) -> bool:
    from pyarrow import types

    return bool(types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind))


def _texts(array: pyarrow.Array) -> Iterator[pyarrow.Array]:
    """All arrays of texts in it. It has been looked at how deep they may lie."""
    from pyarrow import types

    kind = array.type
    if types.is_struct(kind):
        for place in range(kind.num_fields):
            yield from _texts(array.field(place))
    elif _is_list(kind):
        yield from _texts(array.flatten())
    elif _is_text(kind):
        yield array


def _is_text(kind: pyarrow.DataType) -> bool:
    from pyarrow import types

    value = kind.value_type if types.is_dictionary(kind) else kind
    return bool(types.is_string(value) or types.is_large_string(value))
