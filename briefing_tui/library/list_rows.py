"""The rows and columns of a library's list, and the details of one briefing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from briefing_tui.annotations.read_state import NOT_OPENED, ReadingStatus
from briefing_tui.briefing.dates import DateError, Edtf, format_date
from briefing_tui.briefing.load import LONG_AGO
from briefing_tui.briefing.terminal_text import one_line, printable
from briefing_tui.library.index.library_index import Listed
from briefing_tui.views import glyphs
from briefing_tui.views.labels import quantity
from briefing_tui.views.row_lines import MIN_BODY, NARROW, ROOMY
from briefing_tui.views.rows import Role, Row, Span, Spans, View, join_spans, note_row

Order = Literal["newest", "title", "path", "unread"]
Grouping = Literal["none", "year", "tag"]
ORDERS: dict[Order, str] = {
    "newest": "newest first",
    "title": "by title",
    "path": "by path",
    "unread": "unread first",
}
GROUPINGS: dict[Grouping, str] = {"none": "", "year": "by year", "tag": "by tag"}

_NO_GROUP = "none"
"""The group of briefings without a year or a tag; the last."""
_DAY = len("30 Sep 2020")
_UNREAD = "Unread"
_EVENTS, _DEALS, _ITEMS, _WRONG = "Events", " Deals", " Items", " Wrong"
_SIDES = 3
"""Cells of a list beside its rows."""
_FEW = 9
"""The highest count of stars or notes that the list shows."""


def _marks_of(standing: ReadingStatus) -> str:
    """Return the numbers of stars and notes in a few cells."""
    counts = ((glyphs.STAR, standing.stars), (glyphs.NOTE, standing.notes))
    parts = ((sign, min(count, _FEW)) for sign, count in counts if count)
    return " ".join(f"{sign}{count}" if count > 1 else sign for sign, count in parts)


class Column:
    """The column of unread entries and marks, as wide as the marks of the library need."""

    def __init__(
        self, standings: Mapping[str, ReadingStatus] | None = None, *, is_shown: bool = True
    ) -> None:
        """Prepare the column: ``standings`` by path, None while they are not known.

        It is shown only if it is recorded what the reader has read.
        """
        self._standings = standings
        self._is_shown = is_shown
        marks = max(map(len, map(_marks_of, (standings or {}).values())), default=0)
        self._room = marks + 1 if marks else 0

    @property
    def heading(self) -> str:
        """The heading; empty if the column is not shown."""
        return _UNREAD + " " * self._room if self._is_shown else ""

    def of(self, listed: Listed) -> Spans:
        """Return the cells of a briefing; blank for a file that cannot be read."""
        if not self._is_shown:
            return ()
        if self._standings is None or not listed.as_of:
            return (Span(" " * (len(_UNREAD) + self._room)),)
        standing = self._standings.get(listed.path, NOT_OPENED)
        count = f"{standing.unread:,}" if standing.unread else "" if standing.opened else "new"
        role: Role = "warning" if standing.unread else "muted"
        marks = f" {_marks_of(standing)}".ljust(self._room) if self._room else ""
        return (Span(count.rjust(len(_UNREAD)), role), Span(marks, "accent"))

    def unread(self, path: str) -> int:
        """Return how many entries of a briefing are known to be unread."""
        return (self._standings or {}).get(path, NOT_OPENED).unread


NO_COLUMN = Column(is_shown=False)


class Saved(msgspec.Struct, frozen=True):
    """A query with a name from the configuration."""

    name: str
    query: str


class Listing(msgspec.Struct, frozen=True, eq=False):
    """The briefings of a library in an order, below the user's saved queries."""

    briefings: Sequence[Listed]
    base: str
    """The directory that paths are shown from."""
    order: Order = "newest"
    """What they are sorted by; the path decides between equals."""
    grouping: Grouping = "none"
    """What they are grouped by; one with several tags is in several groups."""
    column: Column = NO_COLUMN
    saved: Mapping[str, str] = {}
    empty: str = "No briefings"

    def view(self, limit: int | None = None) -> View:
        """Return the rows; ungrouped, of at most ``limit`` briefings."""
        order = "newest" if self.order == "unread" else self.order
        entries = sorted(self.briefings, key=_KEYS[order])
        if self.order == "unread":
            entries.sort(key=lambda entry: -self.column.unread(entry.path))
        rows: list[Row] = []
        if self.grouping == "none":
            rows = [row_of(entry, self.base, entry.path, self.column) for entry in entries[:limit]]
        else:
            groups: dict[str, list[Listed]] = {}
            for entry in entries:
                for name in _groups_of(entry, self.grouping):
                    groups.setdefault(name, []).append(entry)
            names = sorted(groups, reverse=self.grouping == "year")
            for name in sorted(names, key=lambda name: name == _NO_GROUP):
                rows.append(_heading(name, len(groups[name])))
                for entry in groups[name]:
                    rows.append(row_of(entry, self.base, f"{name}/{entry.path}", self.column))
        start = next((row.key for row in rows if row.selectable), "")
        if self.saved and entries:
            queries = [_saved_row(Saved(name, query)) for name, query in self.saved.items()]
            briefings = [_heading("Briefings")] if self.grouping == "none" else []
            rows = [_heading("Saved searches"), *queries, *briefings, *rows]
        return View(
            title="Library",
            count=len(entries),
            noun="briefing",
            rows=tuple(rows),
            empty=self.empty,
            lead_width=_DAY,
            start=start,
            one_line=True,
        )


