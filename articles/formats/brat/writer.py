"""A folder that brat opens: the label schema as `annotation.conf`, and each article as `.txt` and `.ann`.

A span that runs across line breaks or tabs is cut there, as brat does it. Values and comments are brought to
one line. What says no (an attribute that is false) is not written: to brat it is the same as nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, pairwise
from typing import Any
from uuid import UUID

from annotator.schemas.definition import Definition
from articles.domain.chains import chains_of
from articles.domain.spans import Fragment, Relation, Span
from articles.formats.base import ExportArticle, FolderWriter, LossReport, Talk
from articles.formats.brat.annotations import BREAKS, EQUIVALENCE, is_cut
from articles.formats.brat.conf import conf_from_definition
from articles.formats.common.names import file_stem
from articles.formats.common.standoff import COREFERENCE, LINK

_WHITE_SPACE = re.compile(r"\s+")
_BREAK = re.compile(f"[{''.join(BREAKS)}]+")
_KNOWLEDGE_BASE_ID = re.compile(r"[^\s:]+:\S+")


class BratWriter(FolderWriter):
    format = "brat"
    title = "brat (.txt and .ann in a zip)"
    extension = "-brat.zip"
    help = "Unpack it into brat's data folder. Chains become Equiv, links normalizations, comments notes."

    def files(self, articles: Iterable[ExportArticle]) -> Iterator[tuple[str, bytes]]:
        yield "annotation.conf", conf_from_definition(self.definition).encode()
        for article in articles:
            stem = file_stem(article)
            yield f"{stem}.txt", article.text.encode()
            yield f"{stem}.ann", "".join(_AnnFile(article, self.definition, self.report).lines()).encode()

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        """All but what line breaks within spans cost, which only the texts tell."""
        report = LossReport()
        for article in articles:
            for _ in _AnnFile(article, self.definition, report).lines():
                pass
        return report


class _AnnFile:
    """One article's annotations as lines, and what they cannot say in the report."""

    def __init__(self, article: ExportArticle, definition: Definition, report: LossReport) -> None:
        self._article = article
        self._definition = definition
        self._report = report
        self._names: dict[UUID, str] = {}
        self._attribute_numbers = count(1)
        self._link_numbers = count(1)
        self._note_numbers = count(1)

    def lines(self) -> Iterator[str]:
        article, report = self._article, self._report
        for span in article.spans:
            yield from self._span_lines(span)
        links, members = self._parted(article.relations)
        for number, one in enumerate(links, start=1):
            yield from self._relation_lines(f"R{number}", one)
        for kind, relations in members.items():
            yield from self._chain_lines(kind, relations)
        for talk in article.talks:
            yield from self._note_lines(talk)
        report.articles += 1
        report.spans_written += len(self._names)
        report.drop("article labels", len(article.labels))

    def _span_lines(self, span: Span) -> Iterator[str]:
        pieces = _cut(span, self._article.text)
        if not pieces:
            self._report.drop("spans of white space")
            return
        self._report.drop("white space at the ends of spans", not _keeps_ends(span, pieces))
        self._report.drop("gaps of white space", _gaps_of_space(span, self._article.text))
        self._report.drop("white space at the ends of pieces", _pieces_cut_short(span, self._article.text))
        name = self._names[span.id] = f"T{len(self._names) + 1}"
        places = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(self._article.text[start:end] for start, end in pieces)
        yield f"{name}\t{span.label} {places}\t{words}\n"
        for key, value in span.attributes.items():
            if key == LINK and _KNOWLEDGE_BASE_ID.fullmatch(str(value)):
                yield f"N{next(self._link_numbers)}\tReference {name} {value}\t{words}\n"
            else:
                yield from self._attribute_lines(name, key, value)

    def _attribute_lines(self, owner: str, key: str, value: Any) -> Iterator[str]:
        words = "" if value is True else self._one_line(str(value))
        self._report.drop("texts that read as true or false", value in ("true", "false"))
        if value is False:
            self._report.drop("attributes that are false")
        elif not words and value is not True:
            self._report.drop("attributes that are empty")
        else:
            yield f"A{next(self._attribute_numbers)}\t{key} {owner} {words}".rstrip() + "\n"

    def _parted(self, relations: Iterable[Relation]) -> tuple[list[Relation], Mapping[str, list[Relation]]]:
        """The relations whose ends are written: links, and by their type those that make chains."""
        links, members = [], defaultdict[str, list[Relation]](list)
        for one in relations:
            if one.source not in self._names or one.target not in self._names:
                self._report.drop("relations")
            elif self._is_chain(one.type):
                self._report.drop("relations' attributes", len(one.attributes))
                members[one.type].append(one)
            else:
                links.append(one)
        return links, members

    def _is_chain(self, kind: str) -> bool:
        known = self._definition.relations_by_name.get(kind)
        return known.chain if known else kind == COREFERENCE

    def _relation_lines(self, name: str, one: Relation) -> Iterator[str]:
        ends = f"Arg1:{self._names[one.source]} Arg2:{self._names[one.target]}"
        yield f"{name}\t{one.type} {ends}\n"
        for key, value in one.attributes.items():
            yield from self._attribute_lines(name, key, value)

    def _chain_lines(self, kind: str, relations: list[Relation]) -> Iterator[str]:
        places = {span: place for place, span in enumerate(self._names)}
        for chain in chains_of(relations):
            names = " ".join(self._names[span] for span in sorted(chain, key=places.__getitem__))
            yield f"*\t{EQUIVALENCE if kind == COREFERENCE else kind} {names}\n"

    def _note_lines(self, talk: Talk) -> Iterator[str]:
        name = self._name_of(talk)
        if name is None:
            self._report.drop("comments that are not on a span", len(talk.remarks))
            return
        for remark in talk.remarks:
            self._report.drop("comments' authors and times", bool(remark.author or remark.created_at))
            yield f"#{next(self._note_numbers)}\tAnnotatorNotes {name}\t{self._one_line(remark.text)}\n"

    def _name_of(self, talk: Talk) -> str | None:
        """The span that a thread was begun at, else the first one of the same words."""
        if talk.span in self._names:
            return self._names[talk.span]
        place = (talk.start, talk.end)
        found = (span.id for span in self._article.spans if (span.start, span.end) == place)
        return next((self._names[id_] for id_ in found if id_ in self._names), None)

    def _one_line(self, words: str) -> str:
        line = _BREAK.sub(" ", words).strip()
        self._report.drop("line breaks in values and comments", line != words)
        return line


