"""What is called so here is called otherwise there: one kind of entity, the names label schemas give it."""

from __future__ import annotations

from collections.abc import Mapping

# The first name that the project's schema has is used. Names from the published schemes in schemas/ready.
NAMES: Mapping[str, tuple[str, ...]] = {
    "PERSON": ("PERSON", "PER"),
    "PER": ("PER", "PERSON"),
    "ORG": ("ORG", "ORGANIZATION", "ORGANISATION"),
    "GPE": ("GPE", "COUNTRY", "LOC", "LOCATION"),
    "CITY": ("CITY", "GPE", "LOC", "LOCATION"),
    "COUNTRY": ("COUNTRY", "GPE", "LOC", "LOCATION"),
    "LOC": ("LOC", "LOCATION"),
    "FAC": ("FAC", "FACILITY", "LOC", "LOCATION"),
    "NORP": ("NORP", "NATIONALITY", "MISC"),
    "EVENT": ("EVENT", "EVE", "MISC"),
    "PRODUCT": ("PRODUCT", "MISC"),
    "WORK_OF_ART": ("WORK_OF_ART", "ART", "MEDIA", "MISC"),
    "LAW": ("LAW", "MISC"),
    "LANGUAGE": ("LANGUAGE",),
    "DATE": ("DATE",),
    "TIME": ("TIME",),
    "MONEY": ("MONEY",),
    "PERCENT": ("PERCENT", "PERCENTAGE"),
    "QUANTITY": ("QUANTITY",),
    "ORDINAL": ("ORDINAL",),
    "CARDINAL": ("CARDINAL", "NUMBER"),
    "TITLE": ("TITLE", "PROFESSION", "POSITION"),
    "QUOTE": ("QUOTE",),
    "CUE": ("CUE",),
    "AGENCY": ("AGENCY", "ORG", "ORGANIZATION", "ORGANISATION"),
}


def first_known(kind: str, labels: frozenset[str]) -> str | None:
    """The label that the schema uses for this kind of entity, or None when it has none."""
    return next((name for name in NAMES.get(kind, (kind,)) if name in labels), None)
