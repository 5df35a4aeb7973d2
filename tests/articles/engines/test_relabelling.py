from __future__ import annotations

from articles.engines.gazetteer import GazetteerEngine
from articles.engines.relabelling import relabelled
from articles.engines.rules.engine import RulesEngine
from articles.engines.spacy import SpacyEngine

RENAMING = {"COMPANY": "ORG", "TREE": None}


def test_names_keep_how_they_are_written_and_a_deleted_label_makes_a_note() -> None:
    lines = [
        "# COMPANY\n",
        "Northline Press\tCOMPANY\r\n",
        "COMPANY; COMPANY\n",
        '"Oak, old","TREE"\n',
        "Oslo,GPE",
    ]
    settings, count = relabelled(GazetteerEngine, {"entries": "".join(lines), "ignore_case": True}, RENAMING)
    assert settings["entries"].splitlines() == [
        "# COMPANY",
        "Northline Press\tORG",
        "COMPANY; ORG",
        '# "Oak, old","TREE"',
        "Oslo,GPE",
    ]
    assert (settings["ignore_case"], count) == (True, 3)


def test_rules_keep_their_patterns_and_confidence() -> None:
    text = "COMPANY \\d+\tCOMPANY\t0.5\nno. \\d+ => COMPANY 0.7\nOak => TREE\nbroken"
    settings, count = relabelled(RulesEngine, {"rules": text}, RENAMING)
    assert settings["rules"].splitlines() == [
        "COMPANY \\d+\tORG\t0.5",
        "no. \\d+ => ORG 0.7",
        "# Oak => TREE",
        "broken",
    ]
    assert count == 3


def test_tables_of_labels_leave_out_what_was_deleted() -> None:
    table = {"ORG": "COMPANY", "PRODUCT": "TREE", "GPE": "GPE", "DATE": ""}
    settings, count = relabelled(SpacyEngine, {"label_map": table}, RENAMING)
    assert settings["label_map"] == {"ORG": "ORG", "PRODUCT": "", "GPE": "GPE", "DATE": ""}
    assert count == 2
