"""The session of a briefing without a screen: whatever is asked of it, it stays consistent."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing_tui.annotations.store import Annotations
from briefing_tui.briefing.load import load_path
from briefing_tui.commands.registry import COMMANDS, effective_keys
from briefing_tui.session.outcomes import Ask, AskLetter, Choose, Edit, Said
from briefing_tui.session.reading_session import ReadingSession
from briefing_tui.views.scene import unchecked_scene
from tests.conftest import DATA
from tests.profiles import examples

BRIEFINGS = ("small", "bare", "icebreaker", "mistakes", "ropeway", "whole")

names = st.sampled_from([command.id for command in COMMANDS])
texts = st.sampled_from(
    ["", "a", "b", "the", "2021", "2021-06-10", "soon", "is:new", "type:(", "1"]
)
steps = st.lists(st.tuples(names, st.integers(0, 3), texts), max_size=40)


def session_of(name: str, directory: Path) -> ReadingSession:
    return ReadingSession(
        unchecked_scene(load_path(DATA / f"{name}.yaml")),
        effective_keys({}),
        annotations=lambda scene: Annotations(scene, directory / "x.marks", directory / "x.json"),
    )


def check(session: ReadingSession) -> None:
    """Fail unless the session is somewhere, and a session that begins there is there too."""
    assert 0 <= session.active < len(session.panes)
    for pane in session.panes:
        selectable = [row.key for row in pane.view.rows if row.selectable]
        assert (pane.key in selectable) if selectable else pane.key is None
    if session.row is not None:
        assert session.row.key == session.pane.key
    for hit in session.search.hits:
        assert session.panes[hit.pane].view.rows[hit.row].selectable


@given(st.sampled_from(BRIEFINGS), steps)
@example("bare", [("pane-timeline", 0, ""), ("mark", 0, "a"), ("jump", 0, "a"), ("jump", 0, "")])
@settings(deadline=None, max_examples=examples(20))
def test_any_commands_leave_it_consistent(name: str, calls: list[tuple[str, int, str]]) -> None:
    with TemporaryDirectory() as directory:
        session = session_of(name, Path(directory))
        for command, count, text in calls:
            outcome = session.do(command, count, text)
            if isinstance(outcome, Ask | AskLetter | Edit):
                session.answer(outcome, text) if text else session.cancel(outcome)  # type: ignore[arg-type]
            elif isinstance(outcome, Choose) and outcome.links:
                session.choose(outcome, outcome.links[0])
            check(session)
        position = session.position
        assert session.leave() == []
        resumed = ReadingSession(session.scene, session.keys, position=position)
        assert resumed.active == session.active
        assert [pane.key for pane in resumed.panes] == [pane.key for pane in session.panes]


def test_a_pane_without_rows_takes_no_jump_mark(tmp_path: Path) -> None:
    session = session_of("bare", tmp_path)
    session.do("pane-timeline")
    assert session.row is None
    assert session.do("mark", argument="a") == Said("There is no row to mark here")
    assert session.do("jump", argument="a") == Said("There is no mark a")


@pytest.mark.parametrize("leave", ["next-pane", "pane-deals", "down"])
def test_a_row_that_is_left_counts_as_read(leave: str, tmp_path: Path) -> None:
    session = session_of("small", tmp_path)
    session.settle()
    before = session.row
    session.do(leave)
    session.do("next-unread")
    assert session.row != before