def _cut(span: Span, text: str) -> list[Fragment]:
    """The span's pieces, none of which holds a line break or tab. Without the text, as they are."""
    whole = span.fragments or ((span.start, span.end),)
    return [piece for start, end in whole for piece in _cut_piece(text, start, end)]


def _cut_piece(text: str, start: int, end: int) -> Iterator[Fragment]:
    for gap in _WHITE_SPACE.finditer(text, start, end):
        if is_cut(text, *gap.span()):
            if start < gap.start():
                yield start, gap.start()
            start = gap.end()
    if start < end:
        yield start, end


def _keeps_ends(span: Span, pieces: list[Fragment]) -> bool:
    return (pieces[0][0], pieces[-1][1]) == (span.start, span.end)


def _gaps_of_space(span: Span, text: str) -> int:
    """How many gaps are where brat would cut the span anyway, so that no gap is to be seen in them."""
    return sum(is_cut(text, end, start) for (_, end), (start, _) in pairwise(span.fragments))


def _pieces_cut_short(span: Span, text: str) -> int:
    """How many of its pieces begin or end with white space that brat cuts away."""
    cut = [((start, end), list(_cut_piece(text, start, end))) for start, end in span.fragments]
    return sum(not pieces or (pieces[0][0], pieces[-1][1]) != piece for piece, pieces in cut)
