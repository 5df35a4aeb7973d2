"""The process in which parsers of documents run, one document after another: `python -m` this module.

It reads requests from its standard input and answers on its standard output (see `apart`, which starts it).
It is confined: timers and limits of the operating system bound each document.
"""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from annotator.lib.confined.inside import (
    allow,
    confine,
    most_memory,
    pipes,
    requests_of,
    send,
)
from articles.formats.common.text import BadText

# Modules with a `parse(content, encoding)` that answers records and raises BadText.
PARSERS = {name: f"articles.formats.{name}" for name in ("docx", "feeds", "html", "mhtml", "pdf")}
MAX_SECONDS = 20  # of computing, for one document
MAX_WAIT = 120  # seconds by the clock, on a machine that is busy with other things
MAX_MEMORY = 1_500 * 2**20  # bytes of address space, of which Python and the parsers take 300 MB
# Parsers cache and leak: a process that has grown by this many bytes takes no further document.
_GROWN = 300 * 2**20


def main() -> None:
    requests, answers = pipes()
    confine(MAX_MEMORY)
    grown = most_memory() + _GROWN
    for parser, encoding, seconds, content in requests_of(requests, parts=4):
        allow(MAX_WAIT, float(seconds))
        answer = _answer(parser.decode(), content, encoding.decode())
        is_last = most_memory() > grown
        # Not orjson: parsers answer halves of surrogate pairs, and these are told on the other side.
        send(answers, json.dumps({**answer, "is_last": is_last}).encode())
        if is_last:
            return


def _answer(parser: str, content: bytes, encoding: str) -> dict[str, Any]:
    try:
        return {"records": import_module(PARSERS[parser]).parse(content, encoding)}
    except BadText as error:
        return _problem(str(error), error.line)
    except ImportError as error:
        return _problem(f"Reading this format needs {error.name}. Install the extra 'formats'.")
    except MemoryError:
        return _problem("Reading this file takes more memory than a file may take. Split it.")
    except RecursionError:
        return _problem("This file is nested too deeply to be read.")
    except Exception as error:  # parsers of strange files raise anything
        return _problem(f"This file is damaged, or not what it seems to be ({type(error).__name__}).")


def _problem(reason: str, line: int | None = None) -> dict[str, Any]:
    return {"problem": reason, "line": line}


if __name__ == "__main__":
    main()
