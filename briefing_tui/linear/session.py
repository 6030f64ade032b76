"""One reading, line by line: what is typed goes in, what is to be read comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from briefing_tui.annotations.store import Notebook
from briefing_tui.briefing.problems import suggestion
from briefing_tui.briefing.text import excerpt, shown
from briefing_tui.commands.registry import effective_keys
from briefing_tui.linear.command_parser import LEFT_OUT, Order, Vocabulary
from briefing_tui.linear.marking import Marking
from briefing_tui.linear.moving import Stepping
from briefing_tui.linear.resuming import Resuming
from briefing_tui.linear.telling import Searching, Telling
from briefing_tui.storage.positions import Position
from briefing_tui.views.scene import Scene
from briefing_tui.views.speech import sentences

PROMPT = "> "


class Session(Stepping, Marking, Resuming, Searching, Telling):
    """Every command of a reader of lines together."""

    def __init__(
        self,
        scene: Scene,
        keymap: Mapping[str, str] | None = None,
        notebook: Callable[[Scene], Notebook] = Notebook,
        position: Position | None = None,
        warning: str = "",
    ) -> None:
        """Begin.

        Args:
            scene: The briefing.
            keymap: Keys in place of the defaults, by the ids of commands.
            notebook: Opens the reader's marks; by default they last as long as the session.
            position: Where an earlier session ended.
            warning: What the reader is to be told about that.
        """
        super().__init__(scene, effective_keys(keymap or {}), notebook(scene))
        self._vocabulary = Vocabulary(self.keys)
        self._warnings = [one for one in (warning, self.notebook.warning) if one]
        if position is not None:
            self.begin_at(position)

    @property
    def prompt(self) -> str:
        """What stands before the place to type; ASCII, whatever the file holds."""
        return self.question.prompt if self.question else PROMPT

    def opening(self) -> str:
        """What is read before anything is typed."""
        about = [f"{self.scene.document.briefing.title}.", f"{self.day}.", *self.state]
        about += [self.resumed] if self.resumed else []
        hint = "Enter reads the next row; help tells the commands, quit leaves."
        warnings = [sentences([f"Warning: {shown(one)}"]) for one in self._warnings]
        return "\n".join([" ".join(about), *warnings, hint, self.told(-1)])

    def do(self, line: str) -> str:
        """Do what a line asks for; the result is what there is to read, without a last newline."""
        typed = line.strip(" \r\n")
        asked, self.question = self.question, None
        if asked is not None:
            self.argument = ""
            if self._vocabulary.understood(typed or " ").command == "escape":
                return f"Still in {self.position}."
            answer = asked.take(typed.strip())
            if answer is not None:
                return answer
        if not typed:
            return self.read_on() if self.rest else self._run(Order("down"))
        return self._run(self._vocabulary.understood(typed))

    def cancel(self) -> str:
        """Forget what was asked and what waits to be read."""
        self.question, self.rest = None, []
        return f"Cancelled. You are in {self.position}."

    def do_escape(self) -> str:
        """End the search, or widen the focus; never quit."""
        return self.end_search() or self.widen() or f"Nothing to leave; in {self.position}."

    def do_quit_step(self) -> str:
        """Back out one step, and quit where there is none left."""
        return self.end_search() or self.widen() or self.do_quit()

    def do_quit(self) -> str:
        """Quit at once."""
        self.done = True
        return ""

    def _run(self, order: Order) -> str:
        self.rest = []
        self.count, self.argument = order.times, order.argument
        if order.command in LEFT_OUT:
            return f"{order.command} does nothing here: {LEFT_OUT[order.command]}."
        if not order.command:
            word = excerpt(order.argument)
            hint = suggestion(word, self._vocabulary.names) or "; help tells the commands"
            return f"No such command: {word}{hint}{'' if hint.endswith('?') else '.'}"
        said = getattr(self, f"do_{order.command.replace('-', '_')}")()
        assert isinstance(said, str)
        return said
