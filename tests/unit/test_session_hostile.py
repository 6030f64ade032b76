"""A briefing with texts that mean harm: what is copied is text, and a search is for text."""

from __future__ import annotations

import pytest

from briefing_tui.briefing.terminal_text import clean, one_line
from briefing_tui.session.outcomes import Moved
from tests import hostile
from tests.hostile import CONTROL, NASTY
from tests.session_reader import SessionReader

ROWS = {
    "summary": lambda name: f"key_points/{list(NASTY).index(name)}",
    "timeline": lambda name: f"timeline/e-{name}",
    "actors": lambda name: f"actors/a-{name}",
    "deals": lambda name: f"deals/d-{name}",
}
"""The row of a text in each pane."""


@pytest.mark.parametrize("pane", ROWS)
def test_copies_have_the_text_and_no_control_characters(pane: str) -> None:
    reader = SessionReader(hostile.document(events=0))
    for name, text in NASTY.items():
        assert isinstance(reader.session.go_to(ROWS[pane](name)), Moved)
        cleaned = one_line(clean(text)[0])
        reader.press("y")
        assert cleaned in reader.copied
        assert not CONTROL.search(reader.copied)
        reader.press("c")
        assert cleaned.rstrip(".") in one_line(reader.copied)
        assert not CONTROL.search(reader.copied.replace("\n", ""))
    reader.press("Y")
    assert not CONTROL.search(reader.copied.replace("\n", ""))
    copied = "".join(reader.copied.split())
    assert all("".join(clean(text)[0].split())[:20] in copied for text in NASTY.values())


def test_a_search_is_for_text() -> None:
    reader = SessionReader(hostile.document(events=0))
    begin = reader.place
    for text in ("[", "[/x]", "$acc", "\\", "漢", "👨", "नम", "  "):
        reader.press("slash")
        reader.type(text)
        reader.press("enter", "n", "N", "escape")
        assert reader.place == begin, text
