"""The ready schemas have the labels of the published schemes, exactly and in their order."""

from __future__ import annotations

import pytest

from annotator.schemas.definition import Definition
from annotator.schemas.ready import DEFAULT, ready_templates

LABELS = {
    "newsroom": "PERSON ORG GPE LOC FAC NORP EVENT PRODUCT WORK_OF_ART LAW LANGUAGE DATE TIME MONEY PERCENT "
    "QUANTITY ORDINAL CARDINAL TITLE AGENCY QUOTE CUE",
    "conll-2003": "PER ORG LOC MISC",
    "universal-ner": "PER ORG LOC OTH",
    "ontonotes": "PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE DATE TIME PERCENT MONEY "
    "QUANTITY ORDINAL CARDINAL",
    "tac-kbp": "PER ORG GPE LOC FAC",
    "ace-2005": "PER ORG GPE LOC FAC VEH WEA",
    "nerel": "AGE AWARD CITY COUNTRY CRIME DATE DISEASE DISTRICT EVENT FACILITY FAMILY IDEOLOGY LANGUAGE LAW "
    "LOCATION MONEY NATIONALITY NUMBER ORDINAL ORGANIZATION PENALTY PERCENT PERSON PRODUCT PROFESSION "
    "RELIGION STATE_OR_PROVINCE TIME WORK_OF_ART",
    "multinerd": "PER ORG LOC ANIM BIO CEL DIS EVE FOOD INST MEDIA MYTH PLANT TIME VEHI",
    "kaznerd": "ADAGE ART CARDINAL CONTACT DATE DISEASE EVENT FACILITY GPE LANGUAGE LAW LOCATION "
    "MISCELLANEOUS MONEY NON_HUMAN NORP ORDINAL ORGANISATION PERCENTAGE PERSON POSITION PRODUCT PROJECT "
    "QUANTITY TIME",
}
RELATIONS = {
    "newsroom": "SPEAKER_OF COREF TITLE_OF PART_OF",
    "ace-2005": "PHYS PART-WHOLE PER-SOC ORG-AFF ART GEN-AFF",
}
ATTRIBUTES = {
    "newsroom": {
        "mention": ("name", "nominal", "pronoun"),
        "metonymy": ("literal", "metonymic"),
        "link": (),
    },
    "tac-kbp": {"mention": ("NAM", "NOM")},
    "ace-2005": {"mention": ("NAM", "NOM", "PRO")},
}
FLAT = {"conll-2003", "ontonotes", "universal-ner", "multinerd", "kaznerd"}


def definition_of(name: str) -> Definition:
    return ready_templates()[name].definition


def test_all_are_there_and_the_default_is_first() -> None:
    assert set(ready_templates()) == set(LABELS)
    assert next(iter(ready_templates())) == DEFAULT == "newsroom"


@pytest.mark.parametrize("name", LABELS)
def test_labels_are_exactly_these(name: str) -> None:
    assert [label.name for label in definition_of(name).labels] == LABELS[name].split()


@pytest.mark.parametrize("name", LABELS)
def test_relations_and_attributes_are_exactly_these(name: str) -> None:
    definition = definition_of(name)
    assert [relation.name for relation in definition.relations] == RELATIONS.get(name, "").split()
    assert {one.name: one.options for one in definition.attributes} == ATTRIBUTES.get(name, {})


@pytest.mark.parametrize("name", LABELS)
def test_labels_can_be_told_apart_by_colour_and_key(name: str) -> None:
    labels = definition_of(name).labels
    keys = [label.hotkey for label in labels]
    assert all(keys)
    assert len(set(keys)) == len(keys)
    assert len({label.colour for label in labels}) == len(labels)
    assert all(label.description for label in labels)


@pytest.mark.parametrize("name", LABELS)
def test_no_key_is_the_beginning_of_another(name: str) -> None:
    """Else the longer one could never be typed."""
    keys = {label.hotkey for label in definition_of(name).labels}
    assert not [key for key in keys if len(key) > 1 and key[0] in keys]


@pytest.mark.parametrize("name", LABELS)
def test_flat_schemes_stay_flat(name: str) -> None:
    assert definition_of(name).overlap.nested is (name not in FLAT)


def test_who_speaks_what() -> None:
    speaker = definition_of("newsroom").relations_by_name["SPEAKER_OF"]
    assert (set(speaker.sources), speaker.targets) == ({"PERSON", "ORG"}, ("QUOTE",))


@pytest.mark.parametrize("name", LABELS)
def test_coreference_forms_chains_and_nothing_else_does(name: str) -> None:
    chains = [one.name for one in definition_of(name).relations if one.chain]
    assert chains == (["COREF"] if name == "newsroom" else [])
