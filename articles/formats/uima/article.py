"""An article from a CAS, by the rules that the package states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from articles.formats.base import ParsedArticle
from articles.formats.common.limits import MAX_NODES
from articles.formats.common.offsets import UTF16, BadOffset, from_unit
from articles.formats.common.standoff import COREFERENCE, LINK, Draft
from articles.formats.common.text import BadText
from articles.formats.uima.cas import INITIAL_VIEW, Cas, FeatureStructure, View

DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
METADATA = f"{DKPRO}metadata.type.DocumentMetaData"
_PLACE = {"begin", "end", "sofa"}
OF_THE_TEXT = (
    "uima.cas.",
    "uima.tcas.DocumentAnnotation",
    f"{DKPRO}segmentation.type.Token",
    f"{DKPRO}segmentation.type.Sentence",
    f"{DKPRO}metadata.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
)
LINGUISTIC = tuple(f"{DKPRO}{package}." for package in ("segmentation", "lexmorph", "syntax", "anomaly"))
NOT_READ = "parts of speech, syntax and the like"
_OFFSET = re.compile("[0-9]{1,9}")
_WEB_ADDRESS = re.compile("https?://.*")
# The feature's name and what it refers to.
Reference = tuple[str, FeatureStructure]


def article_from(cas: Cas, file: str) -> ParsedArticle:
    """Raises BadText with the line."""
    view = _chosen(cas)
    reading = _Reading(cas, view)
    reading.read()
    reading.draft.dropped["texts of further views"] += sum(one.text is not None for one in cas.views) - 1
    return reading.draft.article(file, **_named_fields(cas, view, file))


def _chosen(cas: Cas) -> View:
    with_text = [view for view in cas.views if view.text is not None]
    if not with_text:
        raise BadText("No view of this file has a text.")
    return next((view for view in with_text if view.name == INITIAL_VIEW), with_text[0])


def _named_fields(cas: Cas, view: View, file: str) -> dict[str, Any]:
    found: dict[str, str | bool] = {}
    for id_ in view.members:
        one = cas.structures.get(id_)
        if one and one.type in (METADATA, "uima.tcas.DocumentAnnotation"):
            found |= one.values
    address = str(found.get("documentUri", ""))
    language = str(found.get("language", ""))
    return {
        "title": str(found.get("documentTitle", "")),
        "language": "" if language == "x-unspecified" else language,
        "url": address if _WEB_ADDRESS.fullmatch(address) else "",
        "metadata": {"file": file, **({"document_id": found["documentId"]} if "documentId" in found else {})},
    }


class _Reading:
    def __init__(self, cas: Cas, view: View) -> None:
        self.draft = Draft(view.text or "")
        self._cas = cas
        self._members = [cas.structures[id_] for id_ in view.members if id_ in cas.structures]
        self._convert = from_unit(self.draft.text, UTF16)
        self._known: dict[str, list[Reference]] = {}
        self._budget = MAX_NODES

    def read(self) -> None:
        annotated = [one for one in self._members if not one.type.startswith(OF_THE_TEXT)]
        ours = [one for one in annotated if not one.type.startswith(LINGUISTIC)]
        self.draft.dropped[NOT_READ] += len(annotated) - len(ours)
        relations = [one for one in ours if self._ends(one)]
        spans = [one for one in ours if one.is_annotation and not self._ends(one)]
        for one in spans:
            self._add_span(one)
        for one in spans:
            self._add_references(one)
        for one in relations:
            self._add_relation(one)

    def _resolved(self, one: FeatureStructure) -> Iterator[Reference]:
        """What it refers to; what an array holds as if it stood here."""
        for name, ids in one.references.items():
            for id_ in ids if name != "sofa" else ():
                target = self._cas.structures.get(id_)
                held = target.references.get("elements") if target else None
                for inner in held or (id_,):
                    if inner in self._cas.structures:
                        yield name, self._cas.structures[inner]

    def _references(self, one: FeatureStructure) -> list[Reference]:
        if one.id not in self._known:
            self._known[one.id] = list(islice(self._resolved(one), self._budget + 1))
            # Few arrays may be long, and many structures refer to them: the product is what counts.
            self._budget -= len(self._known[one.id])
            if self._budget < 0:
                raise BadText(f"There are more than {MAX_NODES:,} references.", one.line)
        return self._known[one.id]

    def _ends(self, one: FeatureStructure) -> list[FeatureStructure]:
        """The two annotations that a relation links; empty for what is none."""
        ends = [(name, target) for name, target in self._references(one) if target.is_annotation]
        by_name = dict(ends)
        if {"Governor", "Dependent"} <= by_name.keys():
            return [by_name["Governor"], by_name["Dependent"]]
        return [target for _, target in ends] if len(ends) == len(by_name) == 2 else []

    def _add_span(self, one: FeatureStructure) -> None:
        place = self._offset(one, "begin"), self._offset(one, "end")
        self.draft.add_span(one.id, _kind(one), [place], one.line)
        for name, value in _attributes(one).items():
            self.draft.set_attribute(one.id, name, value)

    def _add_references(self, one: FeatureStructure) -> None:
        for name, target in self._references(one):
            if target.is_annotation:
                self.draft.relate(COREFERENCE if name == "next" else name, one.id, target.id, one.line)
            elif slot := [link for feature, link in self._references(target) if feature == "target"]:
                role = str(target.values.get("role") or name)
                self.draft.relate(role, one.id, slot[0].id, one.line)

    def _add_relation(self, one: FeatureStructure) -> None:
        source, target = self._ends(one)
        self.draft.relate(_kind(one), source.id, target.id, one.line, _attributes(one))

    def _offset(self, one: FeatureStructure, name: str) -> int:
        value = str(one.values[name])
        if not _OFFSET.fullmatch(value):
            raise BadText(f'"{name}" of {one.short_name:.40} is a whole number, not {value!r:.40}.', one.line)
        try:
            return self._convert(int(value))
        except BadOffset as error:
            raise BadText(str(error), one.line) from error


def _kind(one: FeatureStructure) -> str:
    value = one.values.get("value")
    return value if isinstance(value, str) and value else one.short_name


def _attributes(one: FeatureStructure) -> dict[str, Any]:
    names = {"identifier": LINK}
    return {
        names.get(name, name): value
        for name, value in one.values.items()
        if name not in _PLACE and value != "" and not (name == "value" and value == _kind(one))
    }