def heading(width: int, column: Column, briefings: Iterable[Listed]) -> tuple[Spans, Spans]:
    """Return the headings of the columns for a width in cells.

    Commitments are items if some of the briefings have others than deals.
    """
    deals = _DEALS if all(entry.noun == "deal" for entry in briefings) else _ITEMS
    left = Span(f"   {'As of':>{_DAY - 1}}    Title", "muted")
    room = width - _SIDES
    counts = f"{_EVENTS}{deals}{_WRONG}" if room >= ROOMY or not column.heading else ""
    right = " ".join(heading for heading in (column.heading, counts) if heading)
    fits = room >= NARROW and room - (_DAY + 4) - (len(right) + 2) >= MIN_BODY
    return (left,), (Span(f"{right} ", "muted"),) if right and fits else ()


def details(
    entry: Listed | Saved | None,
    base: str,
    *,
    brief: bool = False,
    standing: ReadingStatus | None = None,
) -> View:
    """Return the details of a briefing or saved query; ``brief`` ones fit in a few lines.

    ``standing`` is None if it is not known.
    """
    rows: list[Row] = []
    if isinstance(entry, Saved):
        rows = [
            note_row("query", Span(printable(entry.query), "strong")),
            note_row("does", Span("Enter searches all briefings for it", "muted")),
        ]
    elif entry is not None:
        rows = [*([] if brief else _title(entry)), *_content(entry, standing), *_facts(entry, base)]
    empty = "Select a briefing to preview it."
    return View(title="Bottom line", rows=tuple(rows), empty=empty, lead_width=1)


def short(path: str, base: str) -> str:
    """Return a path relative to a directory, or in full if it is not below that."""
    return printable(path.removeprefix(f"{base.rstrip('/')}/") if base else path)


def base_of(names: Iterable[str]) -> str:
    """Return the longest directory that the paths of a library share."""
    paths = [name if os.path.isdir(name) else os.path.dirname(name) for name in names]
    try:
        return os.path.commonpath(paths)
    except ValueError:  # there are none
        return ""


@lru_cache(maxsize=10_000)
def day_of(text: str) -> tuple[str, int]:
    """Return a date in words and its last day as an ordinal; empty and 0 if it is not a date."""
    try:
        date = Edtf.parse(text)
    except DateError:
        return "", 0
    if date == LONG_AGO:
        return "", 0
    return format_date(date), date.upper.toordinal()


_KEYS = {
    "newest": lambda entry: (-day_of(entry.as_of)[1], entry.title.casefold(), entry.path),
    "title": lambda entry: (entry.title.casefold(), -day_of(entry.as_of)[1], entry.path),
    "path": lambda entry: entry.path,
}


