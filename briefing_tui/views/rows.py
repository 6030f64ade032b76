"""The building blocks of every view: spans of text with a role, rows of spans, views of rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.terminal_text import cell_width
from briefing_tui.views.labels import quantity

Role = Literal[
    "text", "strong", "muted", "accent", "heading", "judged", "planned", "warning", "error",
    "match", "rule",
]  # fmt: skip
"""What a span is, so that a face can choose a style; never needed to understand the text."""


class Span(NamedTuple):
    """A run of text on one line."""

    text: str
    role: Role = "text"


Spans = tuple[Span, ...]

Kind = Literal["item", "heading", "note", "rule", "bar", "chart", "stop"]
"""A ``stop`` is a point of the chart before it: a row for the cursor, drawn by the chart."""

LinkKind = Literal["event", "actor", "deal", "point", "source", "file", "briefing"]


class Link(NamedTuple):
    """A link to another row, with the title of that row."""

    key: str
    label: str
    kind: LinkKind
    noun: str = ""
    """What the other row is called, if that is not its kind."""

    @property
    def called(self) -> str:
        """What readers are shown for its kind, such as ``event`` or ``court case``."""
        return self.noun or self.kind


class TypeSign(NamedTuple):
    """The type of an event: a sign of one cell to see, and a label to read out."""

    sign: str
    label: str


class Bar(msgspec.Struct, frozen=True):
    """A period drawn to scale, in ordinal days."""

    start: int
    end: int
    marks: tuple[tuple[int, str], ...]
    """Days with their glyphs; if two share a cell, the last one is drawn."""
    window: tuple[int, int] | None
    """First and last day of the shaded part."""
    labels: tuple[str, str]
    """Texts before the first and after the last cell."""


class Promise(msgspec.Struct, frozen=True):
    """One point of a chart: what was promised when."""

    key: str
    said: Edtf
    due: Edtf
    caption: Spans = ()
    """The line below the chart while it is chosen."""


class Chart(msgspec.Struct, frozen=True):
    """The promises for one milestone, oldest first, and when it was met."""

    promises: tuple[Promise, ...]
    met: Edtf | None
    legend: Spans = ()
    """The line below the chart while no promise is chosen."""
    max_rows: int = 9


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row: a leading column, a glyph, wrapped text and a column at the right edge."""

    key: str
    """Identifies the row for as long as its entry exists, whatever else changes."""
    kind: Kind = "item"
    indent: int = 0
    lead: Spans = ()
    mark: Span | None = None
    type: TypeSign | None = None
    """What type of event it shows, in a briefing that names vocabularies."""
    body: Spans = ()
    tail: Spans = ()
    tail_short: Spans = ()
    """The right column if there is little room; empty if ``tail`` is short enough."""
    details: tuple[Spans, ...] = ()
    bar: Bar | None = None
    chart: Chart | None = None
    entry: msgspec.Struct | None = None
    """The part of the document whose evidence belongs to this row."""
    problems: tuple[Problem, ...] = ()
    cropped: bool = False
    """Whether the body is cut to one line."""
    spaced: bool = False
    new: bool = False
    """Whether its entry became known at this step."""
    sign: Span | None = None
    """The sign at the left edge, unless the row is new."""
    links: tuple[Link, ...] = ()
    scope: tuple[Link, ...] = ()
    """The actors and deals that the panes can be narrowed to from here."""

    @property
    def selectable(self) -> bool:
        """Whether the cursor can stop here."""
        return self.kind in ("item", "stop")


class View(msgspec.Struct, frozen=True, kw_only=True):
    """The content of one pane."""

    title: str
    count: int = 0
    """Number of things in it, which may differ from the number of rows."""
    noun: str = "line"
    """Noun for these things, in the singular."""
    counts: tuple[str, ...] = ()
    """Wordings that say more than the number and the noun, the longest first."""
    rows: tuple[Row, ...]
    empty: str = ""
    lead_width: int = 0
    start: str = ""
    """Key of the row to begin at; empty for the first."""
    one_line: bool = False
    """Whether every row takes one line, so that only visible rows need a layout."""

    @property
    def quantity(self) -> str:
        """The count in words, such as ``12 events``."""
        return next(iter(self.counts), quantity(self.count, self.noun))


class RowPosition(NamedTuple):
    """A row, by the positions of its pane and in it, counted from 0."""

    pane: int
    row: int


def heading_row(key: str, title: str, role: Role = "accent", *, spaced: bool = True) -> Row:
    """Return the heading of a group of rows."""
    return Row(key=key, kind="heading", body=(Span(title, role),), spaced=spaced)


def note_row(
    key: str, *body: Span, lead: Span | None = None, mark: Span | None = None, spaced: bool = False
) -> Row:
    """Return a row that the cursor skips."""
    leading = (lead,) if lead else ()
    return Row(key=key, kind="note", lead=leading, mark=mark, body=body, spaced=spaced)


def lead_width(rows: Iterable[Row], widest: int = 14) -> int:
    """Return the width of the leading column that fits all rows, up to a limit."""
    return min(max((cell_width(plain(row.lead)) for row in rows), default=0), widest)


def plain(spans: Iterable[Span]) -> str:
    """Return the text of spans."""
    return "".join(span.text for span in spans)


def row_text(row: Row) -> str:
    """Return a row on one line, for copying and searching."""
    parts = [plain(row.lead), plain(row.body), *(plain(detail) for detail in row.details)]
    tail = plain(row.tail).strip()
    return "  ".join(part for part in [*parts, tail and f"[{tail}]"] if part)


def join_spans(parts: Iterable[str | Span | None], role: Role = "muted", by: str = " · ") -> Spans:
    """Join the parts that are not empty by a separator; a part without a role gets ``role``."""
    spans: list[Span] = []
    for part in parts:
        if not part or not part[0]:
            continue
        if spans:
            spans.append(Span(by, "muted"))
        spans.append(part if isinstance(part, Span) else Span(part, role))
    return tuple(spans)
