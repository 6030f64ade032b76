"""The data of the benchmark of ``check`` are sound: each edit can be made, and is what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.check.articles import CLASSES, Article, EditError, Fault, Truth, articles, as_file
from benchmarks.check.examination import Outcome, entries, outcomes, problems_of
from benchmarks.check.tables import curve, fault_table, truth_table
from briefing_tui.briefing.problems import FileLocation, Problem

ARTICLES = [*articles()]
MALFORMED = {"E101", "E102", "E103", "E104", "E105", "E106", "E120", "W210", "W212"}
"""Codes of files that are not well formed: no fault and no truth is of that kind."""

by_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)


@by_article
def test_a_sound_briefing_is_well_formed(article: Article) -> None:
    codes = {problem.code for problem in problems_of(article, article.content)}
    assert not codes & MALFORMED


@by_article
def test_a_fault_changes_the_file_and_leaves_it_well_formed(article: Article) -> None:
    for fault in article.faults:
        content, _ = fault.put_into(article.content)
        assert content != article.content, fault
        codes = {problem.code for problem in problems_of(article, content)}
        assert not codes & MALFORMED, fault


@by_article
def test_a_truth_is_well_formed_and_cites_passages_that_are_there(article: Article) -> None:
    for truth in article.truths:
        content, _ = truth.put_into(article.content)
        assert truth.entry.get("cite"), truth
        codes = {problem.code for problem in problems_of(article, content)}
        assert not codes & MALFORMED, truth


@by_article
def test_edits_are_enough_and_none_is_there_twice(article: Article) -> None:
    assert {fault.kind for fault in article.faults} <= set(CLASSES)
    for edits in (article.faults, article.truths):
        assert len(edits) >= 50
        assert len({*map(repr, edits)}) == len(edits)


def test_a_fault_replaces_words_that_are_in_the_field_once() -> None:
    content = {"timeline": [{"id": "a", "headline": "five of five boats"}]}
    with pytest.raises(EditError, match="exactly once"):
        Fault("figure", "timeline/a/headline", "five", "six").put_into(content)
    with pytest.raises(EditError, match="'b'"):
        Fault("figure", "timeline/b/headline", "five", "six").put_into(content)
    changed, path = Fault("figure", "timeline/0/headline", "of five", "of six").put_into(content)
    assert changed == {"timeline": [{"id": "a", "headline": "five of six boats"}]}
    assert path == ("timeline", 0, "headline")


def test_a_field_of_which_nothing_remains_is_removed() -> None:
    changed, _ = Fault("hedge", "points/0/hedge", "may").put_into({"points": [{"hedge": "may"}]})
    assert changed == {"points": [{}]}


def test_an_entry_is_added_to_a_list_or_a_field_to_an_entry() -> None:
    content: dict[str, Any] = {"sources": {"a": {}}, "points": [{"text": "x"}]}
    added, path = Fault("history", "points", add={"text": "y"}).put_into(content)
    assert (added["points"][1], path) == ({"text": "y"}, ("points", 1))
    added, path = Fault("history", "sources/a/derives_from", add=["b"]).put_into(content)
    assert (added["sources"], path) == (
        {"a": {"derives_from": ["b"]}},
        ("sources", "a", "derives_from"),
    )
    with pytest.raises(EditError, match="has a value"):
        Fault("history", "points/0/text", add="z").put_into(content)


def test_a_truth_takes_the_place_of_the_entry_with_its_id() -> None:
    content = {"timeline": [{"id": "a"}, {"id": "b"}]}
    changed, path = Truth("timeline", {"id": "b", "headline": "x"}).put_into(content)
    assert (len(changed["timeline"]), path) == (2, ("timeline", 1))
    changed, path = Truth("timeline", {"headline": "x"}).put_into(content)
    assert (changed["timeline"][2]["headline"], path) == ("x", ("timeline", 2))


def test_numbers_are_written_as_such_and_ids_of_digits_stay() -> None:
    written = as_file({"number": "12", "hash": "01234567", "amount": "1.5"}).decode()
    assert re.findall(r": (.+?),?\n", written) == ["12", '"01234567"', '"1.5"']


ARTICLE = "The board closed 12 bridges. Ada Roe, the mayor, said that it was late.\n"
BRIEFING = """
briefing: 1
title: Bridges
as_of: 2031-05-02
about: post
sources:
  post: {kind: blog, title: T, publisher: P, published: 2031-05-02, reliability: C, text: TEXT}
