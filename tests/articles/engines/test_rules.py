from __future__ import annotations

import multiprocessing
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.engines.base import ArticleText, SettingsError
from articles.engines.lists import Remark
from articles.engines.rules.apart import find_apart, pool
from articles.engines.rules.engine import RulesEngine
from articles.engines.rules.lines import MAX_PATTERN, MAX_RULES, Rule, parse_rules

LABELS = frozenset({"ORG", "CASE"})
# What holds is seconds of computing, and a few times as many by the clock on a machine that is busy.
SOON = 30.0


def found(rules: str, text: str, **more: object) -> list[tuple[str, str]]:
    engine = RulesEngine({"rules": rules, **more}, LABELS)
    (suggestions,) = engine.annotate([ArticleText(1, text)])
    return [(one.label, text[one.start : one.end]) for one in suggestions]


def problems(rules: str) -> list[Remark]:
    return RulesEngine.check({"rules": rules}, LABELS)


def test_a_rule_finds_what_it_describes() -> None:
    text = "Case 12/2024 follows case 7/2023."
    assert found(r"\d+/20\d\d" + "\tCASE", text) == [("CASE", "12/2024"), ("CASE", "7/2023")]


def test_a_group_says_which_part_is_the_entity() -> None:
    text = "Judges Lund, Berg and Moe of case 12"
    rule = r"Judges (?:(?P<entity>\p{Lu}\w+),? (?:and )?)+of => ORG"
    assert found(rule, text) == [("ORG", "Lund"), ("ORG", "Berg"), ("ORG", "Moe")]


def test_a_group_that_took_no_part_gives_nothing() -> None:
    assert found(r"case(?P<entity> \d+)? => CASE", "case, case 7") == [("CASE", " 7")]


def test_offsets_are_code_points() -> None:
    assert found("b+\tORG", "👩\u200d👩 İ bb") == [("ORG", "bb")]


def test_empty_matches_are_nothing() -> None:
    assert found("x*\tORG", "axxa") == [("ORG", "xx")]


def test_lines_have_their_own_ends() -> None:
    assert found("^[A-Z]+$\tORG", "OSLO\ntext\nBERGEN") == [("ORG", "OSLO"), ("ORG", "BERGEN")]


def test_capital_letters_can_be_ignored() -> None:
    assert found("oslo\tORG", "OSLO") == []
    assert found("oslo\tORG", "OSLO", ignore_case=True) == [("ORG", "OSLO")]


def test_what_two_rules_find_is_one_suggestion_with_the_higher_confidence_and_both_lines() -> None:
    engine = RulesEngine({"rules": "Oslo\tORG\t0.4\nO...\tORG\t0.7\n"}, LABELS)
    ((hit,),) = engine.read([ArticleText(1, "Oslo")]).hits
    assert (hit.suggestion.confidence, hit.lines) == (0.7, (1, 2))


