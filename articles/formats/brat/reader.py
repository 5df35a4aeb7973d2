"""Texts and annotations brought together by their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.formats.base import Found, Problem, Reader
from articles.formats.brat.annotations import Annotations
from articles.formats.common.source import Source
from articles.formats.common.standoff import Draft
from articles.formats.common.text import BadText

TEXT, ANNOTATIONS = ".txt", ".ann"


class BratReader(Reader):
    format = "brat"
    title = "brat (.txt and .ann)"
    extensions = (TEXT, ANNOTATIONS)
    companions = (ANNOTATIONS, "annotation.conf", "visual.conf", "tools.conf", "kb_shortcuts.conf")
    help = "Upload a zip of the folder: each .txt with the .ann of the same name."

    def read(self, file: Source) -> Iterator[Found]:
        return self.read_together([file])

    def read_together(self, files: Sequence[Source]) -> Iterator[Found]:
        annotations: dict[str, Source] = {}
        for file in _ending(files, ANNOTATIONS):
            if annotations.setdefault(_stem(file), file) is not file:
                yield Problem(file.name, None, "There are two files of this name.")
        for text in _ending(files, TEXT):
            beside = annotations.pop(_stem(text), None)
            yield _read(text, beside)
            for file in filter(None, (text, beside)):
                file.forget()
        for file in annotations.values():
            yield Problem(file.name, None, f"The text of these annotations, {_stem(file)}.txt, is missing.")


def _ending(files: Sequence[Source], ending: str) -> Iterator[Source]:
    return (file for file in files if file.name.lower().endswith(ending))


def _stem(file: Source) -> str:
    return file.name.rpartition(".")[0]


def _read(text: Source, annotations: Source | None) -> Found:
    reading = text
    try:
        draft = Draft(text.text())
        found = Annotations(draft)
        if annotations:
            reading = annotations
            found.read(annotations.text_lines())
    except BadText as error:
        return Problem(reading.name, error.line, str(error))
    metadata = {"file": text.name}
    return draft.article(text.name, metadata=metadata, talks=found.talks)
