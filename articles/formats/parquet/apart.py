"""The rows of a Parquet file, taken out of it by a process of its own (`process`)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import orjson

from annotator.lib.confined.inside import receive
from annotator.lib.confined.outside import ROOT, environment
from articles.formats.common.text import BadText
from articles.formats.documents.apart import why_ended
from articles.formats.documents.process import MAX_SECONDS
from articles.formats.parquet.process import Answer
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
        yield from rows_told(_answers(file.fileno()))


def rows_told(answers: Iterable[Answer]) -> Iterator[Columns | Row]:
    """The same of the `answers` of `process`."""
    for answer in answers:
        if "problem" in answer:
            raise BadText(answer["problem"])
        if "columns" in answer:
            yield Columns(answer["columns"], answer["notes"])
        yield from answer.get("rows", ())


def _answers(descriptor: int) -> Iterator[Answer]:
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
                yield answer
        finally:
            process.kill()


def _next_answer(process: subprocess.Popen[bytes]) -> Answer:
    assert process.stdout
    try:
        return orjson.loads(receive(process.stdout))  # type: ignore[arg-type, no-any-return]
    except EOFError:
        raise BadText(why_ended(process.wait(), MAX_SECONDS)) from None
