"""A reader's annotations and read state in the views: stars, notes, unread entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from briefing_tui.briefing.memoization import memoize_last
from briefing_tui.briefing.model import Briefing, Entry, Milestone
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.briefing.terminal_text import one_line
from briefing_tui.briefing.traversal import walk_entries
from briefing_tui.views import glyphs
from briefing_tui.views.milestones import has_chart
from briefing_tui.views.rows import Row, Span, View, heading_row, note_row
from briefing_tui.views.scene import Marks, RemovedEntry, Scene

_TAG = re.compile(r"(?<![\w#])#(\w[\w-]*)")


def entry_path(entry: object) -> EntryPath | None:
    """Return the path of an entry, by which its marks are stored."""
    return entry.location.path if isinstance(entry, Entry) and entry.location else None


def all_paths(briefing: Briefing) -> set[EntryPath | None]:
    """Return the paths of all entries of a briefing."""
    return {entry_path(part) for part in walk_entries(briefing)}


def tags_in(note: str) -> tuple[str, ...]:
    """Return the words with ``#`` in a note."""
    return tuple(dict.fromkeys(_TAG.findall(note)))


def entry_paths(entry: object) -> tuple[EntryPath, ...]:
    """Return the paths of what the row of an entry shows: itself, and parts without their own."""
    path = entry_path(entry)
    if path is None:
        return ()
    if not isinstance(entry, Milestone):
        return (path,)
    forecasts = () if has_chart(entry) else entry.forecasts
    return (
        path,
        *filter(None, map(entry_path, (*entry.progress, *entry.outcomes.values(), *forecasts))),
    )


def with_marks(view: Callable[[Scene], View], *sections: str) -> Callable[[Scene], View]:
    """Wrap a view: show the reader's marks, and at the end what is removed from its sections."""
    # Marks change with every row that is read; the rest of the view does not.
    unmarked = memoize_last(view, Scene.differs_in_marks)

    def marked(scene: Scene) -> View:
        plain_view, marks = unmarked(scene), scene.marks
        marked_paths = {*marks.stars, *marks.notes, *marks.news}
        rows = [*plain_view.rows]
        if marked_paths:
            rows = [_mark_row(row, marks, marked_paths) for row in rows]
        if not scene.focus:
            for heading, entries, to_row in (
                (_WITHDRAWN, marks.withdrawn, _withdrawn_row),
                (_ORPHANS, marks.orphans, _orphan_row),
            ):
                members = [entry for entry in entries if entry.key.partition("/")[0] in sections]
                rows += [heading, *map(to_row, members)] if members else []
        return msgspec.structs.replace(plain_view, rows=tuple(rows))

    return marked


def news_of(scene: Scene, row: Row) -> str:
    """Return ``new``, ``changed`` or ``withdrawn`` for an unread row, else an empty string."""
    if row.key.startswith(WITHDRAWN_PREFIX):
        return "withdrawn"
    return _news(scene.marks, entry_paths(row.entry))


def _news(marks: Marks, paths: tuple[EntryPath, ...]) -> str:
    return next((marks.news[path] for path in paths if path in marks.news), "")


def mark_rows(scene: Scene, entry: object) -> Iterator[Row]:
    """Return the rows for the evidence: notes on an entry, and whether it is new or changed."""
    paths, marks = entry_paths(entry), scene.marks
    notes = [note for path in paths for note in marks.notes.get(path, ())]
    for number, note in enumerate(notes):
        yield note_row(f"note/{number}", Span(note, "judged"), lead=Span(glyphs.NOTE, "accent"))
    if news := _news(marks, paths):
        text = f"{news.capitalize()} since you last read it"
        yield note_row("news", Span(text, "muted"), lead=Span(glyphs.UNREAD, "warning"))
    if not marks.outdated.isdisjoint(paths):
        yield note_row("outdated", Span("The text changed since you marked it", "warning"))


WITHDRAWN_PREFIX = "withdrawn/"


def _mark_row(row: Row, marks: Marks, marked_paths: set[EntryPath]) -> Row:
    paths = entry_paths(row.entry)
    if marked_paths.isdisjoint(paths) or not row.selectable:
        return row
    signs: list[Span] = []
    if not marks.stars.isdisjoint(paths):
        signs.append(Span(f"{glyphs.STAR} ", "accent"))
    if any(path in marks.notes for path in paths):
        signs.append(Span(f"{glyphs.NOTE} ", "accent"))
    tail, tail_short = (*signs, *row.tail), (*signs, *(row.tail_short or row.tail))
    sign = Span(glyphs.UNREAD, "warning") if _news(marks, paths) else None
    return msgspec.structs.replace(row, tail=tail, tail_short=tail_short, sign=sign)


def _withdrawn_row(entry: RemovedEntry) -> Row:
    return Row(
        key=f"{WITHDRAWN_PREFIX}{entry.key}",
        indent=2,
        mark=Span(glyphs.CANCELLED, "muted"),
        body=(Span(one_line(entry.label), "muted"),),
        sign=Span(glyphs.UNREAD, "warning"),
    )


def _orphan_row(entry: RemovedEntry) -> Row:
    return Row(
        key=f"orphan/{entry.key}",
        indent=2,
        mark=Span(glyphs.NOTE if entry.note else glyphs.STAR, "accent"),
        body=(Span(one_line(entry.label), "muted"),),
        details=((Span(entry.note, "judged"),),) if entry.note else (),
    )


_WITHDRAWN = heading_row("withdrawn", "Withdrawn since you last read it")
_ORPHANS = heading_row("orphans", "Your marks on what is gone")
