"""A reading session driven by keys, without a screen: what a face does, in the fewest words."""

from __future__ import annotations

from briefing_tui.briefing.document import Document
from briefing_tui.commands.registry import COMMANDS, key_name
from briefing_tui.session import outcomes
from briefing_tui.session.outcomes import Outcome
from briefing_tui.settings.options import Settings
from briefing_tui.views.evidence import evidence
from briefing_tui.views.header_footer import header, tabs
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.rows import Row, plain, row_text
from tests.sessions import Opening, session_of

WIDTH = 120
"""Columns of the header and the tabs."""


class SessionReader:
    """Presses keys in a session and shows where they lead."""

    def __init__(
        self,
        document: Document,
        settings: Settings | None = None,
        opening: Opening | None = None,
    ) -> None:
        self.session = session_of(document, settings, opening=opening)
        self.session.show(self.session.completed(self.session.scene))
        self.session.settle()
        self.outcome: Outcome = outcomes.Said("")
        """The outcome of the last command."""
        self.copied = ""
        """The text of the last copy."""
        self.is_open = True
        self._question: Outcome | None = None
        self._typed = ""
        self._choice = 0
        self._commands = {
            _key(name): command.id
            for command in COMMANDS
            if "reader" in command.places
            for name in self.session.keys[command.id]
        }

    # Keys

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in map(_key, keys):
            match self._question:
                case None:
                    self.session.clear_notice()
                    self._render(self.session.do(self._commands[key]))
                case outcomes.Ask(command="search"):
                    self._press_in_search(key)
                case outcomes.Ask() as question:
                    self._press_in_field(question, key)
                case outcomes.AskLetter() as question:
                    self._close()
                    cancelled = key == "escape"
                    letter = next(iter(question.used), "") if key == "enter" else key
                    self._render(
                        self.session.cancel(question)
                        if cancelled
                        else self.session.answer(question, letter)
                    )
                case outcomes.Choose() as choice:
                    self._press_in_choice(choice, key)
                case _:
                    assert key in ("escape", "q", "backspace"), key
                    self._close()

    def type(self, text: str) -> None:
        """Press the keys of a text."""
        self.press(*text)

    def stand_on(self, pane: str, key: str) -> None:
        """Go to a row of a pane."""
        self.session.do(f"pane-{pane}")
        location = self.session.find(key, self.session.active)
        assert location is not None, key
        self.session.pane.select(key)
        self.session.enter_row()
        assert self.place == (pane, key)

    def _press_in_search(self, key: str) -> None:
        if key == "enter":
            self._close()
            self._render(self.session.accept_search())
        elif key == "escape":
            self._close()
            self._render(self.session.end_search() or outcomes.Said(""))
        else:
            self._type(key)
            self.session.search_for(self._typed)

    def _press_in_field(self, question: outcomes.Ask, key: str) -> None:
        if key == "enter":
            text = self._typed
            self._close()
            self._render(self.session.answer(question, text.strip()))
        elif key == "escape":
            self._close()
            self._render(self.session.cancel(question))
        else:
            self._type(key)

    def _press_in_choice(self, choice: outcomes.Choose, key: str) -> None:
        if key in ("escape", "q", "backspace"):
            self._close()
        elif key in ("j", "k"):
            step = 1 if key == "j" else -1
            self._choice = min(max(self._choice + step, 0), len(choice.links) - 1)
        elif key == "enter" or (key.isdigit() and 1 <= int(key) <= len(choice.links)):
            number = self._choice if key == "enter" else int(key) - 1
            self._close()
            self._render(self.session.choose(choice, choice.links[number]))

    def _type(self, key: str) -> None:
        if key == "backspace":
            self._typed = self._typed[:-1]
        else:
            self._typed += " " if key == "space" else key

    def _close(self) -> None:
        self._question, self._typed, self._choice = None, "", 0

    # Outcomes

    def _render(self, outcome: Outcome) -> None:
        self.outcome = outcome
        match outcome:
            case outcomes.Copy(text):
                self.copied = text
            case outcomes.Ask(text=text):
                self._question, self._typed = outcome, text
            case (
                outcomes.AskLetter()
                | outcomes.Choose()
                | outcomes.ShowSources()
                | outcomes.Face("plain" | "help")
            ):
                self._question = outcome
            case outcomes.Quit() | outcomes.Close(command="quit-step"):
                self.is_open = False

    @property
    def opened(self) -> str:
        """The name of the outcome that the next key answers; empty if it is a command."""
        return type(self._question).__name__ if self._question is not None else ""

    @property
    def asked(self) -> str:
        """The question that the next key answers, with its choices or the text typed so far."""
        match self._question:
            case outcomes.Ask(_, title, _, _, problem):
                return "\n".join([title, problem, self._typed])
            case outcomes.AskLetter(_, title, used, empty):
                return "\n".join([title, *(used.values() or [empty])])
            case outcomes.Choose(_, title, links):
                return "\n".join([title, *(link.label for link in links)])
        return ""

    @property
    def message(self) -> str:
        """What the last command says, or the number of the match."""
        search = self.session.search
        match self.outcome:
            case outcomes.Close(command="back"):
                return "This is the start of the history"
            case outcomes.Said(message) | outcomes.Moved(_, message) if message:
                return message
            case outcomes.Shown(message) if message:
                return message
        if search.text:
            if search.index is None:
                return "" if search.hits else search.no_match
            pane = PANES[search.hits[search.index].pane].title
            return f"{search.index + 1}/{len(search.hits)} · {pane}"
        return self.session.notice or " ".join(self.session.warnings)

    # Where the reader is

    @property
    def pane(self) -> str:
        """The active pane."""
        return self.session.pane.spec.name

    @property
    def row(self) -> Row:
        """The highlighted row."""
        assert self.session.row is not None
        return self.session.row

    @property
    def key(self) -> str:
        """The key of the highlighted row."""
        return self.row.key

    @property
    def place(self) -> tuple[str, str]:
        """Pane and row."""
        return self.pane, self.key

    @property
    def number(self) -> int:
        """The number of the highlighted row among those that can be highlighted, from 1."""
        return self.keys_of(self.pane).index(self.key) + 1

    @property
    def day(self) -> str:
        """The day that is shown."""
        return self.session.scene.as_of.isoformat()

    def keys_of(self, pane: str) -> list[str]:
        """The keys of a pane's rows that can be highlighted."""
        (state,) = (state for state in self.session.panes if state.spec.name == pane)
        return [row.key for row in state.view.rows if row.selectable]

    @property
    def evidence(self) -> str:
        """The evidence of the highlighted row."""
        rows = evidence(self.session.scene, self.session.row).rows
        return "\n".join(plain((*row.lead, *row.body)) for row in rows)

    @property
    def header(self) -> str:
        """The two lines above the panes."""
        session = self.session
        lines = header(session.scene, WIDTH), tabs(session.active, session.scene, WIDTH)
        return "\n".join(plain((*left, *right)) for left, right in lines)

    @property
    def text(self) -> str:
        """The rows of the active pane, or why it has none."""
        view = self.session.pane.view
        return "\n".join(map(row_text, view.rows)) or view.empty


def _key(key: str) -> str:
    """Return the character of a key that has one, else the name of the key."""
    sign = key_name(key)
    return sign if len(sign) == 1 else key