def test_without_rules_nothing_is_found_and_no_process_is_started() -> None:
    pool.end_all()
    assert found("# only a note\n\n", "Oslo") == []
    assert not pool.waiting


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("a,b;c\tORG", Rule(1, "a,b;c", "ORG")),
        (" a \tORG\t0.5", Rule(1, " a ", "ORG", 0.5)),
        ("a => b => ORG", Rule(1, "a => b", "ORG")),
        ("a => ORG 0.25", Rule(1, "a", "ORG", 0.25)),
        (r"\#1" + "\tORG", Rule(1, r"\#1", "ORG")),
    ],
)
def test_how_rules_are_written(line: str, rule: Rule) -> None:
    assert parse_rules(line, LABELS) == ([rule], [])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Oslo", "tab"),
        ("\tORG", "tab"),
        ("Oslo\tCITY", "no label 'CITY'"),
        ("Oslo\tORG\t2", "confidence"),
        ("Oslo\tORG\tnan", "confidence"),
        ("Oslo\tORG\tvery", "confidence"),
        ("(Oslo\tORG", "missing )"),
        ("[a\tORG", "regular expression"),
        (r"\L<names>" + "\tORG", "regular expression"),
        ("(" * 400 + "a" + ")" * 400 + "\tORG", "nested"),
        ("a" * (MAX_PATTERN + 1) + "\tORG", "longer than"),
        ("a{1000}{1000}{1000}\tORG", "multiple repeat"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(line: str, words: str) -> None:
    (remark,) = problems("Oslo\tORG\n# note\n" + line)
    assert remark.line == 3
    assert remark.fatal
    assert words in remark.reason
    with pytest.raises(SettingsError, match="Line 3"):
        RulesEngine({"rules": "Oslo\tORG\n# note\n" + line}, LABELS)


def test_the_same_rule_twice_is_odd_but_no_fault() -> None:
    assert problems("a\tORG\na\tORG") == [Remark(2, "This is the same as line 1.", fatal=False)]


def test_there_are_not_too_many() -> None:
    text = "\n".join(f"a{n}\tORG" for n in range(MAX_RULES + 1))
    (remark,) = parse_rules(text, LABELS)[1]
    assert remark.line == MAX_RULES + 1


@pytest.mark.parametrize("rules", [5, ["Oslo\tORG"], {"Oslo": "ORG"}])
def test_rules_that_are_no_text(rules: object) -> None:
    with pytest.raises(SettingsError):
        RulesEngine({"rules": rules}, LABELS)


# Texts in which the patterns below find no end.
BAIT = ["a" * 5_000, "word " * 2_000, "Mara Ibsen of the Harbour Office, 12 May.\n" * 400]
SLOW = [
    r"(?=(?=(?=(a+)+b)))",
    r"(a{1,100000}){1,100000}b",
    r"(?:aaaaaaaaaaaaaaaaaaaab){e<=10}",
    r"(?b)(?:internationalization){e}",
    r"(?R)?a",
    r"a(?R)?b",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    "(a?){10000}" + "a" * 900,
    "".join(f"(?=a{{{n}}})" for n in range(120)),
]
# They end by themselves in some texts, thanks to the library's guards; they must in all.
CATASTROPHIC = [
    r"(a+)+$",
    r"(\w+\s?)*x",
    r"(a|aa)+$",
    r"a{1,100000}b",
    r"(?<=(a+)+)b",
    r"(?:(?:(?:a?){30}){30}){30}b",
    r"(.+)\1\1$",
    r"(?P<n>(?:a|(?&n))+)x",
    r"(.*)*\1x",
    r"((?:.*)*)*x",
    r"(?s).*?.*?.*?.*?.*?.*?x$",
]
# While they are compiled, the library does not look at the clock, or takes all memory.
BOMBS = [r"((a{1000}){1000}){1000}", "(a){4294967294}", "(?:(?:(?:(?:a|b){99}){99}){99}){99}"]


@pytest.mark.parametrize("pattern", SLOW + CATASTROPHIC)
def test_no_pattern_reads_longer_than_it_may_and_the_others_find_theirs(pattern: str) -> None:
    rules = [Rule(1, "Mara", "ORG"), Rule(2, pattern, "ORG"), Rule(3, "Harbour", "ORG")]
    began = time.monotonic()
    matches, remarks = find_apart(rules, BAIT, ignore_case=False, seconds=3)
    assert time.monotonic() - began < SOON
    for line in (1, 3):
        assert sum(match.rule.line == line for match in matches) == 400
    assert {remark.line for remark in remarks} <= {2}
    if pattern in SLOW:
        assert remarks


@pytest.mark.parametrize("pattern", BOMBS)
def test_a_pattern_that_cannot_be_compiled_in_time_is_refused_and_named(pattern: str) -> None:
    began = time.monotonic()
    (remark,) = problems(f"Mara\tORG\n{pattern}\tORG\nHarbour\tORG")
    assert time.monotonic() - began < SOON
    assert (remark.line, remark.fatal) == (2, True)
    assert "repetitions smaller" in remark.reason


def test_many_such_patterns_hold_nobody_longer_either() -> None:
    began = time.monotonic()
    remarks = problems("\n".join(f"{BOMBS[0]}{n}\tORG" for n in range(200)))
    assert time.monotonic() - began < SOON
    assert len(remarks) == 200
    assert "not tried" in remarks[-1].reason


def test_many_slow_rules_share_the_time_of_a_page() -> None:
    rules = [Rule(n, f"(?=(?=(?=(a+)+[b{n}])))", "ORG") for n in range(1, 101)]
    began = time.monotonic()
    _, remarks = find_apart(rules, BAIT * 10, ignore_case=False, seconds=1)
    assert time.monotonic() - began < SOON
    assert {remark.line for remark in remarks} == set(range(1, 101))


def test_a_slow_article_costs_a_worker_no_more_than_it_may() -> None:
    rules = "\n".join(f"(?=(?=(?=(a+)+[b{n}])))\tORG" for n in range(200))
    engine = RulesEngine({"rules": rules}, LABELS)
    began = time.monotonic()
    (hits,) = engine.read([ArticleText(1, BAIT[0])]).hits
    assert time.monotonic() - began < SOON
    assert hits == []


def test_one_that_finds_everything_is_cut_and_named() -> None:
    engine = RulesEngine({"rules": ".\tORG"}, LABELS)
    reading = engine.read([ArticleText(1, "x" * 5_000)])
    assert len(reading.hits[0]) == 1_000
    assert "more than 1,000" in reading.remarks[0].reason


def read_in_a_worker() -> None:
    assert found("O\\w+\tORG", "In Oslo") == [("ORG", "Oslo")]


def test_a_worker_that_may_have_no_children_can_use_rules() -> None:
    worker = multiprocessing.get_context("fork").Process(target=read_in_a_worker, daemon=True)
    worker.start()
    worker.join(30)
    assert worker.exitcode == 0


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from(r"ab.*+?()[]{}|\^$1,0dwpP<>=!:"), max_size=12), st.text(max_size=60))
def test_any_pattern_is_used_or_refused_in_words(pattern: str, text: str) -> None:
    matches, remarks = find_apart([Rule(1, pattern, "ORG")], [text], ignore_case=False, seconds=2)
    assert all(0 <= match.start < match.end <= len(text) for match in matches)
    assert all(remark.reason.endswith(".") for remark in remarks)
