"""A reading session: the state and commands of a reader of one briefing, without a face."""

from __future__ import annotations

import datetime
import string
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol

import msgspec

from briefing_tui.briefing.dates import DateError, Edtf, format_date
from briefing_tui.briefing.document import Document, Origin
from briefing_tui.briefing.model import Entry, Milestone, wikidata_ids
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.commands.registry import key_name
from briefing_tui.session import outcomes
from briefing_tui.session.briefing_file import FileVersion
from briefing_tui.session.history import History, Location
from briefing_tui.session.list_state import PaneState
from briefing_tui.session.outcomes import Ask, Outcome, Said, Shown
from briefing_tui.session.search import Search
from briefing_tui.storage.positions import Position
from briefing_tui.views import unread_rows
from briefing_tui.views.as_of_filter import parse_as_of
from briefing_tui.views.copy_text import citation, row_for_copy, view_for_copy
from briefing_tui.views.focus_filter import narrow, scene_at
from briefing_tui.views.links import actor_links, deal_links, event_link
from briefing_tui.views.mark_overlay import news_of
from briefing_tui.views.pane_registry import PANES, pane_title
from briefing_tui.views.rows import Link, Row, RowPosition, View, plain
from briefing_tui.views.scene import Scene, day_at_step, scene_on, with_checks
from briefing_tui.views.support import sources_of
from briefing_tui.views.terms import tracker

if TYPE_CHECKING:
    from briefing_tui.annotations.drafts import Draft
    from briefing_tui.annotations.read_state import Jump, ReadingStatus
    from briefing_tui.annotations.session_annotations import Annotations
    from briefing_tui.library.entity_resolution import Subject

RESUMED = "Resumed where you left"
NO_LIBRARY = "No library is open"
NOT_SHOWN = "not shown now"
NO_ROW = "There is no row to mark here"
NO_LETTER = "A mark is one letter, from a to z or from A to Z"


class Tour(Protocol):
    """The way to other briefings of a library with unread entries."""

    @property
    def elsewhere(self) -> int:
        """The number of unread entries in the other briefings."""

    def next(self, session: ReadingSession, *, back: bool) -> ReadingSession | None:
        """Open the next briefing with unread entries, or the previous; None if there is none."""


class Call(msgspec.Struct, frozen=True):
    """A command as a face runs it."""

    command: str
    count: int = 0
    """0 if none was typed."""
    argument: str = ""

    @property
    def times(self) -> int:
        """The count, 1 if none was typed."""
        return max(self.count, 1)