key_points:
  - {text: The board closed 12 bridges., cite: [post P1S1]}
  - {text: It is said that 30 bridges are left., cite: [post P1S1]}
"""


@pytest.fixture
def bridges(tmp_path: Path) -> Article:
    from briefing_tui.briefing.sentences import passages
    from briefing_tui.briefing.source_verification import digest

    spans = {
        name: [passage.start, passage.end, passage.hash]
        for name, passage in passages(ARTICLE).items()
    }
    text = f"{{sha256: {digest(ARTICLE.encode())}, passages: {spans}}}".replace("'", '"')
    (tmp_path / "article.txt").write_text(ARTICLE)
    (tmp_path / "briefing.yaml").write_text(BRIEFING.replace("TEXT", text))
    return Article(tmp_path)


def test_a_fault_is_caught_by_a_problem_of_its_entry_that_was_not_there_before(
    bridges: Article,
) -> None:
    caught = Fault("figure", "key_points/0/text", "12", "13")
    # This entry has a problem already, which is not about the fault.
    missed = Fault("figure", "key_points/1/text", "30", "31")
    found = [*outcomes(bridges, [caught, missed])]
    assert [outcome.codes for outcome in found] == [{"E121"}, set()]


def test_a_problem_of_another_entry_is_not_about_a_fault(bridges: Article) -> None:
    elsewhere = {"text": "The board closed 14 bridges.", "cite": ["post P1S1"]}
    content, _ = Truth("key_points", elsewhere).put_into(bridges.content)
    assert len(problems_of(bridges, content)) == 2
    # The same entry as a truth is a false alarm.
    (outcome,) = outcomes(bridges, [Truth("key_points", elsewhere)])
    assert outcome.level == "error"


def test_entries_of_the_sound_briefing_count_as_true_statements(bridges: Article) -> None:
    assert [(entry.title, *entry.codes) for entry in entries(bridges)] == [
        ("key_points/0",),
        ("key_points/1", "E121"),
    ]


def outcome(kind: str, *codes: str) -> Outcome:
    location = FileLocation((), 1, 1)
    return Outcome("a", kind, "", tuple(Problem(code, "", location) for code in codes))


FAULTS = [
    outcome("figure", "E121", "W201"),
    outcome("figure", "W201"),
    outcome("figure"),
    outcome("name", "W230"),
]
TRUTHS = [outcome("key_points", *codes) for codes in (["W230"], [], [], [])]


def test_the_tables_count_errors_warnings_and_what_is_missed() -> None:
    lines = [line.split() for line in fault_table(FAULTS).splitlines()]
    assert lines[1][-6:] == ["3", "1", "1", "1", "66.7", "%"]
    assert lines[-1][-6:] == ["4", "1", "2", "1", "75.0", "%"]
    lines = [line.split() for line in truth_table([], TRUTHS).splitlines()]
    assert lines[-1][-7:] == ["4", "0", "1", "0.0", "%", "25.0", "%"]


def test_the_curve_adds_codes_from_the_best_to_the_worst() -> None:
    lines = [line.split() for line in curve(FAULTS, TRUTHS).splitlines()]
    assert ["E121", "1", "0", "0"] in lines
    assert ["W201", "2", "1", "0"] in lines
    assert lines[-3:] == [
        ["W201", "50.0", "%", "0.0", "%"],
        ["W230", "75.0", "%", "25.0", "%"],
        ["E121", "75.0", "%", "25.0", "%"],
    ]
