"""Backing out of a session step by step, and quitting it."""

from __future__ import annotations

from briefing_tui.session.outcomes import Close
from tests.observatory import document
from tests.session_reader import SessionReader


def test_q_backs_out_step_by_step() -> None:
    reader = SessionReader(document())
    reader.press("z", "j", "f", "slash")
    reader.type("mirror")
    reader.press("enter", "n")
    assert reader.session.search.text == "mirror"
    reader.press("q")
    assert reader.session.search.text == ""
    assert reader.place == ("summary", "key_points/0")
    assert "only Ministry of Works" in reader.header
    reader.press("q")
    assert "only Ministry of Works" not in reader.header
    zoomed = [reader.session.zoomed]
    reader.press("q")
    zoomed.append(reader.session.zoomed)
    assert zoomed == [True, False]
    assert reader.is_open
    reader.press("q")
    assert reader.outcome == Close("quit-step")


def test_escape_never_quits() -> None:
    reader = SessionReader(document())
    reader.press("z", "j", "f", "e", "slash")
    for _ in range(12):
        reader.press("escape")
    assert reader.is_open
    assert not reader.opened
    assert not reader.session.zoomed
    assert "only" not in reader.header
