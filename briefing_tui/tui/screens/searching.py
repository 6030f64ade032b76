"""Searching all panes, from the last line of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_tui.commands.registry import key_name
from briefing_tui.session.history import Location
from briefing_tui.tui.screens.base import ReaderBase
from briefing_tui.views.panes import PANES
from briefing_tui.views.rows import Span, Spans
from briefing_tui.views.scene import Scene
from briefing_tui.views.search import Hit, advice, find, find_answers, following, is_query

if TYPE_CHECKING:
    from textual.widgets import Input


class Searching(ReaderBase):
    """The commands that look for words."""

    _hits: list[Hit]
    _mistake = ""
    """Why what is typed is no query, or was perhaps meant for another."""
    _at: int | None = None
    _origin: Location | None = None
    _input: Input | None = None

    async def action_search(self) -> None:
        """Ask what to look for; matches are gone to while it is typed."""
        if self._origin is None:
            self._origin = self.here
        if self._input is None:
            from textual.widgets import Input  # the first picture need not wait for it

            self._input = Input(id="search", placeholder="Search all panes", select_on_focus=False)
            self._input.cursor_blink = False  # each blink would be sent over the line
            await self.mount(self._input, before=self.footer)
        self.add_class("-searching")
        self.set_focus(self._input)
        # What was sought before gives way to what is typed; not so when a match takes the focus.
        self._input.select_all()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what is typed so far."""
        self.sought = event.value
        self._hits = self._found()
        self._at = None
        if self._hits and self._origin is not None:
            here = self._hit_of(self._origin)
            # A row that matches where the search began is the first hit.
            before = Hit(here.pane, here.row - 1)
            self._visit_hit(following(self._hits, before))
        elif self._origin is not None:
            self._look_at(self._origin)
        self.footer.left, self.footer.right = self.status()

    def on_input_submitted(self) -> None:
        """Keep to what was typed."""
        self._close_input()
        if not self.sought:
            self.end_search()
        elif not self._hits:
            self.say(f"{self._no_match}; Esc returns")

    def action_next_match(self) -> None:
        """Go to the next match, also in the panes after."""
        self._step(back=False)

    def action_previous_match(self) -> None:
        """Go to the match before, also in the panes before."""
        self._step(back=True)

    def end_search(self) -> bool:
        """Forget the search and return to where it began; whether there was one."""
        origin, self._origin = self._origin, None
        self._close_input()
        if origin is None:
            return False
        self.sought = ""
        self._hits, self._at = [], None
        self.go(origin)
        self.redraw_chrome()
        return True

    def status(self) -> tuple[Spans, Spans]:
        """The counter while there is a search, and else the hints."""
        if not self.sought:
            return super().status()
        sought: Spans = (Span(f" /{self.sought}", "strong"),)
        keys = self.keys
        hints = " · ".join(
            f"{key_name(keys[name][0])} {word}"
            for name, word in (
                ("next-match", "next"),
                ("previous-match", "previous"),
                ("escape", "return"),
            )
        )
        if self.has_class("-searching"):
            sought = ()  # it stands in the input
        if not self._hits:
            if self._mistake:
                return (*sought, Span(f"  {self._mistake}", "warning")), ()
            return (*sought, Span("  no match", "warning")), (Span(f"{hints} ", "muted"),)
        if self._at is None:
            return (*sought, Span(f"  {len(self._hits)} matches", "accent")), ()
        pane = PANES[self._hits[self._at].pane].title
        counter = f"  {self._at + 1}/{len(self._hits)} · {pane}"
        return (*sought, Span(counter, "accent")), (Span(f"{hints} ", "muted"),)

    def show(self, scene: Scene) -> None:
        """Look again in what is shown now."""
        super().show(scene)
        if self.sought:
            self.catch_up()
            self._hits, self._at = self._found(), None
            self.redraw_chrome()

    def _found(self) -> list[Hit]:
        views = [pane.view for pane in self.panes]
        self._mistake = ""
        if not is_query(self.sought):
            found = find(views, self.sought)
            self._mistake = "" if found else advice(self.sought)
            return found
        from briefing_tui.query.lexer import QueryError

        try:
            return find_answers(self.scene, views, self.sought)
        except QueryError as error:
            self._mistake = str(error)
            return []

    @property
    def _no_match(self) -> str:
        return self._mistake or f"No match for “{self.sought}”"

    def _step(self, *, back: bool) -> None:
        if not self.sought:
            self.say("Nothing is searched for; / begins a search")
            return
        self._hits = self._found()
        if not self._hits:
            self.say(self._no_match)
            return
        self._visit_hit(following(self._hits, self._hit_of(self.here), back=back))

    def _visit_hit(self, number: int | None) -> None:
        if number is None:
            return
        self._at = number
        hit = self._hits[number]
        row = self.panes[hit.pane].view.rows[hit.row]
        self._look_at(Location(hit.pane, row.key))
        self.footer.left, self.footer.right = self.status()

    def _look_at(self, place: Location) -> None:
        """Go to a row; whoever is typing goes on typing."""
        typing = self._input is not None and self._input.has_focus
        self.go(place)
        if typing:
            self.set_focus(self._input)

    def _hit_of(self, place: Location) -> Hit:
        rows = self.panes[place.pane].view.rows
        at = next((at for at, row in enumerate(rows) if row.key == place.key), 0)
        return Hit(place.pane, at)

    def _close_input(self) -> None:
        if self._input is not None and self.has_class("-searching"):
            self.remove_class("-searching")
            self.set_focus(self.rows, scroll_visible=False)
            self.redraw_chrome()
