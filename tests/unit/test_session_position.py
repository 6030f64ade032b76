"""The position of a session, and how the next one resumes it."""

from __future__ import annotations

import datetime

import pytest

from briefing_tui.storage.positions import Position
from tests.observatory import document
from tests.session_reader import SessionReader
from tests.sessions import Opening


def test_everything_is_resumed() -> None:
    saved: list[Position] = []
    reader = SessionReader(document(), opening=Opening(keep=saved.append))
    reader.press("2", "G", "k", "]")
    reader.stand_on("actors", "actors/rook")
    reader.press("f", "4", "z")
    rows = [pane.key for pane in reader.session.panes]
    assert reader.session.leave() == []
    assert saved == [reader.session.position]
    assert saved[0].as_of == datetime.date(2020, 9, 1)
    assert saved[0].focus == ("actors/rook",)
    resumed = SessionReader(document(), opening=Opening(position=saved[0]))
    assert resumed.message == "Resumed where you left; = returns to the briefing's own date"
    assert resumed.pane == "deals"
    assert [pane.key for pane in resumed.session.panes] == rows
    assert resumed.session.position == saved[0]
    resumed.press("j", "=")
    assert resumed.session.position.as_of is None


def test_a_warning_is_shown_until_a_command() -> None:
    reader = SessionReader(document(), opening=Opening(warning="The position is damaged"))
    assert reader.message == "The position is damaged"
    reader.press("j")
    assert reader.session.notice == ""


GONE: dict[str, Position] = {
    "pane": Position(pane="weather"),
    "rows": Position(pane="timeline", rows={"timeline": "timeline/never", "weather": "x"}),
    "focus": Position(focus=("actors/nobody", "deals/nothing", "x", "", "timeline/crack")),
    "theme": Position(theme="purple", theme_before="dark"),
    "heading": Position(pane="summary", rows={"summary": "bottom_line"}),
    "long ago": Position(as_of=datetime.date(1, 1, 1)),
    "hereafter": Position(as_of=datetime.date(9999, 12, 31)),
}


@pytest.mark.parametrize("gone", GONE)
def test_a_position_that_is_not_there_any_more_is_ignored(gone: str) -> None:
    reader = SessionReader(document(), opening=Opening(position=GONE[gone]))
    assert reader.session.scene.focus == ()
    reader.press("2", "j", "k", "=")
    assert reader.is_open
