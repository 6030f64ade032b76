"""The statements that are ranked for a query: which are taken, and how they are found."""

from __future__ import annotations

import contextlib
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.library.discovery import Roots
from briefing_tui.library.index import search
from briefing_tui.library.index.library_index import Index
from briefing_tui.library.index.sql_query import conditions
from briefing_tui.query.parser import parse
from briefing_tui.query.words import fold_words, token_spans, tokens
from tests.unit.test_library import write


@pytest.mark.parametrize("query", ["date:1990-01-05 -steel", "-steel (title:of or is:unread)"])
def test_full_text_search_does_not_list_all_that_lack_a_word(query: str) -> None:
    match, parts = conditions(parse(query))
    assert match is None
    assert [part.values for part in parts if "NOT" in part.sql] == [('text : "steel"',)]


@pytest.mark.parametrize(
    "query",
    ["ice or date:1990-01-05", "title:of", "(ice or date:1990-01-05) -steel", "after:1000"],
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
    (spans,) = token_spans(text)
    assert [word for word, _, _ in spans] == tokens(text)
    assert all(text[start:end].lower() == word for word, start, end in spans)
