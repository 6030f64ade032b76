"""The reading screen: four panes and the evidence of the highlighted row."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Iterable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from briefing_tui.commands.registry import Command, key_name
from briefing_tui.library.daemon_threads import in_thread
from briefing_tui.session import outcomes
from briefing_tui.session.briefing_file import FileVersion
from briefing_tui.session.outcomes import Outcome
from briefing_tui.session.reading_session import ReadingSession
from briefing_tui.storage.file_watcher import INTERVAL
from briefing_tui.storage.positions import Position
from briefing_tui.tui.bindings import bindings_for
from briefing_tui.tui.file_watch import FileWatch
from briefing_tui.tui.screens.dossier_maker import DossierMaker
from briefing_tui.tui.screens.screen_base import BaseScreen
from briefing_tui.tui.widgets.line_widget import StatusLine
from briefing_tui.tui.widgets.pane import EvidencePane, Pane
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.tui.workers import start_worker
from briefing_tui.views.header_footer import footer_hints, header, tabs
from briefing_tui.views.pane_registry import PANES, pane_title
from briefing_tui.views.rows import Link, Span, Spans, TypeSign
from briefing_tui.views.scene import Scene
from briefing_tui.views.timeline import type_signs

if TYPE_CHECKING:
    from textual.widgets import Input

    from briefing_tui.tui.screens.exporter import Exporter
    from briefing_tui.tui.screens.source import SourceScreen

WIDE = 110
"""Columns from which all panes are visible at once."""
ROOMY = 100
"""Columns from which the tab line has room for a full notice."""

_QUIT_COMMANDS = ("quit", "quit-step")


class ReaderScreen(BaseScreen, inherit_bindings=False):
    """The full-screen face of a reading session: runs its commands and renders the outcomes."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("reader", "both")

    def __init__(
        self, session: ReadingSession, *, layout: str = "auto", follow: bool = False
    ) -> None:
        super().__init__(session.keys)
        self.session = session
        self.panes = [Pane(state, "", id=state.spec.name) for state in session.panes]
        self.panes[session.active].add_class("-active", update=False)
        self.evidence = EvidencePane("Evidence", id="evidence")
        self.grid = Container(id="panes")
        self._header = StatusLine(id="header")
        self._tabs = StatusLine(id="tabs")
        self._wide_from = sys.maxsize if layout == "tabs" else WIDE
        """Columns from which all panes are visible at once; the layout "tabs" never does that."""
        self._scene: Scene | None = None
        """The scene that was drawn last."""
        self._input: Input | None = None
        self._source: SourceScreen | None = None
        self._dossiers = DossierMaker(self)
        self._follow = follow
        self._watch = FileWatch(session, follow=follow)
        self._composed = asyncio.Event()
        self._is_settling = False
        self._settled = asyncio.Event()
        self._ready = [asyncio.Event() for _ in self.panes]
        self.set_class(session.zoomed, "-zoomed", update=False)
        if session.notice:
            self.add_class("-saying", update=False)

    # Layout

    def compose(self) -> ComposeResult:
        """Mount every pane once; the style sheet places them."""
        is_wide = self.app.size.width >= self._wide_from
        first = self.panes if is_wide else self.panes[: self.session.active + 1]
        yield self._header
        yield self._tabs
        with Container(id="body"):
            with self.grid:
                yield from first
            yield self.evidence
        with Container(id="bottom"):
            yield self.footer

    def on_mount(self) -> None:
        """Focus the active pane, and load the rest after the first frame."""
        for pane in self.panes:
            # A watcher, since a message would update the evidence a frame later than the list.
            self.watch(pane, "cursor", self._show_evidence, init=False)
        self.sync()
        self._activate()
        self._composed.set()
        self.call_after_refresh(self._start_settling)

    def on_resize(self) -> None:
        """Redraw what depends on the width, and keep the focus in a visible pane."""
        self.redraw_chrome()
        if self.focused is None or not self.focused.display:
            self._activate()

    def on_unmount(self) -> None:
        """Save the state of the session."""
        self.host.session_left(self.session)

    @property
    def rows(self) -> RowList:
        """The rows of the active pane."""
        return self.panes[self.session.active]

    @property
    def scene(self) -> Scene:
        """The scene of the session."""
        return self.session.scene

    # Loading after the first frame

    async def ready_for(self, command: Command | None) -> None:
        """Return as soon as a command can run.

        Commands that move in the active pane or quit only need the first frame, those that switch
        to a pane need that pane, and all others need everything. A key without a command may be
        typed text for any of them.
        """
        name = command.id if command else ""
        pane = self._pane_of(name)
        if pane is not None:
            await self._composed.wait()
            self._start_settling()
            await self._ready[pane].wait()
        elif name in _QUIT_COMMANDS or (command and command.scope == "list"):
            await self._composed.wait()
        else:
            await self.settled()

    def _pane_of(self, command: str) -> int | None:
        """Return the index of the pane that a command switches to; None for other commands."""
        names = [f"pane-{spec.name}" for spec in PANES]
        if command in names:
            return names.index(command)
        steps = {"next-pane": 1, "previous-pane": -1}
        return (self.session.active + steps[command]) % len(names) if command in steps else None

    def _start_settling(self) -> None:
        # In a worker, so that the screen stays responsive.
        start_worker(self, self.settled, "settling")

    async def settled(self) -> None:
        """Load the hidden panes, the checks and the annotations, and wait for them."""
        await self._composed.wait()
        if not self._is_settling:
            self._is_settling = True
            try:
                await self._settle()
            finally:
                for event in (*self._ready, self._settled):
                    event.set()
        await self._settled.wait()
        self._catch_up()

    async def _settle(self) -> None:
        hidden = [pane for pane in self.panes if not pane.is_attached]
        if not self.grid.is_attached:
            return  # the screen was closed meanwhile
        await self.grid.mount(*hidden)
        session = self.session
        loaded: Scene | None = None
        while loaded is not session.scene:  # the scene may change meanwhile
            loaded = session.scene
            scene = await in_thread(partial(session.completed, loaded))
            for pane, state, ready in zip(self.panes, session.panes, self._ready, strict=True):
                view = await in_thread(partial(state.prepare, scene))
                # If only one pane is visible, the others will have its width.
                width = (pane if pane.size.width else self.rows).size.width
                await in_thread(partial(pane.prepare, view, width))
                if scene is session.scene:  # no more changes are to come
                    ready.set()
        if not self.is_attached:
            return
        session.show(scene)
        session.settle()
        self.sync()
        if session.warnings and session.warnings[-1] != session.notice:
            self.say(session.warnings[-1])
        if session.can_reload:
            self.set_interval(INTERVAL, self.check_file)
        if not gc.isenabled():
            # Freeze once only, so that objects of later briefings stay collectable.
            gc.freeze()
            gc.enable()

    # Drawing the session

    def sync(self) -> None:
        """Draw the current state of the session."""
        session = self.session
        changed = session.scene is not self._scene
        self._scene = session.scene
        for pane in self.panes:
            pane.search_text = session.search.text
            # Hidden panes wait until the visible ones are drawn.
            if pane.is_attached and pane.display:
                pane.sync()
        self.evidence.search_text = session.search.text
        self._show_evidence()
        if changed:
            self.redraw_chrome()
            if self._settled.is_set():  # until then, they are prepared in a thread
                self.call_after_refresh(self._catch_up)

    def command_titles(self) -> Mapping[str, str]:
        """Return the titles of commands that have another one in this briefing."""
        return self.session.command_titles

    def _catch_up(self) -> None:
        for pane in self.panes:
            pane.sync()

    def _activate(self) -> None:
        active = self.session.active
        self.panes[active].sync()
        self.remove_class("-evidence")
        for number, pane in enumerate(self.panes):
            pane.set_class(number == active, "-active")
        # Unlike Widget.focus(), this takes effect before the next key.
        self.set_focus(self.rows, scroll_visible=False)
        self._show_evidence()
        self.redraw_chrome()

    def _show_evidence(self) -> None:
        self.evidence.show(self.session.scene, self.session.row)

    def redraw_chrome(self) -> None:
        """Redraw header, tabs, the titles of the panes, and footer."""
        if not self.is_attached:
            return
        scene, width = self.session.scene, self.app.size.width
        layout_width = width if width >= self._wide_from else min(width, WIDE - 1)
        self._header.left, self._header.right = header(scene, layout_width)
        self._tabs.left, self._tabs.right = tabs(self.session.active, scene, width)
        for number, pane in enumerate(self.panes, 1):
            pane.pane_title = f"{number} {pane_title(PANES[number - 1], scene.document.briefing)}"
        if self.session.waiting is not None:
            line = self._header if width >= max(WIDE, self._wide_from) else self._tabs
            line.right = (*self._file_notice(self.session.waiting), *line.right)
        self.draw_footer()

    def _file_notice(self, version: FileVersion) -> Spans:
        is_broken = version.document is None
        key = self.keys["reload"][0]
        text = f"file changed · {key} reloads"
        if is_broken:
            text = f"file cannot be read · {key} says why"
        if self.app.size.width < ROOMY:
            text = f"changed · {key}"
        return (Span(f" {text} ", "error" if is_broken else "warning"),)

    def event_types(self) -> Iterable[TypeSign]:
        """Return the types of events in the timeline, if it shows their signs."""
        return type_signs(self.session.scene).values()

    def hints(self) -> tuple[Spans, Spans]:
        """Return the state of the search, the notice of the session, or the key hints."""
        if self.session.search.text:
            return self._search_status()
        if self.session.notice:
            return (Span(f" {self.session.notice}", "accent"),), ()
        return footer_hints(self.keys, self.app.size.width)

    def _search_status(self) -> tuple[Spans, Spans]:
        search = self.session.search
        # While it is typed, the text is in the input field.
        text = () if self.has_class("-searching") else (Span(f" /{search.text}", "strong"),)
        hints = " · ".join(
            f"{key_name(self.keys[name][0])} {word}"
            for name, word in (
                ("next-match", "next"),
                ("previous-match", "previous"),
                ("escape", "back"),
            )
        )
        if not search.hits:
            if search.mistake:
                return (*text, Span(f"  {search.mistake}", "warning")), ()
            return (*text, Span("  no match", "warning")), (Span(f"{hints} ", "muted"),)
        if search.index is None:
            return (*text, Span(f"  {len(search.hits)} matches", "accent")), ()
        spec = PANES[search.hits[search.index].pane]
        pane = pane_title(spec, self.session.scene.document.briefing)
        counter = f"  {search.index + 1}/{len(search.hits)} · {pane}"
        return (*text, Span(counter, "accent")), (Span(f"{hints} ", "muted"),)

    def say(self, message: str) -> None:
        """Show a message on the last line, also in an open source."""
        super().say(message)
        if message and self._source is not None:
            self._source.say(self._message)

    def on_key(self) -> None:
        """Clear the notice."""
        self.session.clear_notice()

    # Commands and their outcomes

    async def action_command(self, name: str) -> None:
        """Run a command of the registry with the typed count."""
        if name == "escape" and self._dossiers.stop():
            return
        count = self.rows.take_count(default=0)
        held = self._watch.take_held() if name == "reload" else None
        if held or (name == "reload" and not self.session.waiting and self._watch.is_checking):
            outcome = self.session.reload(held or self._watch.missing)
        else:
            outcome = self.session.do(name, count)
        await self.render_outcome(outcome)

    async def render_outcome(self, outcome: Outcome) -> None:
        """Render the outcome of a command."""
        if self.session.scene is not self._scene:
            self.sync()  # a row was read, perhaps by a command that only says something
        match outcome:
            case outcomes.Moved(_, message):
                self._sync_location()
                self.say(message)
            case outcomes.Matched() | outcomes.SearchEnded():
                self._close_search()
                self._sync_location()
                self.redraw_chrome()
            case outcomes.Shown(change="evidence"):
                self._move_to_evidence()
            case outcomes.Shown(change="zoom"):
                self.set_class(self.session.zoomed, "-zoomed")
            case outcomes.Shown(message, change):
                self.sync()
                self.say(message)
                if change == "version":
                    self.redraw_chrome()
            case outcomes.Ask(command="search"):
                await self._open_search()
            case outcomes.Ask(command="palette"):
                self.action_palette()
            case outcomes.Ask():
                self._ask(outcome)
            case outcomes.Edit():
                await self._edit(outcome)
            case outcomes.AskLetter(_, title, used, empty):
                from briefing_tui.tui.screens.pickers import LetterPicker

                self.app.push_screen(
                    LetterPicker(title, used, empty), partial(self._answer, outcome)
                )
            case outcomes.Choose(_, title, links):
                from briefing_tui.tui.screens.pickers import LinkPicker

                self.app.push_screen(LinkPicker(title, list(links)), partial(self._choose, outcome))
            case outcomes.ShowSources(sources, entry):
                from briefing_tui.tui.screens.source import SourceScreen

                copy = self.exporter.copy
                self._source = SourceScreen(self, self.scene, sources, entry, copy)
                self.app.push_screen(self._source, self._close_source)
            case outcomes.Copy(text, label):
                self.exporter.copy(text, label)
            case outcomes.Write(text):
                self.exporter.write(text)
            case outcomes.OpenPage(url):
                self.exporter.open_page(url)
            case outcomes.OpenBriefing() | outcomes.OpenLibrary():
                self.say(self.host.open(outcome))
            case outcomes.OpenNext(back):
                if not self.host.next_briefing(self.session, back=back):
                    await self.render_outcome(self.session.stay(outcome))
            case outcomes.OpenDossier(link, members):
                day = self.scene.other_day
                position = Position(as_of=day) if day else None
                self._dossiers.make(link, members, position)
            case outcomes.OpenWholeDossier(subject):
                self._dossiers.make_of(subject, self.session.position, whole=True)
            case _:
                await super().render_outcome(outcome)

    def action_plain(self) -> None:
        """Show the pane as plain text."""
        self.show_text(self.session.pane.view)

    async def go_to(self, key: str) -> None:
        """Go to a row by its key."""
        await self.render_outcome(self.session.go_to(key))

    async def make_dossier(self, link: Link) -> None:
        """Open the dossier of an actor or deal."""
        choice = outcomes.Choose("dossier", "Dossier of", (link,))
        await self.render_outcome(self.session.choose(choice, link))

    def _sync_location(self) -> None:
        self.sync()
        if not self.rows.has_focus or not self.rows.has_class("-active"):
            self._activate()

    def _move_to_evidence(self) -> None:
        if not self.session.in_evidence:
            self._activate()
            return
        self.add_class("-evidence")
        self.set_focus(self.evidence, scroll_visible=False)

    def _ask(self, question: outcomes.Ask) -> None:
        from briefing_tui.tui.screens.prompt import Prompt

        prompt = Prompt(
            question.title,
            question.example,
            question.text,
            question.problem,
            on_abandon=partial(self.session.abandon, question),
        )
        self.app.push_screen(prompt, partial(self._answer, question))

    async def _answer(self, question: outcomes.Ask | outcomes.AskLetter, text: str | None) -> None:
        if text is None:
            await self.render_outcome(self.session.cancel(question))
        else:
            await self.render_outcome(self.session.answer(question, text))

    async def _choose(self, choice: outcomes.Choose, link: object) -> None:
        if link is not None:
            await self.render_outcome(self.session.choose(choice, link))  # type: ignore[arg-type]

    async def _edit(self, request: outcomes.Edit) -> None:
        from briefing_tui.tui.note_editor import EditorError, discard, edit

        try:
            if not self.host.settings.editor:
                raise EditorError("The configuration does not let the reader start an editor")
            text, file = edit(self.app, request.draft.text, self.host.surroundings.environ)
        except EditorError as error:
            self.say(str(error))
            return
        outcome = self.session.answer(request, text)
        if isinstance(outcome, outcomes.Ask):
            # The path comes first, since the end of the line may be cropped.
            problem = f"{outcome.problem[:1].lower()}{outcome.problem[1:]}"
            self.say(f"Your text is in {file}, {problem}")
            return
        discard(file)
        await self.render_outcome(outcome)

    async def _close_source(self, key: str | None) -> None:
        self._source = None
        if key:
            await self.go_to(key)

    @cached_property
    def exporter(self) -> Exporter:
        """Copies and writes texts, and opens pages."""
        from briefing_tui.tui.screens.exporter import Exporter

        return Exporter(self)

    # Search bar

    async def _open_search(self) -> None:
        if self._input is None:
            from textual.widgets import Input  # not needed for the first frame

            self._input = Input(id="search", placeholder="Search all panes", select_on_focus=False)
            self._input.cursor_blink = False  # every blink is sent to the terminal
            await self.mount(self._input, before=self.footer)
        self.add_class("-searching")
        self.set_focus(self._input)
        # Typing replaces the text of the previous search.
        self._input.select_all()

    @property
    def _is_typing(self) -> bool:
        """Whether the keys go to the search field."""
        return self._input is not None and self._input.has_focus

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for the text typed so far; the field keeps the focus."""
        self.session.search_for(event.value)
        is_typing = self._is_typing
        self._sync_location()
        if is_typing and self.has_class("-searching"):
            self.set_focus(event.input)
        self.draw_footer()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Accept the search."""
        if event.value != self.session.search.text:
            # The text of a search that has ended: it did not change.
            self.session.search_for(event.value)
        outcome = self.session.accept_search()
        self._close_search()
        await self.render_outcome(outcome)

    def _close_search(self) -> None:
        if self._input is not None and self.has_class("-searching"):
            self.remove_class("-searching")
            self.set_focus(self.rows, scroll_visible=False)
            self.redraw_chrome()

    # Events of the lists

    @on(RowList.Moved)
    def _row_moved(self, event: RowList.Moved) -> None:
        if event.rows is self.rows:
            self._show_evidence()
            # A match of half a word was not read.
            if not self._is_typing and self.session.enter_row():
                self.sync()
        if event.rows.count:
            self.say(event.rows.count)

    @on(RowList.Chosen)
    async def _row_chosen(self, event: RowList.Chosen) -> None:
        await self.action_command("follow" if event.rows is self.rows else "source")

    def on_descendant_focus(self) -> None:
        """Activate the pane that was clicked."""
        for number, pane in enumerate(self.panes):
            if pane.has_focus and number != self.session.active:
                self.session.do(f"pane-{PANES[number].name}")
                self._activate()

    # The file

    @work(group="file", exit_on_error=False)
    async def check_file(self) -> None:
        """Report another version of the file, or show it at once."""
        version = await self._watch.check()
        if version is None or not self.is_attached:
            return
        if not version.is_there:
            self.say(version.error)
            return
        self.session.file_changed(version)
        if self._follow:
            self.call_later(self.action_command, "reload")
        else:
            self.redraw_chrome()
