"""Which label of a schema most likely corresponds to a label of another tool. It is only a proposal for a
person."""

from __future__ import annotations

from collections.abc import Collection

# Names of one thing in the label sets of CoNLL-2003, OntoNotes, ACE, TAC-KBP, NEREL, MultiNERD, KazNERD.
_SAME = (
    {"PER", "PERSON", "PERS", "PEOPLE"},
    {"ORG", "ORGANIZATION", "ORGANISATION"},
    {"LOC", "LOCATION"},
    {"GPE", "GEOPOLITICAL", "COUNTRY", "CITY", "STATE_OR_PROVINCE"},
    {"FAC", "FACILITY"},
    {"MISC", "MISCELLANEOUS", "OTH", "OTHER"},
    {"EVENT", "EVE"},
    {"WORK_OF_ART", "ART", "WORK", "MEDIA"},
    {"PERCENT", "PERCENTAGE"},
    {"CARDINAL", "NUMBER"},
    {"NORP", "NATIONALITY", "RELIGION", "IDEOLOGY"},
    {"TITLE", "POSITION", "PROFESSION"},
    {"PRODUCT", "PROD", "CREATIVE-WORK"},
)


def likely_name(name: str, known: Collection[str]) -> str:
    """The name in `known` that `name` most likely means, or empty. It differs only in case or prefix, or is a
    name that other label sets use for the same thing."""
    by_plain = {_plain(one): one for one in known}
    plain = _plain(name)
    if plain in by_plain:
        return by_plain[plain]
    same = next((group for group in _SAME if plain in group), set())
    return next((by_plain[one] for one in sorted(same) if one in by_plain), "")


def _plain(name: str) -> str:
    return name.rpartition(":")[2].rpartition("/")[2].upper()
