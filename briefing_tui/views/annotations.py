"""A reader's own marks on what the views show: stars, notes, and what was not read yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

import msgspec

from briefing_tui.briefing.model import Entry, Milestone
from briefing_tui.briefing.problems import Path
from briefing_tui.briefing.text import one_line
from briefing_tui.views import glyphs
from briefing_tui.views.memo import kept
from briefing_tui.views.milestones import charted
from briefing_tui.views.rows import Row, Span, Spans, View
from briefing_tui.views.scene import Scene

News = Literal["new", "changed"]

_TAG = re.compile(r"(?<![\w#])#(\w[\w-]*)")


class Gone(NamedTuple):
    """An entry that is no more in the briefing."""

    key: str
    """Its section and what it was known by there."""
    label: str
    """What it said."""
    note: str = ""


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """The marks on one briefing, by the paths of its entries."""

    stars: frozenset[Path] = frozenset()
    notes: dict[Path, tuple[str, ...]] = {}
    outdated: frozenset[Path] = frozenset()
    """Entries that say something else than when they were marked."""
    news: dict[Path, News] = {}
    """Entries that were not read yet, or not as they are now."""
    withdrawn: tuple[Gone, ...] = ()
    """Entries that were read and are gone."""
    orphans: tuple[Gone, ...] = ()
    """Marks whose entries are gone."""

    @property
    def unread(self) -> int:
        """How many entries were not read as they are, or are gone and not known to be."""
        return len(self.news) + len(self.withdrawn)


def path_of(entry: object) -> Path | None:
    """Where an entry stands, which is what its marks are kept by."""
    return entry.place.path if isinstance(entry, Entry) and entry.place else None


def tags_in(note: str) -> tuple[str, ...]:
    """The words with ``#`` in a note."""
    return tuple(dict.fromkeys(_TAG.findall(note)))


def paths_of(entry: object) -> tuple[Path, ...]:
    """Where all stands that a row of an entry shows: itself, and what has no row of its own."""
    own = path_of(entry)
    if own is None:
        return ()
    if not isinstance(entry, Milestone):
        return (own,)
    inside = [*entry.progress, *([entry.met] if entry.met else [])]
    inside += [] if charted(entry) else entry.forecasts
    return (own, *(path for one in inside if (path := path_of(one))))


def with_marks(view: Callable[[Scene], View], *sections: str) -> Callable[[Scene], View]:
    """A view with the reader's marks, and with what is gone from its sections at the end."""
    # Marks change with every row that is read; the rest of the view does not.
    unmarked = kept(view, Scene.differs_in_marks)

    def marked(scene: Scene) -> View:
        found, marks = unmarked(scene), scene.marks
        if marks is None:
            return found
        about = {*marks.stars, *marks.notes, *marks.news}
        rows = [_marked(row, marks, about) for row in found.rows] if about else [*found.rows]
        if not scene.focus:
            rows += _gone(marks.withdrawn, sections, _WITHDRAWN, _withdrawn)
            rows += _gone(marks.orphans, sections, _ORPHANS, _orphan)
        return msgspec.structs.replace(found, rows=tuple(rows))

    return marked


def news_of(scene: Scene, row: Row) -> str:
    """What is unread about a row, in a word; nothing where it was read."""
    if row.key.startswith(GONE):
        return "withdrawn"
    news = scene.marks.news if scene.marks else {}
    return next((news[path] for path in paths_of(row.entry) if path in news), "")


def mark_rows(scene: Scene, entry: object) -> Iterator[Row]:
    """For the evidence: the notes on an entry, and what is new about it."""
    paths, marks = paths_of(entry), scene.marks
    if marks is None:
        return
    notes = [note for path in paths for note in marks.notes.get(path, ())]
    for number, note in enumerate(notes):
        lead = (Span(glyphs.NOTE, "accent"),)
        yield Row(key=f"note/{number}", kind="note", lead=lead, body=(Span(note, "judged"),))
    told = {"new": "New since you last read it", "changed": "Changed since you last read it"}
    news = next((marks.news[path] for path in paths if path in marks.news), None)
    if news:
        lead = (Span(glyphs.UNREAD, "warning"),)
        yield Row(key="news", kind="note", lead=lead, body=(Span(told[news], "muted"),))
    if not marks.outdated.isdisjoint(paths):
        said = "The text changed since you marked it"
        yield Row(key="outdated", kind="note", body=(Span(said, "warning"),))


GONE = "withdrawn/"
"""Begins the keys of the rows of what is withdrawn."""


def _marked(row: Row, marks: Marks, about: set[Path]) -> Row:
    paths = paths_of(row.entry)
    if about.isdisjoint(paths) or not row.selectable:
        return row
    signs: list[Span] = []
    if not marks.stars.isdisjoint(paths):
        signs.append(Span(f"{glyphs.STAR} ", "accent"))
    if any(path in marks.notes for path in paths):
        signs.append(Span(f"{glyphs.NOTE} ", "accent"))
    news = any(path in marks.news for path in paths)
    if not signs and not news:
        return row
    before: Spans = tuple(signs)
    return msgspec.structs.replace(
        row,
        tail=(*before, *row.tail),
        tail_short=(*before, *(row.tail_short or row.tail)),
        sign=Span(glyphs.UNREAD, "warning") if news else None,
    )


def _gone(
    gone: Iterable[Gone], sections: tuple[str, ...], heading: Row, row: Callable[[Gone], Row]
) -> list[Row]:
    """The rows of what is gone from some sections, below their heading."""
    there = [one for one in gone if one.key.partition("/")[0] in sections]
    return [heading, *map(row, there)] if there else []


def _withdrawn(one: Gone) -> Row:
    return Row(
        key=f"{GONE}{one.key}",
        indent=2,
        mark=Span(glyphs.CANCELLED, "muted"),
        body=(Span(one_line(one.label), "muted"),),
        sign=Span(glyphs.UNREAD, "warning"),
    )


def _orphan(one: Gone) -> Row:
    return Row(
        key=f"orphan/{one.key}",
        indent=2,
        mark=Span(glyphs.NOTE if one.note else glyphs.STAR, "accent"),
        body=(Span(one_line(one.label), "muted"),),
        details=((Span(one.note, "judged"),),) if one.note else (),
    )


def _heading(key: str, title: str) -> Row:
    return Row(key=key, kind="heading", body=(Span(title, "accent"),), spaced=True)


_WITHDRAWN = _heading("withdrawn", "Withdrawn since you last read it")
_ORPHANS = _heading("orphans", "Your marks on what is gone")
