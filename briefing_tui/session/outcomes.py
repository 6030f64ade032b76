"""The outcomes of commands, as plain data for a face to render.

A command returns exactly one outcome. `Said`, `Moved`, `Shown` and `Matched` report what happened;
`Ask`, `AskLetter`, `Choose` and `Edit` ask for something and are handed back to the session with
the answer; the others ask the face for what only a face can do.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from briefing_tui.briefing.problems import EntryPath
from briefing_tui.session.history import Location
from briefing_tui.views.rows import Link

if TYPE_CHECKING:
    from briefing_tui.annotations.drafts import Draft
    from briefing_tui.library.entity_resolution import Subject
    from briefing_tui.library.index.search import Hit
    from briefing_tui.query.nodes import Node


class Outcome(msgspec.Struct, frozen=True):
    """The outcome of a command."""


class Said(Outcome, frozen=True):
    """Only a message: why nothing changed, or what changed outside the screen."""

    message: str


class Moved(Outcome, frozen=True):
    """The reader went to a row."""

    origin: Location
    message: str = ""


class Matched(Outcome, frozen=True):
    """The reader went to a match; `ReadingSession.search` has its number."""

    origin: Location


class SearchEnded(Outcome, frozen=True):
    """The search is over; the reader is where it began."""

    origin: Location


class Edge(Outcome, frozen=True):
    """The reader tried to move beyond the first or last row of a pane."""

    at_end: bool


class Shown(Outcome, frozen=True):
    """The scene, its annotations, the zoom or the focus changed; `ReadingSession` has the state."""

    message: str
    change: Literal["day", "focus", "version", "annotations", "zoom", "evidence"]


class Ask(Outcome, frozen=True):
    """A line of text is needed; hand it to `ReadingSession.answer`."""

    command: str
    title: str
    example: str
    """A placeholder for an empty field."""
    text: str = ""
    problem: str = ""
    """Why the text was refused, if it is asked for again."""
    draft: Draft | None = None
    """The note to be written; None if the answer is for something else."""


class Edit(Outcome, frozen=True):
    """A longer text is needed, from the reader's editor; hand it to `ReadingSession.answer`."""

    draft: Draft
    command: str = "note"


class AskLetter(Outcome, frozen=True):
    """The letter of a jump mark is needed; hand it to `ReadingSession.answer`."""

    command: str
    title: str
    used: dict[str, str]
    """Letters in use, with the row that each leads to."""
    empty: str
    """What to say if no letter is in use."""
    hidden: frozenset[str] = frozenset()
    """Letters in use whose rows are not shown now."""


class Choose(Outcome, frozen=True):
    """One of several links is needed; hand it to `ReadingSession.choose`."""

    command: str
    title: str
    links: tuple[Link, ...]


class ShowSources(Outcome, frozen=True):
    """Show the sources of a row in full."""

    sources: tuple[str, ...]
    """Ids, in the order in which they are cited."""
    entry: msgspec.Struct | None


class Copy(Outcome, frozen=True):
    """Copy a text; the label names it in messages."""

    text: str
    label: str


class Write(Outcome, frozen=True):
    """Ask for a file, and write a text to it."""

    text: str


class OpenPage(Outcome, frozen=True):
    """Open the page of a source in a browser, or show its address."""

    url: str


class OpenBriefing(Outcome, frozen=True):
    """Open another briefing of the library at one of some entries."""

    file: str
    paths: tuple[EntryPath, ...]
    day: datetime.date | None
    """The day to show, or the first later one that has an entry; None for the briefing's own."""


class OpenNext(Outcome, frozen=True):
    """Go on to the next briefing of the library with unread entries, or back to the previous.

    If there is none, `ReadingSession.stay` has the outcome.
    """

    back: bool
    was_unread: bool
    """Whether the row that the reader left was unread."""
    place: tuple[int, int]
    """Pane and position of that row."""
    key: str | None
    """Its key; the row may be gone now that it was read."""


class OpenDossier(Outcome, frozen=True):
    """Make a dossier of an actor or deal from the library."""

    link: Link
    members: frozenset[tuple[str, str]] = frozenset()
    """Files with the ids that they give to the actor or deal; empty if it is known by name only."""


class OpenWholeDossier(Outcome, frozen=True):
    """Make the dossier that is shown again, from all briefings."""

    subject: Subject


class OpenLibrary(Outcome, frozen=True):
    """Return to the library, or open it."""


class Face(Outcome, frozen=True):
    """A command that the face alone implements."""

    command: str


class Close(Outcome, frozen=True):
    """Close the briefing, and return to the screen that it was opened from, if any."""

    command: str
    """``quit-step`` quits the program if there is no screen to return to."""


class Quit(Outcome, frozen=True):
    """Quit the program."""


class Changed(Outcome, frozen=True):
    """The rows of a list, or the highlighted one, changed."""

    message: str


class OpenFile(Outcome, frozen=True):
    """Open a briefing of the library where the reader left it."""

    path: str


class OpenHit(Outcome, frozen=True):
    """Open a briefing of the library at a hit."""

    hit: Hit


class Refresh(Outcome, frozen=True):
    """Bring the index of the library up to date."""


class RunSearch(Outcome, frozen=True):
    """Search the library, and hand the results to `LibrarySearch.found`."""

    query: Node


class SearchLibrary(Outcome, frozen=True):
    """Show the search of all briefings with a query to begin with."""

    text: str
