"""The statements that are ranked for a query: which are taken, and how they are found."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.library.index.sql_query import alternatives, conditions
from briefing_tui.query.parser import parse
from briefing_tui.query.words import fold_words, token_spans, tokens


@pytest.mark.parametrize("query", ["date:1990-01-05 -steel", "-steel (title:of or is:unread)"])
def test_full_text_search_does_not_list_all_that_lack_a_word(query: str) -> None:
    match, parts = conditions(parse(query))
    assert match is None
    assert [part.values for part in parts if "NOT" in part.sql] == [('text : "steel"',)]


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("steel or ice", ["steel or ice"]),
        ("steel or date:2014 or ice", ["steel or ice", "date:2014"]),
        ("title:of or date:2014 or ice", ["ice", "title:of or date:2014"]),
        ("title:of or (date:2014 -ice)", ["title:of or (date:2014 -ice)"]),
        ("-ice (steel or date:2014 known:2015)", ["-ice steel", "-ice date:2014 known:2015"]),
        ("not (steel or date:2014)", ["not (steel or date:2014)"]),
    ],
)
def test_words_are_asked_before_the_conditions_beside_them(query: str, parts: list[str]) -> None:
    assert alternatives(parse(query)) == [*map(parse, parts)]


@given(st.text(string.printable))
def test_plain_letters_are_folded_as_others_are(text: str) -> None:
    assert fold_words(text) == " ".join(tokens(text))
    (spans,) = token_spans(text)
    assert [word for word, _, _ in spans] == tokens(text)
    assert all(text[start:end].lower() == word for word, start, end in spans)
