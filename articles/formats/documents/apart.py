"""Parsers that may take any time and memory, for files of strangers, run apart: in a confined process."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from annotator.lib.confined.outside import OUT_OF_TIME, Pool
from articles.formats.common.text import BadText
from articles.formats.documents.process import MAX_SECONDS

Record = Mapping[str, Any]
pool = Pool("articles.formats.documents.process")


def parse_apart(parser: str, content: bytes, encoding: str, seconds: float = MAX_SECONDS) -> Sequence[Record]:
    """What one of `process.PARSERS` finds in a file, within so many seconds of computing.

    Raises BadText: what the parser says against the file, or that it took too long or broke down.
    """
    process = pool.take()
    try:
        process.send(parser.encode(), encoding.encode(), str(seconds).encode(), content)
        answer = json.loads(process.receive())
    except (OSError, EOFError):
        raise BadText(why_ended(process.end(), seconds)) from None
    if answer["is_last"]:
        process.end()
    else:
        pool.put_back(process)
    if "problem" in answer:
        raise BadText(answer["problem"], answer["line"])
    records: Sequence[Record] = answer["records"]
    return records


def why_ended(code: int, seconds: float) -> str:
    if code in OUT_OF_TIME:
        return f"Reading this file takes more than {seconds:g} seconds. Split it, or save it as plain text."
    return "This file breaks the program that reads it. Save it anew, or as plain text."