def _groups_of(entry: Listed, grouping: Grouping) -> tuple[str, ...]:
    if grouping == "year":
        return (entry.as_of[:4] if day_of(entry.as_of)[1] else _NO_GROUP,)
    return tuple(dict.fromkeys(map(printable, entry.tags))) or (_NO_GROUP,)


def _heading(name: str, count: int = 0) -> Row:
    tail = (Span(f"{count:,}", "muted"),) if count else ()
    body = (Span(name, "accent"),)
    return Row(key=f"group/{name}", kind="heading", body=body, tail=tail, cropped=True)


def _saved_row(saved: Saved) -> Row:
    body = (Span(printable(saved.name), "strong"), Span(f"  {printable(saved.query)}", "muted"))
    mark = Span("/", "accent")
    return Row(key=f"saved/{saved.name}", mark=mark, body=body, entry=saved, cropped=True)


def row_of(entry: Listed, base: str, key: str, column: Column) -> Row:
    """Return the row of a briefing."""
    if entry.as_of:
        body: Spans = (Span(one_line(entry.title)), _tags(entry.tags))
    else:
        body = (Span(f"{short(entry.path, base)}  "), Span(printable(entry.first_error), "error"))
    column_spans = column.of(entry)
    counts = _counts_of(entry)
    return Row(
        key=key,
        lead=(Span(f"{day_of(entry.as_of)[0] or glyphs.DASH:>{_DAY}}", "muted"),),
        mark=Span(glyphs.BROKEN, "error") if entry.errors else Span(" "),
        body=body,
        tail=(*column_spans, Span(" "), *counts) if column_spans else counts,
        tail_short=column_spans,
        entry=entry,
        cropped=True,
        sign=Span(glyphs.UNREAD, "warning") if column.unread(entry.path) else None,
    )


def _counts_of(entry: Listed) -> Spans:
    """Return the counts of events, deals and problems; only problems of an unreadable file."""
    wrong = entry.errors + entry.warnings
    counts = (
        f"{entry.events:>{len(_EVENTS)},}{entry.commitments:>{len(_DEALS)},}" if entry.as_of else ""
    )
    role: Role = "error" if entry.errors else "warning"
    problems = Span(f"{wrong or '':>{len(_WRONG)}}", role)
    return (Span(counts.rjust(len(_EVENTS + _DEALS)), "muted"), problems)


@lru_cache(maxsize=10_000)
def _tags(tags: tuple[str, ...]) -> Span:
    return Span(f"  {', '.join(map(printable, tags))}" if tags else "", "muted")


def _title(entry: Listed) -> Iterator[Row]:
    yield note_row("title", Span(printable(entry.title) or short(entry.path, ""), "strong"))
    day = day_of(entry.as_of)[0]
    if day:
        yield note_row("as-of", Span(f"as of {day}", "accent"))


def _content(entry: Listed, standing: ReadingStatus | None) -> Iterator[Row]:
    if entry.bottom_line:
        yield note_row("bottom-line", Span(one_line(entry.bottom_line)), spaced=True)
    if entry.first_error:
        more = f"  and {entry.errors - 1:,} more" if entry.errors > 1 else ""
        body = (Span(printable(entry.first_error)), Span(more, "muted"))
        yield note_row("error", *body, spaced=True, mark=Span(glyphs.BROKEN, "error"))
    if standing is not None:
        parts = [] if standing.opened else ["Not opened yet"]
        parts += [f"{standing.unread:,} unread"] if standing.unread else []
        marks = ((standing.stars, "star"), (standing.notes, "note"))
        parts += [quantity(number, noun) for number, noun in marks if number]
        if parts:
            yield note_row("yours", *join_spans(parts, "accent"), spaced=True)


def _facts(entry: Listed, base: str) -> Iterator[Row]:
    counts = ((entry.events, "event"), (entry.actors, "actor"), (entry.commitments, entry.noun))
    parts = [quantity(number, noun) for number, noun in counts] if entry.as_of else []
    parts += [quantity(entry.warnings, "warning")] if entry.warnings else []
    if parts:
        yield note_row("counts", *join_spans(parts), spaced=True)
    if entry.tags:
        yield note_row("tags", Span(", ".join(map(printable, entry.tags)), "planned"))
    yield note_row("path", Span(short(entry.path, base), "muted"))
