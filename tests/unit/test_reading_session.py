"""The session of a briefing without a screen: whatever is asked of it, it stays consistent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing_tui.annotations.session_annotations import Annotations
from briefing_tui.briefing.load import load_path
from briefing_tui.commands.registry import COMMANDS, effective_keys
from briefing_tui.session.history import Location
from briefing_tui.session.outcomes import (
    Ask,
    AskLetter,
    Choose,
    Close,
    Edit,
    Matched,
    Moved,
    Outcome,
    Said,
    SearchEnded,
    Shown,
)
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


def session_of(
    name: str, directory: Path, keys: Mapping[str, tuple[str, ...]] | None = None
) -> ReadingSession:
    return ReadingSession(
        unchecked_scene(load_path(DATA / f"{name}.yaml")),
        keys or effective_keys({}),
        annotations=lambda scene: Annotations(scene, directory / "x.marks", directory / "x.json"),
    )


MARKED_KEYS = {command.id: (f"<{command.id}>",) for command in COMMANDS}
"""Keys that look like no word: a message with a default key did not take it from here."""
_NAMED_KEY = re.compile(r"(?:; |press )(\S+)(?= returns| widens| offers|$)")


def messages_of(outcome: Outcome) -> list[str]:
    """The texts of an outcome that a face shows as they are."""
    match outcome:
        case Said(message) | Moved(_, message) | Shown(message):
            return [message]
        case Ask(problem=problem):
            return [problem]
        case AskLetter(empty=empty):
            return [empty.removesuffix(".")]
    return []


def check_message(message: str) -> None:
    """Fail unless a message is one line without a full stop that names keys by their commands."""
    assert message.isprintable(), message
    assert not message.endswith("."), message
    for key in _NAMED_KEY.findall(message):
        assert any(marked in key for (marked,) in MARKED_KEYS.values()), message


@given(st.sampled_from(BRIEFINGS), steps)
@settings(deadline=None, max_examples=60)
def test_any_message_is_a_line_that_names_keys_that_exist(
    name: str, calls: list[tuple[str, int, str]]
) -> None:
    with TemporaryDirectory() as directory:
        session = session_of(name, Path(directory), MARKED_KEYS)
        for command, count, text in calls:
            outcome = session.do(command, count, text)
            if isinstance(outcome, Ask | AskLetter):
                for message in messages_of(outcome):
                    check_message(message)
                outcome = session.answer(outcome, text) if text else session.cancel(outcome)
            for message in messages_of(outcome):
                check_message(message)


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


def test_a_row_is_looked_for_in_its_own_pane_first(tmp_path: Path) -> None:
    session = session_of("small", tmp_path)
    key = next(row.key for row in session.panes[2].view.rows if row.selectable)
    assert session.find(key) == session.find(key, 1) == Location(2, key)
    session.panes[0] = session.panes[2]
    assert session.find(key) == session.find(key, 1) == Location(0, key)
    assert session.find(key, 2) == Location(2, key)
    assert session.find("") is session.find("", 0) is session.find("actors/never", 2) is None


@pytest.mark.parametrize("leave", ["next-pane", "pane-deals", "down"])
def test_a_row_that_is_left_counts_as_read(leave: str, tmp_path: Path) -> None:
    session = session_of("small", tmp_path)
    session.settle()
    before = session.row
    session.do(leave)
    session.do("next-unread")
    assert session.row != before


def quiet_session(tmp_path: Path, name: str = "small") -> ReadingSession:
    """A session whose annotations and checks are there, as after the first frame."""
    session = session_of(name, tmp_path)
    session.show(session.completed(session.scene))
    session.settle()
    return session


def unread_session(tmp_path: Path) -> ReadingSession:
    """A session in which all that `small.yaml` says is unread."""
    session_of("bare", tmp_path).annotate()
    return quiet_session(tmp_path)


def typed(session: ReadingSession, text: str) -> None:
    """Type a search, letter by letter."""
    assert isinstance(session.do("search"), Ask)
    for length in range(1, len(text) + 1):
        session.search_for(text[:length])


def test_the_number_of_the_match_stays_when_the_row_before_counts_as_read(tmp_path: Path) -> None:
    session = unread_session(tmp_path)
    before = session.scene.marks.unread if session.scene.marks else 0
    assert isinstance(session.do("search", argument="lantern"), Matched)
    assert session.scene.marks is not None
    assert session.scene.marks.unread < before
    assert session.search.index == 0


def test_a_match_that_is_gone_has_no_number(tmp_path: Path) -> None:
    session = quiet_session(tmp_path)
    session.do("search", argument="lighthouse is lit")
    assert session.search.index == 0
    session.do("earliest")
    assert session.search.index is None


def test_letters_of_a_search_move_no_other_pane(tmp_path: Path) -> None:
    letters, whole = quiet_session(tmp_path / "a"), quiet_session(tmp_path / "b")
    typed(letters, "Fresnel")
    whole.do("search", argument="Fresnel")
    assert letters.location == whole.location
    assert [pane.key for pane in letters.panes] == [pane.key for pane in whole.panes]


def test_a_match_that_is_accepted_keeps_its_row_in_the_next_search(tmp_path: Path) -> None:
    session = quiet_session(tmp_path)
    typed(session, "storm")
    session.do("pane-timeline")
    session.do("bottom")
    row = session.row
    typed(session, "Inge")
    assert session.panes[1].row == row


@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_search_is_no_search(text: str, tmp_path: Path) -> None:
    session = quiet_session(tmp_path)
    question = session.do("search")
    assert isinstance(question, Ask)
    session.answer(question, text)
    assert session.do("escape") == Close("escape")


def test_an_empty_search_keeps_the_one_before(tmp_path: Path) -> None:
    session = quiet_session(tmp_path)
    session.do("search", argument="lantern")
    question = session.do("search")
    assert isinstance(question, Ask)
    assert session.answer(question, "") == Said("")
    assert session.search.text == "lantern"


def test_a_search_that_is_closed_is_over(tmp_path: Path) -> None:
    session = quiet_session(tmp_path)
    began = session.location
    session.do("search", argument="lantern")
    question = session.do("search")
    assert isinstance(question, Ask)
    assert isinstance(session.cancel(question), SearchEnded)
    assert session.location == began
    assert session.search.origin is None


def test_a_row_that_a_closed_search_leaves_counts_as_read_at_once(tmp_path: Path) -> None:
    session = unread_session(tmp_path)
    session.do("search", argument="lantern")
    question = session.do("search")
    assert isinstance(question, Ask)
    assert session.scene.marks is not None
    before = session.scene.marks.unread
    session.cancel(question)
    assert session.scene.marks.unread == before - 1


def test_no_match_says_how_to_return(tmp_path: Path) -> None:
    session = quiet_session(tmp_path)
    assert session.do("search", argument="zyx") == Said("No match for “zyx”; Esc returns")


def test_panes_follow_days_whether_they_were_seen_or_not(tmp_path: Path) -> None:
    unseen, seen = quiet_session(tmp_path / "a"), quiet_session(tmp_path / "b")
    for day in ("earliest", "later", "latest", "own-date"):
        unseen.do(day)
        seen.do(day)
        assert seen.views
    assert [pane.key for pane in unseen.panes] == [pane.key for pane in seen.panes]
    assert unseen.position == seen.position


def test_a_session_resumes_in_panes_that_were_not_seen_on_its_day(tmp_path: Path) -> None:
    unseen, seen = quiet_session(tmp_path / "a"), quiet_session(tmp_path / "b")
    for session in (unseen, seen):
        assert session.views
        session.do("earliest")
    assert seen.views
    assert unseen.position == seen.position