class ReadingSession:
    """The location of a reader in one briefing, and every command.

    A session has no access to the terminal, files or the clock; callbacks provide what it needs.
    """

    def __init__(
        self,
        scene: Scene,
        keys: Mapping[str, tuple[str, ...]],
        *,
        annotations: Callable[[Scene], Annotations] | None = None,
        position: Position | None = None,
        check_file: Callable[[], FileVersion | None] | None = None,
        file: str = "",
        subject: Subject | None = None,
        has_library: bool = False,
        warning: str = "",
        notice: str = "",
        tour: Tour | None = None,
        theme: tuple[str, str] = ("", ""),
        keep: Callable[[Position], str] | None = None,
    ) -> None:
        """Start a session.

        Args:
            scene: The first scene.
            keys: The keys of every command, for messages.
            annotations: Opens the annotations; if left out, they are not saved.
            position: Where to begin; the scene already has its day and focus.
            check_file: Returns the new version of a file that changed; None if it cannot change.
            file: Path by which the library knows the briefing; empty if it does not.
            subject: Of a dossier that leaves briefings out, the actor or deal with all briefings.
            has_library: Whether other briefings can be opened from here.
            warning: A problem with the position of the last session.
            notice: A message until the first command; the default says on which day it resumes.
            tour: The way to other briefings of a library with unread entries.
            theme: The theme that the reader chose, and the one that it replaces.
            keep: Saves the position for the next session, and returns the problem if it cannot.
        """
        self.keys = keys
        self.scene = scene
        rows = position.rows if position is not None else {}
        self.panes = [PaneState(spec, scene, rows.get(spec.name)) for spec in PANES]
        self.active = 0
        self.history = History()
        self.search = Search()
        self.zoomed = False
        self.in_evidence = False
        """Whether the keys go to the evidence of the row."""
        self.is_resumed = False
        self.file = file
        self.subject = subject
        self.has_library = has_library
        self.tour = tour
        self.waiting: FileVersion | None = None
        """Another version of the file that is not shown yet."""
        self.theme = theme
        self._names_words = False
        self._keep = keep
        self._check_file = check_file
        self._open_annotations = annotations
        self._annotations: Annotations | None = None
        self._annotated_document: Document | None = None
        self._entered: Row | None = None
        """The row that counts as read once the reader leaves it."""
        self._left_early: list[Row] | None = []
        """Rows left before the annotations were open; None once they are."""
        self.notice = notice or warning
        if position is not None:
            names = [spec.name for spec in PANES]
            if position.pane in names:
                self.active = names.index(position.pane)
            self.zoomed = position.zoomed
            self.is_resumed = bool(position.pane)
            if self.scene.other_day is not None:
                self.notice = self.notice or self.resumed_message
        self.warnings = [warning] if warning else []
        """Problems with the position and the annotations."""

    @property
    def resumed_message(self) -> str:
        """The message of a resumed session, with the key that leaves another day."""
        if self.scene.other_day is None:
            return RESUMED
        return f"{RESUMED}; {self._label('own-date')} returns to the briefing's own date"

    @property
    def command_titles(self) -> dict[str, str]:
        """The titles of commands that have another one in this briefing."""
        return {"pane-deals": tracker(self.scene.document.briefing).title}

    @property
    def pane(self) -> PaneState:
        """The active pane."""
        return self.panes[self.active]

    @property
    def row(self) -> Row | None:
        """The highlighted row of the active pane."""
        return self.pane.row

    @property
    def location(self) -> Location:
        """Where the reader is."""
        return Location(self.active, self.pane.key)

    @property
    def views(self) -> list[View]:
        """The views of all panes."""
        return [pane.view for pane in self.panes]

    @property
    def position(self) -> Position:
        """Where the reader is, for the next session."""
        self._update_panes()
        return Position(
            pane=self.pane.spec.name,
            rows={pane.spec.name: key for pane in self.panes if (key := pane.position_key)},
            as_of=self.scene.other_day,
            focus=tuple(link.key for link in self.scene.focus),
            zoomed=self.zoomed,
            theme=self.theme[0],
            theme_before=self.theme[1],
        )

    @property
    def can_reload(self) -> bool:
        """Whether there is a file to read again."""
        return self._check_file is not None

    # Commands

    def do(self, command: str, count: int = 0, argument: str = "") -> Outcome:
        """Execute a command of the registry.

        The count is 0 if none was typed. The argument is what was typed with the command: a date,
        words, a letter, the number of a choice.
        """
        run = self._commands.get(command)
        outcome = run(Call(command, count, argument)) if run else outcomes.Face(command)
        self.enter_row()
        return outcome

    @cached_property
    def _commands(self) -> dict[str, Callable[[Call], Outcome]]:
        """The commands of the registry that are not for faces alone."""
        panes = {
            f"pane-{pane.spec.name}": partial(self._to_pane, number)
            for number, pane in enumerate(self.panes)
        }
        return {
            **panes,
            "down": lambda call: self._move(call.times),
            "up": lambda call: self._move(-call.times),
            "top": lambda _: self._to_number(1),
            "bottom": lambda call: self._to_number(call.count or len(self.pane.stops)),
            "row": self._to_row,
            "next-pane": lambda call: self._to_pane((self.active + 1) % len(self.panes), call),
            "previous-pane": lambda call: self._to_pane((self.active - 1) % len(self.panes), call),
            "evidence": lambda _: self._toggle_evidence(),
            "zoom": lambda _: self._toggle_zoom(),
            "follow": self._follow_row,
            "back": lambda _: self._go_back(),
            "forward": lambda _: self._go_forward(),
            "narrow": self._narrow_row,
            "escape": lambda _: self._back_out() or outcomes.Close("escape"),
            "quit-step": lambda _: self._back_out() or outcomes.Close("quit-step"),
            "quit": lambda _: outcomes.Quit(),
            "search": self._search_command,
            "next-match": lambda _: self._step_match(back=False),
            "previous-match": lambda _: self._step_match(back=True),
            "single-source": lambda _: self._search_single_source(),
            "palette": self._to_name,
            "later": lambda call: self._step(call.times, "No later day with news"),
            "earlier": lambda call: self._step(-call.times, "No earlier day with news"),
            "latest": lambda _: self._to_day(self.scene.steps[-1], "This is the last day"),
            "earliest": lambda _: self._to_day(self.scene.steps[0], "This is the first day"),
            "own-date": lambda _: self._to_day(
                self.scene.document.briefing.as_of.upper, "This is the briefing's own date"
            ),
            "as-of": self._to_date,
            "source": lambda _: self._show_sources(),
            "open-link": self._open_link,
            "copy": lambda _: self._copy_row(),
            "copy-pane": lambda _: self._copy(self._pane_text, "the pane"),
            "cite": lambda _: self._cite(),
            "write": lambda _: outcomes.Write(self._pane_text),
            "star": lambda _: self._on_entry(self._star),
            "note": lambda _: self._on_entry(self._note),
            "edit-note": lambda _: self._on_entry(
                lambda path: outcomes.Edit(self._refreshed_draft(path))
            ),
            "mark": self._mark_row,
            "jump": self._to_jump,
            "next-unread": lambda _: self._to_unread(back=False),
            "previous-unread": lambda _: self._to_unread(back=True),
            "dossier": self._dossier_command,
            "whole-dossier": lambda _: self._whole_dossier(),
            "library": lambda _: outcomes.OpenLibrary() if self.has_library else Said(NO_LIBRARY),
            "reload": lambda _: self._reload_command(),
        }

    def answer(self, question: Ask | outcomes.AskLetter | outcomes.Edit, text: str) -> Outcome:
        """Handle the answer to a question of a command."""
        draft = None if isinstance(question, outcomes.AskLetter) else question.draft
        if draft is not None:
            outcome = self._save_note(draft, text)
        elif text:
            outcome = self.do(question.command, argument=text)
        elif question.command == "search" and self.search.text:
            outcome = self.accept_search()
        else:
            if question.command == "search":
                self.end_search()
            outcome = Said("Empty; nothing done")
        self.enter_row()
        return outcome

    def cancel(self, question: Ask | outcomes.AskLetter) -> Outcome:
        """Close a question without an answer; text that could not be saved is not lost."""
        if isinstance(question, Ask) and question.draft is not None and question.draft.unsaved:
            return Said(f"Not saved yet; {self._label('note')} offers your text again")
        outcome = self.end_search() if question.command == "search" else None
        self.enter_row()
        return outcome or Said("")

    def abandon(self, question: Ask, text: str) -> None:
        """Set aside the text of a question when the program ends."""
        if question.draft is not None and text not in ("", question.draft.saved):
            self.annotations.set_aside(question.draft, text)

    def drop(self, question: Ask) -> Outcome:
        """Forget text that could not be saved."""
        draft = question.draft
        if draft is None or not draft.unsaved:
            return Said("There is no note to remove here")
        self.annotations.set_aside(draft, "")
        return Said(f"Dropped. Your note stays: {draft.saved}" if draft.saved else "Dropped")

    def choose(self, choice: outcomes.Choose, link: Link) -> Outcome:
        """Handle the choice of a link."""
        outcome = self._run_choice(choice.command, link)
        self.enter_row()
        return outcome

    def go_to(self, key: str) -> Outcome:
        """Go to a row by its key, in any pane, and add the current location to the history."""
        location = self.find(key)
        if location is None:
            return Said("That row is not shown")
        self.history.push(self.location)
        outcome = self._go(location)
        self.enter_row()
        return outcome

    def find(self, key: str, *panes: int) -> Location | None:
        """Return the location of a row; None if no pane shows it. ``panes`` are searched first."""
        for number in dict.fromkeys((*panes, *range(len(self.panes)))):
            if self.panes[number].index_of(key) is not None:
                return Location(number, key)
        return None

    def show(self, scene: Scene) -> None:
        """Show another scene; every pane keeps its row if it is still there."""
        match = self._match
        if not scene.differs_in_marks(self.scene):
            self._update_panes()
        self.scene = scene
        for pane in self.panes:
            pane.show_scene(scene)
        if self.search.text:
            self.search.look(scene, self.views)
            self.search.stay_at(match and self._hit_at(match))

    def _update_panes(self) -> None:
        """Let every pane follow its row to the current scene, once all of it is loaded."""
        if self._left_early is None:
            for pane in self.panes:
                pane.update()

    def _go(self, location: Location, message: str = "") -> outcomes.Moved:
        origin = self.location
        self.active, self.in_evidence = location.pane, False
        self.pane.select(location.key)
        return outcomes.Moved(origin, message)

    def _choose(self, call: Call, title: str, links: list[Link]) -> Outcome:
        """Choose an only link, or the one whose number was typed; else ask."""
        if call.argument:
            if not (call.argument.isascii() and call.argument.isdigit()):
                return Said(f"{title}: type a number")
            number = int(call.argument[:6])
            if not 1 <= number <= len(links):
                return Said(f"There is no choice {number}")
            return self._run_choice(call.command, links[number - 1])
        if len(links) == 1:
            return self._run_choice(call.command, links[0])
        return outcomes.Choose(call.command, title, tuple(links))

    def _run_choice(self, command: str, link: Link) -> Outcome:
        if command == "follow":
            return self._follow(link)
        if command == "palette":
            return self.go_to(link.key)
        if command == "narrow":
            self.show(narrow(self.scene, (*self.scene.focus, link)))
            return Shown("", "focus")
        if command == "dossier":
            return outcomes.OpenDossier(link, self._members_of(link))
        assert command == "open-link", command
        return outcomes.OpenPage(link.key)

    # Moving

    def _move(self, count: int) -> Outcome:
        pane, origin = self.pane, self.location
        index = pane.stops.beyond(pane.cursor, count)
        if index == pane.cursor:
            return outcomes.Edge(at_end=count > 0)
        pane.cursor = index
        return outcomes.Moved(origin)

    def _to_number(self, number: int) -> Outcome:
        origin = self.location
        self.pane.cursor = self.pane.stops.at(number)
        return outcomes.Moved(origin)

    def _to_row(self, call: Call) -> Outcome:
        if not (call.argument.isascii() and call.argument.isdigit()):
            return Said("Which row? Type row and its number")
        return self._to_number(int(call.argument[:6]))

    def _to_pane(self, number: int, _: Call) -> Outcome:
        return self._go(Location(number, self.panes[number].key))

    def _toggle_evidence(self) -> Outcome:
        self.in_evidence = not self.in_evidence
        return Shown("", "evidence")

    def _toggle_zoom(self) -> Outcome:
        self.zoomed = not self.zoomed
        return Shown("", "zoom")

    # Following and history

    def _follow_row(self, call: Call) -> Outcome:
        row_links = self.row.links if self.row else ()
        links = [*self._briefings_of_row(), *(link for link in row_links if self.find(link.key))]
        if not links:
            return self._show_sources()
        return self._choose(call, "Follow", links)

    def _follow(self, link: Link) -> Outcome:
        if link.kind != "briefing":
            return self.go_to(link.key)
        paths = tuple(origin.path for origin in self._origins() if origin.file == link.key)
        return outcomes.OpenBriefing(link.key, paths, self.scene.other_day)

    def _go_back(self) -> Outcome:
        return self._visit(self.history.back, self.history.forward, outcomes.Close("back"))

    def _go_forward(self) -> Outcome:
        otherwise = Said("Nothing to go forward to")
        return self._visit(self.history.forward, self.history.back, otherwise)

    def _visit(
        self,
        move: Callable[[Location], Location | None],
        undo: Callable[[Location], Location | None],
        otherwise: Outcome,
    ) -> Outcome:
        location = move(self.location)
        if location is None:
            return otherwise
        # A pane without rows can be visited itself.
        if location.key is None or self.panes[location.pane].index_of(location.key) is not None:
            return self._go(location)
        undo(location)
        if self.scene.focus:
            return Said(f"That row is hidden by the focus; {self._label('escape')} widens it")
        return Said("That row is not known yet")

    def _narrow_row(self, call: Call) -> Outcome:
        scope = [link for link in self._scope() if link not in self.scene.focus]
        if not scope:
            return Said("No actor or deal to narrow to here")
        return self._choose(call, "Narrow every pane to", scope)

    def _scope(self) -> tuple[Link, ...]:
        return self.row.scope if self.row else ()

    # Backing out

    def _back_out(self) -> Outcome | None:
        """Undo the innermost state: search, focus, evidence, zoom; None if there is none."""
        if self.search.origin is not None:
            return self.end_search()
        if self.scene.focus:
            self.show(narrow(self.scene, self.scene.focus[:-1]))
            return Shown("", "focus")
        if self.in_evidence:
            self.in_evidence = False
            return Shown("", "evidence")
        if self.zoomed:
            self.zoomed = False
            return Shown("", "zoom")
        return None

    # Days

    def _step(self, count: int, otherwise: str) -> Outcome:
        return self._to_day(day_at_step(self.scene, count), otherwise)

    def _ask_date(self, text: str = "", problem: str = "") -> Outcome:
        return Ask("as-of", "As of", "2021-11, 2023, or latest", text, problem)

    def _to_date(self, call: Call) -> Outcome:
        if not call.argument:
            return self._ask_date()
        try:
            day = parse_as_of(self.scene.document.briefing, call.argument)
        except DateError as error:
            return self._ask_date(call.argument, f"{call.argument}: {error}")
        return self._to_day(day, "This is the day that is shown")

    def _to_day(self, day: datetime.date | None, otherwise: str) -> Outcome:
        if day is None or day == self.scene.as_of:
            return Said(otherwise)
        when = format_date(Edtf.parse(day.isoformat()))
        self.show(narrow(scene_on(self.scene, day), self.scene.focus))
        return Shown(f"As of {when}", "day")

    # Searching

    def _search_command(self, call: Call) -> Outcome:
        self.search.displaced = None
        if self.search.origin is None:
            self.search.origin = self.location
        if not call.argument:
            return Ask("search", "Search", "Search all panes")
        outcome = self.search_for(call.argument)
        return outcome if self.search.hits else self.accept_search()

    def _search_single_source(self) -> Outcome:
        """Search for what has one source alone; the second time, return."""
        from briefing_tui.query.fields import SINGLE_SOURCE

        if self.search.text == SINGLE_SOURCE:
            return self.end_search() or Said("")
        outcome = self._search_command(Call("search", 0, SINGLE_SOURCE))
        if self.search.hits:
            return outcome
        self.end_search()
        return Said("Nothing here has one source alone")

    def search_for(self, text: str) -> Outcome:
        """Go to the first match from where the search began; return there if nothing matches.

        A text is searched for again with each letter. The panes keep their rows but for the match.
        """
        self.search.text = text
        self.search.look(self.scene, self.views)
        origin, displaced = self.search.origin, self.search.displaced
        if origin is None:
            return Said(self.search.no_match)
        if displaced is not None:
            self.panes[displaced.pane].select(displaced.key)
        if not self.search.hits:
            self._go(origin)
            return Said(self.search.no_match)
        start, keys = self._hit_of(origin), [pane.key for pane in self.panes]
        # A row that matches where the search began is the first match.
        outcome = self._to_match(RowPosition(start.pane, start.row - 1))
        self.search.displaced = Location(self.active, keys[self.active])
        return outcome

    def accept_search(self) -> Outcome:
        """Accept the text of the search; an empty text ends the search."""
        self.enter_row()
        if not self.search.text.strip():
            return self.end_search() or Said("")
        if not self.search.hits:
            return Said(f"{self.search.no_match}; {self._label('escape')} returns")
        return Said("")

    def end_search(self) -> Outcome | None:
        """Clear the search and return to where it began; None if there is no search."""
        origin, location = self.search.origin, self.location
        self.search.clear()
        if origin is None:
            return None
        self._go(origin)
        return outcomes.SearchEnded(location)

    def _step_match(self, *, back: bool) -> Outcome:
        if not self.search.text:
            return Said(f"No search yet; {self._label('search')} starts one")
        self.search.look(self.scene, self.views)
        if not self.search.hits:
            return Said(self.search.no_match)
        return self._to_match(self._hit_of(self.location), back=back)

    def _to_match(self, place: RowPosition, *, back: bool = False) -> Outcome:
        hit = self.search.next(place, back=back)
        assert hit is not None, "a search without matches is answered before"
        origin = self.location
        self._go(Location(hit.pane, self.panes[hit.pane].view.rows[hit.row].key))
        return outcomes.Matched(origin)

    @property
    def _match(self) -> Location | None:
        """The last match that the reader went to; None if there is none."""
        if self.search.index is None:
            return None
        hit = self.search.hits[self.search.index]
        return Location(hit.pane, self.panes[hit.pane].view.rows[hit.row].key)

    def _hit_at(self, location: Location) -> RowPosition | None:
        index = self.panes[location.pane].index_of(location.key)
        return None if index is None else RowPosition(location.pane, index)

    def _hit_of(self, location: Location) -> RowPosition:
        return self._hit_at(location) or RowPosition(location.pane, 0)

    def _to_name(self, call: Call) -> Outcome:
        if not call.argument:
            return Ask("palette", "Go to", "the name of an actor, event or deal")
        from briefing_tui.query.folding import needle

        terms = [needle(term) for term in call.argument.lower().split()]
        links = [link for link in self.places() if all(term.is_in(link.label) for term in terms)]
        if not links:
            return Said(f"No actor, event or deal is called “{call.argument}”")
        return self._choose(Call("palette"), "Go to", links)

    def places(self) -> Iterator[Link]:
        """Return links to the actors, events and deals that are shown."""
        briefing = self.scene.briefing
        links = [*actor_links(briefing, briefing.actors), *map(event_link, briefing.timeline)]
        links += deal_links(briefing, briefing.commitments)
        return (link for link in links if self.find(link.key))

    # Sources and copies

    def _show_sources(self) -> Outcome:
        sources = self.sources_of_row()
        if not sources:
            return Said("No source is cited here")
        return outcomes.ShowSources(sources, self.row.entry if self.row else None)

    def sources_of_row(self) -> tuple[str, ...]:
        """Ids of the sources that the evidence of the row counts."""
        return sources_of(self.scene, self.row.entry if self.row else None)

    def pages_of_row(self) -> Iterator[tuple[str, str]]:
        """Yield the publisher and address of each page: sources that the row cites, Wikidata."""
        for name in self.sources_of_row():
            source = self.scene.briefing.sources[name]
            if source.url and source.url.lower().startswith(("http://", "https://")):
                yield source.publisher, source.url
        for name in wikidata_ids(getattr(self.row and self.row.entry, "same_as", ())):
            yield "Wikidata", f"https://www.wikidata.org/wiki/{name}"

    def _open_link(self, call: Call) -> Outcome:
        pages = self.pages_of_row()
        links = [Link(url, f"{publisher}: {url}", "source") for publisher, url in pages]
        if not links:
            return Said("No source with an address is cited here")
        return self._choose(call, "Open", links)

    def _copy_row(self) -> Outcome:
        return self._copy(row_for_copy(self.row) if self.row else "", "the row")

    @property
    def _pane_text(self) -> str:
        return view_for_copy(self.pane.view)

    def _cite(self) -> Outcome:
        text = citation(self.scene, self.row) if self.row else ""
        return self._copy(text, "a citation", "No source is cited here")

    def _copy(self, text: str, label: str, otherwise: str = "Nothing to copy here") -> Outcome:
        return outcomes.Copy(text, label) if text.strip() else Said(otherwise)

    # Annotations

    @property
    def annotations(self) -> Annotations:
        """The annotations of the briefing, opened on first use."""
        if self._annotations is None or self.scene.document is not self._annotated_document:
            from briefing_tui.annotations.session_annotations import Annotations

            self._annotated_document = self.scene.document
            previous = self._annotations
            self._annotations = (self._open_annotations or Annotations)(self.scene)
            if previous is not None:
                self._annotations.take_over(previous)
        return self._annotations

    @property
    def reading_status(self) -> ReadingStatus | None:
        """The reading status that lists show; None until the annotations are open."""
        return self._annotations.status if self._annotations is not None else None

    def completed(self, scene: Scene) -> Scene:
        """Add checks and annotations after the first frame. May run in another thread."""
        complete = with_checks(scene)
        if self._open_annotations is None:
            return complete
        if self._annotations is None:
            self._annotated_document = complete.document
            self._annotations = self._open_annotations(complete)
        return msgspec.structs.replace(complete, marks=self._annotations.marks)

    def annotate(self) -> None:
        """Open and show the annotations before the first frame."""
        if self._open_annotations is not None:
            self._show_annotations()

    def settle(self) -> None:
        """Start to mark rows as read, once the annotations are shown."""
        early, self._left_early = self._left_early or [], None
        if self._annotations is None:
            return
        if self._annotations.warning:
            self.warnings.append(self._annotations.warning)
        self._entered = self.row
        for row in early:
            self._read(row)

    def name_words(self) -> None:
        """Name commands in messages by their words, for faces in which they are typed."""
        self._names_words = True

    def join_tour(self, tour: Tour) -> None:
        """Make the session part of a tour through the unread entries of a library."""
        self.tour = tour

    def remember_theme(self, theme: tuple[str, str]) -> None:
        """Save a theme with the position, and the one that it replaces."""
        self.theme = theme

    def clear_notice(self) -> None:
        """Stop showing the notice."""
        self.notice = ""

    def enter_row(self) -> bool:
        """Mark the previous row as read if the reader left it; True if the scene changed."""
        previous, self._entered = self._entered, self.row
        if previous is not None and (self.row is None or self.row.key != previous.key):
            return self._read(previous)
        return False

    def leave(self) -> list[str]:
        """Save the position and what was read, including the current row; return the problems."""
        problems = [self.keep_position()]
        if self._annotations is not None:
            if self._entered is not None:
                self._read(self._entered)
            problems += self._annotations.close()
        return [problem for problem in problems if problem]

    def keep_position(self) -> str:
        """Save the position for the next session; return the problem if it cannot be saved."""
        return self._keep(self.position) if self._keep is not None else ""

    def _read(self, row: Row) -> bool:
        if self._left_early is not None:
            self._left_early.append(row)
            return False
        if self._annotations is None or self.scene.document is not self._annotated_document:
            return False
        from briefing_tui.annotations.actions import mark_read

        if not mark_read(self._annotations, row):
            return False
        self._show_annotations()
        return True

    def _show_annotations(self) -> None:
        self.show(msgspec.structs.replace(self.scene, marks=self.annotations.marks))

    def _star(self, path: EntryPath) -> Outcome:
        from briefing_tui.annotations.actions import toggle_star

        return self._annotated(toggle_star(self.annotations, path))

    def _note(self, path: EntryPath) -> Outcome:
        draft = self._refreshed_draft(path)
        return outcomes.Edit(draft) if "\n" in draft.text else _ask_note(draft)

    def note_as_known(self) -> Outcome:
        """Ask for the note of the row as it was shown, for a face that already has the new text.

        A note that another session wrote meanwhile is not overwritten, since it was not shown.
        """
        return self._on_entry(lambda path: _ask_note(self.annotations.draft(path)))

    def _refreshed_draft(self, path: EntryPath) -> Draft:
        if self.annotations.refresh():
            self._show_annotations()
        return self.annotations.draft(path)

    def _on_entry(self, command: Callable[[EntryPath], Outcome]) -> Outcome:
        """Run a command on the entry of the row, if it can be annotated."""
        from briefing_tui.annotations.actions import NO_ENTRY, markable_path

        path = markable_path(self.annotations, self.row)
        return Said(NO_ENTRY) if path is None else command(path)

    def _save_note(self, draft: Draft, text: str) -> Outcome:
        from briefing_tui.annotations.actions import write_note
        from briefing_tui.annotations.sidecar import SidecarError

        if text == draft.saved:
            self.annotations.set_aside(draft, "")
            return Said("The note is as it was")
        try:
            return self._annotated(write_note(self.annotations, draft, text))
        except SidecarError as error:
            problem = f"Not saved: {error}"
        if not text:
            return Said(problem)
        return _ask_note(msgspec.structs.replace(draft, unsaved=text), problem)

    def _annotated(self, message: str) -> Outcome:
        self._show_annotations()
        return Shown(message, "annotations")

    def _mark_row(self, call: Call) -> Outcome:
        if self.row is None:
            return Said(NO_ROW)
        if not call.argument:
            empty = f"Any letter will do; {self._label('jump')} and it return here."
            return self._ask_letter("mark", "Mark this row", empty)
        letter = call.argument
        if not _is_letter(letter):
            return Said(NO_LETTER)
        from briefing_tui.annotations.read_state import Jump

        problem = self.annotations.set_jump(letter, Jump(self.pane.spec.name, self.row.key))
        if problem:
            return Said(f"Mark {letter} is set until you leave, but not saved: {problem}")
        return Said(f"Mark {letter} set; {self._label('jump', letter)} returns here")

    def _to_jump(self, call: Call) -> Outcome:
        if not call.argument:
            empty = f"No jump mark is set; {self._label('mark')} and a letter set one."
            return self._ask_letter("jump", "Go to mark", empty)
        letter = call.argument
        if not _is_letter(letter):
            return Said(NO_LETTER)
        self.annotations.refresh()
        jump = self.annotations.jumps.get(letter)
        if jump is None:
            return Said(f"There is no mark {letter}")
        location = self._jump_location(jump)
        if location is None:
            return Said(f"Mark {letter} is not shown now")
        self.history.push(self.location)
        return self._go(location)

    def _ask_letter(self, command: str, title: str, empty: str) -> Outcome:
        self.annotations.refresh()
        jumps = dict(sorted(self.annotations.jumps.items()))
        locations = {letter: self._jump_location(jump) for letter, jump in jumps.items()}
        used = {
            letter: self._jump_label(jumps[letter], location)
            for letter, location in locations.items()
        }
        hidden = frozenset(letter for letter, location in locations.items() if location is None)
        return outcomes.AskLetter(command, title, used, empty, hidden)

    def _jump_label(self, jump: Jump, location: Location | None) -> str:
        if location is None:
            return f"{jump.key} ({NOT_SHOWN})".lstrip()
        pane = self.panes[location.pane]
        index = pane.index_of(location.key)
        body = plain(pane.view.rows[index].body) if index is not None else ""
        return f"{pane_title(pane.spec, self.scene.document.briefing)}: {body}"

    def _jump_location(self, jump: Jump) -> Location | None:
        panes = [number for number, spec in enumerate(PANES) if spec.name == jump.pane]
        return self.find(jump.key, *panes)

    # Unread rows

    def _to_unread(self, *, back: bool) -> Outcome:
        row = self.row
        place, key = RowPosition(self.active, self.pane.cursor), self.pane.key
        was_unread = row is not None and bool(news_of(self.scene, row))
        if row is not None:
            self._read(row)  # which may remove the row
        request = outcomes.OpenNext(back, was_unread, place, key)
        target = unread_rows.next_unread(self.scene, self.views, place, key, back=back)
        if back and self._has_tour and (target is None or target >= place):
            return request
        return self._unread_here(request)

    def stay(self, request: outcomes.OpenNext) -> Outcome:
        """Return the outcome of a request for another briefing if there is none."""
        if not request.back:
            return self._nothing_unread(request.was_unread)
        outcome = self._unread_here(request)
        self.enter_row()
        return outcome

    def _unread_here(self, request: outcomes.OpenNext) -> Outcome:
        """Go to an unread row of this briefing, or to the next day that has one."""
        place, back = RowPosition(*request.place), request.back
        target = unread_rows.next_unread(self.scene, self.views, place, request.key, back=back)
        if target is not None:
            self.history.push(self.location)
            return self._visit_unread(target)
        if (moved := self._to_later_unread(back=back)) is not None:
            return moved
        if self._has_tour and not back:
            return request
        return self._nothing_unread(request.was_unread)

    @property
    def _has_tour(self) -> bool:
        return self.tour is not None and not self.scene.focus

    def _to_later_unread(self, *, back: bool) -> outcomes.Moved | None:
        """Go to the next day with unread rows that are not known on this one; None if none."""
        later = unread_rows.later_unread(self.scene)
        if later is None:
            return None
        self.show(later)
        places = unread_rows.unread_rows(self.scene, self.views)
        if not places:
            return None
        return self._visit_unread(places[-1 if back else 0], later.as_of)

    def _visit_unread(self, place: RowPosition, day: datetime.date | None = None) -> outcomes.Moved:
        row = self.panes[place.pane].view.rows[place.row]
        elsewhere = self.tour.elsewhere if self.tour is not None else 0
        message = unread_message(self.scene, row, place.pane, elsewhere, day)
        moved = self._go(Location(place.pane, row.key), message)
        self._entered = row
        return moved

    def _nothing_unread(self, was_unread: bool) -> Said:
        if hidden := unread_rows.hidden_unread_message(self.scene, self._label("escape")):
            return Said(hidden)
        if self.tour is not None:
            return Said("Nothing is unread any more, here or in another briefing")
        return Said("That was the last unread row" if was_unread else "Nothing is unread")

    # The file

    def file_changed(self, version: FileVersion) -> None:
        """Note another version of the file, to be shown on demand."""
        self.waiting = version

    def check_file(self) -> FileVersion | None:
        """Return a new version of the file; None if it did not change. May run in a thread."""
        return self._check_file() if self._check_file is not None else None

    def _reload_command(self) -> Outcome:
        if self._check_file is None:
            return Said("There is no file to read again")
        return self.reload(self.waiting or self._check_file())

    def reload(self, version: FileVersion | None) -> Outcome:
        """Show a version of the file; every pane keeps its row."""
        if version is None:
            return Said("The file has not changed")
        if version.document is None:
            if version.is_there:
                self.waiting = version
            return Said(version.error)
        self.waiting = None
        old = self.scene.document
        if self._annotations is not None:
            self._annotations.save()
        focus = [link.key for link in self.scene.focus]
        # A reader on the date of the briefing stays on it, even if the date changed.
        self.show(with_checks(scene_at(version.document, self.scene.other_day, focus)))
        if self._annotations is not None:
            self._show_annotations()
            self._entered = self.row
            if self._annotations.warning:
                return Shown(self._annotations.warning, "version")
        return Shown(f"Reloaded: {version.changes_since(old)}", "version")

    # Other briefings

    def _dossier_command(self, call: Call) -> Outcome:
        scope = list(self._scope())
        if not scope:
            return Said("No actor or deal here")
        if not self.has_library:
            return Said(NO_LIBRARY)
        return self._choose(call, "Dossier of", scope)

    def _whole_dossier(self) -> Outcome:
        if not self.scene.document.origins:
            return Said("Only works in a dossier")
        if self.subject is None:
            return Said("This dossier is from all briefings")
        return outcomes.OpenWholeDossier(self.subject) if self.has_library else Said(NO_LIBRARY)

    def _members_of(self, link: Link) -> frozenset[tuple[str, str]]:
        """Return the files, with their ids, that have an actor or deal of this briefing."""
        section, _, name = link.key.partition("/")
        if self.file:
            return frozenset({(self.file, name)})
        origins = self.scene.document.origins.get((section, name), ())
        return frozenset((origin.file, str(origin.path[-1])) for origin in origins if origin.path)

    def _briefings_of_row(self) -> list[Link]:
        """Return links to the briefings that a row of a dossier comes from."""
        titles: dict[str, str] = {}
        for origin in self._origins():
            titles.setdefault(origin.file, origin.title)
        return [Link(file, title, "briefing") for file, title in titles.items()]

    def _origins(self) -> list[Origin]:
        entry = self.row.entry if self.row else None
        origins = self.scene.document.origins
        if not isinstance(entry, Entry) or entry.location is None:
            return []
        entry_path = entry.location.path
        # A milestone comes from the same briefings as its promises and outcomes.
        has_parts = isinstance(entry, Milestone)
        return [
            origin
            for path, sources in origins.items()
            if path == entry_path or (has_parts and path[: len(entry_path)] == entry_path)
            for origin in sources
        ]

    def _label(self, command: str, argument: str = "") -> str:
        """Return what to type for a command, as messages name it."""
        if self._names_words or not self.keys.get(command):
            return f"{command} {argument}".rstrip()
        return f"{key_name(self.keys[command][0])}{argument}"


def _ask_note(draft: Draft, problem: str = "") -> Ask:
    return Ask("note", "Note", "what to remember; #words are tags", draft.text, problem, draft)


def unread_message(
    scene: Scene, row: Row, pane: int, elsewhere: int, day: datetime.date | None
) -> str:
    """Return the message of an unread row, with the day if the reader was on another."""
    when = unread_rows.unread_day_message(day) if day else ""
    unread = scene.marks.unread if scene.marks else 0
    count = unread_rows.unread_count_message(unread, elsewhere)
    parts = (
        news_of(scene, row).capitalize(),
        pane_title(PANES[pane], scene.document.briefing),
        when,
        count,
    )
    return " · ".join(part for part in parts if part)


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text in string.ascii_letters
