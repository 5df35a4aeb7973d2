"""The rows of a Parquet file, taken out of it by a process of its own (`process`)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import orjson

from annotator.lib.confined.inside import receive
from annotator.lib.confined.outside import ROOT, environment
from articles.formats.common.text import BadText
from articles.formats.documents.apart import why_ended
from articles.formats.documents.process import MAX_SECONDS
from articles.formats.parquet.table import Row


@dataclass(frozen=True, slots=True)
class Columns:
    """`names` of the columns, and `features`: what Hugging Face `datasets` noted of them, as JSON."""

    names: Sequence[str]
    features: str


def rows_apart(content: BinaryIO) -> Iterator[Columns | Row]:
    """First the columns, then the rows. Raises BadText for what cannot be read, or breaks what reads it."""
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(content, file)
        file.seek(0)
        yield from _answered(file.fileno())


def _answered(descriptor: int) -> Iterator[Columns | Row]:
    program = [sys.executable, "-X", "utf8", "-B", "-m", "articles.formats.parquet.process", str(descriptor)]
    # The library's usual pool takes more address space than the process may have.
    variables = {**environment(), "ARROW_DEFAULT_MEMORY_POOL": "system"}
    with subprocess.Popen(  # noqa: S603 - our own program
        program,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=variables,
        pass_fds=(descriptor,),
    ) as process:
        try:
            while "end" not in (answer := _next_answer(process)):
                if "columns" in answer:
                    yield Columns(answer["columns"], answer["notes"])
                yield from answer.get("rows", ())
        finally:
            process.kill()


def _next_answer(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdout
    try:
        answer: dict[str, Any] = orjson.loads(receive(process.stdout))  # type: ignore[arg-type]
    except EOFError:
        raise BadText(why_ended(process.wait(), MAX_SECONDS)) from None
    if "problem" in answer:
        raise BadText(answer["problem"])
    return answer
