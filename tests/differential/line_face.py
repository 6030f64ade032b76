"""Runs steps line by line."""

from __future__ import annotations

from pathlib import Path

from briefing_tui.linear import answers
from briefing_tui.linear.reader import LineReader
from briefing_tui.session.outcomes import Ask, Choose
from briefing_tui.session.reading_session import ReadingSession
from briefing_tui.views.spoken_rows import row_label, spoken_heading, spoken_row
from tests.differential.messages import line_message
from tests.differential.reader_state import Desk, State, state_of
from tests.differential.steps import Step


class LineFace:
    """A reader at a prompt."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._path = desk.path
        self._reader = LineReader(desk.open(self._path))
        self._searched = ""
        """What the search field of a screen holds."""

    @property
    def session(self) -> ReadingSession:
        """The session of the open briefing."""
        return self._reader.session

    def state(self) -> State:
        """Return the state before the first step."""
        return state_of(self.session, "")

    def run(self, step: Step) -> State:
        """Run a step; return the state after it."""
        command = step.command
        if command == "edit-file":
            self._desk.edit(int(step.text))
            return state_of(self.session, "")
        if command == "open":
            return self._open(self._desk.paths[int(step.text)])
        if closes(self.session, command, in_library=self._desk.world.library):
            return self._open(self._path)
        if command == "search" and step.accepts:
            if not step.text and not self.session.search.text:
                step = step._replace(text=self._searched)
            self._searched = step.text or self._searched
        former = self.session.location
        answer = self._answer(step)
        lines = own_lines(self.session, former.pane)
        message = line_message(command, answer, lines).replace(f"{self._desk.library}/", "")
        return state_of(self.session, message)

    def _open(self, path: Path) -> State:
        self._path = path
        assert self.session.leave() == []
        self._reader = LineReader(self._desk.open(path))
        self._searched = ""
        return self.state()

    def _answer(self, step: Step) -> str:
        do = self._reader.do
        if step.accepts and self._is_inline(step):
            return do(f"{step.command} {step.text}")
        answer = do(f"{step.times or ''} {step.command}".strip())
        question = self._reader.question
        if question is None:
            # Without a mark there is no question, and the screen's is closed.
            return "" if step.command == "jump" and not step.accepts else answer
        if not step.accepts or (text := _typed(question, step.text)) is None:
            do("escape")
            return ""
        return do(text)

    def _is_inline(self, step: Step) -> bool:
        if step.command in _CHOICES or step.text.strip() in ("", "-"):
            return False
        # The line reader asks for no letter if there is no mark.
        return step.is_inline or (step.command == "jump" and not self.session.annotations.jumps)


_CHOICES = ("follow", "narrow", "open-link")


def _typed(question: object, text: str) -> str | None:
    """Return what answers a question; None if it has no such answer."""
    if isinstance(question, Choose):
        return str(int(text or 0) % min(len(question.links), 9) + 1)
    if isinstance(question, Ask) and question.draft is not None and text == "-":
        return text if question.draft.saved else None
    return text


def closes(session: ReadingSession, command: str, *, in_library: bool) -> bool:
    """Return whether a command leaves the briefing."""
    if command == "quit":
        return True
    if command == "back":
        return in_library and not session.history.can_go_back
    if command in ("escape", "quit-step"):
        is_at_rest = session.search.origin is None and not session.scene.focus
        return is_at_rest and (in_library or command == "quit-step")
    return False


def own_lines(session: ReadingSession, *panes: int) -> set[str]:
    """Return the lines in which the line reader describes rows, panes and filters."""
    lines = {answers.item(session), " ".join(answers.state(session))}
    for number in {session.active, *panes}:
        view = session.panes[number].view
        lines |= {view.empty, spoken_heading(view)}
        lines |= {spoken_row(row, row_label(view.rows, at)) for at, row in enumerate(view.rows)}
        lines |= {spoken_row(row) for row in view.rows}
        lines |= set(answers.headings(view.rows, session.panes[number].cursor))
    return lines
