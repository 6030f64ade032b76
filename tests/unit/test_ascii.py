"""Text for terminals without UTF-8: in ASCII, and as wide as before."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_tui.briefing.ascii_text import in_ascii, to_ascii, without_ambiguous, without_signs
from briefing_tui.briefing.terminal_text import cell_width, clean
from briefing_tui.views import glyphs
from tests.profiles import examples


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("─ 1 Summary ━ ● ○ ⚠", "- 1 Summary = * o !"),
        ("“Žižkov” – Łódź…", '"Zizkov" - Lodz~'),
        ("Straße, façade, Ærø", "Strase, facade, Aro"),
        ("e\u0301t\u00e9", "ete"),
        ("Москва", "??????"),
        ("東京", "????"),
        ("½ €5", "? E5"),
        ("▔▁▎", "--|"),
        ("╔═╗║ ←→↑↓ ✓", "+-+| <>^v +"),
    ],
)
def test_spelt_in_ascii(text: str, expected: str) -> None:
    assert in_ascii(text) == expected
    assert cell_width(expected) == cell_width(text)


def test_where_letters_arrive_only_signs_change() -> None:
    assert without_signs("● Łódź → 東京 ▔") == "* Łódź > 東京 -"


def test_letters_that_may_be_wide_are_spelt_in_ascii_if_they_can_be() -> None:
    assert without_ambiguous("● façade, Łódź → 東京 Россия ▔") == "* façade, Lodź > 東京 Россия -"


def test_every_sign_of_ours_has_a_likeness() -> None:
    signs = {value for value in vars(glyphs).values() if isinstance(value, str) and len(value) == 1}
    assert all(to_ascii(sign).isascii() for sign in signs)


@settings(deadline=None, max_examples=examples(60))
@given(st.text(max_size=30))
def test_any_text_becomes_ascii_of_its_width(text: str) -> None:
    cleaned = clean(text)[0].replace("\n", " ").replace("\t", " ")
    spelt = in_ascii(cleaned)
    assert spelt.isascii()
    assert len(spelt) == cell_width(cleaned)
    assert cell_width(without_signs(cleaned)) == cell_width(cleaned)
