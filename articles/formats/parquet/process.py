"""The process in which a Parquet file is taken apart: `python -m` this module, with the number of a file.

A damaged file can crash the library, and a small one can unpack to more than there is memory: both end this
process and no other. It answers on its standard output, as `documents.process` does and as confined.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

from annotator.lib.confined.inside import confine, pipes, restrain, send
from articles.formats.common.text import BadText
from articles.formats.documents.process import MAX_MEMORY, MAX_SECONDS
from articles.formats.parquet.guards import (
    readable_columns,
    require_modest,
    require_modest_batch,
    text_columns,
)

if TYPE_CHECKING:
    from pyarrow import parquet  # type: ignore[import-untyped]

ROWS_AT_ONCE = 64
Answer = dict[str, Any]


def main() -> None:
    _, out = pipes()
    confine(MAX_MEMORY)
    for answer in answers(os.fdopen(int(sys.argv[1]), "rb")):
        send(out, orjson.dumps(answer, default=str))
        restrain(MAX_SECONDS)


def answers(content: BinaryIO) -> Iterator[Answer]:
    """First `columns` and `notes`, from the footer; then `rows`, some at a time; then `end`. Or `problem`."""
    try:
        with _errors_as_bad_text():
            table = _opened(content)
            notes = (table.metadata.metadata or {}).get(b"huggingface", b"")
            columns = readable_columns(table)
            yield {"columns": columns, "notes": notes.decode("utf-8", "replace")}
            for batch in table.iter_batches(ROWS_AT_ONCE, columns=columns, use_threads=False):
                require_modest_batch(batch)
                yield {"rows": batch.to_pylist()}
        yield {"end": True}
    except BadText as error:
        yield {"problem": str(error)}


def _opened(content: BinaryIO) -> parquet.ParquetFile:
    """Raises BadText for what is not a modest file."""
    from pyarrow import parquet

    table = parquet.ParquetFile(content, pre_buffer=False)
    require_modest(table)
    return parquet.ParquetFile(content, pre_buffer=False, read_dictionary=text_columns(table))


@contextmanager
def _errors_as_bad_text() -> Iterator[None]:
    try:
        yield
    except BadText:
        raise
    except ImportError as error:
        raise BadText(f"Reading this format needs {error.name}. Install the extra 'formats'.") from error
    except MemoryError as error:
        raise BadText("Reading this file takes more memory than a file may take. Split it.") from error
    except Exception as error:  # the library raises many kinds, by what is wrong
        reason = str(error).partition("\n")[0][:150].rstrip(".")
        raise BadText(f"This is not Parquet that can be read: {reason}.") from error


if __name__ == "__main__":
    main()
