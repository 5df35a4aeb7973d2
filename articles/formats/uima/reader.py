"""XMI files with the type system of their folder, and JSON files that hold their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from articles.formats.base import Found, Problem, Reader
from articles.formats.common.source import Source
from articles.formats.common.text import BadText
from articles.formats.uima.article import article_from
from articles.formats.uima.cas import Cas
from articles.formats.uima.json import STRUCTURES, read_json_cas
from articles.formats.uima.types import TypeSystem, read_type_system
from articles.formats.uima.xmi import read_xmi

_TYPE_SYSTEM = "typesystem.xml"
# As much of the start of a file as is surely there before anything is said of the text.
_START = 2000


class XmiReader(Reader):
    format = "uima-xmi"
    title = "UIMA CAS XMI (INCEpTION, WebAnno, DKPro)"
    extensions = (".xmi",)
    companions = (_TYPE_SYSTEM,)
    help = "Upload a zip of .xmi files with their TypeSystem.xml."

    def recognises(self, file: Source) -> bool:
        return b"<xmi:XMI" in file.head[:_START]

    def read(self, file: Source) -> Iterator[Found]:
        return self.read_together([file])

    def read_together(self, files: Sequence[Source]) -> Iterator[Found]:
        systems = {_folder(file.name): file for file in files if _is_type_system(file)}
        documents = (file for file in files if not _is_type_system(file))
        for nearest, group in groupby(documents, key=lambda file: _nearest(systems, file)):
            types = TypeSystem()
            if nearest:
                try:
                    types = read_type_system(nearest)
                except BadText as error:
                    yield Problem(nearest.name, error.line, str(error))
            for file in group:
                yield _read(file, partial(read_xmi, types=types))
                file.forget()


class CasJsonReader(Reader):
    format = "uima-json"
    title = "UIMA CAS JSON (INCEpTION, DKPro)"
    extensions = (".json",)

    def recognises(self, file: Source) -> bool:
        start = file.head[:_START]
        return b'"%TYPES"' in start or f'"{STRUCTURES}"'.encode() in start

    def read(self, file: Source) -> Iterator[Found]:
        yield _read(file, read_json_cas)


def _read(file: Source, load: Callable[[Source], Cas]) -> Found:
    try:
        return article_from(load(file), file.name)
    except BadText as error:
        return Problem(file.name, error.line, str(error))


def _is_type_system(file: Source) -> bool:
    return file.name.lower().endswith(_TYPE_SYSTEM)


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def _nearest(systems: Mapping[str, Source], file: Source) -> Source | None:
    """The type system of the file's folder, else of the folders above it."""
    folder = _folder(file.name)
    while folder and folder not in systems:
        folder = _folder(folder)
    return systems.get(folder)
