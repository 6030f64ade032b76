"""A library as a list of its briefings, and what is told beside the list."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, get_args

import msgspec

from briefing_tui.annotations.reading_status import ReadingStatus
from briefing_tui.briefing.dates import DateError, Edtf, format_date
from briefing_tui.briefing.load import LONG_AGO
from briefing_tui.briefing.text import one_line, printable
from briefing_tui.library.index.database import Listed
from briefing_tui.library.list_columns import NO_COLUMN, Column, counts_of, headings
from briefing_tui.views import glyphs
from briefing_tui.views.rows import Row, Span, Spans, View, join_spans

Order = Literal["newest", "title", "path", "unread"]
ORDERS: tuple[Order, ...] = get_args(Order)
Grouping = Literal["none", "year", "tag"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)

_NO_GROUP = "none"
"""The group of briefings without a year or a tag; the last."""
_DAY = len("30 Sep 2020")


class Saved(msgspec.Struct, frozen=True):
    """A query that the user gave a name."""

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
    """Saved queries by name."""
    empty: str = "No briefings"
    """What to say if there are none."""

    def view(self, limit: int | None = None) -> View:
        """Return the rows.

        Args:
            limit: How many briefings get rows, if they are not grouped; all if left out.
        """
        entries = self._sorted()
        rows: list[Row] = []
        if self.grouping == "none":
            rows = [row_of(entry, self.base, entry.path, self.column) for entry in entries[:limit]]
        else:
            groups: dict[str, list[Listed]] = {}
            for entry in entries:
                for name in _groups_of(entry, self.grouping):
                    groups.setdefault(name, []).append(entry)
            names = sorted(groups.keys() - {_NO_GROUP}, reverse=self.grouping == "year")
            for name in [*names, *([_NO_GROUP] if _NO_GROUP in groups else [])]:
                rows.append(_heading(name, len(groups[name])))
                rows += [
                    row_of(entry, self.base, f"{name}/{entry.path}", self.column)
                    for entry in groups[name]
                ]
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

    def _sorted(self) -> list[Listed]:
        entries = sorted(
            self.briefings, key=_KEYS["newest" if self.order == "unread" else self.order]
        )
        if self.order == "unread":
            entries.sort(key=lambda entry: -self.column.unread(entry.path))
        return entries


def heading(width: int, column: Column) -> tuple[Spans, Spans]:
    """What stands above the columns of a list that is so many cells wide."""
    left = Span(f"   {'As of':>{_DAY - 1}}    Title", "muted")
    right = headings(width, column, _DAY + 4)
    return (left,), (Span(f"{right} ", "muted"),) if right else ()


def details(
    one: Listed | Saved | None,
    base: str,
    *,
    brief: bool = False,
    standing: ReadingStatus | None = None,
) -> View:
    """What is to be told of a briefing before it is opened.

    Args:
        one: What is highlighted.
        base: The directory that paths are shown from.
        brief: Whether there are few lines for it.
        standing: What is unread and marked in it, where that is known.
    """
    rows: tuple[Row, ...] = ()
    if isinstance(one, Saved):
        rows = (
            _note("query", (Span(printable(one.query), "strong"),)),
            _note("does", (Span("Enter searches all briefings for it", "muted"),)),
        )
    elif one is not None:
        told = [*_bottom_line(one), *_wrong(one), *_yours(standing)]
        told = [*told, *_facts(one, base)] if brief else [*_named(one), *told, *_facts(one, base)]
        rows = tuple(told)
    empty = "Nothing is highlighted."
    return View(title="Bottom line", count=0, noun="line", rows=rows, empty=empty, lead_width=1)


def short(path: str, base: str) -> str:
    """A path from a directory on, or whole where it is not below that."""
    return printable(path.removeprefix(f"{base.rstrip('/')}/") if base else path)


def base_of(names: Iterable[str]) -> str:
    """The directory from which the paths of a library are told apart best."""
    paths = [name if os.path.isdir(name) else os.path.dirname(name) for name in names]
    try:
        return os.path.commonpath(paths)
    except ValueError:  # there are none
        return ""


@lru_cache(maxsize=10_000)
def day_of(text: str) -> tuple[str, int]:
    """A date in EDTF in words, and its last day as an ordinal; neither where it is none."""
    try:
        date = Edtf.parse(text)
    except DateError:
        return "", 0
    if date == LONG_AGO:
        return "", 0
    return format_date(date), date.upper.toordinal()


_KEYS = {
    "newest": lambda one: (-day_of(one.as_of)[1], one.title.casefold(), one.path),
    "title": lambda one: (one.title.casefold(), -day_of(one.as_of)[1], one.path),
    "path": lambda one: one.path,
}


def _groups_of(entry: Listed, grouping: Grouping) -> tuple[str, ...]:
    if grouping == "year":
        return (entry.as_of[:4] if day_of(entry.as_of)[1] else _NO_GROUP,)
    return tuple(dict.fromkeys(map(_tag, entry.tags))) or (_NO_GROUP,)


_tag = lru_cache(maxsize=10_000)(printable)


def _heading(name: str, count: int = 0) -> Row:
    tail = (Span(f"{count:,}", "muted"),) if count else ()
    return Row(
        key=f"group/{name}", kind="heading", body=(Span(name, "accent"),), tail=tail, cropped=True
    )


def _saved_row(saved: Saved) -> Row:
    body = (Span(printable(saved.name), "strong"), Span(f"  {printable(saved.query)}", "muted"))
    mark = Span("/", "accent")
    return Row(key=f"saved/{saved.name}", mark=mark, body=body, entry=saved, cropped=True)


def row_of(one: Listed, base: str, key: str, column: Column) -> Row:
    """The row of a briefing."""
    if one.as_of:
        body: Spans = (Span(one_line(one.title)), _tags(one.tags))
    else:
        body = (Span(f"{short(one.path, base)}  "), Span(printable(one.first_error), "error"))
    own = column.of(one)
    counts = counts_of(one)
    return Row(
        key=key,
        lead=(Span(f"{day_of(one.as_of)[0] or glyphs.DASH:>{_DAY}}", "muted"),),
        mark=Span(glyphs.BROKEN, "error") if one.errors else Span(" "),
        body=body,
        tail=(*own, Span(" "), *counts) if own else counts,
        tail_short=own,
        entry=one,
        cropped=True,
        sign=Span(glyphs.UNREAD, "warning") if column.unread(one.path) else None,
    )


@lru_cache(maxsize=10_000)
def _tags(tags: tuple[str, ...]) -> Span:
    return Span(f"  {', '.join(map(printable, tags))}" if tags else "", "muted")


def _named(one: Listed) -> Iterator[Row]:
    yield _note("title", (Span(printable(one.title) or short(one.path, ""), "strong"),))
    day = day_of(one.as_of)[0]
    if day:
        yield _note("as-of", (Span(f"as of {day}", "accent"),))


def _bottom_line(one: Listed) -> Iterator[Row]:
    if one.bottom_line:
        yield _note("bottom-line", (Span(one_line(one.bottom_line)),), spaced=True)


def _wrong(one: Listed) -> Iterator[Row]:
    if one.first_error:
        others = one.errors - 1
        more = f"  and {others:,} more" if others > 0 else ""
        mark = Span(glyphs.BROKEN, "error")
        body = (Span(printable(one.first_error)), Span(more, "muted"))
        yield _note("error", body, spaced=True, mark=mark)


def _yours(one: ReadingStatus | None) -> Iterator[Row]:
    if one is None:
        return
    if not one.opened:
        told = ["You never opened it"]
    else:
        told = [f"{one.unread:,} unread"] if one.unread else []
    marks = ((one.stars, "star"), (one.notes, "note"))
    told += [_counted(number, noun) for number, noun in marks if number]
    if told:
        yield _note("yours", join_spans(told, "accent"), spaced=True)


def _facts(one: Listed, base: str) -> Iterator[Row]:
    counts = ((one.events, "event"), (one.actors, "actor"), (one.deals, "deal"))
    told = [_counted(number, noun) for number, noun in counts] if one.as_of else []
    told += [_counted(one.warnings, "warning")] if one.warnings else []
    if told:
        yield _note("counts", join_spans(told), spaced=True)
    if one.tags:
        yield _note("tags", (Span(", ".join(map(printable, one.tags)), "planned"),))
    yield _note("path", (Span(short(one.path, base), "muted"),))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _note(key: str, body: Spans, *, spaced: bool = False, mark: Span | None = None) -> Row:
    return Row(key=key, kind="note", body=body, spaced=spaced, mark=mark)
