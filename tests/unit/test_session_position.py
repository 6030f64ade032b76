"""The position of a session, and how the next one resumes it."""

from __future__ import annotations

import datetime

import pytest

from briefing_tui.storage.positions import Position
from tests.observatory import document
from tests.session_reader import SessionReader
from tests.sessions import Opening


def resuming(position: Position | None) -> Opening:
    return Opening(position=position)


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
def test_what_is_gone_is_not_missed(gone: str) -> None:
    reader = SessionReader(document(), opening=resuming(GONE[gone]))
    assert reader.session.scene.focus == ()
    reader.press("2", "j", "k", "=")
    assert reader.is_open
