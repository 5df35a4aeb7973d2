"""Offices in German, French and Spanish, with what they are of, as they stand before a name:
"la ministra de Economía, Silvia Paredes", "le président français", "der Oberbürgermeister von Köln, ..."."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from articles.engines.newswire.offices import FRENCH_OFFICES, GERMAN_OFFICE, SPANISH_OFFICES
from articles.engines.newswire.patterns import alternatives
from articles.engines.newswire.peoples import is_people
from articles.engines.newswire.places import places

_ROMANCE = FRENCH_OFFICES + SPANISH_OFFICES
_AT_START = " ".join(office[0].upper() + office[1:] for office in _ROMANCE.split())
_CAPITAL = r"\p{Lu}[\p{L}\p{M}'’-]*+"
_OF = r"(?:de[ ]la[ ]|de[ ]las[ ]|de[ ]los[ ]|de[ ]l['’]|d['’]|des[ ]|de[ ]|del[ ]|du[ ])"
# What a minister has: "des Affaires étrangères", "de la Défense et de l'Intérieur".
_DEPARTMENT = rf"[ ]{_OF}{_CAPITAL}(?:[ ]\p{{Ll}}{{5,}}+)?(?:[ ](?:et|y|e)[ ](?:{_OF})?{_CAPITAL})?"
_ONE_DEPARTMENT = regex.compile(_DEPARTMENT)
_FIXED = r"[ ](?:del[ ]Gobierno|de[ ]la[ ]République|de[ ]la[ ]República|de[ ]Estado|d['’]État)(?!\w)"
_ROMANCE_PHRASE = regex.compile(
    rf"(?<!\w)(?P<office>{alternatives(_ROMANCE + _AT_START)})(?!\w)"
    rf"(?P<fixed>{_FIXED})?(?P<department>{_DEPARTMENT})?"
    rf"(?P<rest>[^.;:()«»\n]*?)(?P<comma>,?)[ ]\Z"
)
_GERMAN_PHRASE = regex.compile(
    rf"(?<!\w)(?P<office>{GERMAN_OFFICE.pattern})[ ](?:von|vom|des|der|für)[ ]{_CAPITAL}"
    rf"(?:[ ](?:{_CAPITAL}|für|und|der|des|von)){{0,6}}+,[ ]\Z"
)
# Quick to see, so that the phrases are looked for only where one may be.
_ROMANCE_WORDS = frozenset(office.rpartition("_")[2] for office in (_ROMANCE + _AT_START).split())
_MINISTERS = ("inistre", "inistro", "inistra")
_PLAIN = frozenset(("presidencial", "federal", "regional", "interino", "adjoint", "délégué", "déléguée"))
_COMPLEMENT = regex.compile(rf"[ ]?{_OF}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """An office at `[start, end)` of the text before a name; `is_beside` when nothing stands between them."""

    start: int
    end: int
    is_beside: bool


def office_before(before: str) -> Phrase | None:
    """The office of the person whose name follows the text `before`, or None."""
    words = before.replace(",", "").replace("'", " ").replace("’", " ").split(" ")
    if not _ROMANCE_WORDS.isdisjoint(words) and (romance := _ROMANCE_PHRASE.search(before)):
        return _romance(romance)
    if before.endswith(", ") and (german := _GERMAN_PHRASE.search(before)):
        return Phrase(*german.span("office"), is_beside=False)
    return None


def _romance(match: regex.Match[str]) -> Phrase | None:
    start, end = match.span("office")
    end = match.end("fixed") if match["fixed"] else end
    rest = (match["department"] or "") + match["rest"]
    if match["department"] and match["office"].endswith(_MINISTERS):
        department, last = match["department"], match["department"].rpartition(" ")
        if is_people(last[2]):
            department = last[0]
        if not places().knows(department.rpartition(" ")[2]):
            end, rest = end + len(department), rest[len(department) :]
    _, _, complement = rest.strip(" ").partition(" ")
    is_department = match["office"].endswith(_MINISTERS) and _ONE_DEPARTMENT.fullmatch(f" {complement}")
    if not _may_stand_between(rest.strip(" "), is_closed=bool(match["comma"] or is_department)):
        return None
    return Phrase(start, end, is_beside=not rest and not match["comma"])


def _may_stand_between(rest: str, *, is_closed: bool) -> bool:
    """Nothing, an adjective, or, before a comma, what the office is of."""
    adjective, _, complement = rest.partition(" ")
    if not rest or (not complement and (is_people(adjective) or adjective in _PLAIN)):
        return True
    if is_people(adjective) or adjective in _PLAIN:
        rest = complement
    return is_closed and "," not in rest and _COMPLEMENT.match(rest) is not None
