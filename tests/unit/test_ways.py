"""Queries taken apart, so that full-text search never lists what is only one of several ways."""

from __future__ import annotations

import contextlib
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.library.discovery import Roots
from briefing_tui.library.index import search
from briefing_tui.library.index.database import Index
from briefing_tui.library.index.disjuncts import ways
from briefing_tui.library.index.fts_query import conditions
from briefing_tui.query.parser import parse
from briefing_tui.query.words import fold_words, token_spans, tokens
from tests.unit.test_library import write


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("ice steel", 1),
        ("ice or type:delivery", 1),
        ("date:2012-05-04 or ice", 2),
        ("date:2012-05-04 or ice or type:delivery", 2),
        ('("of the" or known:>2020-03) basis:external', 2),
        ("(ice or date:2012-05-04) (steel or title:radar)", 4),
        ("ice -(date:2012-05-04 or steel)", 1),
        ("ice -(date:2012-05-04 steel)", 2),
        ("not (not (ice or date:2012-05-04))", 2),
        ("is:unread or ice", 2),
    ],
)
def test_each_way_leaves_full_text_search_nothing_to_list(query: str, count: int) -> None:
    found = ways(parse(query))
    assert len(found) == count
    for way in found:
        _, asked = conditions(way)
        assert not [one.sql for one in asked if "MATCH" in one.sql]


def test_a_query_with_too_many_ways_is_asked_at_once() -> None:
    query = parse(" ".join(f"(ice or date:2012-05-{day:02})" for day in range(1, 7)))
    assert ways(query) == [query]


@pytest.mark.parametrize(
    "query", ["ice or date:1990-01-05", "title:of", "(ice or date:1990-01-05) -steel"]
)
def test_of_too_many_those_that_came_last_are_kept(
    query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "CANDIDATES", 1)
    with contextlib.closing(Index()) as index:
        for name in "abc":
            write(tmp_path / f"{name}.yaml", "Of ice")
            index.refresh(Roots.of([tmp_path]), processes=0)
        found = index.search(parse(query), 1)
    assert found.more
    assert {Path(one.path).name for one in found.hits} == {"c.yaml"}


@given(st.text(string.printable))
def test_plain_letters_are_folded_as_others_are(text: str) -> None:
    assert fold_words(text) == " ".join(tokens(text))
    assert [word for word, _, _ in token_spans(text)] == tokens(text)
    assert all(text[start:end].lower() == word for word, start, end in token_spans(text))
